"""What ratings tell of members' taste, for the lists of titles like a title."""

from django.db.models import BooleanField, ExpressionWrapper, F, Q

from reviews.models import Rating
from reviews.thresholds import LIKED_FROM

RATED = Rating.objects.values(
    taster=F("member_id"),
    tasted=F("title_id"),
    liked=ExpressionWrapper(Q(half_stars__gte=LIKED_FROM), BooleanField()),
    day=F("rated_on"),
)
