"""Jobs of rentals: each may run twice."""

from datetime import datetime

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from rentals import promising


@app.task(name="keep_promises", queue="rounds", retry=RetryStrategy(max_attempts=5, wait=30))
def keep_promises(at):
    """A round dated claims from `at`, an instant in ISO 8601."""
    promising.keep_promises(datetime.fromisoformat(at), now=timezone.now())
