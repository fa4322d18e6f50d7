"""Sets of discs in a queue: one entry per disc, sent in order, one or two out at once.

Every verb holds the member's row until commit, as those of `rentals.queue` do.
"""

from rentals.models import TwoAtOnce
from rentals.queue import locked


def send_two_at_once(member, release, *, now):
    """Let the next disc of the set follow when the one before was sent. False if it was so."""
    with locked(member):
        _, new = TwoAtOnce.objects.get_or_create(member=member, release=release, defaults={"asked_at": now})
    return new


def send_one_at_a_time(member, release):
    """Send the next disc of the set only when the one before came back. False if it was so."""
    with locked(member):
        gone, _ = TwoAtOnce.objects.filter(member=member, release=release).delete()
    return bool(gone)


def pause_set(member, release, *, now):
    """Pause every disc of the set that is in the queue; how many were not paused."""
    with locked(member) as entries:
        return entries.waiting().filter(disc__release=release).update(paused_at=now)


def resume_set(member, release):
    """Let every disc of the set stand in line again; how many were paused."""
    with locked(member) as entries:
        return entries.live().filter(disc__release=release).exclude(paused_at=None).update(paused_at=None)


def held(wanted, out, two_at_once):
    """{number: why it waits} of the discs of one set that may not be sent now.

    `wanted` are the numbers in the queue, `out` those that are with the member; only the first that is wanted may go,
    and not while one is out, or two if the member wants two at once. A disc that the member took off the queue holds
    up nobody.
    """
    first, *later = sorted(wanted)
    why = {number: f"After disc {before}" for before, number in zip(sorted(wanted), later, strict=False)}
    if len(out) >= (2 if two_at_once else 1):
        why[first] = f"Held for you until disc {min(out)} is back"
    return why
