"""What pages say of the rounds to the member whose requests they were."""

from django.db.models import F
from django.utils import timezone

from catalogue.wording import counted, day_and_month, ordinal
from rentals.models import PassedOver


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
