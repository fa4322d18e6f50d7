"""Reports of reviews by readers. A report is seen by moderators only; several of them hold a review."""

from django.db import transaction

from reviews.models import HoldRule, ModerationStep, Report, Review, Verb
from reviews.moderation import rules
from reviews.moderation.steps import Refused, fingerprint, locked
from reviews.moderation.verdicts import hold

NOT_THERE = "This review is not on the site any more, so there is nothing to report."
SETTLED = "A moderator has decided about it already."


@transaction.atomic
def report(review, reporter, *, reason, note, at):
    """`reporter` says that `review` should be looked at. Returns the Report, which may be an earlier one.

    Enough of them hold it, once for each text that no moderator has approved. Holds the author's row until commit.
    """
    review = locked(review)
    if review.author_id == reporter.pk:
        raise Refused("This is your own review: you can change or delete it.")
    if not Review.objects.shown().filter(pk=review.pk).exists():
        raise Refused(NOT_THERE)
    said = {"reason": reason, "note": note, "reported_at": at}
    given, _ = Report.objects.get_or_create(review=review, reporter=reporter, defaults=said)
    if _enough(review):
        hold(review, HoldRule.REPORTED, at=at)
    return given


@transaction.atomic
def take_report_back(review, reporter):
    """Remove the report. Raises Refused if there is none, or a moderator has decided about it."""
    review = locked(review)
    mine = Report.objects.filter(review=review, reporter=reporter)
    if not mine.filter(settled_by=None).delete()[0]:
        raise Refused(SETTLED if mine.exists() else "You have not reported this review.")


def _enough(review):
    open_ones = review.reports.filter(settled_by=None, reporter__is_active=True, reporter__ban=None)
    return open_ones.count() >= rules.threshold("reports_to_hold") and not _approved(review)


def _approved(review):
    """Whether a moderator has approved it as it reads now."""
    approvals = {"verb": Verb.APPROVE, "undone_by": None, "text_digest": fingerprint(review)}
    return ModerationStep.objects.filter(review=review, **approvals).exists()
