"""What a member does to the queue: asks, moves, pauses, takes off, puts back.

Every verb takes the lock of the queue, the member's row, before it reads the queue, so that two at once take turns. The
lock leaves the row's key alone: a new rental may name the member meanwhile. Places are counted, 1 to n, from the order
of the entries' ranks (`rentals.ranks`): a move writes one row.
"""

from contextlib import contextmanager

from django.db import transaction

from members.models import Member
from rentals import ranks
from rentals.models import QueueEntry, Rental

MOST = 1000  # entries of one queue


class QueueFull(Exception):
    """The queue holds MOST entries."""


@contextmanager
def locked(member):
    """All entries that `member` ever made, which nobody else changes until commit."""
    with transaction.atomic():
        Member.objects.select_for_update(no_key=True).get(pk=member.pk)
        yield QueueEntry.objects.filter(member=member)


def enqueue(member, title, *, now, medium="", disc=None):
    """Ask for `title` in any edition, in one medium, or for one disc of it, at the end of the queue.

    Returns the entry with its `position`, or None if the queue has it already. Raises QueueFull. Holds the member's row
    until commit.
    """
    wish = {"title": title, "medium": medium, "disc": disc}
    with locked(member) as entries:
        length = entries.live().count()
        if entries.live().filter(**wish).exists():
            return None
        if length >= MOST:
            raise QueueFull
        entry = QueueEntry.objects.create(member=member, rank=ranks.last(entries), asked_at=now, **wish)
        entry.position = length + 1
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


def move(entry, to):
    """Give `entry` the place `to`, or the nearest there is. Returns the place; None if it is not in the queue any more.

    Writes one row however long the queue is. Holds the member's row until commit.
    """
    with locked(entry.member) as entries:
        others = entries.live().exclude(pk=entry.pk)
        length = others.count()
        to = max(1, min(to, length + 1))
        entry.rank = ranks.at(entries.exclude(pk=entry.pk), others, to)
        return to if entries.live().filter(pk=entry.pk).update(rank=entry.rank) else None


def place_of(entry):
    """The place of `entry` in its queue, from 1; None if it is not there."""
    mine = QueueEntry.objects.live().filter(pk=entry.pk).values_list("member", "rank").first()
    if mine is None:
        return None
    member, rank = mine
    return QueueEntry.objects.live().filter(member=member, rank__lte=rank).count()


def pause(entry, *, now):
    """Let others go first without giving up the place. False if it was paused or is not in the queue."""
    with locked(entry.member) as entries:
        return bool(entries.waiting().filter(pk=entry.pk).update(paused_at=now))


def resume(entry):
    """Stand in line again. False if it was not paused."""
    with locked(entry.member) as entries:
        return bool(entries.live().filter(pk=entry.pk).exclude(paused_at=None).update(paused_at=None))


def remove(entry, *, now):
    """Take `entry` off the queue; it can be put back for a while (`restore`). False if it was not there."""
    with locked(entry.member) as entries:
        return bool(entries.live().filter(pk=entry.pk).update(removed_at=now))


def clear(member, *, now):
    """Take everything off the queue; how many entries that were."""
    with locked(member) as entries:
        return entries.live().update(removed_at=now)


def restore(entry):
    """Put back what was taken off, in its place, asked for when it was asked for. Returns the place.

    None if it was not taken off, or the queue has the same again. Raises QueueFull. Holds the member's row until
    commit.
    """
    with locked(entry.member) as entries:
        gone = entries.filter(pk=entry.pk, removed_at__isnull=False).first()
        if gone is None or entries.live().filter(title=gone.title_id, medium=gone.medium, disc=gone.disc_id).exists():
            return None
        if entries.live().count() >= MOST:
            raise QueueFull
        entries.filter(pk=entry.pk).update(removed_at=None)
        return place_of(entry)


def _known(member, entries):
    """Keys of the titles that `member` asks for, has at home or had."""
    had = Rental.objects.filter(member=member, cancelled_at=None).values_list("copy__disc__release__title", flat=True)
    return {*entries.live().values_list("title", flat=True), *had}
