"""What rentals tell of members' taste, and which titles can be rented, for the lists of titles like a title."""

from django.db.models import BooleanField, F, Q, Value
from django.db.models.functions import TruncDate

from rentals.models import Rental

# A rental that was unlinked from its member says nothing of anybody's taste.
RENTED = Rental.objects.filter(cancelled_at=None, member__isnull=False).values(
    taster=F("member_id"),
    tasted=F("copy__disc__release__title_id"),
    liked=Value(True, output_field=BooleanField()),
    day=TruncDate("allocated_at"),
)
HELD = Q(stock__copies__gt=0)
GONE = Q(stock__copies=0, stock__held_since__isnull=False)
