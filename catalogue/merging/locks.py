"""The locks of a merge. All keep one order: members by key, what other apps lock, titles or people, titles' versions.

It waits for nobody for long while it holds something: it lets go of all and tries again. So members who rate or queue
meanwhile wait for it and are never in a ring with it.
"""

import random
import time

from django.contrib.auth import get_user_model
from django.db import OperationalError, connection, transaction

from catalogue.merging.following import followers
from catalogue.models import Disc, PageVersion, Person, Release, Title

TRIES, PATIENCE = 12, "400ms"
WAITED, DEADLOCK = "55P03", "40P01"
_lockers = []


class Busy(Exception):
    """Others are changing the same things; nothing was done."""


class Again(Exception):
    """Somebody came in between: all is locked anew."""


def register_lock(locker):
    """`locker(titles)` locks an app's own rows of these titles (keys): after the members, before the titles."""
    _lockers.append(locker)


def patiently(work):
    """Do `work()` in a transaction; try again for a while if something it needs is locked. Raises Busy."""
    for number in range(TRIES):
        try:
            with transaction.atomic():
                with connection.cursor() as cursor:
                    cursor.execute(f"SET LOCAL lock_timeout = '{PATIENCE}'")
                    done = work()
                    cursor.execute("SET LOCAL lock_timeout TO DEFAULT")
                return done
        except Again:
            pass
        except OperationalError as error:
            if getattr(error.__cause__, "sqlstate", "") not in (WAITED, DEADLOCK):
                raise
        time.sleep(random.uniform(0.02, 0.05) * (number + 1))  # noqa: S311 - so that two do not meet again
    raise Busy("Others are changing the same just now. Nothing was done: try again in a moment.")


def hold(model, keys):
    """Lock the rows of `model` with these keys, in their order, with all that hangs on them, until commit.

    Their keys, too: who is about to add a row that names one waits, and then meets what has become of it.
    """
    titles = titles_of(model, keys)
    members = _members(titles)
    _hold_members(members)
    for locker in _lockers:
        locker(titles)
    list(Title.every.filter(pk__in=titles).order_by("pk").select_for_update().values_list("pk"))
    if model is Person:
        list(Person.objects.filter(pk__in=keys).order_by("pk").select_for_update().values_list("pk"))
    for rows in (Release.objects.filter(title__in=titles), Disc.objects.filter(release__title__in=titles)):
        list(rows.order_by("pk").select_for_update(of=["self"]).values_list("pk"))
    list(PageVersion.objects.filter(pk__in=titles).order_by("pk").select_for_update(no_key=True).values_list("pk"))
    if not _members(titles) <= members:
        raise Again


def titles_of(model, keys):
    """Keys of the titles that rows of `model` are or belong to; a person belongs to none."""
    if model is Title:
        return sorted(keys)
    if model is Release:
        return sorted(set(Release.objects.filter(pk__in=keys).values_list("title", flat=True)))
    return []


def _members(titles):
    """Keys of all whose rows may be moved or dropped."""
    rows = (f.model._base_manager.filter(**{f"{f.path}__in": titles}) for f in followers(Title) if f.member and titles)
    named = (f.member for f in followers(Title) if f.member)
    return {key for found, member in zip(rows, named, strict=False) for key in found.values_list(member, flat=True)}


def _hold_members(keys):
    rows = get_user_model().objects.filter(pk__in=keys).order_by("pk")
    list(rows.select_for_update(no_key=True).values_list("pk"))
