"""What the desk's screen says of a scan, in words that do not need colours."""

from dataclasses import asdict, dataclass

from django.utils import timezone

from rentals import barcodes


@dataclass(frozen=True)
class Answer:
    """`kind` is good, note or bad; `do` what the hand does now; `said` sentences; then where the disc goes.

    `findings`: it can be said to be cracked and so on; `label`: the rental whose label is printed; `unknown`: a disc
    that may be written down as a snag.
    """

    kind: str
    do: str
    said: list
    where: str = ""
    place: str = ""
    findings: bool = False
    label: int | None = None
    unknown: bool = False

    def as_row(self):
        return asdict(self)


def goes_to(copy, said, *, kind="good", findings=False):
    """The Answer about a copy that is here: into a bin, onto its shelf, or aside."""
    do, where, place = _way(copy)
    return Answer(kind, do, [film_of(copy), *said], where, place, findings)


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
