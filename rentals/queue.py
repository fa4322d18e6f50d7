"""What a member does to the queue: asks, moves, pauses, takes off, puts back.

Every verb takes the lock of the queue, the member's row, before it reads the queue, so that two at once take turns. The
lock leaves the row's key alone: a new rental may name the member meanwhile. Places are counted, 1 to n, from the order
of the entries' ranks (`rentals.ranks`): a move writes one row. The discs of a set keep the order of the set among the
places that they have together. What was promised of a wait is kept no longer than the entry stands in line as it was.
"""

from contextlib import contextmanager
from datetime import timedelta
from itertools import accumulate

from django.db import transaction

from members.models import Member
from rentals import ranks
from rentals.models import QueueEntry, Rental
from rentals.models.queue import NO_PROMISE

MOST = 1000  # entries of one queue
FULL = f"Your queue is full: it holds {MOST:,} films."
KEPT = timedelta(days=30)  # that what was taken off can be had back


class QueueFull(Exception):
    """The queue holds MOST entries."""


class NoSuchPlace(Exception):
    """A queue of `length` entries has no such place."""

    def __init__(self, length):
        super().__init__(length)
        self.length = length


@contextmanager
def locked(member):
    """All entries that `member` ever made, which nobody else changes until commit."""
    with transaction.atomic():
        Member.objects.lock(member.pk)
        yield QueueEntry.objects.filter(member=member)


# ------------------------------------------------------------------ asking
def enqueue(member, title, *, now, medium="", disc=None):
    """Ask for `title` in any edition, in one medium, or for one disc of it, at the end of the queue.

    Returns the entry with its `position`, or None if the queue has it already. A disc whose successors are there takes
    its turn before them. Raises QueueFull. Holds the member's row until commit.
    """
    wish = {"title": title, "medium": medium, "disc": disc}
    with locked(member) as entries:
        length = entries.live().count()
        if entries.live().filter(**wish).exists():
            return None
        if length >= MOST:
            raise QueueFull
        entry = QueueEntry.objects.create(member=member, rank=ranks.last(entries), asked_at=now, **wish)
        entry.position = _settled(entries, entry, length + 1)
        return entry


def enqueue_all(member, titles, *, now):
    """Ask for those of `titles` (keys, in order) that the member neither asks for nor had; how many that were.

    What does not fit into the queue any more is left out. Holds the member's row until commit.
    """
    with locked(member) as entries:
        length, known, rank = entries.live().count(), _known(member, entries), ranks.last(entries)
        new = [key for key in dict.fromkeys(titles) if key not in known][: MOST - length]
        QueueEntry.objects.bulk_create(
            QueueEntry(member=member, title_id=key, rank=rank + number * ranks.GAP, asked_at=now)
            for number, key in enumerate(new)
        )
    return len(new)


def enqueue_set(member, release, *, now, among=None):
    """Ask for each disc of `release` that is neither asked for nor at home, one entry each, in order; how many.

    `among`: keys of those that are meant, if not all are. Later discs wait behind the one before (`rentals.sets.held`).
    Raises QueueFull, and then asks for none. Holds the member's row until commit.
    """
    with locked(member) as entries:
        new, rank = list(_discs_to_ask_for(member, release, entries, among)), ranks.last(entries)
        title = release.title_id
        if entries.live().count() + len(new) > MOST:
            raise QueueFull
        QueueEntry.objects.bulk_create(
            QueueEntry(member=member, title_id=title, disc=disc, rank=rank + number * ranks.GAP, asked_at=now)
            for number, disc in enumerate(new)
        )
        _keep_set_in_order(entries, release.pk)
    return len(new)


def _discs_to_ask_for(member, release, entries, among):
    known = entries.live().filter(disc__release=release).values("disc")
    at_home = Rental.objects.open().filter(member=member).values("copy__disc")
    meant = release.discs.all() if among is None else release.discs.filter(pk__in=among)
    return meant.exclude(pk__in=known).exclude(pk__in=at_home).order_by("number")


def _known(member, entries):
    """Keys of the titles that `member` asks for, has at home or had."""
    had = Rental.objects.filter(member=member, cancelled_at=None).values_list("copy__disc__release__title", flat=True)
    return {*entries.live().values_list("title", flat=True), *had}


# ------------------------------------------------------------------ moving
STEPS = {  # to which of `last` places each leads from `place`
    "top": lambda place, last: 1,
    "up": lambda place, last: max(place - 1, 1),
    "down": lambda place, last: min(place + 1, last),
    "bottom": lambda place, last: last,
}


def move(entry, to):
    """Give `entry` the place `to`. Returns the place it has then; None if it is not in the queue any more.

    A disc of a set may come out elsewhere, as the set keeps its order. Writes one row however long the queue is, and
    for a set those of its discs. Raises NoSuchPlace. Holds the member's row until commit.
    """
    with locked(entry.member) as entries:
        return _moved(entries, entry, to) if entries.live().filter(pk=entry.pk).exists() else None


def step(entry, way):
    """Move `entry` to the top, up, down or to the bottom (`STEPS`), as `move` does; what is there already stays."""
    with locked(entry.member) as entries:
        place = place_of(entry)
        return place and _moved(entries, entry, STEPS[way](place, entries.live().count()))


def renumber(member, places):
    """Give entries the places that `places`, {key: place}, says; the others close up around them in their order.

    Returns the keys of those that were in the queue. Two of the same place stand in the order that they had. Raises
    NoSuchPlace, and then moves none. Holds the member's row until commit.
    """
    with locked(member) as entries:
        order = list(entries.live().order_by("rank").values_list("pk", flat=True))
        for place in places.values():
            _check_place(place, len(order))
        moved = [key for key in order if key in places]
        _put_in_order(entries, _filled_in(order, sorted(moved, key=places.get), places))
    return moved


def _filled_in(order, moved, places):
    """`order` with the `moved` in their places, as near as can be where two want the same, and the rest around them."""
    slots = list(accumulate((places[key] - 1 for key in moved), lambda before, slot: max(before + 1, slot)))
    taken = {
        min(slot, len(order) - len(moved) + n): key for n, (slot, key) in enumerate(zip(slots, moved, strict=True))
    }
    rest = (key for key in order if key not in places)
    return [taken[place] if place in taken else next(rest) for place in range(len(order))]


def put_in_order(member, keys):
    """Put the entries of these keys first, in this order, and the others behind them as they stand.

    Returns the order before, which put back undoes it. Holds the member's row until commit.
    """
    with locked(member) as entries:
        before = list(entries.live().order_by("rank").values_list("pk", flat=True))
        named = list(dict.fromkeys(key for key in keys if key in set(before)))
        _put_in_order(entries, named + [key for key in before if key not in set(named)])
    return before


def place_of(entry):
    """The place of `entry` in its queue, from 1; None if it is not there."""
    mine = QueueEntry.objects.live().filter(pk=entry.pk).values_list("member", "rank").first()
    if mine is None:
        return None
    member, rank = mine
    return QueueEntry.objects.live().filter(member=member, rank__lte=rank).count()


def _moved(entries, entry, to):
    others = entries.live().exclude(pk=entry.pk)
    _check_place(to, others.count() + 1)
    entry.rank = ranks.at(entries.exclude(pk=entry.pk), others, to)
    entries.filter(pk=entry.pk).update(rank=entry.rank)
    return _settled(entries, entry, to)


def _check_place(place, length):
    if not 1 <= place <= length:
        raise NoSuchPlace(length)


def _put_in_order(entries, keys):
    """Share out the ranks that the live entries have, so that they stand in the order of `keys`, which are all."""
    rows = list(entries.live().order_by("rank").values_list("pk", "rank", "disc__release", "disc__number"))
    discs = {key: (release, number) for key, _, release, number in rows if release}
    ranks.assign(entries, _with_sets_in_order(keys, discs), [rank for _, rank, _, _ in rows])


def _with_sets_in_order(keys, discs):
    """`keys` with the discs of each set, {key: (set, number)}, in order among the places that they have together."""
    turns = {}
    for key in sorted((key for key in keys if key in discs), key=discs.get, reverse=True):
        turns.setdefault(discs[key][0], []).append(key)
    return [turns[discs[key][0]].pop() if key in discs else key for key in keys]


def _settled(entries, entry, place):
    """The place of `entry`, meant for `place`, once the set that it is of is in order."""
    if entry.disc_id is None:
        return place
    _keep_set_in_order(entries, entry.disc.release_id)
    return place_of(entry)


def _keep_set_in_order(entries, release):
    discs = entries.live().filter(disc__release=release).order_by("disc__number").values_list("pk", "rank")
    rows = list(discs)
    ranks.assign(entries, [key for key, _ in rows], sorted(rank for _, rank in rows))


# ------------------------------------------------------------------ one entry
def pause(entry, *, now):
    """Let others go first without giving up the place. False if it was paused or is not in the queue."""
    with locked(entry.member) as entries:
        return bool(entries.waiting().filter(pk=entry.pk).update(paused_at=now, **NO_PROMISE))


def resume(entry):
    """Stand in line again. False if it was not paused."""
    with locked(entry.member) as entries:
        return bool(entries.live().filter(pk=entry.pk).exclude(paused_at=None).update(paused_at=None))


def ask_for(entry, medium):
    """Ask for the title of `entry` in `medium` alone, or with "" in any; the place, the day and the claim stay.

    False if it is for one disc of a set, if it is not in the queue, or if the queue has that wish already. Holds the
    member's row until commit.
    """
    with locked(entry.member) as entries:
        same = entries.live().filter(title=entry.title_id, medium=medium, disc=None).exclude(pk=entry.pk)
        mine = entries.live().filter(pk=entry.pk, disc=None)
        return not same.exists() and bool(_changed_to(medium, mine))


def _changed_to(medium, entries):
    return entries.filter(medium=medium).count() or entries.update(medium=medium, **NO_PROMISE)


# ------------------------------------------------------------------ taking off and putting back
def remove(entry, *, now):
    """Take `entry` off the queue; it can be put back for a while (`restore`). False if it was not there."""
    with locked(entry.member) as entries:
        return bool(entries.live().filter(pk=entry.pk).update(removed_at=now, **NO_PROMISE))


def clear(member, *, now):
    """Take everything off the queue; how many entries that were. `restore_all` of that instant puts them back."""
    with locked(member) as entries:
        return entries.live().update(removed_at=now, **NO_PROMISE)


def restore(entry):
    """Put back what was taken off, in its place, asked for when it was asked for. Returns the place.

    None if it was not taken off, or the queue has the same again. Raises QueueFull. Holds the member's row until
    commit.
    """
    with locked(entry.member) as entries:
        gone = entries.filter(pk=entry.pk, removed_at__isnull=False).select_related("disc").first()
        if gone is None or _wish(gone) in _wishes(entries):
            return None
        if entries.live().count() >= MOST:
            raise QueueFull
        entries.filter(pk=gone.pk).update(removed_at=None)
        return _settled(entries, gone, place_of(gone))


def restore_all(member, removed_at):
    """Put back what was taken off at that instant and is not in the queue again; how many entries that were.

    Raises QueueFull, and then puts none back. Holds the member's row until commit.
    """
    with locked(member) as entries:
        there = _wishes(entries)
        back = [gone for gone in entries.filter(removed_at=removed_at) if _wish(gone) not in there]
        if len(back) + len(there) > MOST:
            raise QueueFull
        entries.filter(pk__in=[gone.pk for gone in back]).update(removed_at=None)
        _put_in_order(entries, entries.live().order_by("rank").values_list("pk", flat=True))
    return len(back)


def _wish(entry):
    return entry.title_id, entry.medium, entry.disc_id


def _wishes(entries):
    return set(entries.live().values_list("title", "medium", "disc"))


@transaction.atomic
def forget_removed(now):
    """Delete what was taken off more than 30 days ago; how many entries that were.

    Takes the rows' locks: what its member puts back at the same time stays.
    """
    old = QueueEntry.objects.filter(removed_at__lt=now - KEPT).select_for_update(skip_locked=True, of=["self"])
    keys = list(old.values_list("pk", flat=True))
    QueueEntry.objects.filter(pk__in=keys).delete()
    return len(keys)
