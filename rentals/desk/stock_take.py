"""A stock-take: what lies on a shelf, held against what should."""

from collections import Counter
from dataclasses import dataclass, field

from django.db.models import Q

from catalogue.wording import counted
from rentals import barcodes, copies
from rentals.desk import steps
from rentals.desk.copy_verbs import lose
from rentals.desk.deliveries import lines_of
from rentals.desk.stock_list import with_states
from rentals.models import Copy, Rental
from rentals.refused import Refused

MOST = 1000  # discs at a time
LONGEST = 60_000  # letters that are scanned
GONE = Rental.objects.open().exclude(picked_at=None, posted_at=None)  # from the shelf


@dataclass(frozen=True)
class Shelf:
    """A shelf place, or all whose names `begin` so."""

    name: str
    begins: bool = False

    def copies(self):
        """The copies that should lie there: in service, not in a bin, not looked at, not picked."""
        place = Q(shelf__istartswith=self.name) if self.begins else Q(shelf__iexact=self.name)
        lying = Copy.objects.in_service().filter(place, bin=None, in_inspection_since=None)
        return lying.exclude(pk__in=GONE.values("copy")).order_by("shelf", "pk")

    def holds(self, copy):
        """Whether the records say that the copy belongs there."""
        here, name = copy.shelf.casefold(), self.name.casefold()
        return here.startswith(name) if self.begins else here == name


@dataclass
class Take:
    """What a stock-take came to: copies by what is wrong with them, and lines that are no copy's barcode."""

    shelf: Shelf
    right: list = field(default_factory=list)
    missing: list = field(default_factory=list)
    elsewhere: list = field(default_factory=list)
    found: list = field(default_factory=list)
    back: list = field(default_factory=list)
    aside: list = field(default_factory=list)
    unknown: list = field(default_factory=list)
    twice: list = field(default_factory=list)

    @property
    def to_do(self):
        return bool(self.missing or self.elsewhere or self.found or self.back)

    @property
    def all_right(self):
        return not (self.to_do or self.aside or self.unknown)


def compare(shelf, scanned):
    """The Take of a shelf, from a text with a barcode in each line. Raises Refused if there is too much."""
    lines = [(number, barcodes.disc_of(code)) for number, code in lines_of(scanned)]
    expected = list(shelf.copies().select_related("disc__release__title")[: MOST + 1])
    if max(len(lines), len(expected)) > MOST:
        raise Refused(f"More than {MOST:,} discs are too many to take at a time. Take a smaller part of the shelves.")
    seen = _by_code(lines)
    take = Take(shelf, unknown=_unknown(lines, seen), twice=_twice(lines))
    for copy in with_states(list(seen.values())):
        getattr(take, _kind(shelf, copy)).append(copy)
    take.missing = with_states([copy for copy in expected if copy.barcode not in seen])
    return take


def _by_code(lines):
    """{barcode: copy} of those that we know, in the order they were scanned."""
    codes = dict.fromkeys(code for _, code in lines)
    rows = Copy.objects.filter(barcode__in=codes).select_related("disc__release__title")
    copies = {copy.barcode: copy for copy in rows}
    return {code: copies[code] for code in codes if code in copies}


def _unknown(lines, seen):
    return [f"Line {number}: {barcodes.unknown(code)}" for number, code in lines if code not in seen]


def _twice(lines):
    return [code for code, times in Counter(code for _, code in lines).items() if times > 1]


def _kind(shelf, copy):
    """The list of a Take to which a copy belongs that was scanned there."""
    if copy.withdrawn_at:
        return "aside"
    if copy.rental and copy.rental.posted_at:
        return "back"
    if copy.missing_at:
        return "found"
    if copy.bin or copy.rental and copy.rental.picked_at:
        return "aside"
    return "right" if shelf.holds(copy) else "elsewhere"


# ------------------------------------------------------------------ put right
@dataclass(frozen=True)
class Ticked:
    """The keys of the copies that staff ticked, by what is to be done with them."""

    missing: list
    found: list
    back: list
    move: list

    def __bool__(self):
        return any((self.missing, self.found, self.back, self.move))


def put_right(shelf, ticked, *, by, at):
    """Do what was ticked, all in one transaction. Returns (sentences of what was done, of what could not be).

    What is checked in may go out next: then it is said into which bin.
    """
    done, refused = Counter(), []
    deeds = {
        "found": copies.find,
        "back": lambda copy: _check_in(copy, at),
        "move": lambda copy: copies.move(copy, shelf.name),
        "missing": lambda copy: lose(copy, at=at),
    }
    with copies.acting(by, f"Stock-take of {shelf.name}"):
        for kind, deed in deeds.items():
            for copy in Copy.objects.filter(pk__in=getattr(ticked, kind)).order_by("pk"):
                try:
                    deed(copy)
                    done[kind] += 1
                except Refused as refusal:
                    refused.append(str(refusal))
    sentences = [DONE[kind].format(counted(number, "disc")) for kind, number in done.items()]
    return sentences + _into_bins(ticked.back), refused


def _into_bins(keys):
    binned = Copy.objects.filter(pk__in=keys, bin__isnull=False).order_by("bin", "pk")
    return [f"Copy {copy.barcode} goes out next: put it into bin {copy.bin}." for copy in binned]


DONE = {
    "found": "{} found.",
    "back": "{} checked in.",
    "move": "{} given this shelf place.",
    "missing": "{} marked missing.",
}


def _check_in(copy, at):
    rental = Rental.objects.open().filter(copy=copy).exclude(posted_at=None).select_related("copy").first()
    if rental is None:
        raise Refused(f"Copy {copy.barcode} is not out: somebody checked it in.")
    steps.take_back(rental, at=at)
