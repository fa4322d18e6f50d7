"""Many rows into empty tables, quickly: without triggers, indexes and keys meanwhile, which are put back in the end.

Postgres checks every row when a key is put back, so what is refused one by one is refused here too.
"""

from contextlib import contextmanager
from types import SimpleNamespace

from django.db import connection
from django.db.models import NOT_PROVIDED

from catalogue.importers.copying import copy_rows

# Keys of other tables that point here go too: they stand on our indexes.
CONSTRAINTS = """
SELECT conrelid::regclass, quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint
WHERE contype IN ('f', 'u', 'p', 'x') AND (conrelid = ANY (%(tables)s::regclass[])
  OR contype = 'f' AND confrelid = ANY (%(tables)s::regclass[]))
ORDER BY contype <> 'f', conrelid, conname
"""
INDEXES = """
SELECT indexrelid::regclass, pg_get_indexdef(indexrelid) FROM pg_index
WHERE indrelid = ANY (%(tables)s::regclass[]) ORDER BY 1
"""
SEQUENCES = """
SELECT setval(pg_get_serial_sequence(%(table)s, 'id'), (SELECT coalesce(max(id), 1) FROM {table}),
  EXISTS (SELECT FROM {table}))
"""
MEMORY = "SET LOCAL maintenance_work_mem = '256MB'"  # for building indexes


@contextmanager
def bare(models):
    """The tables of `models` have neither triggers nor indexes nor keys meanwhile.

    Only in a transaction: other sessions wait for it, and see nothing of this if it fails.
    """
    tables = [model._meta.db_table for model in models]
    constraints = _strip(CONSTRAINTS, tables, "ALTER TABLE {0} DROP CONSTRAINT {1}")
    indexes = _strip(INDEXES, tables, "DROP INDEX {0}")
    _each(tables, "ALTER TABLE {0} DISABLE TRIGGER USER")
    yield
    _execute(MEMORY)
    _each(indexes, "{1}")
    _each(reversed(constraints), "ALTER TABLE {0} ADD CONSTRAINT {1} {2}")
    _each(tables, "ALTER TABLE {0} ENABLE TRIGGER USER")


def load(model, fields, rows):
    """Copy `rows`, tuples in the order of `fields`; other columns get what the field derives or its default."""
    if rows:
        others = [field for field in model._meta.concrete_fields if _is_ours(field, fields)]
        complete = map(_completer(model, fields, others), rows) if others else rows
        copy_rows(model, [*fields, *(field.name for field in others)], complete)


def count_on(models):
    """Let the tables' numbers go on after the highest."""
    for model in models:
        if model._meta.auto_field:
            table = model._meta.db_table
            _execute(SEQUENCES.format(table=connection.ops.quote_name(table)), {"table": table})


def _is_ours(field, fields):
    """Whether we must say what is in the column: it is derived, or neither `fields` nor the database knows it."""
    if field.name in fields or field.primary_key or field.generated:
        return False
    return hasattr(field, "derive") or field.db_default is NOT_PROVIDED


def _completer(model, fields, others):
    """A function that adds the values of `others` to a row. Derived fields read the others off a stand-in row."""
    stand_in = SimpleNamespace(_meta=model._meta)
    defaults = {field.attname: field.get_default() for field in others}

    def complete(row):
        stand_in.__dict__.update(defaults, **dict(zip(fields, row, strict=True)))
        return *row, *(field.pre_save(stand_in, True) for field in others)

    return complete


def _strip(query, tables, statement):
    """Run `statement` on every row of `query`, and return the rows."""
    with connection.cursor() as cursor:
        cursor.execute(query, {"tables": tables})
        found = [tuple(map(str, row)) for row in cursor.fetchall()]
    _each(found, statement)
    return found


def _each(rows, statement):
    for row in rows:
        _execute(statement.format(*([row] if isinstance(row, str) else row)))


def _execute(statement, values=None):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
