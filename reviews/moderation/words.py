"""What the author of a review reads about it."""

from django.conf import settings

from reviews.models import Ban, HoldRule, Verb

BECAUSE = {
    HoldRule.AGAIN: "you deleted one of this film that a moderator was not done with",
    HoldRule.LINKS: "it has links or addresses",
    HoldRule.REPEATED: "the same text stands in another review",
    HoldRule.NEW_ACCOUNT: "your account is new and no disc has come back from you yet",
    HoldRule.REPORTED: "readers have reported it",
}
HELD = "A moderator looks at it first{because}. Usually within {days} working days; we write to you then."
BANNED = "What you say is not shown to others for now: {reason}"


def because(step):
    """Why the rules held it, as half a sentence; "" if it was changed after a moderator asked."""
    return BECAUSE.get(step.rule, "")


def days():
    """How many working days a decision takes as a rule, in a word."""
    number = settings.MODERATION["decide_in_working_days"]
    return {1: "one", 2: "two", 3: "three"}.get(number, str(number))


def notice(review):
    """Why pages do not show a review, for its author; "" if they do."""
    if ban := Ban.objects.select_related("step").filter(member=review.author_id).first():
        return BANNED.format(reason=ban.step.reason)
    step = review.withheld_by
    return SAYS[step.verb](step) if step else ""


def _held(step):
    why = because(step)
    return HELD.format(because=f" because {why}" if why else "", days=days())


def _rejected(step):
    return f"A moderator does not show it to others: {step.reason}"


def _asked(step):
    return f"A moderator asks you to change it before others see it: {step.reason}"


SAYS = {Verb.HOLD: _held, Verb.REJECT: _rejected, Verb.ASK: _asked}
