"""What is decided about a review. `seen` (steps.seen) says what the moderator had before their eyes."""

from django.db import transaction

from reviews.models import ModerationStep, Report, Review, Verb
from reviews.moderation import letters, withdrawn
from reviews.moderation.steps import (
    Refused,
    check,
    fingerprint,
    lock_all,
    locked,
    no_judge_of_oneself,
    seen,
    with_reason,
)


@transaction.atomic
def hold(review, rule, *, at):
    """The rules keep it off the pages until a moderator has looked. Its author is told, once."""
    review = locked(review)
    was_held = review.withheld_by_id and review.withheld_by.verb == Verb.HOLD
    step = _step(review, Verb.HOLD, at, rule=rule)
    if not was_held:
        letters.tell_author(review, step)
    return step


@transaction.atomic
def approve(review, *, by, at, seen=None):
    """Pages show it. Its author is told if they did not before. Reports of it are settled."""
    review = _judged(review, by, seen)
    step = _step(review, Verb.APPROVE, at, by=by)
    withdrawn.forget(review)
    if step.before_id:
        letters.tell_author(review, step)
    return step


@transaction.atomic
def approve_many(seen, *, by, at):
    """Approve reviews, {key: what was seen of it}, each unless that is refused: (how many, [why others were not])."""
    reviews = list(Review.objects.filter(pk__in=seen).order_by("pk"))
    lock_all(reviews)
    refused = []
    for review in reviews:
        try:
            approve(review, by=by, at=at, seen=seen[review.pk])
        except Refused as problem:
            refused.append(f"“{review.headline}” was not approved. {problem}")
    return len(reviews) - len(refused), refused


@transaction.atomic
def reject(review, reason, *, by, at, seen=None):
    """Pages do not show it. Its author is told why."""
    return _turn_down(review, Verb.REJECT, reason, by, at, seen)


@transaction.atomic
def ask(review, reason, *, by, at, seen=None):
    """Pages do not show it until its author has changed it and a moderator has looked again. The author is told why."""
    return _turn_down(review, Verb.ASK, reason, by, at, seen)


def _turn_down(review, verb, reason, by, at, was_seen):
    review = _judged(review, by, was_seen)
    step = _step(review, verb, at, by=by, reason=with_reason(reason))
    letters.tell_author(review, step)
    return step


def _judged(review, by, was_seen):
    review = locked(review)
    no_judge_of_oneself(by, review.author_id)
    check(seen(review), was_seen)
    return review


def _step(review, verb, at, **facts):
    """Write the step and what follows from it. `review` is locked."""
    facts |= {"before": review.withheld_by, "text_digest": fingerprint(review)}
    step = ModerationStep.objects.create(review=review, verb=verb, at=at, **facts)
    Review.objects.filter(pk=review.pk).update(withheld_by=None if verb == Verb.APPROVE else step)
    if verb != Verb.HOLD:
        Report.objects.filter(review=review, settled_by=None).update(settled_by=step)
    return step
