"""What to buy: films that more members wait for than our copies can serve in a fortnight.

Two rules stand side by side. The hold ratio is the libraries' one: a copy for each RATIO who wait. The forecast asks
how many copies bring the wait of who asks now down to GOAL_DAYS, at the pace at which members of this film send it
back (`rentals.waits`). Requests are counted as in the line of the title page: paused ones are not.
"""

from dataclasses import dataclass
from math import ceil

from django.db.models import Count, F, Q

from catalogue.models import Title
from rentals import waits
from rentals.models import Stock

GOAL_DAYS = 14
RATIO = 4
SHOWN = 100


@dataclass(frozen=True)
class Line:
    """A film to buy copies of."""

    title: Title
    waiting: int
    passed_over: int
    copies: int
    days_away: int

    @property
    def wait(self):
        """How long who asks now waits, in words."""
        if not self.copies:
            return "No copy"
        return waits.estimate(self.waiting + 1, self.copies, 0, self.days_away).text

    @property
    def by_ratio(self):
        return max(0, ceil(self.waiting / RATIO) - self.copies)

    @property
    def by_forecast(self):
        return max(0, ceil((self.waiting + 1) * self.days_away / GOAL_DAYS) - self.copies)


def lines():
    """The Lines with the longest waits, at most SHOWN; only films that somebody waits for. In one query."""
    live = Q(title__queue_entries__removed_at=None, title__queue_entries__sent_at=None)
    claims = Count("title__queue_entries", filter=live & Q(title__queue_entries__claim_at__isnull=False))
    short = Stock.objects.filter(waiting__gt=0, on_shelf=0).select_related("title").annotate(claims=claims)
    # hundredths, so that a film without a copy stands before all that have one
    longest = (F("waiting") + 1) * F("days_away") * 100 / (F("copies") * 100 + 1)
    rows = short.order_by(-longest, "title__sort_key", "title")[:SHOWN]
    return [Line(row.title, row.waiting, row.claims, row.copies, row.days_away) for row in rows]
