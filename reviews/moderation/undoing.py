"""Undoing a step: what was before it is again, as long as nothing later stands on it."""

from django.db import transaction

from reviews.models import Ban, ModerationStep, Report, Review, Verb, VoteHold
from reviews.moderation import letters
from reviews.moderation.steps import Refused, fingerprint, lock_member, locked, no_judge_of_oneself, standing_steps


@transaction.atomic
def undo(step, *, by, at):
    """Put back what was before `step`; returns the step that says so. Who was told of the one is told of the other."""
    if step.verb == Verb.UNDO:
        raise Refused("An undoing is not undone; decide anew.")
    return _undo_of_review(step, by, at) if step.review_id else _undo_of_member(step, by, at)


def _undo_of_review(step, by, at):
    review = locked(step.review)
    no_judge_of_oneself(by, review.author_id)
    _check_last(step, review=review)
    facts = {"before": review.withheld_by, "text_digest": fingerprint(review)}
    undoing = ModerationStep.objects.create(review=review, verb=Verb.UNDO, undoes=step, by=by, at=at, **facts)
    Review.objects.filter(pk=review.pk).update(withheld_by=step.before)
    Report.objects.filter(settled_by=step).update(settled_by=None)
    if step.verb != Verb.APPROVE or step.before_id:
        letters.tell_author_again(review, step.before, undoing)
    return undoing


def _undo_of_member(step, by, at):
    member = lock_member(step.member_id)
    no_judge_of_oneself(by, member.pk, step.other_id)
    _check_last(step, member=member, other=step.other)
    undoing = ModerationStep.objects.create(
        member=member, other=step.other, verb=Verb.UNDO, undoes=step, by=by, at=at, before=step.before
    )
    PUT_BACK[step.verb](member, step)
    if step.verb in (Verb.BAN, Verb.LIFT):
        letters.tell_member_again(member, step, undoing)
    return undoing


def _check_last(step, **about):
    """Refuse what was undone before, and what something later stands on. The subject is locked."""
    if ModerationStep.objects.filter(undoes=step).exists():
        raise Refused("That was undone already.")
    last = standing_steps(**about).first()
    if last != step:
        what = last.get_verb_display().lower() if last else "it was decided otherwise"
        raise Refused(f"Something came after it ({what}); undo that first.")


def _ban_again(member, step):
    Ban.objects.create(member=member, step=step.before, since=step.before.at)


def _unban(member, step):
    Ban.objects.filter(member=member).delete()


def _hold_again(member, step):
    VoteHold.objects.create(voter=member, author=step.other, step=step.before, since=step.before.at)


def _let_count(member, step):
    VoteHold.objects.filter(voter=member, author=step.other).delete()


def _wait_again(member, step):
    VoteHold.objects.filter(voter=member, author=step.other).update(step=step.before)


PUT_BACK = {
    Verb.BAN: _unban,
    Verb.LIFT: _ban_again,
    Verb.HOLD_VOTES: _let_count,
    Verb.COUNT_VOTES: _hold_again,
    Verb.DROP_VOTES: _wait_again,
}
