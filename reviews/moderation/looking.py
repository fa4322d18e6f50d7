"""What the rules do when something is written or voted, in the transaction in which it is."""

from config import jobs
from reviews.models import ModerationStep, VoteHold
from reviews.moderation import rules
from reviews.moderation.steps import fingerprint
from reviews.moderation.verdicts import hold
from reviews.moderation.votes import hold_votes


def look_at(review, at):
    """Hold what was just written if a rule says so; a changed text that was off the pages goes to the queue.

    Returns the step or None. What a moderator or a rule has looked at stays as it is until its text changes. The
    author's row is locked.
    """
    last = ModerationStep.objects.filter(review=review).order_by("-pk").first()
    if last and last.text_digest == fingerprint(review):
        return None
    rule = rules.broken(review, at)
    return hold(review, rule, at=at) if rule or review.withheld_by_id else None


def look_at_votes(review, voter, helpful, at):
    """Hold the votes of `voter` on that author's reviews if the one about to be written makes too many of them.

    Comes before the vote is written: holding takes the standings of all that `voter` voted on in their order. Where two
    vote for each other, the other's votes are held by a job, since nobody locks two members' rows. The voter's row is
    locked.
    """
    author = review.author
    if VoteHold.objects.filter(voter=voter, author=author).exists():
        return None
    if helpful and rules.is_ring(voter, author, at, about_to=review):
        from reviews.tasks import hold_votes_back  # which calls us

        jobs.defer(hold_votes_back, voter=author.pk, author=voter.pk)
    elif not rules.is_burst(voter, author, at, about_to=review):
        return None
    return hold_votes(voter, author, at=at)


def look_at_ring(voter, author, at):
    """Hold the votes of `voter` on reviews of `author` who votes for them in turn, if that is still so."""
    return hold_votes(voter, author, at=at) if rules.is_ring(voter, author, at) else None
