"""The kinds of e-mail we write. Each has its words in templates/mail/KIND.txt and KIND.html."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """A kind of e-mail. `needed`: it is about the account or money, so a member cannot turn it off."""

    name: str
    label: str
    needed: bool
    about: str


ACCOUNT = "Your account and how you sign in"
ABOUT_ACCOUNT = "Links to confirm an address or choose a password, and word of every change."
REVIEWS = "What becomes of your reviews"
ABOUT_REVIEWS = "A moderator looks at one, turns it down or asks for a change; you are banned, or no longer."
KINDS = {
    kind.name: kind
    for kind in (
        Kind("posted", "A disc is on its way", False, "Which film left, and when it should be with you."),
        Kind("received", "We have your disc", False, "It came back. You can rate it, and say what goes next."),
        Kind("short", "Your queue is short", False, "Fewer than five films are waiting. At most once in two weeks."),
        Kind("out", "A film you reserved is out", False, "It was not on disc when you asked, and now we have it."),
        Kind("confirm-sign-up", ACCOUNT, True, ABOUT_ACCOUNT),
        Kind("confirm-email", ACCOUNT, True, ABOUT_ACCOUNT),
        Kind("account-exists", ACCOUNT, True, ABOUT_ACCOUNT),
        Kind("no-account", ACCOUNT, True, ABOUT_ACCOUNT),
        Kind("account-changed", ACCOUNT, True, ABOUT_ACCOUNT),
        Kind("reset", ACCOUNT, True, ABOUT_ACCOUNT),
        Kind("closed", ACCOUNT, True, ABOUT_ACCOUNT),
        Kind("trial-ends", "Your trial ends", True, "Before the first payment is due."),
        Kind("plan-changed", "Your plan has changed", True, "What changed, from when, and what it costs."),
        Kind("membership-confirmed", "Your payment or free trial", True, "What is paid or free, and until when."),
        Kind("membership-paused", "Your membership is paused", True, "From when to when, and how to end it."),
        Kind("membership-ends", "Your membership ends", True, "When, what we pay back, what to post back."),
        Kind("review-held", REVIEWS, True, ABOUT_REVIEWS),
        Kind("review-shown", REVIEWS, True, ABOUT_REVIEWS),
        Kind("review-rejected", REVIEWS, True, ABOUT_REVIEWS),
        Kind("review-change", REVIEWS, True, ABOUT_REVIEWS),
        Kind("banned", REVIEWS, True, ABOUT_REVIEWS),
        Kind("ban-lifted", REVIEWS, True, ABOUT_REVIEWS),
        Kind("invoice", "An invoice", True, "What you owe, what for, and how to pay it."),
    )
}


def optional():
    """The kinds a member may turn off, in the order they are printed."""
    return [kind for kind in KINDS.values() if not kind.needed]


def needed():
    """The kinds that are always sent; those with one label count as one."""
    return list({kind.label: kind for kind in KINDS.values() if kind.needed}.values())


def may_be_muted(name):
    """Whether a member may turn this kind off. A kind that is not in the table is needed."""
    return name in KINDS and not KINDS[name].needed
