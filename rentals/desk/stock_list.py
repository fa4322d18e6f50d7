"""Copies as the desk lists them, and in words where each is."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from catalogue import names
from catalogue.models import Title
from catalogue.sent import key_of
from catalogue.wording import day
from rentals import barcodes
from rentals.models import Copy, Licence, Rental

PER_PAGE = 50
LAST_PAGE = 2000
LONGEST = 300  # letters of what is looked for
STATES = {"here": "On the shelf", "out": "Out", "held": "Held back", "missing": "Missing", "withdrawn": "Withdrawn"}
OUT = Exists(Rental.objects.open().filter(copy=OuterRef("pk")))
IN_STATE = {
    "here": lambda copies: copies.on_shelf(),
    "out": lambda copies: copies.in_service().filter(OUT),
    "held": lambda copies: copies.in_service().filter(~OUT, in_inspection_since__isnull=False),
    "missing": lambda copies: copies.filter(withdrawn_at=None, missing_at__isnull=False),
    "withdrawn": lambda copies: copies.filter(withdrawn_at__isnull=False),
}


@dataclass(frozen=True)
class Asked:
    """What of the stock somebody wants to see."""

    words: str
    state: str
    page: int

    @classmethod
    def of(cls, sent):
        words = " ".join(sent.get("q", "").replace("\0", "").split())[:LONGEST]
        state = sent.get("state", "")
        page = min(key_of(sent.get("page", "")) or 1, LAST_PAGE)
        return cls(words, state if state in STATES else "", page)


def by_barcode(scanned):
    """The copy with that barcode, on itself or on its sleeve; or None."""
    return Copy.objects.filter(barcode=barcodes.disc_of(scanned)).first() if scanned else None


def listed(asked):
    """{"rows", "more"} of the page that is asked for: three queries, and none of them counts."""
    copies = _found(asked.words)
    copies = IN_STATE[asked.state](copies) if asked.state else copies
    first = (asked.page - 1) * PER_PAGE
    rows = list(copies.select_related("disc__release__title")[first : first + PER_PAGE + 1])
    return {"rows": with_states(rows[:PER_PAGE]), "more": len(rows) > PER_PAGE}


def _found(words):
    """The newest copies; or those whose shelf place begins with `words`, or whose film is called so."""
    if not words:
        return Copy.objects.order_by("-pk")
    of_film = Q(disc__release__title__in=titles_called(words))
    return Copy.objects.filter(Q(shelf__istartswith=words) | of_film).order_by("shelf", "pk")


def titles_called(words):
    """The titles that have `words` in one of their names, however spelled; none if nothing is left of them."""
    folded = names.fold(words)
    if not any(sign.isalnum() for sign in folded):
        return Title.every.none()
    return Title.every.filter(Q(folded__contains=folded) | Q(names__folded__contains=folded)).values("pk")


def with_states(copies):
    """`copies`, each with `rental`, the open one or None, and `state`: (its key in STATES, in words). One query."""
    open_ = {rental.copy_id: rental for rental in Rental.objects.open().filter(copy__in=copies)}
    for copy in copies:
        copy.rental = open_.get(copy.pk)
        copy.state = state_of(copy, copy.rental)
    return copies


def state_of(copy, rental):
    """(key in STATES, in words) of a copy; `rental`: the open one, or None."""
    if copy.withdrawn_at:
        why = copy.get_withdrawn_for_display().lower()
        return "withdrawn", f"Withdrawn on {_day(copy.withdrawn_at)}{f': {why}' if why else ''}"
    if copy.missing_at:
        return "missing", f"Missing since {_day(copy.missing_at)}"
    if rental:
        return "out", f"Out since {_day(rental.posted_at)}" if rental.posted_at else _to_post(rental)
    if copy.in_inspection_since:
        why = "not for rental" if copy.licence == Licence.NONE else f"since {_day(copy.in_inspection_since)}"
        return "held", f"Held back, {why}"
    return "here", f"In bin {copy.bin}" if copy.bin else "On the shelf"


def _to_post(rental):
    return "Picked, to be posted" if rental.picked_at else "To be picked and posted"


def _day(at):
    return day(timezone.localdate(at))
