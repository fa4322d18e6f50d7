"""What members' data is deleted by the clock. Each may run at any time and does nothing twice."""

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session

from members.closing import finish
from members.models import Download, Member, Message
from members.models.download import KEPT, folder

PARTS = ("*.zip", "*.part")


def finish_closed(*, now):
    """End what had to stay of deleted accounts and need not stay any more. How many accounts are gone for good."""
    return sum(finish(member, now=now) for member in Member.objects.filter(closed_at__isnull=False).order_by("pk"))


def end_sessions(*, now):
    """Delete the sessions of members who are gone or may not sign in any more; how many.

    Such a session signs nobody in, but it says how somebody did. All are read: a session names its member in no column.
    """
    may = {None, *map(str, Member.objects.filter(is_active=True).values_list("pk", flat=True))}
    dead = [session.pk for session in Session.objects.iterator() if _member_of(session) not in may]
    return Session.objects.filter(pk__in=dead).delete()[0]


def _member_of(session):
    return session.get_decoded().get(SESSION_KEY)


def forget_farewells(*, now):
    """Delete the confirmations of deleted accounts that have left: they are the last rows with the address."""
    return Message.objects.filter(kind="closed", member=None, sent_at__lte=now).delete()[0]


def delete_downloads(*, now):
    """Delete downloads that are a week old, and files that no download names. How many downloads that were."""
    number = Download.objects.filter(asked_at__lt=now - KEPT).delete()[0]
    named = {str(key) for key in Download.objects.values_list("key", flat=True)}
    for part in PARTS:
        for file in folder().glob(part):
            if file.stem not in named:
                file.unlink(missing_ok=True)
    return number
