"""What a link in an e-mail shows of a queue: the next few entries, and nothing else of the member."""

from catalogue.cards import cards_of

SHOWN = 3


def next_by_link(member):
    """The first entries of a queue that are not paused: {"key", "first", "card"}."""
    entries = list(member.queue.placed().filter(paused_at=None)[:SHOWN])
    cards = cards_of(entry.title_id for entry in entries)
    return [{"key": entry.pk, "first": entry.position == 1, "card": cards[entry.title_id]} for entry in entries]
