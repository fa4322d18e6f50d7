"""Announcing: titles and collections that nobody but staff sees before their moment (docs/staff.md).

What is hidden is said by one column (catalogue/models/announced.py), and this is what changes it: the clock, once a
minute. What members have had in hand cannot be hidden: other apps register where that would be.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models.functions import Now
from django.http import Http404
from django.shortcuts import get_object_or_404

from catalogue import history
from catalogue.models import Collection, Title

PAST = "That moment has passed. Leave both fields empty, and everybody sees the page."
TOO_LATE = "This cannot be hidden any more: {words}. Leave both fields empty, and everybody sees the page."
CAME = {Title: {"added_at": Now()}, Collection: {}}  # what else is then written
VIEWS = {Title: "catalogue.view_title", Collection: "catalogue.view_collection"}


@dataclass(frozen=True)
class Followed:
    """Rows of members that name titles: `rows` is their queryset, `path` leads to the title."""

    words: str
    rows: Callable
    path: str

    def of(self, title):
        return self.rows().filter(**{self.path: title}).exists()


_followed = []


def register(words, rows, path="title"):
    """Say where members' rows name titles: "members have it in their queues"."""
    _followed.append(Followed(words, rows, path))


def followed():
    return list(_followed)


def may_hide(row):
    """Nothing. ValidationError if members have had the title in hand already; holds its row until commit.

    Whoever makes such a row has the title's key locked, so it is seen here, or waits for us. Collections are free.
    """
    if not isinstance(row, Title):
        return
    Title.every.select_for_update().filter(pk=row.pk).first()
    said = next((each.words for each in _followed if each.of(row.pk)), "")
    if said:
        raise ValidationError(TOO_LATE.format(words=said))


@transaction.atomic
def announce_due(*, now):
    """Let everybody see what has its moment. A title counts as added now: feeds and lists of what is new begin with it.

    Safe to run twice, and late.
    """
    due = {model: _due(model, now) for model in CAME}
    if any(due.values()):
        with history.deed("announce"):
            for model, keys in due.items():
                model.every.filter(pk__in=keys).update(hidden_until=None, **CAME[model])


def _due(model, now):
    """Keys of the rows that have their moment, locked."""
    rows = model.every.filter(hidden_until__lte=now).order_by("pk").select_for_update(no_key=True)
    return list(rows.values_list("pk", flat=True))


# ------------------------------------------------------------------ who sees what is hidden
def sees_hidden(request, model):
    """Staff behind their second step who may look at such rows in the admin."""
    return admin.site.has_permission(request) and request.user.has_perm(VIEWS[model])


def get_or_404(request, rows, **which):
    """The row of `rows`, a queryset of all there is. What is not announced is there for staff only."""
    row = get_object_or_404(rows, **which)
    if row.hidden_until and not sees_hidden(request, rows.model):
        raise Http404
    return row
