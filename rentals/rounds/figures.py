"""How rounds went lately, for everybody to read: of no member, and each figure with what it is a share of."""

from datetime import timedelta

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.db.models import Avg, Count, Q, Sum
from django.utils import timezone

from rentals.lending import LOST, OUTCOMES
from rentals.models import SHORT_WAIT_DAYS, Cause, IdlePlace, Rental, Round, Stock
from rentals.rounds.making import KEPT

TOP = 5
FOR_AN_HOUR = 3600
KEY = "rounds.figures"
FOR_ALL = {
    Cause.NOTHING_IN_STOCK: "nothing in stock",
    Cause.SET_ORDER: "the disc before is still out",
    Cause.QUEUE_TOO_SHORT: "the queue was too short",
    Cause.PAYMENT: "not paid for",
}
PROMISES = timedelta(days=90)
SAID = {False: "We said two weeks or less", True: "We said longer than that"}
# Promises whose last day is past: a wait that goes on still is longer than that. Left out are members who could be sent
# nothing meanwhile since they paused or ended their plan, or have not paid.
ENDED = """
WITH told AS (
  SELECT q.promised_days > %(soon)s AS long, q.promised_low_days AS low, q.promised_high_days AS high,
    (q.claim_at AT TIME ZONE %(zone)s)::date AS since, sent.at AS sent_at,
    coalesce((sent.at AT TIME ZONE %(zone)s)::date, %(today)s) AS until, q.member_id, q.claim_at
  FROM rentals_queueentry q CROSS JOIN LATERAL (SELECT min(n.allocated_at) AS at FROM rentals_rental n
    WHERE n.entry_id = q.id AND n.cancelled_at IS NULL) sent
  WHERE q.promised_days IS NOT NULL AND q.removed_at IS NULL
    AND %(today)s - (q.claim_at AT TIME ZONE %(zone)s)::date - q.promised_high_days BETWEEN 1 AND %(days)s)
SELECT long, count(*), count(*) FILTER (WHERE until - since < low), count(*) FILTER (WHERE until - since > high)
FROM told t
WHERE (sent_at IS NOT NULL OR EXISTS (SELECT FROM rentals_membership m
    WHERE m.member_id = t.member_id AND m.ended_at IS NULL AND m.paid_until >= %(today)s))
  AND NOT EXISTS (SELECT FROM rentals_membershipchange c JOIN rentals_membership m ON m.id = c.membership_id
    WHERE m.member_id = t.member_id AND c.what IN ('paused', 'resumed', 'ended')
    AND c.at BETWEEN t.claim_at AND coalesce(t.sent_at, 'infinity'))
GROUP BY long ORDER BY long
"""


def figures(now):
    """What the page "How we choose" prints, as it was an hour ago at most: it counts many rows."""
    kept = cache.get(KEY)
    if kept is None:
        kept = _figures(now)
        if kept["rounds"]:  # the first round is told of at once
            cache.set(KEY, kept, FOR_AN_HOUR)
    return kept


def _figures(now):
    """In six queries."""
    since = now - KEPT
    rounds = Round.objects.filter(at__gte=since).aggregate(number=Count("pk"), places=Sum("places"), sent=Sum("sent"))
    return {
        "days": KEPT // timedelta(days=1),
        "rounds": rounds["number"],
        "places": rounds["places"] or 0,
        "sent": rounds["sent"] or 0,
        "sent_in_one": _about((rounds["sent"] or 0) / max(1, rounds["number"])),
        **_numbers(since),
        "empty": _empty(since),
        **_posted(since),
        "days_away": _days_away(),
        "promise_days": PROMISES // timedelta(days=1),
        "promises": _promises(timezone.localdate(now)),
    }


def _numbers(since):
    """Which number in its queue was sent."""
    rentals = Rental.objects.filter(round__at__gte=since, cancelled_at=None, position__isnull=False)
    found = rentals.aggregate(
        all=Count("pk"), first=Count("pk", filter=Q(position=1)), top=Count("pk", filter=Q(position__lte=TOP))
    )
    shares = {"first": _share(found["first"], found["all"]), "among_top": _share(found["top"], found["all"])}
    return {"sent_and_kept": found["all"]} | shares


def _empty(since):
    """[{"why", "share", "number", "of"}] of places left empty, the most frequent cause first."""
    causes = (
        IdlePlace.objects.filter(round__at__gte=since).values("cause").annotate(n=Count("pk")).order_by("-n", "cause")
    )
    rows = list(causes.values_list("cause", "n"))
    of = sum(number for _, number in rows)
    return [{"why": FOR_ALL[cause], "share": _share(n, of), "number": n, "of": of} for cause, n in rows]


def _posted(since):
    """Of the discs posted, how many were lost."""
    lost = Count("pk", filter=Q(problems__outcome=OUTCOMES[LOST]), distinct=True)
    found = Rental.objects.filter(posted_at__gte=since).aggregate(posted=Count("pk", distinct=True), lost=lost)
    return found | {"lost_share": _share(found["lost"], found["posted"], digits=1)}


def _days_away():
    """How long copies are usually away, there and back; None if we have none."""
    away = Stock.objects.filter(copies__gt=0).aggregate(days=Avg("days_away"))["days"]
    return away and round(away)


def _promises(today):
    """[{"said", "of", "sooner", "kept", "later"}] of ranges that ended of late, by how long was said about."""
    known = {"today": today, "zone": settings.TIME_ZONE, "soon": SHORT_WAIT_DAYS, "days": PROMISES.days}
    with connection.cursor() as cursor:
        cursor.execute(ENDED, known)
        return [_promised(*row) for row in cursor]


def _promised(long, of, sooner, later):
    numbers = {"sooner": sooner, "kept": of - sooner - later, "later": later}
    return {"said": SAID[long], "of": of} | {name: _share(n, of) for name, n in numbers.items()}


def _about(number):
    """A mean as people say it: "0.3", "2", "1,250"."""
    return f"{number:.1f}".removesuffix(".0") if number < 10 else f"{number:,.0f}"


def _share(part, of, digits=0):
    """ "27%"; "" of nothing."""
    return f"{100 * part / of:.{digits}f}%" if of else ""
