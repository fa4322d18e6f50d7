"""What would go out next to a member with free places, and why not what stands before it in the queue.

This only looks: the places, the queue in its order, its waits and the shelf as they are now, in five queries however
long the queue is (seven where the plan has a cap for the month). Nothing is promised to anybody by it.
"""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from catalogue.models import Disc
from catalogue.wording import counted, ordinal
from rentals import sets, waits
from rentals.editions import is_out, when_out
from rentals.models import Copy, QueueEntry, Rental, TwoAtOnce
from rentals.places import Places, places_of

LOOKED_AT = 60  # entries, from the top
BEST_FIRST = ["4k", "blu-ray", "dvd"]


@dataclass
class Coming:
    """An entry, with its `position`, and the disc that would be sent; `doubtful`: others may have it first."""

    entry: QueueEntry
    disc: Disc
    doubtful: bool


@dataclass
class Passed:
    """An entry that cannot be sent now, and why."""

    entry: QueueEntry
    why: str


@dataclass
class NextUp:
    """The places of a member, what would fill the free ones, and what was passed over on the way, in order."""

    places: Places
    coming: list
    passed: list

    @property
    def left(self):
        """How many free places nothing fills."""
        return len(self.places.free) - len(self.coming)


def next_up(member, now):
    """The NextUp of `member`."""
    today = timezone.localdate(now)
    found = NextUp(places_of(member, today), [], [])
    if found.places.free:
        _look(found, member, today)
    return found


def _look(found, member, today):
    """Go through the queue in order until the places are full."""
    entries = list(member.queue.in_order().select_related("title", "disc")[:LOOKED_AT])
    shelf, waiting, held = _shelf(entries), waits.for_entries(entries), _held(member, entries)
    for entry in entries:
        if not found.left:
            return
        wait = waiting[entry.pk]
        disc, why = _choice(entry, shelf[entry.title_id], wait, found.places.viewing, today)
        why = held.get(entry.pk, "") if disc else why
        if why:
            found.passed.append(Passed(entry, why))
        else:
            found.coming.append(Coming(entry, disc, doubtful=wait.place > disc.on_shelf))
            disc.on_shelf = 0  # nobody is sent the same disc twice


# ------------------------------------------------------------------ the shelf
def _shelf(entries):
    """{title: its discs, the best medium first, each with how many copies are `held` and `on_shelf`}"""
    found = defaultdict(list)
    titles = {entry.title_id for entry in entries}
    discs = Disc.objects.filter(release__title__in=titles).select_related("release")
    counts = {"held": _of_disc(Copy.objects.in_service()), "on_shelf": _of_disc(Copy.objects.on_shelf())}
    for disc in discs.annotate(**counts).order_by("release__position", "number"):
        found[disc.release.title_id].append(disc)
    for rows in found.values():
        rows.sort(key=lambda disc: BEST_FIRST.index(disc.release.medium))
    return found


def _of_disc(copies):
    counts = copies.filter(disc=OuterRef("pk")).order_by().values("disc").annotate(n=Count("pk"))
    return Coalesce(Subquery(counts.values("n")), 0)


def _answers(disc, entry):
    """Whether `disc` is what `entry` asks for."""
    if entry.disc_id:
        return disc.pk == entry.disc_id
    return disc.number == 1 and entry.medium in ("", disc.release.medium)


# ------------------------------------------------------------------ sets
def _held(member, entries):
    """{entry: why it waits} of discs of sets (`rentals.sets.held`)."""
    wanted, why = defaultdict(dict), {}
    for entry in entries:
        if entry.disc:
            wanted[entry.disc.release_id][entry.disc.number] = entry.pk
    rows = _out(member, wanted)
    for release, keys in wanted.items():
        out = [number for of, number, _ in rows if of == release]
        two = any(two for of, _, two in rows if of == release)
        why |= {keys[number]: f"{words[0].lower()}{words[1:]}" for number, words in sets.held(keys, out, two).items()}
    return why


def _out(member, releases):
    """(release, number of the disc, whether two at once are wanted) of discs of those sets that are with the member."""
    two = TwoAtOnce.objects.filter(member=member, release=OuterRef("copy__disc__release"))
    rentals = Rental.objects.open().filter(member=member, copy__disc__release__in=releases)
    return list(rentals.annotate(two=Exists(two)).values_list("copy__disc__release", "copy__disc__number", "two"))


# ------------------------------------------------------------------ which disc, or why none
def _choice(entry, discs, wait, viewing, today):
    """(the disc that could go out for `entry`, or None; why not in a few words, or "")"""
    wanted = [disc for disc in discs if _answers(disc, entry)]
    out = [disc for disc in wanted if is_out(disc.release.released_on, today)]
    mine = [disc for disc in out if _is_for(disc.release, entry, viewing)]
    on_shelf = next((disc for disc in mine if disc.on_shelf), None)
    if entry.paused_at:
        return None, "you paused it"
    if not mine:
        return None, "your plan or your players do not take its discs" if out else _when_out(wanted)
    return on_shelf, "" if on_shelf else _line(wait)


def _is_for(release, entry, viewing):
    """Whether the plan has it and the member plays it, or asks for just that and will know."""
    if entry.medium or entry.disc_id:
        return viewing.covers(release.medium)
    return viewing.takes(release.medium, release.regions)


def _when_out(discs):
    return f"out {when_out(min(disc.release.released_on for disc in discs))}" if discs else "not on disc"


def _line(wait):
    """ "2 copies, 5 waiting, you are 3rd"."""
    if not wait.copies:
        return "we have no copy of it"
    return f"{counted(wait.copies, 'copy', 'copies')}, {wait.waiting:,} waiting, you are {ordinal(wait.place)}"
