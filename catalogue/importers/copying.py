"""Rows into tables by COPY, ten times quicker than INSERT."""

from django.db import connection


def copy_rows(model, fields, rows):
    """Add `rows`, tuples in the order of `fields` (names of `model`'s fields), to the model's table.

    Other columns take their database default. Raises what the constraints raise, when the statement ends.
    """
    if not rows:
        return
    columns = ", ".join(connection.ops.quote_name(_column(model, name)) for name in fields)
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.wrap_database_errors, connection.cursor() as cursor:
        with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)


def _column(model, name):
    return next(field.column for field in model._meta.concrete_fields if name in (field.name, field.attname))


def reserve_ids(model, count):
    """`count` fresh primary keys of `model`, so that rows which refer to each other can be copied together."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [model._meta.db_table, count],
        )
        return [key for (key,) in cursor]
