"""The films a member says to have seen, wherever that was."""

from rentals.models import Seen


def mark(member, title, *, now):
    """Say that `member` has seen `title`. False if that was said before."""
    return Seen.objects.get_or_create(member=member, title=title, defaults={"marked_at": now})[1]


def unmark(member, title):
    """Take it back. False if it was not said."""
    return bool(Seen.objects.filter(member=member, title=title).delete()[0])
