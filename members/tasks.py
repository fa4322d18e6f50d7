"""Jobs of the members' app."""

from django.utils import timezone
from procrastinate import BaseRetryStrategy, RetryDecision, RetryStrategy
from procrastinate.contrib.django import app

from members import downloads, mail
from members.models import Download
from members.models.mail import MOST_TRIES

MINUTE, HOUR = 60, 3600
WAITS = [5, 30, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE, 20 * MINUTE, 40 * MINUTE, HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR]
LONGEST = 12 * HOUR  # with MOST_TRIES, it is given up after a week


class Patiently(BaseRetryStrategy):
    """Soon at first, then ever later. It counts what the e-mail went through, not this job: jobs can be lost."""

    def get_retry_decision(self, *, exception, job):
        """When to try again; None to give up."""
        tries = getattr(exception, "tries", job.attempts + 1)
        if tries >= MOST_TRIES:
            return None
        return RetryDecision(retry_in={"seconds": wait_after(tries)})


def wait_after(tries):
    """Seconds to the next try."""
    return WAITS[tries - 1] if tries <= len(WAITS) else LONGEST


# Below 0: a mail server that is slow to refuse holds up nothing else.
@app.task(name="send_message", queue="mail", priority=-1, retry=Patiently())
def send_message(message):
    """Send the e-mail of that key, unless it was sent."""
    mail.send(message, now=timezone.now())


@app.task(name="make_download", queue="downloads", retry=RetryStrategy(max_attempts=5, wait=30))
def make_download(download):
    """Make the file of the Download of that key, unless it is there or not wanted any more."""
    row = Download.objects.select_related("member").filter(pk=download, made_at=None).first()
    if row:
        downloads.make(row, now=timezone.now())
