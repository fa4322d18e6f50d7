"""Ratings and reviews by members who had a disc of the title at home: verified when the disc is back.

It is written on the rating and on the review, since whose rental it was is forgotten after a year.
"""

from django.db.models import Exists, OuterRef

from catalogue import viewings
from config import jobs
from reviews.models import Rating, Review
from reviews.tasks import verify_returns


def put_off(pairs):
    """Discs came back, [(member's key, title's key)]: a job verifies what these members say of them.

    Not at once: who rates holds the member's row, and a desk that scans discs waits for nobody.
    """
    jobs.defer(verify_returns, pairs=[list(pair) for pair in pairs])


def verify_missed(*, now=None):
    """Verify whatever can be verified and is not; how many. `now` makes no difference."""
    missed = {
        pair
        for back in viewings.returns()
        for said, who in ((Rating.objects, "member"), (Review.objects, "author"))
        for pair in said.filter(
            Exists(back.filter(viewer=OuterRef(who), viewed=OuterRef("title"))), verified=False
        ).values_list(who, "title")
    }
    Rating.objects.verify(sorted(missed))
    return len(missed)
