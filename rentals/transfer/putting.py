"""Puts what a member chose from a file into the queue."""

from dataclasses import dataclass

from rentals import ranks
from rentals.models import QueueEntry
from rentals.queue import MOST, locked
from rentals.transfer.matching import standing


@dataclass(frozen=True)
class Put:
    """How many films were put, were there already, cannot be had, and did not fit."""

    new: int = 0
    there: int = 0
    absent: int = 0
    left_out: int = 0


def put_in_queue(member, wishes, *, now):
    """Put `wishes` (preview.Wish) at the end of the queue in their order. Holds the member's row until commit."""
    wishes = list({wish.key: wish for wish in wishes}.values())
    with locked(member) as entries:
        stand, room = standing(member, {wish.title_id for wish in wishes}), MOST - entries.live().count()
        states = [stand.of(*wish.key) for wish in wishes]
        ready = [wish for wish, state in zip(wishes, states, strict=True) if state in ("ready", "had")]
        _append(member, ready[: max(0, room)], ranks.last(entries), now)
    new = min(len(ready), max(0, room))
    return Put(new, states.count("queued"), states.count("absent"), len(ready) - new)


def _append(member, wishes, rank, now):
    QueueEntry.objects.bulk_create(
        QueueEntry(
            member=member,
            title_id=wish.title_id,
            medium=wish.medium,
            disc_id=wish.disc_id,
            rank=rank + number * ranks.GAP,
            asked_at=now,
            paused_at=now if wish.paused else None,
        )
        for number, wish in enumerate(wishes)
    )
