"""Putting back: changes are taken back one after the other, the newest first, as the database went through them.

So no rule of the tables is in the way that was not in the way before; what cannot be put back is told, not half done.
"""

from collections import defaultdict
from contextlib import ExitStack
from itertools import groupby
from operator import attrgetter

from django.db import IntegrityError, connection, transaction
from django.db.models import GeneratedField, ProtectedError
from django.db.models.deletion import Collector
from psycopg import sql

from catalogue.history.deeds import deed, undone, words
from catalogue.history.reading import steps, steps_of_deed
from catalogue.models import TRACKED, Deed, changes_of
from config.staff import sentence

UPDATE = "UPDATE {table} t SET {pairs} FROM {changes} c WHERE c.pgh_id = ANY (%s) AND t.{key} = c.{key}"
INSERT = (
    "INSERT INTO {table} ({columns}) OVERRIDING SYSTEM VALUE SELECT {columns} FROM {changes} WHERE pgh_id = ANY (%s)"
)
LATER = """
SELECT count(*) FROM {changes} o WHERE o.{key} IN (SELECT {key} FROM {changes} WHERE pgh_context_id = %(deed)s)
AND o.pgh_context_id IS DISTINCT FROM %(deed)s AND o.pgh_id > (
  SELECT max(m.pgh_id) FROM {changes} m WHERE m.pgh_context_id = %(deed)s AND m.{key} = o.{key})
"""
_machine = set()
_around = defaultdict(list)


class Overtaken(Exception):
    """It cannot be put back, since others have built on it; the arguments are sentences that say what is in the way."""


def register_machine(*models):
    """Rows of `models` are kept by the machine of a catalogue row, and go with it: nobody wrote them."""
    _machine.update(models)


def on_undo(verb, around):
    """Deeds of `verb` are undone inside of `around(deed, new)`, a context manager: it puts back what is not kept here.

    `new` is the key of the deed that undoes it. It may raise `Overtaken`; what it writes of the catalogue stands in
    that deed.
    """
    _around[verb].append(around)


def undo(key, by):
    """Put back every row that the deed with that key changed, in a new deed, whose key this gives.

    Raises `Overtaken` if a row was changed since, or something of somebody else's hangs on one that would go. Locks
    the deed (so two cannot undo it at once) and every row put back, until the transaction's end.
    """
    with transaction.atomic():
        done = Deed.objects.select_for_update().get(pk=key)
        if str(key) in undone([done]):
            raise Overtaken("This is undone already.")
        _refuse_overtaken(key)
        with deed("undo", by, f"“{words(done)}”", undoes=str(key)) as new, ExitStack() as stack:
            for around in _around[done.metadata.get("verb")]:
                stack.enter_context(around(done, new))
            _take_back(steps_of_deed(key))
    return new


def put_back(row, number, by):
    """Make `row` and all that hangs on it what it was just after its change `number`, in a new deed; gives its key.

    Raises `Overtaken` if something of somebody else's hangs on a row that would go.
    """
    with transaction.atomic():
        type(row)._default_manager.select_for_update().filter(pk=row.pk).first()
        with deed("put back", by, f"“{row}” as it was") as new:
            _take_back(steps(row, number))
    return new


def _refuse_overtaken(key):
    """Refuse if a row of the deed was changed by another one afterwards."""
    later = {model: _count(LATER, model, {"deed": key}) for model in TRACKED}
    told = [
        f"{_counted(number, model)} of it changed since: undo that first." for model, number in later.items() if number
    ]
    if told:
        raise Overtaken(*told)


def _take_back(found):
    """Take back the changes, which come newest first."""
    try:
        for model, label, run in _runs(found):
            {"insert": _remove, "update": _rewrite, "delete": _return}[label](model, run)
        connection.check_constraints()
    except IntegrityError as error:
        raise Overtaken(sentence(error)) from error


def _runs(found):
    """(model, label, changes) of neighbours that one statement can take back: no row is among them twice."""
    for (model, label), group in groupby(found, attrgetter("model", "label")):
        run, seen = [], set()
        for change in group:
            if change.key in seen:
                yield model, label, run
                run, seen = [], set()
            run.append(change)
            seen.add(change.key)
        yield model, label, run


def _rewrite(model, run):
    columns = [name for name in _columns(model) if name != model._meta.pk.column]
    pairs = sql.SQL(", ").join(sql.SQL("{0} = c.{0}").format(sql.Identifier(name)) for name in columns)
    _execute(UPDATE, model, [[change.number for change in run]], pairs=pairs)


def _return(model, run):
    columns = sql.SQL(", ").join(map(sql.Identifier, _columns(model)))
    _execute(INSERT, model, [[change.number for change in run]], columns=columns)


def _remove(model, run):
    """Delete rows that were added, unless somebody else's things hang on them."""
    collector = Collector("default")
    try:
        collector.collect(model._base_manager.filter(pk__in=[change.key for change in run]))
    except ProtectedError as error:
        raise Overtaken(*_hanging(error.protected_objects)) from error
    _refuse_hanging(model, collector)
    collector.delete()


def _refuse_hanging(model, collector):
    others = [row for kind, rows in collector.data.items() if kind is not model for row in rows]
    others += [row for rows in collector.fast_deletes if rows.model not in {model, *_machine} for row in rows]
    others = [row for row in others if type(row) not in _machine]
    if others:
        raise Overtaken(*_hanging(others))


def _hanging(rows):
    kinds = {}
    for row in rows:
        kinds[type(row)] = kinds.get(type(row), 0) + 1
    return [f"{_counted(number, model)} hang{'s' * (number == 1)} on it by now." for model, number in kinds.items()]


def _counted(number, model):
    meta = model._meta
    return f"{number:,} {meta.verbose_name if number == 1 else meta.verbose_name_plural}"


def _columns(model):
    return [field.column for field in model._meta.concrete_fields if not isinstance(field, GeneratedField)]


def _names(model):
    return {
        "table": sql.Identifier(model._meta.db_table),
        "changes": sql.Identifier(changes_of(model)._meta.db_table),
        "key": sql.Identifier(model._meta.pk.column),
    }


def _execute(statement, model, values, **parts):
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(statement).format(**_names(model), **parts).as_string(cursor.connection), values)


def _count(statement, model, values):
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(statement).format(**_names(model)).as_string(cursor.connection), values)
        return cursor.fetchone()[0]
