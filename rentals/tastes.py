"""What rentals tell of members: their taste, for the lists of titles like a title, and what they sent back; and which
titles can be rented.
"""

from django.db.models import BooleanField, Exists, F, OuterRef, Q, Value
from django.db.models.functions import TruncDate

from rentals import lending
from rentals.models import Problem, Rental

# A rental that was unlinked from its member says nothing of anybody's taste.
RENTED = Rental.objects.filter(cancelled_at=None, member__isnull=False).values(
    taster=F("member_id"),
    tasted=F("copy__disc__release__title_id"),
    liked=Value(True, output_field=BooleanField()),
    day=TruncDate("allocated_at"),
)
# A disc that was counted as lost is checked in too, and nobody can say that it was seen.
LOST = Problem.objects.filter(rental=OuterRef("pk"), outcome=lending.OUTCOMES[lending.LOST])
CAME_BACK = Rental.objects.filter(~Exists(LOST), checked_in_at__isnull=False, member__isnull=False).values(
    viewer=F("member_id"), viewed=F("copy__disc__release__title_id")
)
HELD = Q(stock__copies__gt=0)
GONE = Q(stock__copies=0, stock__held_since__isnull=False)
