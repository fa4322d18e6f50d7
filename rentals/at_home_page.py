"""What pages print of the discs that are with a member or on the way."""

from django.utils import timezone

from catalogue.cards import cards_of
from catalogue.wording import day_and_month
from rentals.models import Rental

DAYS_IN_THE_POST = 2


def at_home(member):
    """Open rentals of `member`, the eldest first: {"card", "name", "medium", "posted", "posted_short", "arrived"}."""
    rentals = list(Rental.objects.open().for_page().filter(member=member).order_by("allocated_at", "place"))
    cards = cards_of(rental.copy.disc.release.title_id for rental in rentals)
    return [_slot(rental, cards[rental.copy.disc.release.title_id]) for rental in rentals]


def _slot(rental, card):
    disc, posted = rental.copy.disc, rental.posted_at and timezone.localdate(rental.posted_at)
    return {
        "card": card,
        "name": f"{card['name']}, disc {disc.number}" if disc.number > 1 else card["name"],
        "medium": disc.release.get_medium_display(),
        "posted": day_and_month(posted) if posted else "",
        "posted_short": day_and_month(posted, short=True) if posted else "",
        "arrived": bool(posted) and (timezone.localdate() - posted).days >= DAYS_IN_THE_POST,
    }
