"""Puts what a member chose from a file into the queue."""

from rentals import ranks
from rentals.asking import QueuedAll, left_out
from rentals.models import QueueEntry
from rentals.queue import MOST, locked
from rentals.transfer.matching import standing


def put_in_queue(member, wishes, *, now):
    """Put `wishes` (preview.Wish) at the end of the queue in their order. What can be had is looked at once more.

    Returns what was QueuedAll. Holds the member's row until commit.
    """
    wishes = list({wish.key: wish for wish in wishes}.values())
    with locked(member) as entries:
        stand, room = standing(member, [wish.key for wish in wishes]), MOST - entries.live().count()
        states = [stand.of(wish.key) for wish in wishes]
        ready = [wish for wish, state in zip(wishes, states, strict=True) if state in ("ready", "had")]
        fit = ready[: max(0, room)]
        _append(member, fit, ranks.last(entries), now)
    refused = [state for state in states if state not in ("ready", "had")]
    return QueuedAll(len(fit), left_out([*refused, *["no room"] * (len(ready) - len(fit))]))


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
