"""What to buy: editions that more members wait for than our copies can serve in a fortnight.

Two rules stand side by side. The hold ratio is the libraries' one: a copy for each RATIO who wait. The forecast asks
how many copies bring the wait of who asks now down to GOAL_DAYS, at the pace at which members of this film send it
back (`rentals.waits`). What is on order is taken off both. Requests are counted as in the line of the title page:
paused ones are not, and of a set those for its first disc.

Each request counts once. One that several editions can answer, any of the film or any in a medium, counts at its main
edition: one that can be bought before one that cannot, one that is out before one to come, then the one we have most
copies of, then the best medium. It does not wait while one of them lies on the shelf. So does each copy count once:
at the main edition, if nobody asks for its own in particular.
"""

from dataclasses import dataclass
from datetime import date
from math import ceil

from django.db import connection
from django.utils import timezone

from catalogue.models import Release
from rentals import waits
from rentals.desk import orders
from rentals.desk.order_forms import OrderForm
from rentals.editions import when_out
from rentals.models import MOST_ORDERED

GOAL_DAYS = 14
RATIO = 4
SHOWN = 100

EDITIONS = """
WITH wanted AS (
  SELECT q.title_id, q.medium, d.release_id, count(*) AS asked, count(q.claim_at) AS claims
  FROM rentals_queueentry q LEFT JOIN catalogue_disc d ON d.id = q.disc_id
  WHERE q.removed_at IS NULL AND q.sent_at IS NULL AND q.paused_at IS NULL AND coalesce(d.number, 1) = 1
  GROUP BY q.title_id, q.medium, d.release_id),
have AS (
  SELECT d.release_id, count(*) AS copies,
    count(*) FILTER (WHERE k.in_inspection_since IS NULL AND o.id IS NULL) AS shelf
  FROM catalogue_release r JOIN catalogue_disc d ON d.release_id = r.id AND d.number = 1
  JOIN rentals_copy k ON k.disc_id = d.id AND k.withdrawn_at IS NULL AND k.missing_at IS NULL
  LEFT JOIN rentals_rental o ON o.copy_id = k.id AND o.checked_in_at IS NULL AND o.cancelled_at IS NULL
  WHERE r.title_id IN (SELECT title_id FROM wanted) GROUP BY d.release_id),
coming AS (
  SELECT release_id, sum(quantity - received) AS sets, min(expected_on) AS day FROM rentals_order
  WHERE closed_on IS NULL AND received < quantity GROUP BY release_id),
edition AS (
  SELECT r.id, r.title_id, r.medium, r.position, r.released_on <= %(today)s AS is_out, g.release_id IS NOT NULL AS gone,
    coalesce(h.copies, 0) AS copies, coalesce(c.sets, 0) AS coming, c.day,
    CASE WHEN r.released_on <= %(today)s THEN coalesce(h.shelf, 0) ELSE 0 END AS shelf
  FROM catalogue_release r LEFT JOIN have h ON h.release_id = r.id LEFT JOIN coming c ON c.release_id = r.id
  LEFT JOIN rentals_outofprint g ON g.release_id = r.id
  WHERE r.title_id IN (SELECT title_id FROM wanted)),
e AS (
  SELECT edition.*, first_value(id) OVER film AS of_film, first_value(id) OVER kind AS of_medium,
    sum(shelf) OVER (PARTITION BY title_id) AS film_shelf,
    sum(shelf) OVER (PARTITION BY title_id, medium) AS medium_shelf
  FROM edition WINDOW film AS (PARTITION BY title_id
      ORDER BY gone, NOT is_out, copies DESC, array_position(ARRAY['4k', 'blu-ray', 'dvd'], medium::text), position),
    kind AS (PARTITION BY title_id, medium ORDER BY gone, NOT is_out, copies DESC, position)),
asked AS (
  SELECT e.id, sum(w.asked) AS asked, sum(w.claims) AS claims,
    bool_or(w.release_id IS NULL AND w.medium = '') AS for_film, bool_or(w.medium <> '') AS for_medium
  FROM wanted w JOIN e ON e.title_id = w.title_id AND CASE
    WHEN w.release_id IS NOT NULL THEN e.id = w.release_id AND e.shelf = 0
    WHEN w.medium <> '' THEN e.medium = w.medium AND e.id = e.of_medium AND e.medium_shelf = 0
    ELSE e.id = e.of_film AND e.film_shelf = 0 END
  GROUP BY e.id),
counted AS (
  SELECT CASE WHEN a.id IS NOT NULL THEN e.id WHEN m.for_medium THEN e.of_medium WHEN f.for_film THEN e.of_film
    ELSE e.id END AS id, sum(e.copies) AS copies, sum(e.coming) AS coming, min(e.day) AS day
  FROM e LEFT JOIN asked a ON a.id = e.id LEFT JOIN asked m ON m.id = e.of_medium LEFT JOIN asked f ON f.id = e.of_film
  GROUP BY 1),
line AS (
  SELECT e.id, coalesce(a.asked, 0)::int AS asked, coalesce(a.claims, 0)::int AS claims,
    coalesce(c.copies, e.copies)::int AS copies, coalesce(c.coming, e.coming)::int AS coming,
    coalesce(c.day, e.day) AS day, s.days_away, e.is_out, e.gone
  FROM e JOIN rentals_stock s ON s.title_id = e.title_id
  LEFT JOIN asked a ON a.id = e.id LEFT JOIN counted c ON c.id = e.id
  WHERE a.id IS NOT NULL OR e.gone),
-- a film without a copy stands before all that have one
numbered AS (
  SELECT line.*, row_number() OVER (PARTITION BY line.gone
    ORDER BY (asked + 1) * days_away / (copies + 0.01) DESC, t.sort_key, t.id, r.position) AS number
  FROM line JOIN catalogue_release r ON r.id = line.id JOIN catalogue_title t ON t.id = r.title_id)
SELECT * FROM numbered WHERE number <= %(shown)s ORDER BY gone, number
"""


@dataclass(frozen=True)
class Line:
    """An edition to buy copies of."""

    release: Release
    asked: int
    passed_over: int
    copies: int
    on_order: int
    expected_on: date | None
    days_away: int
    is_out: bool
    gone: bool

    @property
    def waiting(self):
        return self.asked if self.is_out else 0

    @property
    def reserved(self):
        return 0 if self.is_out else self.asked

    @property
    def wait(self):
        """How long who asks now waits, in words; "" if nobody's request counts here."""
        if not self.asked:
            return ""
        if not self.is_out:
            return f"Out {when_out(self.release.released_on)}"
        if not self.copies:
            return "No copy"
        return waits.estimate(self.asked + 1, self.copies, 0, self.days_away).text

    @property
    def by_ratio(self):
        return self._lacking(self.asked / RATIO)

    @property
    def by_forecast(self):
        return self._lacking((self.asked + 1) * self.days_away / GOAL_DAYS) if self.asked else 0

    def _lacking(self, wanted):
        return max(0, ceil(wanted) - self.copies - self.on_order)


def lines():
    """The Lines with the longest waits: at most SHOWN that can be bought, then as many that cannot. Two queries."""
    with connection.cursor() as cursor:
        cursor.execute(EDITIONS, {"today": timezone.localdate().isoformat(), "shown": SHOWN})
        rows = [row[:-1] for row in cursor]
    releases = Release.objects.select_related("title").in_bulk([key for key, *_ in rows])
    return [Line(releases[key], *facts) for key, *facts in rows if key in releases]


# ------------------------------------------------------------------ the page
def page(wrong=None):
    """The context of `desk/buying.html`. `wrong`: (edition, OrderForm) that was sent with mistakes."""
    found, suppliers = lines(), orders.suppliers()
    bound = {release.pk: form for release, form in filter(None, [wrong])}
    rows = [{"line": line, "form": bound.get(line.release.pk) or _blank(line, suppliers)} for line in found]
    return {
        "rows": [row for row in rows if not row["line"].gone],
        "gone": [row for row in rows if row["line"].gone],
        "suppliers": suppliers,
        "wrong": wrong and {"release": wrong[0], "form": wrong[1]},
        "listed": any(row["line"].release.pk in bound for row in rows),
        "goal": GOAL_DAYS,
        "ratio": RATIO,
    }


def _blank(line, suppliers):
    """A form that asks for what the forecast says, from who supplied last."""
    usual = {"quantity": min(max(1, line.by_forecast), MOST_ORDERED), "supplier": suppliers[0] if suppliers else ""}
    return OrderForm(initial=usual, auto_id=f"line-{line.release.pk}-%s")
