"""Deeds: what is written at one go, by one person, for one reason, stands together in the history."""

import json
from contextlib import contextmanager

import pghistory
from django.db import connection
from pghistory.middleware import HistoryMiddleware

from catalogue.models import Deed

VERBS = {
    "import": "Imported",
    "bulk": "Changed in bulk",
    "merge": "Merged",
    "split": "Split",
    "undo": "Undid",
    "put back": "Put back",
}
SET = "SELECT set_config('pghistory.context_id', %s, true), set_config('pghistory.context_metadata', %s, true)"


@contextmanager
def deed(verb, by=None, note="", **facts):
    """Every change of the catalogue made inside is kept under one deed, whose key (a UUID) this gives.

    `by` is the member who does it; without one, whoever sent the request, or nobody. `facts` must fit into JSON.
    """
    named = {"user": by.pk} if by else {}
    with pghistory.context(verb=verb, note=note, **named, **facts) as context:
        _tell_database(str(context.id), json.dumps(context.metadata))
        yield context.id
    _tell_database("", "")


def _tell_database(key, metadata):
    """What the transaction writes from here on is part of that deed, or of none.

    The library says so with each statement it sees: not with COPY, and it lets go only at the transaction's end.
    """
    if connection.in_atomic_block and not connection.needs_rollback:
        with connection.cursor() as cursor:
            cursor.execute(SET, [key, metadata])


def undone(deeds):
    """{deed's key: the deed that undid it last} of those of `deeds` that are undone now."""
    keys = [str(deed.pk) for deed in deeds]
    back = Deed.objects.filter(metadata__has_key="undoes", metadata__undoes__in=keys).order_by("created_at")
    return {deed.metadata["undoes"]: deed for deed in back}


def words(deed):
    """What was done, in words: "Imported titles.xlsx"; of a form, "Saved"."""
    said = deed.metadata if deed else {}
    if not deed:
        return "Changed by a program"
    return " ".join(filter(None, [VERBS.get(said.get("verb"), "Saved"), said.get("note", "")]))


class StaffDeeds(HistoryMiddleware):
    """Each form that staff send is a deed by itself. Members change nothing that is kept here."""

    def __call__(self, request):
        if request.method == "POST" and request.path.startswith("/admin/"):
            return super().__call__(request)
        return self.get_response(request)
