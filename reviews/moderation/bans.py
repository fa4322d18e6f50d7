"""Whether what a member says counts and is shown. The database takes it out of every page and sum, and puts it back."""

from django.db import transaction

from reviews.models import Ban, ModerationStep, Verb
from reviews.moderation import letters
from reviews.moderation.steps import Refused, lock_member, no_judge_of_oneself, with_reason


@transaction.atomic
def ban(member, reason, *, by, at):
    """Nothing the member says is shown or counts. They are told why. Holds their row until commit."""
    member = lock_member(member.pk)
    no_judge_of_oneself(by, member.pk)
    if member.closed_at:
        raise Refused("The account is closed already: nothing it said counts.")
    if Ban.objects.filter(member=member).exists():
        raise Refused("The member is banned already.")
    facts = {"reason": with_reason(reason), "by": by, "at": at}
    step = ModerationStep.objects.create(member=member, verb=Verb.BAN, **facts)
    Ban.objects.create(member=member, step=step, since=at)
    letters.tell_member(member, step)
    return step


@transaction.atomic
def lift(member, *, by, at):
    """All the member said is shown and counts again. They are told. Holds their row until commit."""
    member = lock_member(member.pk)
    no_judge_of_oneself(by, member.pk)
    given = Ban.objects.filter(member=member).first()
    if given is None:
        raise Refused("The member is not banned.")
    step = ModerationStep.objects.create(member=member, verb=Verb.LIFT, by=by, at=at, before_id=given.step_id)
    given.delete()
    letters.tell_member(member, step)
    return step
