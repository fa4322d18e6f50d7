"""What of members' rentals and queues is forgotten by the clock. Each may run at any time and does nothing twice."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from rentals import queue
from rentals.kept import unlink
from rentals.models import QueueEntry, Rental

HISTORY = timedelta(days=365)


def unlink_history(*, now):
    """Forget whose rentals were that ended a year ago, unless their members keep their history. How many.

    What was rented, and how often, stays. The request that a rental came from goes with the link.
    """
    with transaction.atomic():
        number = unlink(_forgettable(Rental.objects.filter(_ended_before(now - HISTORY))))
        QueueEntry.objects.filter(_sent_long_ago(now - HISTORY), member__keeps_history=False).delete()
    return number


def forget_removed(*, now):
    """Delete what members took off their queues 30 days ago: until then it can be put back. How many."""
    return queue.forget_removed(now)


def _ended_before(day):
    return Q(checked_in_at__lt=day) | Q(cancelled_at__lt=day)


def _forgettable(rentals):
    return rentals.filter(member__keeps_history=False)


def _sent_long_ago(day):
    """Entries that were sent, and none of whose rentals names a member any more."""
    linked = Rental.objects.filter(entry=OuterRef("pk"), member__isnull=False)
    return Q(sent_at__lt=day) & ~Exists(linked)
