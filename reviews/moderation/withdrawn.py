"""What an author deletes before a moderator is done with it: the next review of that title is looked at first.

Steps go with their review. What must outlive it is one row for its author and title (Withdrawn), written in the
transaction of the deletion and removed when a moderator approves a review of theirs of that title.
"""

from reviews.models import Review, Verb, Withdrawn

REPORTED = "Readers had reported it"


def remember(review, at):
    """`review` is about to be deleted by its author. Their row is locked."""
    review = Review.objects.select_related("withheld_by").filter(pk=review.pk).first()  # as it is now
    if said := review and _said(review):
        about = {"title_id": review.title_id, "author_id": review.author_id}
        Withdrawn.objects.update_or_create(**about, defaults=said | {"withdrawn_at": at})


def forget(review):
    """A moderator approves `review`: nothing is left to be looked at."""
    withdrawn_before(review).delete()


def withdrawn_before(review):
    """What was deleted before `review`, at most one row."""
    return Withdrawn.objects.filter(title=review.title_id, author=review.author_id)


def _said(review):
    """What is remembered of it; None if nothing waits."""
    if step := review.withheld_by:
        return {"what": _what(step), "reason": step.reason}
    return {"what": REPORTED, "reason": ""} if review.reports.filter(settled_by=None).exists() else None


def _what(step):
    """ "Rejected"; "Held for a moderator: it has links"."""
    why = step.get_rule_display() if step.verb == Verb.HOLD else ""
    return ": ".join(filter(None, [step.get_verb_display(), why[:1].lower() + why[1:]]))
