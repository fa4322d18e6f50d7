"""Rating a title or taking that back, as every form does it; the database refuses what is not out yet."""

from contextlib import contextmanager

from django.db import IntegrityError, transaction

from reviews.models import Rating

TOO_EARLY = "rating_not_before_release"


class NotOut(Exception):
    """The title is not out yet; the words say so to people."""


def give(title, member, half_stars, *, on):
    """`member` gives `title` 1 to 10 half stars, or takes the rating back with 0. Returns what it was, 0 without.

    Raises NotOut. Locks as `Rating.objects.record` does.
    """
    with only_what_is_out():
        return _set(title, member, half_stars, on) or 0


@contextmanager
def only_what_is_out():
    """Undoes what was begun in it and raises NotOut if the database refuses a rating: a title may become one that is
    to come while somebody rates it.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError as refusal:
        if refusal.__cause__.diag.constraint_name != TOO_EARLY:
            raise
        raise NotOut("It is not out yet, so nobody can rate it. Nothing has changed.") from refusal


def _set(title, member, half_stars, on):
    if half_stars:
        return Rating.objects.record(title=title, member=member, half_stars=half_stars, on=on)
    return Rating.objects.take_back(title=title, member=member)
