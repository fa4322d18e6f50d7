"""How rounds went lately, for everybody to read: of no member, and each figure with what it is a share of."""

from datetime import timedelta

from django.core.cache import cache
from django.db.models import Avg, Count, Q, Sum

from rentals.lending import LOST, OUTCOMES
from rentals.models import Cause, IdlePlace, Rental, Round, Stock
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


def figures(now):
    """What the page "How we choose" prints of the last 30 days, as it was an hour ago at most: it counts many rows."""
    kept = cache.get(KEY)
    if kept is None:
        kept = _figures(now)
        if kept["rounds"]:  # the first round is told of at once
            cache.set(KEY, kept, FOR_AN_HOUR)
    return kept


def _figures(now):
    """In five queries."""
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


def _about(number):
    """A mean as people say it: "0.3", "2", "1,250"."""
    return f"{number:.1f}".removesuffix(".0") if number < 10 else f"{number:,.0f}"


def _share(part, of, digits=0):
    """ "27%"; "" of nothing."""
    return f"{100 * part / of:.{digits}f}%" if of else ""
