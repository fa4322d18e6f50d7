"""The kinds of e-mail we write. Each has its words in templates/mail/KIND.txt and KIND.html."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """A kind of e-mail. `needed`: it is about the account or money, so a member cannot turn it off."""

    name: str
    label: str
    needed: bool
    about: str


KINDS = {
    kind.name: kind
    for kind in (
        Kind("posted", "A disc is on its way", False, "Which film left, and when it should be with you."),
        Kind("received", "We have your disc", False, "It came back. You can rate it, and say what goes next."),
        Kind("short", "Your queue is short", False, "Fewer than five films are waiting. At most once in two weeks."),
        Kind("out", "A film you reserved is out", False, "It was not on disc when you asked, and now we have it."),
        Kind("confirm", "Confirm your address", True, "Sent when you join or change your e-mail address."),
        Kind("trial-ends", "Your trial ends", True, "Before the first payment is due."),
        Kind("plan-changed", "Your plan has changed", True, "What changed, from when, and what it costs."),
        Kind("invoice", "An invoice", True, "What you owe, what for, and how to pay it."),
    )
}


def optional():
    """The kinds a member may turn off, in the order they are printed."""
    return [kind for kind in KINDS.values() if not kind.needed]


def may_be_muted(name):
    """Whether a member may turn this kind off. A kind that is not in the table is needed."""
    return name in KINDS and not KINDS[name].needed
