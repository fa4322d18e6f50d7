"""What pages print of a member's discs: at home, to come, just removed."""

from django.core import signing
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from catalogue.cards import card
from catalogue.models import Title
from catalogue.wording import day_and_month
from rentals.models import QueueEntry, Rental

NEXT_SHOWN = 4
DAYS_IN_THE_POST = 2
UNDO_SECONDS = 3600
SALT = "rentals.removed"


def queue_page(member):
    """The context of `rentals/queue.html`."""
    entries = list(member.queue.order_by("position").select_related("disc"))
    cards = _cards(entry.title_id for entry in entries)
    return {
        "at_home": at_home(member),
        "entries": [_entry(entry, cards[entry.title_id], len(entries)) for entry in entries],
    }


def your_discs(member):
    """The context of `rentals/_your_discs.html`: what is at home, and cards of what comes first."""
    entries = list(member.queue.order_by("position")[:NEXT_SHOWN])
    cards = _cards(entry.title_id for entry in entries)
    return {"member": member, "at_home": at_home(member), "next": [cards[entry.title_id] for entry in entries]}


def at_home(member):
    """Open rentals of `member`, the eldest first: {"card", "name", "medium", "posted", "arrived"}."""
    rentals = list(Rental.objects.open().for_page().filter(member=member).order_by("allocated_at", "place"))
    cards = _cards(rental.copy.disc.release.title_id for rental in rentals)
    return [_slot(rental, cards[rental.copy.disc.release.title_id]) for rental in rentals]


def _slot(rental, card):
    disc, posted = rental.copy.disc, rental.posted_at and timezone.localdate(rental.posted_at)
    return {
        "card": card,
        "name": f"{card['name']}, disc {disc.number}" if disc.number > 1 else card["name"],
        "medium": disc.release.get_medium_display(),
        "posted": day_and_month(posted) if posted else "",
        "arrived": bool(posted) and (timezone.localdate() - posted).days >= DAYS_IN_THE_POST,
    }


def _entry(entry, card, last):
    wish = entry.get_medium_display() if entry.medium else f"Disc {entry.disc.number}" if entry.disc else ""
    return {"key": entry.pk, "position": entry.position, "last": entry.position == last, "card": card, "wish": wish}


def _cards(keys):
    return {pk: card(title) for pk, title in Title.objects.for_cards().in_bulk(list(keys)).items()}


# ------------------------------------------------------------------ what was removed
def token_of(entry):
    """What brings a removed entry back, in an address: signed, so that nobody makes one up, and the member's alone."""
    said = [entry.member_id, entry.title_id, entry.medium, entry.disc_id, entry.position, entry.asked_at.isoformat()]
    return signing.dumps(said, salt=SALT)


def removed(token, member):
    """The entry that `token` stands for, as it was; None if it is none of ours, somebody else's, or too old."""
    try:
        owner, title, medium, disc, position, asked = signing.loads(token, salt=SALT, max_age=UNDO_SECONDS)
    except signing.BadSignature:
        return None
    title = Title.objects.filter(pk=title).first() if owner == member.pk else None
    if title is None:
        return None
    asked_at = parse_datetime(asked)
    return QueueEntry(member=member, title=title, medium=medium, disc_id=disc, position=position, asked_at=asked_at)


def offer_to_restore(token, member):
    """{"title", "token"} of what can still be put back, or None."""
    entry = removed(token, member) if token else None
    if entry is None or member.queue.filter(title=entry.title, medium=entry.medium, disc=entry.disc_id).exists():
        return None
    return {"title": entry.title, "token": token}
