"""Whether the votes of one member on the reviews of another count: a VoteHold is there while they do not."""

from django.db import transaction

from reviews.models import HoldRule, ModerationStep, Verb, VoteHold
from reviews.moderation.steps import Refused, check, lock_member, no_judge_of_oneself


@transaction.atomic
def hold_votes(voter, author, *, at):
    """The rules let the votes of `voter` on reviews of `author` not count until a moderator has looked.

    Returns the step; None if they are held already. Holds the voter's row until commit.
    """
    lock_member(voter.pk)
    if VoteHold.objects.filter(voter=voter, author=author).exists():
        return None
    facts = {"rule": HoldRule.BURST, "at": at}
    step = ModerationStep.objects.create(member=voter, other=author, verb=Verb.HOLD_VOTES, **facts)
    VoteHold.objects.create(voter=voter, author=author, step=step, since=at)
    return step


@transaction.atomic
def count_votes(voter, author, *, by, at, seen=None):
    """The votes count after all, and the same votes are not held again."""
    held = _held(voter, author, by, seen)
    step = _step(held, Verb.COUNT_VOTES, by, at)
    held.delete()
    return step


@transaction.atomic
def drop_votes(voter, author, *, by, at, seen=None):
    """The votes do not count, nor do those to come."""
    held = _held(voter, author, by, seen)
    step = _step(held, Verb.DROP_VOTES, by, at)
    VoteHold.objects.filter(pk=held.pk).update(step=step)
    return step


def _held(voter, author, by, was_seen):
    lock_member(voter.pk)
    no_judge_of_oneself(by, voter.pk, author.pk)
    held = VoteHold.objects.filter(voter=voter, author=author).first()
    if held is None:
        raise Refused("These votes are not held: somebody has let them count.")
    check(held.step_id, was_seen)
    return held


def _step(held, verb, by, at):
    about = {"member_id": held.voter_id, "other_id": held.author_id}
    return ModerationStep.objects.create(**about, verb=verb, by=by, at=at, before_id=held.step_id)
