"""Cards on the staff's first page about the shop: who waits too long, and what is asked for and not here."""

from django.utils import timezone

from config.dashboard import Card, at_most
from rentals.models import QueueEntry, Stock


def cards():
    entries = "admin:rentals_queueentry_changelist"
    return [
        Card("Waits over what was promised", "rentals.view_queueentry", entries, _late, {"promise": "over"}),
        Card("Asked for and not stocked", "rentals.change_copy", "rentals:desk_buying", _not_stocked),
    ]


def _late():
    return at_most(QueueEntry.objects.over_promise(timezone.now()))


def _not_stocked():
    return at_most(Stock.objects.wanted())
