"""Each title's stock in one row: what we hold, what is in, who waits."""

from django.db import connection, models, transaction
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Greatest

from catalogue.models import Title
from catalogue.rules import rule

DAYS_AWAY = 12  # of a copy that we know nothing of yet: about nine at home, the rest in the post
SHORT_WAIT_DAYS = 14

COUNTED = """
SELECT t.id AS title_id, coalesce(c.copies, 0) AS copies, coalesce(c.on_shelf, 0) AS on_shelf,
  coalesce(q.waiting, 0) AS waiting, coalesce(n.rentals, 0) AS rentals, c.held_since
FROM catalogue_title t
LEFT JOIN (
  SELECT r.title_id, count(*) FILTER (WHERE k.withdrawn_at IS NULL AND k.missing_at IS NULL)::int AS copies,
    count(*) FILTER (WHERE k.withdrawn_at IS NULL AND k.missing_at IS NULL AND k.in_inspection_since IS NULL
      AND o.copy_id IS NULL)::int AS on_shelf,
    min(k.acquired_on) AS held_since
  FROM rentals_copy k JOIN catalogue_disc d ON d.id = k.disc_id AND d.number = 1
  JOIN catalogue_release r ON r.id = d.release_id
  LEFT JOIN rentals_rental o ON o.copy_id = k.id AND o.checked_in_at IS NULL AND o.cancelled_at IS NULL
  GROUP BY r.title_id) c ON c.title_id = t.id
LEFT JOIN (
  SELECT title_id, count(*)::int AS waiting FROM rentals_queueentry e
  WHERE paused_at IS NULL AND removed_at IS NULL AND sent_at IS NULL AND NOT EXISTS (
    SELECT FROM catalogue_disc d WHERE d.id = e.disc_id AND d.number > 1)
  GROUP BY title_id
  ) q ON q.title_id = t.id
LEFT JOIN (
  SELECT r.title_id, count(*)::int AS rentals
  FROM rentals_rental n JOIN rentals_copy k ON k.id = n.copy_id
  JOIN catalogue_disc d ON d.id = k.disc_id AND d.number = 1 JOIN catalogue_release r ON r.id = d.release_id
  WHERE n.cancelled_at IS NULL GROUP BY r.title_id
  ) n ON n.title_id = t.id
"""
REBUILD = f"""
INSERT INTO rentals_stock AS s (title_id, copies, on_shelf, waiting, rentals, held_since) {COUNTED}
ON CONFLICT (title_id) DO UPDATE SET copies = excluded.copies, on_shelf = excluded.on_shelf,
  waiting = excluded.waiting, rentals = excluded.rentals, held_since = excluded.held_since
WHERE (s.copies, s.on_shelf, s.waiting, s.rentals, s.held_since) IS DISTINCT FROM
  (excluded.copies, excluded.on_shelf, excluded.waiting, excluded.rentals, excluded.held_since)
"""
WRONG = f"""
SELECT t.slug FROM ({COUNTED}) c JOIN catalogue_title t ON t.id = c.title_id
LEFT JOIN rentals_stock s ON s.title_id = c.title_id
WHERE (s.copies, s.on_shelf, s.waiting, s.rentals, s.held_since) IS DISTINCT FROM
  (c.copies, c.on_shelf, c.waiting, c.rentals, c.held_since)
ORDER BY t.slug
"""


class StockQuerySet(models.QuerySet):
    def wanted(self):
        """What members wait for and we have no copy of, most waited for first."""
        return self.filter(copies=0, waiting__gt=0).order_by("-waiting", "title")

    @transaction.atomic
    def rebuild(self):
        """Make every row that is wrong anew, in one statement. Holds off those who change stock until commit."""
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE rentals_stock IN SHARE ROW EXCLUSIVE MODE")
            cursor.execute(REBUILD)
            return cursor.rowcount

    def wrong(self):
        """Slugs of titles whose stock is not what the rows say: none, or something is broken."""
        with connection.cursor() as cursor:
            cursor.execute(WRONG)
            return [slug for (slug,) in cursor]


def _wait_days():
    """Of somebody who asks now: their turn over the rate at which copies come back, in whole weeks.

    0 with a copy on the shelf, NULL without a copy.
    """
    turn = (F("waiting") + 1) * F("days_away") / F("copies")
    weeks = Greatest(Value(1), (turn + 3) / 7)
    return Case(When(copies=0, then=Value(None)), When(on_shelf__gt=0, then=Value(0)), default=weeks * 7)


class Stock(models.Model):
    """What the shop has of a title, all its editions together. Every title has one.

    Copies, rentals and requests are those of first discs: a set is sent in order, so a member waits for its first disc.
    Triggers keep it in the transaction that changes a copy, a rental or a queue (rentals migration 0004); `rebuild`
    makes it anew from those rows and `fsck` proves it equal. A page shows nothing of it but `wait_days`, so that only a
    change of that touches pages.
    """

    title = models.OneToOneField(Title, on_delete=models.CASCADE, primary_key=True, related_name="stock")
    copies = models.PositiveIntegerField(default=0, help_text="In service: neither withdrawn nor missing.")
    on_shelf = models.PositiveIntegerField(default=0)
    waiting = models.PositiveIntegerField(default=0, help_text="Members who ask for it; paused ones do not count.")
    rentals = models.PositiveIntegerField(default=0, help_text="Ever, without cancelled ones.")
    days_away = models.PositiveSmallIntegerField(
        db_default=DAYS_AWAY, help_text="How long a copy is usually away: learned from its rentals every night."
    )
    held_since = models.DateField(null=True, blank=True, help_text="The day of the first copy.")
    wait_days = models.GeneratedField(
        expression=_wait_days(), output_field=models.PositiveIntegerField(null=True), db_persist=True
    )
    objects = StockQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "stock"
        constraints = [
            rule("stock_on_shelf", Q(on_shelf__lte=F("copies")), "No more copies are on the shelf than there are."),
            rule("stock_days_away", Q(days_away__range=(1, 365)), "A copy is away for 1 to 365 days."),
        ]
        indexes = [
            models.Index(fields=["-held_since", "title"], name="stock_by_day"),
            models.Index(fields=["-rentals", "title"], name="stock_by_rentals"),
            models.Index(fields=["wait_days", "title"], name="stock_by_wait"),
            models.Index(fields=["-waiting", "title"], name="stock_wanted", condition=Q(copies=0, waiting__gt=0)),
        ]

    def words(self, released=True):
        """{"is": in, soon, long or none; "text"} for a page; `released`: the title is out on disc somewhere."""
        if self.wait_days is None:
            return {"is": "none", "text": "Not here yet" if released else "Not on UK disc"}
        if self.wait_days == 0:
            return {"is": "in", "text": "In stock"}
        weeks = self.wait_days // 7
        words = "About a week" if weeks == 1 else f"About {weeks} weeks"
        return {"is": "soon" if self.wait_days <= SHORT_WAIT_DAYS else "long", "text": words}
