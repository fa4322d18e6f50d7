"""What members are told of their wait when they are first passed over: kept, to be held beside what comes.

A job does it after the round, so that no round is longer for it. Of a round that dates more claims than SAMPLE, that
many are kept, chosen by chance: enough to tell how often we are right.
"""

from datetime import timedelta

from rentals import waits
from rentals.models import QueueEntry

SAMPLE = 2000
AT_ONCE = 200
IN_TIME = timedelta(hours=12)  # later than that it is not what was said then


def keep_promises(at, *, now):
    """Keep what the queue says `now` to those whose claim dates from the round for `at`. How many it keeps."""
    if now - at > IN_TIME:
        return 0
    new = list(_without_a_promise(at).order_by("?")[:SAMPLE])
    parts = (new[start : start + AT_ONCE] for start in range(0, len(new), AT_ONCE))
    return sum(_keep(key, wait, at) for part in parts for key, wait in waits.for_entries(part).items())


def _without_a_promise(at):
    return QueueEntry.objects.waiting().filter(claim_at=at, promised_days=None)


def _keep(key, wait, at):
    """Nothing where nobody can say how long. One row at a time: it holds none while it waits for another."""
    said = {"promised_low_days": wait.low_days, "promised_days": wait.days, "promised_high_days": wait.high_days}
    return _without_a_promise(at).filter(pk=key).update(**said) if wait.days else 0
