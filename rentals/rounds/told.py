"""What pages say of the rounds to the member whose requests they were."""

from django.db.models import F, Subquery
from django.utils import timezone

from catalogue.wording import counted, day_and_month, in_words, ordinal
from rentals.models import Cause, IdlePlace, PassedOver, Round

WHY_EMPTY = {
    Cause.NOTHING_IN_STOCK: "all that you asked for was out, or went to older claims",
    Cause.SET_ORDER: "the next disc of a set waits for the one before",
    Cause.QUEUE_TOO_SHORT: "your queue had nothing more to send",
    Cause.PAYMENT: "your plan was not paid for",
}


# ------------------------------------------------------------------ requests
def passed_over(entries):
    """{entry: sentence} of those that the last round they took part in passed over, in one query.

    Of an entry that several discs refused, the one that it came nearest to.
    """
    rows = PassedOver.objects.filter(entry__in=entries, served=False).select_related("round", "entry")
    nearest = rows.order_by("entry", "-round__at", F("turn") - F("copies"), "pk").distinct("entry")
    return {row.entry_id: _sentence(row) for row in nearest}


def _sentence(row):
    copies = counted(row.copies, "copy", "copies") + " in" if row.copies else "no copy in"
    when = timezone.localtime(row.round.at)
    said = f"Passed over on {day_and_month(when.date())}, {when:%H:%M}: {copies}, {row.proposed:,} asked"
    claim = day_and_month(timezone.localdate(row.entry.claim_at))
    return f"{said}, you were {ordinal(row.turn)}. Your claim dates from {claim}."


# ------------------------------------------------------------------ places
def left_empty(member):
    """Why the last round of all left places of `member` empty, as a sentence; "" if it left none. One query."""
    last = Round.objects.order_by("-at").values("pk")[:1]
    rows = IdlePlace.objects.filter(member=member, round=Subquery(last)).select_related("round").order_by("place")
    return _why_empty(rows) if rows else ""


def _why_empty(rows):
    when = timezone.localtime(rows[0].round.at)
    places = f"{in_words(len(rows)).lower()} place{'s' * (len(rows) > 1)}"
    why = "; ".join(dict.fromkeys(WHY_EMPTY[row.cause] for row in rows))
    return f"The round of {day_and_month(when.date())}, {when:%H:%M} left {places} empty: {why}."
