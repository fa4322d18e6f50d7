"""Jobs of reviews: each may run twice."""

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from members.models import Member
from reviews.models import Rating
from reviews.moderation.looking import look_at_ring


@app.task(name="verify_returns", queue="reviews", retry=RetryStrategy(max_attempts=5, wait=30))
def verify_returns(pairs):
    """Discs came back: [[member's key, title's key]]."""
    Rating.objects.verify([tuple(pair) for pair in pairs])


@app.task(name="hold_votes_back", queue="reviews", retry=RetryStrategy(max_attempts=5, wait=30))
def hold_votes_back(voter, author):
    """`author` voted for `voter` as `voter` did for them (keys): hold these votes too."""
    both = Member.objects.in_bulk([voter, author])
    if len(both) == 2:
        look_at_ring(both[voter], both[author], timezone.now())
