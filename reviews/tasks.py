"""Jobs of reviews: each may run twice."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from reviews.models import Rating


@app.task(name="verify_returns", queue="reviews", retry=RetryStrategy(max_attempts=5, wait=30))
def verify_returns(pairs):
    """Discs came back: [[member's key, title's key]]."""
    Rating.objects.verify([tuple(pair) for pair in pairs])
