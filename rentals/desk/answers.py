"""What the desk's screen says of a scan, in words that do not need colours."""

from dataclasses import asdict, dataclass

from django.utils import timezone

from catalogue.compiled import compiled
from catalogue.models import Title
from catalogue.rows import small_cover
from rentals import barcodes
from rentals.calendar import next_round, weekday


@dataclass(frozen=True)
class Answer:
    """`kind` is good, note or bad; `do` what the hand does now; `said` sentences; then where the disc goes.

    `findings`: it can be said to be cracked and so on; `label`: the rental whose label is printed; `unknown`: a disc
    that may be written down as a snag; `cover`: the address of the film's; `waits`: who asks for what goes into a bin;
    `card`: the member whose card can be printed. Rows of earlier scans lack the last three.
    """

    kind: str
    do: str
    said: list
    where: str = ""
    place: str = ""
    findings: bool = False
    label: int | None = None
    unknown: bool = False
    cover: str = ""
    waits: str = ""
    card: int | None = None

    def as_row(self):
        return asdict(self)


def goes_to(copy, said, *, now, kind="good", findings=False):
    """The Answer about a copy that is here: into a bin, onto its shelf, or aside. One query."""
    do, where, place = _way(copy)
    [title] = _pictured(copy.disc.release.title_id)
    waits = _wait_for(title.stock.waiting, now) if where == "Bin" else ""
    return Answer(kind, do, [film_of(copy), *said], where, place, findings, cover=small_cover(title), waits=waits)


@compiled
def _pictured(key):
    """A title with what its cover is made from, and how many wait for it."""
    return Title.every.for_cards().defer("lead", "synopsis").filter(pk=key)


def _wait_for(waiting, now):
    """ "5 members wait for it; the next round, today at 15.00, can send it on."."""
    if not waiting:
        return ""
    at = timezone.localtime(next_round(now))
    day = "today" if at.date() == timezone.localdate(now) else weekday(at.date())
    wait = "1 member waits" if waiting == 1 else f"{waiting:,} members wait"
    return f"{wait} for it; the next round, {day} at {at.hour}.{at:%M}, can send it on."


def _way(copy):
    if copy.withdrawn_at:
        return "Put it aside: it is withdrawn", "", ""
    if copy.in_inspection_since:
        return "Put it on the inspection tray", "Tray", "Inspect"
    if copy.bin:
        return "Clean it: it goes out next", "Bin", str(copy.bin)
    return "Clean it, then shelve it", "Shelf", copy.shelf or "none yet"


def film_of(copy):
    """ "Ran (1985), Blu-ray, disc 1"."""
    release = copy.disc.release
    return f"{release.title}, {release.get_medium_display()}, disc {copy.disc.number}"


def number_of(member):
    """A member's number as cards and labels print it: what hands read instead of names."""
    return barcodes.member_code(member.pk)


def time_of(instant):
    """ "25 November at 10.42"."""
    local = timezone.localtime(instant)
    return f"{local.day} {local:%B} at {local.hour}.{local:%M}"
