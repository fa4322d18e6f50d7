"""What was decided about a review that pages do not show, in words for its author."""

from reviews.models import Ban, Verb

WHAT = {
    Verb.HOLD: "A moderator looks at it before others see it.",
    Verb.REJECT: "We took it off the pages.",
    Verb.ASK: "We asked for a change. When you have made it, we look again.",
}
BANNED = "Your reviews are not shown for now."


def ban_of(member):
    return Ban.objects.select_related("step").filter(member=member).first()


def decision(review, ban):
    """{"what", "why"} of a review loaded with `withheld_by`; None if nothing keeps it off. `ban` is its author's."""
    if step := review.withheld_by:
        return {"what": WHAT.get(step.verb, step.get_verb_display()), "why": step.reason or step.get_rule_display()}
    return ban and {"what": BANNED, "why": ban.step.reason}
