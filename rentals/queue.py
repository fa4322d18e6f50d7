"""What a member does to the queue: asks, moves, removes, puts back.

Places are 1..n without gaps. Every verb takes the lock of the queue, the member's row, before it reads the queue, so
that two at once take turns. The lock leaves the row's key alone: a new rental may name the member meanwhile.
"""

from contextlib import contextmanager

from django.db import transaction
from django.db.models import Case, F, Max, When

from members.models import Member
from rentals.models import QueueEntry, Rental

MOST = 1000  # entries of one queue


class QueueFull(Exception):
    """The queue holds MOST entries."""


@contextmanager
def _locked(member):
    """The entries of `member`, that nobody else changes until commit."""
    with transaction.atomic():
        Member.objects.select_for_update(no_key=True).get(pk=member.pk)
        yield QueueEntry.objects.filter(member=member)


def enqueue(member, title, *, now, medium="", disc=None):
    """Ask for `title` in any edition, in one medium, or for one disc of it, at the end of the queue.

    Returns the entry, or None if the queue has it already. Raises QueueFull. Holds the member's row until commit.
    """
    wish = {"title": title, "medium": medium, "disc": disc}
    with _locked(member) as queue:
        if queue.filter(**wish).exists():
            return None
        position = _last(queue) + 1
        if position > MOST:
            raise QueueFull
        return QueueEntry.objects.create(member=member, position=position, asked_at=now, **wish)


def enqueue_all(member, titles, *, now):
    """Ask for those of `titles` (keys, in order) that the member neither asks for nor had; how many that were.

    What does not fit into the queue any more is left out. Holds the member's row until commit.
    """
    with _locked(member) as queue:
        last, known = _last(queue), _known(member, queue)
        new = [key for key in dict.fromkeys(titles) if key not in known][: MOST - last]
        QueueEntry.objects.bulk_create(
            QueueEntry(member=member, title_id=key, position=position, asked_at=now)
            for position, key in enumerate(new, last + 1)
        )
    return len(new)


def move(entry, to):
    """Give `entry` the place `to`, or the nearest there is; the rest move up or down by one. Returns the place.

    None if the entry is gone. Holds the member's row until commit.
    """
    with _locked(entry.member) as queue:
        start, last = _place_of(entry, queue), _last(queue)
        if start is None:
            return None
        to = max(1, min(to, last))
        step = 1 if to < start else -1
        between = queue.filter(position__range=sorted((start, to)))
        between.update(position=Case(When(pk=entry.pk, then=to), default=F("position") + step))
        return to


def remove(entry):
    """Take `entry` off the queue; who came after it moves up. Holds the member's row until commit."""
    with _locked(entry.member) as queue:
        place = _place_of(entry, queue)
        if place is not None:
            queue.filter(pk=entry.pk).delete()
            queue.filter(position__gt=place).update(position=F("position") - 1)


def restore(member, title, *, position, asked_at, medium="", disc=None):
    """Put back what was removed: in its old place or the nearest there is, asked for when it was asked for.

    None if the queue has it already. Raises QueueFull. Holds the member's row until commit.
    """
    with transaction.atomic():
        entry = enqueue(member, title, now=asked_at, medium=medium, disc=disc)
        if entry:
            entry.position = move(entry, position)
    return entry


def _last(queue):
    return queue.aggregate(last=Max("position"))["last"] or 0


def _place_of(entry, queue):
    return queue.filter(pk=entry.pk).values_list("position", flat=True).first()


def _known(member, queue):
    """Keys of the titles that `member` asks for, has at home or had."""
    had = Rental.objects.filter(member=member, cancelled_at=None).values_list("copy__disc__release__title", flat=True)
    return {*queue.values_list("title", flat=True), *had}
