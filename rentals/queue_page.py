"""What pages print of a member's discs: at home, to come, just removed."""

from catalogue.cards import cards_of
from rentals.at_home_page import at_home


def queue_page(member):
    """The context of `rentals/queue.html`."""
    entries = list(member.queue.in_order().select_related("disc"))
    cards = cards_of(entry.title_id for entry in entries)
    return {
        "at_home": at_home(member),
        "entries": [_entry(entry, cards[entry.title_id], len(entries)) for entry in entries],
    }


def _entry(entry, card, last):
    wish = entry.get_medium_display() if entry.medium else f"Disc {entry.disc.number}" if entry.disc else ""
    return {"key": entry.pk, "position": entry.position, "last": entry.position == last, "card": card, "wish": wish}


# ------------------------------------------------------------------ what was removed
def offer_to_restore(key, member):
    """The entry of that key (as sent) that `member` took off and can put back, or None."""
    gone = member.queue.exclude(removed_at=None).select_related("title").filter(pk=key).first() if key else None
    if gone is None or member.queue.live().filter(title=gone.title, medium=gone.medium, disc=gone.disc_id).exists():
        return None
    return gone
