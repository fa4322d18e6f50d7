"""E-mails about what was done, to the member whose words or votes it was done to. No subject names a film."""

from members import mail
from reviews.models import Verb
from reviews.moderation import words

OF_REVIEWS = {
    Verb.HOLD: "review-held",
    Verb.APPROVE: "review-shown",
    Verb.REJECT: "review-rejected",
    Verb.ASK: "review-change",
}
OF_MEMBERS = {Verb.BAN: "banned", Verb.LIFT: "ban-lifted"}


def tell_author(review, step, of=None):
    """Write of `step` to the author; `of` is the step that says it anew."""
    context = {"title": review.title, "step": step, "because": words.because(step), "days": words.days()}
    _write(OF_REVIEWS[step.verb], review.author, of or step, **context)


def tell_author_again(review, step, undoing):
    """Something was undone: `step` holds again, or (None) the review is shown again."""
    if step:
        return tell_author(review, step, of=undoing)
    return _write(OF_REVIEWS[Verb.APPROVE], review.author, undoing, title=review.title)


def tell_member(member, step):
    _write(OF_MEMBERS[step.verb], member, step, step=step)


def tell_member_again(member, step, undoing):
    """`step`, a ban or the end of one, was undone."""
    kind = OF_MEMBERS[Verb.LIFT if step.verb == Verb.BAN else Verb.BAN]
    _write(kind, member, undoing, step=step.before)


def _write(kind, member, about, **context):
    mail.write(kind, f"moderation-{about.pk}", member=member, now=about.at, **context)
