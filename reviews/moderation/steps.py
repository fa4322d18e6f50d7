"""What all verbs share: the locks they take, what a moderator saw before deciding, and why one is refused."""

from hashlib import blake2b

from django.core.exceptions import ValidationError

from members import texts
from members.models import Member
from reviews.models import ModerationStep, Review, ScoreSummary, Verb

MOST_OF_A_REASON = 2000  # letters
GONE = "The review is gone: its author deleted it."
OVERTAKEN = "Somebody was faster, or its author changed it. This is how it stands now; nothing was changed by you."
OWN = "This is about you, so somebody else decides it."


class Refused(Exception):
    """Nothing was done, and the message says why."""


def locked(review):
    """The review as it is now. Holds its author's row, and then what is summed of its title, until commit.

    The title comes before the review's own row: who deletes a review takes them in that order.
    """
    try:
        Member.objects.lock(review.author_id)
        ScoreSummary.objects.hold([review.title_id])
        return Review.objects.select_related("author", "title", "withheld_by").get(pk=review.pk)
    except (Member.DoesNotExist, Review.DoesNotExist):
        raise Refused(GONE) from None


def lock_all(reviews):
    """The locks of `locked` for many at once: authors by key, then titles by key."""
    authors = Member.objects.filter(pk__in={review.author_id for review in reviews}).order_by("pk")
    list(authors.select_for_update(no_key=True).values_list("pk"))
    ScoreSummary.objects.hold({review.title_id for review in reviews})


def lock_member(key):
    """The member as they are now. Holds their row until commit."""
    try:
        return Member.objects.lock(key)
    except Member.DoesNotExist:
        raise Refused("The account is gone.") from None


def fingerprint(review):
    """32 letters that change with anything its author may change."""
    said = "\0".join([review.headline, review.body, str(review.contains_spoilers)])
    return blake2b(said.encode(), digest_size=16).hexdigest()


def seen(review):
    """What somebody saw who looks at it now: decided on later, it must be the same still."""
    return f"{review.withheld_by_id or 0}-{fingerprint(review)}"


def check(now_seen, was_seen):
    """Refuse what was decided about something else. `was_seen` None: whatever it is now is meant."""
    if was_seen is not None and str(was_seen) != str(now_seen):
        raise Refused(OVERTAKEN)


def no_judge_of_oneself(by, *whose):
    if by and by.pk in whose:
        raise Refused(OWN)


def with_reason(reason):
    """The reason as it is kept; there must be one, since whoever it is about reads it."""
    if not (reason := worded(reason, MOST_OF_A_REASON, "The reason")):
        raise Refused("Say why: who it is about reads it.")
    return reason


def worded(text, most, what):
    """What staff wrote, as all that others read may be. `what` begins the sentence that refuses it."""
    try:
        return texts.clean(text, lines=True, most=most)
    except ValidationError as refusal:
        raise Refused(f"{what}: {refusal.messages[0]}") from refusal


def standing_steps(**about):
    """Steps about a review, or a member and whose reviews their votes were on, that nobody undid; newest first."""
    return ModerationStep.objects.filter(**about, undone_by=None).exclude(verb=Verb.UNDO).order_by("-pk")
