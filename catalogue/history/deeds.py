"""Deeds: what is written at one go, by one person, for one reason, stands together in the history."""

import json
import threading
from contextlib import contextmanager, nullcontext
from uuid import uuid4

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction

from catalogue.models import Deed

VERBS = {
    "import": "Imported",
    "bulk": "Changed in bulk",
    "merge": "Merged",
    "split": "Split",
    "undo": "Undid",
    "put back": "Put back",
    "announce": "Announced",
}
# The settings that the library's triggers read; the transaction's, so that poolers between us and Postgres may be.
SET = "SELECT set_config('pghistory.context_id', %s, true), set_config('pghistory.context_metadata', %s, true)"
WRITES = ("insert", "update", "delete", "merge", "with")

_now = threading.local()  # `doing`: (key, metadata) of the deed that this thread is at


@contextmanager
def deed(verb, by=None, note="", **facts):
    """Every change of the catalogue made inside is kept under one deed, whose key (a UUID) this gives.

    `by` is the member who does it; without one, whoever sent the request, or nobody. `facts` must fit into JSON.
    A deed inside another is part of that one, which then is called like it.
    """
    named = {"user": by.pk} if by else {}
    with _at_one_go(verb=verb, note=note, **named, **facts) as key:
        yield key


@contextmanager
def _at_one_go(**metadata):
    """What this thread writes inside is kept as one deed with that metadata; the deed's key."""
    doing = getattr(_now, "doing", None)
    if doing:
        doing[1].update(metadata)
        _tell_database(*doing)
        yield doing[0]
    else:
        _now.doing = (uuid4(), metadata)
        try:
            with connection.execute_wrapper(_tell_before_writing):
                _tell_database(*_now.doing)
                yield _now.doing[0]
        finally:
            del _now.doing
        _tell_database("", {})


def _tell_before_writing(execute, sql, params, many, context):
    """Each writing statement, as rolling back to a savepoint may have made the database forget.

    pghistory.context puts the telling into the text of every statement: it misreads a lone "%" without values, and
    leaves the cursor behind the last result of several statements.
    """
    if not sql.lstrip().lower().startswith(WRITES):
        return execute(sql, params, many, context)
    with nullcontext() if connection.in_atomic_block else transaction.atomic():
        _tell_database(*_now.doing)
        return execute(sql, params, many, context)


def _tell_database(key, metadata):
    """What the transaction writes from here on is part of that deed, or of none."""
    if connection.in_atomic_block and not connection.needs_rollback:
        with connection.wrap_database_errors:
            connection.connection.execute(SET, [str(key), json.dumps(metadata, cls=DjangoJSONEncoder)])


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


def staff_deeds(get_response):
    """Middleware: each form that staff send is a deed by itself. Members change nothing that is kept here."""

    def answer(request):
        if request.method == "POST" and request.path.startswith("/admin/"):
            with _at_one_go(user=request.user.pk):
                return get_response(request)
        return get_response(request)

    return answer
