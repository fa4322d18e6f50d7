"""What would go out next to a member with free places, and why not what stands before it in the queue.

This only looks: the places, the queue in its order and the shelf as they are now, in four queries however long the
queue is. Nothing is promised to anybody by it.
"""

from collections import defaultdict
from dataclasses import dataclass

from django.contrib.humanize.templatetags.humanize import ordinal
from django.db.models import Count, Exists, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from catalogue.models import Disc
from catalogue.wording import counted, loose_date
from rentals.models import Copy, QueueEntry, Rental, TwoAtOnce
from rentals.places import Places, places_of

LOOKED_AT = 60  # entries, from the top
BEST_FIRST = ["4k", "blu-ray", "dvd"]
NEVER = "infinity"  # an entry without a claim stands behind all that have one


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
    found = NextUp(places_of(member, now), [], [])
    if found.places.free:
        _look(found, member, timezone.localdate(now).isoformat())
    return found


def _look(found, member, today):
    """Go through the queue in order until the places are full."""
    entries = _entries(member)
    shelf = _shelf(entries)
    held = _held(member, entries)
    for entry in entries:
        if not found.left:
            return
        disc, why = _choice(entry, shelf[entry.title_id], found.places.membership, today)
        why = held.get(entry.pk, "") if disc else why
        if why:
            found.passed.append(Passed(entry, why))
        else:
            found.coming.append(Coming(entry, disc, doubtful=entry.ahead >= disc.on_shelf))
            disc.on_shelf = 0  # nobody is sent the same disc twice


# ------------------------------------------------------------------ the queue
def _entries(member):
    """The first entries in order, each with its `position`, how many wait for the same disc and how many go first."""
    entries = member.queue.in_order().select_related("title", "disc").alias(claim=_claim(), wanted=_number())
    return list(entries.annotate(waiting=_in_line(), ahead=_in_line(_goes_first()))[:LOOKED_AT])


def _claim():
    return Coalesce("claim_at", Value(NEVER), output_field=QueueEntry._meta.get_field("claim_at"))


def _number():
    """Which disc of a set is asked for; the first, if none is named."""
    return Coalesce("disc__number", 1)


def _goes_first():
    """Has an older claim than the outer entry."""
    same_claim, same_day = Q(claim=OuterRef("claim")), Q(asked_at=OuterRef("asked_at"))
    asked_earlier = Q(asked_at__lt=OuterRef("asked_at")) | same_day & Q(pk__lt=OuterRef("pk"))
    return Q(claim__lt=OuterRef("claim")) | same_claim & asked_earlier


def _in_line(*conditions):
    """How many entries of the outer entry's title and disc stand in line."""
    line = QueueEntry.objects.waiting().alias(claim=_claim(), wanted=_number())
    line = line.filter(*conditions, title=OuterRef("title"), wanted=OuterRef("wanted")).order_by()
    return Coalesce(Subquery(line.values("title").annotate(n=Count("pk")).values("n")), 0)


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
    """{entry: why it waits} of discs of sets: the first that is asked for goes, and not while one is out, or two."""
    sets, why = defaultdict(list), {}
    for entry in entries:
        if entry.disc:
            sets[entry.disc.release_id].append(entry)
    rows = _out(member, sets)
    for release, wanted in sets.items():
        out = [number for of, number, _ in rows if of == release]
        both = any(two for of, _, two in rows if of == release)
        first, *later = sorted(wanted, key=lambda entry: entry.disc.number)
        why |= {entry.pk: f"disc {first.disc.number} goes first" for entry in later}
        if len(out) >= 1 + both:
            why[first.pk] = f"held for you until disc {min(out)} is back"
    return why


def _out(member, releases):
    """(release, number of the disc, whether two at once are wanted) of discs of those sets that are with the member."""
    two = TwoAtOnce.objects.filter(member=member, release=OuterRef("copy__disc__release"))
    rentals = Rental.objects.open().filter(member=member, copy__disc__release__in=releases)
    return list(rentals.annotate(two=Exists(two)).values_list("copy__disc__release", "copy__disc__number", "two"))


# ------------------------------------------------------------------ which disc, or why none
def _choice(entry, discs, membership, today):
    """(the disc that could go out for `entry`, or None; why not in a few words, or "")"""
    wanted = [disc for disc in discs if _answers(disc, entry)]
    out = [disc for disc in wanted if disc.release.released_on <= today]
    mine = [disc for disc in out if _is_for(disc.release.medium, membership)]
    on_shelf = next((disc for disc in mine if disc.on_shelf), None)
    if entry.paused_at:
        return None, "you paused it"
    if not mine:
        return None, "your plan or your players do not take its discs" if out else _when_out(wanted)
    return on_shelf, "" if on_shelf else _line(entry, sum(disc.held for disc in mine))


def _is_for(medium, membership):
    """Whether the plan has the medium and the member plays it, as far as we were told."""
    return medium in membership.plan.media and (not membership.plays or medium in membership.plays)


def _when_out(discs):
    days = sorted(disc.release.released_on for disc in discs)
    return f"out {'on' if len(days[0]) == len('2026-12-07') else 'in'} {loose_date(days[0])}" if days else "not on disc"


def _line(entry, copies):
    """ "2 copies, 5 waiting, you are 3rd"."""
    if not copies:
        return "we have no copy of it"
    return f"{counted(copies, 'copy', 'copies')}, {entry.waiting:,} waiting, you are {ordinal(entry.ahead + 1)}"
