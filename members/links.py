"""Links in e-mails that act without a login. Each names who it is for and what it may do, and nothing else.

The signature covers a purpose and the facts, so a link for one thing is no link for another. They are kept out of the
log (`config.redact`).
"""

from datetime import timedelta
from functools import wraps

from django.conf import settings
from django.core import signing
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from members.models import Member

RATING = "rate"
UNSUBSCRIBING = "unsubscribe"
LASTS = {RATING: timedelta(days=60), UNSUBSCRIBING: None}  # None: as long as the e-mail is kept


class Forged(Exception):
    """The link is none of ours, or for something else."""


class Gone(Exception):
    """The link was ours and is too old, or its member has left."""


def token(purpose, member, *facts):
    """What stands in a link: `member` (a key) may do `purpose` with `facts` (numbers or words)."""
    return signing.dumps([member, *facts], salt=f"kinopost.links.{purpose}")


def read(purpose, sent):
    """The Member and the list of facts that a token names. Raises Forged or Gone."""
    try:
        key, *facts = signing.loads(sent, salt=f"kinopost.links.{purpose}", max_age=LASTS[purpose])
    except signing.SignatureExpired:
        raise Gone from None
    except signing.BadSignature:
        raise Forged from None
    member = Member.objects.filter(pk=key, is_active=True).first()
    if member is None:
        raise Gone
    return member, facts


def address(view, *args):
    """The whole address of a view, for a mail: https://…"""
    return settings.SITE + reverse(view, args=args)


def through(purpose):
    """A view that is reached through a link: it gets the token, its member and its facts.

    A link that is none of ours is a 404, one that is too old a 410; both say the same and show nothing.
    """

    def reached(view):
        @never_cache
        @wraps(view)
        def answer(request, token, *args, **kwargs):
            try:
                member, facts = read(purpose, token)
            except Forged:
                return render(request, "members/link_gone.html", status=404)
            except Gone:
                return render(request, "members/link_gone.html", status=410)
            return view(request, token, member, facts, *args, **kwargs)

        return answer

    return reached
