"""A delivery comes in: discs become copies, all of them or none."""

from collections import Counter
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db import IntegrityError
from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from catalogue.film_files.reading import ADDRESS, MOST_ROWS, slug
from catalogue.models import Disc
from catalogue.sent import key_of
from catalogue.wording import counted, joined
from rentals import barcodes
from rentals.calendar import next_round
from rentals.copies import acting
from rentals.desk import orders
from rentals.desk.stock_list import titles_called
from rentals.models import Condition, Copy, Licence, QueueEntry
from rentals.refused import Refused

MOST = 240  # of one disc at once: as many as there are labels on ten sheets
MOST_DISCS = 40  # that a search shows
EANS = ("ean", "upc")
LONGEST_CODE, LONGEST_SHELF, LONGEST_SOURCE = (
    Copy._meta.get_field(name).max_length for name in ("barcode", "shelf", "source")
)
AT_ONCE = "Somebody put {codes} in a moment ago, so nothing was saved. Look at the barcodes and send the rest again."


@dataclass(frozen=True)
class Arrival:
    """A disc that comes in. `barcode` "": it gets a new one of ours."""

    disc_id: int
    barcode: str = ""
    shelf: str = ""
    condition: str = Condition.GOOD
    licence: str = Licence.RENTAL
    source: str = ""


# ------------------------------------------------------------------ barcodes
def faults(codes):
    """{number: sentence} of what is wrong with `codes` [(number of the line, code read)]. One query."""
    times = Counter(code for _, code in codes)
    here = known([code for _, code in codes])
    first = {}
    for number, code in codes:
        first.setdefault(code, number)
    return {
        number: words
        for number, code in codes
        if (words := _fault(code, code in here, times[code] > 1 and first[code] != number and first[code]))
    }


def _fault(code, is_here, before):
    if len(code) > LONGEST_CODE:
        return f"{code[:LONGEST_CODE]}… is longer than a barcode can be: {LONGEST_CODE} signs."
    if problem := barcodes.problem_with(code):
        return problem
    if before:
        return f"{code} stands in line {before} already."
    return f"{code} is the barcode of a copy that we have already." if is_here else ""


def known(codes):
    """Those of `codes` that copies have."""
    return set(Copy.objects.filter(barcode__in=codes).values_list("barcode", flat=True))


def lines_of(pasted):
    """[(number of the line, code)] of a text with a barcode in each line."""
    codes = enumerate((barcodes.read(line) for line in pasted.splitlines()), 1)
    return [(number, code) for number, code in codes if code]


# ------------------------------------------------------------------ coming in
def receive(arrivals, *, by, at):
    """Make copies of `arrivals`, signed by `by`; all or none. Raises Refused if a barcode is taken by now.

    They count toward the open orders of their editions.
    """
    codes = [arrival.barcode for arrival in arrivals if arrival.barcode]
    _refuse_gone({arrival.disc_id for arrival in arrivals})
    try:
        with acting(by):
            orders.count_in(Counter(arrival.disc_id for arrival in arrivals), on=timezone.localdate(at))
            new = iter(_new_codes(len(arrivals) - len(codes)))
            made = [_copy(arrival, arrival.barcode or next(new), at) for arrival in arrivals]
            return Copy.objects.bulk_create(sorted(made, key=lambda copy: copy.barcode))  # in order: no deadlock
    except IntegrityError as error:
        raise Refused(_taken(codes)) from error


def _refuse_gone(discs):
    if Disc.objects.filter(pk__in=discs).count() < len(discs):
        raise Refused("An edition was taken out of the catalogue meanwhile, so nothing was saved. Begin again.")


def _taken(codes):
    return AT_ONCE.format(codes=joined(sorted(known(codes))[:10]) or "one of these barcodes")


def _copy(arrival, barcode, at):
    return Copy(
        disc_id=arrival.disc_id,
        barcode=barcode,
        shelf=arrival.shelf,
        condition=arrival.condition,
        licence=arrival.licence,
        source=arrival.source,
        acquired_on=timezone.localdate(at),
        in_inspection_since=at if arrival.licence == Licence.NONE else None,
    )


def _new_codes(count):
    """That many codes of ours that nobody has."""
    if not count:
        return []
    codes = [barcodes.new_code(number) for number in barcodes.next_numbers(count)]
    taken = known(codes)
    free = [code for code in codes if code not in taken]
    return free + _new_codes(count - len(free))


# ------------------------------------------------------------------ which disc
def discs_like(words):
    """The discs of the edition with this EAN, or of the films with this address or name; no more than MOST_DISCS."""
    discs = Disc.objects.select_related("release__title")
    if found := list(discs.filter(release__identifiers__value=words, release__identifiers__scheme__in=EANS)):
        return sorted(found, key=lambda disc: disc.number)
    of_film = (
        Q(release__title__slug=slug(words)) if ADDRESS.search(words) else Q(release__title__in=titles_called(words))
    )
    order = "release__title__sort_key", "release__title", "release__position", "number"
    return list(discs.filter(of_film).order_by(*order)[:MOST_DISCS])


def of_edition(release):
    """Its discs."""
    return list(Disc.objects.filter(release=release).select_related("release__title").order_by("number"))


# ------------------------------------------------------------------ who waits for it
def waiting_for(discs, today):
    """How many members wait for one of these discs (keys), in whichever edition they asked for. One query."""
    out = Disc.objects.filter(pk__in=discs, release__released_on__lte=today.isoformat())
    first = out.filter(number=1, release__title=OuterRef("title"))
    suits = Q(disc__in=out.values("pk")) | Q(disc=None) & (
        Q(medium="") & Exists(first) | Exists(first.filter(release__medium=OuterRef("medium")))
    )
    requests = QueueEntry.objects.waiting().filter(suits, title__in=out.values("release__title"))
    return requests.aggregate(members=Count("member", distinct=True))["members"]


def _waited_for(copies, at):
    """{"waiting", "next_round"} for copies that are fit to go out."""
    discs = {copy.disc_id for copy in copies if copy.in_inspection_since is None}
    return {"waiting": waiting_for(discs, timezone.localdate(at)) if discs else 0, "next_round": next_round(at)}


# ------------------------------------------------------------------ what came in
def as_runs(copies):
    """The keys of copies in few letters, for an address: "12-40.45"."""
    runs = []
    for key in sorted(copy.pk for copy in copies):
        if runs and runs[-1][1] == key - 1:
            runs[-1][1] = key
        else:
            runs.append([key, key])
    return ".".join(f"{first}-{last}" for first, last in runs)


def of_runs(sent):
    """The copies that `as_runs` named, in the order of their shelves; no more than a file can hold."""
    pairs = [[key_of(part) for part in run.split("-")] for run in sent.split(".")[:MOST_ROWS]]
    runs = [Q(pk__range=pair) for pair in pairs if len(pair) == 2 and None not in pair]
    copies = Copy.objects.filter(reduce(or_, runs)) if runs else Copy.objects.none()
    return copies.select_related("disc__release__title").order_by("shelf", "pk")[:MOST_ROWS]


def came_in(copies, at):
    """What the page says of a delivery that came in, with links to the labels of barcodes of ours."""
    ours = [copy for copy in copies if barcodes.OF_OURS.fullmatch(copy.barcode)]
    sheets = [ours[first : first + MOST] for first in range(0, len(ours), MOST)]
    return {
        "copies": copies,
        "said": f"{counted(len(copies), 'disc')} came in.",
        "held": sum(copy.licence == Licence.NONE for copy in copies),
        "labels": [
            {"keys": ".".join(str(copy.pk) for copy in sheet), "count": counted(len(sheet), "label")}
            for sheet in sheets
        ],
        "orders": orders.filled_by(copies),
    } | _waited_for(copies, at)
