"""What waits for staff, on the admin's first page: cards that apps register when they are ready.

A card is shown to who has its right, and leads to where its work is done. What it counts is asked anew each time, so it
must be quick over any number of rows: by an index, and with `at_most`, which stops counting.
"""

from collections.abc import Callable
from typing import NamedTuple

from django.urls import reverse
from django.utils.http import urlencode

from config.staff_lists import Many

ENOUGH = 1000

_cards = {}


class Card(NamedTuple):
    """`counts()` gives how much waits, or words that say it; nothing if nothing does. `page` is the name of an address.

    `query` narrows the list there down to what is counted.
    """

    name: str
    right: str
    page: str
    counts: Callable
    query: dict = {}

    def shown(self):
        """{"name", "url", "waits", "is_number"} for the template."""
        url = reverse(self.page) + (f"?{urlencode(self.query)}" if self.query else "")
        waits = self.counts()
        return {"name": self.name, "url": url, "waits": waits, "is_number": isinstance(waits, int)}


def register(card):
    """Put a card on the first page, after those that are there; one of the same name takes its place."""
    _cards[card.name] = card


def cards_for(user):
    """{"waiting": cards with something to do, "done": those with nothing}, of what `user` may see."""
    shown = [card.shown() for card in _cards.values() if user.has_perm(card.right)]
    return {"waiting": [card for card in shown if card["waits"]], "done": [card for card in shown if not card["waits"]]}


def at_most(rows, most=ENOUGH):
    """How many rows a queryset has; beyond `most` it says only that there are more."""
    counted = rows.order_by().values("pk")[: most + 1].count()
    return Many(most, f"over {most:,}") if counted > most else counted
