"""The house's answer under a review. The row says who wrote it and when; one per review."""

from django.db import transaction

from reviews.models import StaffReply
from reviews.moderation.steps import Refused, locked, worded

MOST_LETTERS = StaffReply._meta.get_field("body").max_length


@transaction.atomic
def reply(review, body, *, by, on):
    """Put our answer under it, in place of one that is there. Holds the author's row until commit."""
    review = locked(review)
    if not (body := worded(body, MOST_LETTERS, "The answer")):
        raise Refused("Write the answer first.")
    said = {"body": body, "written_by": by, "written_on": on}
    return StaffReply.objects.update_or_create(review=review, defaults=said)[0]


@transaction.atomic
def unreply(review):
    """Take it away. False if there is none."""
    return bool(StaffReply.objects.filter(review=locked(review)).delete()[0])
