"""Facts from the tables, as arrays: of all titles by binary COPY, or of a few by one query."""

import numpy as np
from django.db import connection

HEADER, TRAILER = 19, 2  # bytes before the first and after the last row of COPY's binary form
FIELD = {8: ">i8", 4: ">i4"}

ALL = "COPY (SELECT {columns} FROM ({rows}) AS r(title_id, {names}) WHERE {first} IS NOT NULL) TO STDOUT (FORMAT binary)"
SOME = "SELECT {number}, title_id, {columns} FROM ({rows}) AS r(title_id, {names}) WHERE {first} IS NOT NULL AND title_id = ANY (%s)"

BY_NAME = "COPY (SELECT id FROM catalogue_title ORDER BY sort_key, id) TO STDOUT (FORMAT binary)"
NEIGHBOURS = """
SELECT t.id, (SELECT n.id FROM catalogue_title n WHERE (n.sort_key, n.id) > (t.sort_key, t.id)
              ORDER BY n.sort_key, n.id LIMIT 1)
FROM catalogue_title t WHERE t.id = ANY (%s) ORDER BY t.sort_key DESC, t.id DESC
"""


def ids_by_name():
    """Keys of all titles, in order of name."""
    return _copied(BY_NAME, [8])[0]


def neighbours(ids):
    """{key: key of the next title by name, or None} of those of `ids` that exist, the last first."""
    with connection.cursor() as cursor:
        cursor.execute(NEIGHBOURS, [ids])
        return dict(cursor.fetchall())


def values(rows):
    """(title keys, values) that a Facet's `rows` give for all titles."""
    return _all(rows, ["a"])


def numbers(rows):
    """(title keys, a, b) that a Sort's `rows` give for all titles."""
    return _all(rows, ["a", "b"])


def of_some(facets, sorts, ids):
    """({rows: (title keys, values)} of facets, {rows: (title keys, a, b)} of sorts) of the titles `ids`, by one query."""
    wanted = [(facet.rows, ["a"]) for facet in facets] + [(rows, ["a", "b"]) for rows in {sort.rows for sort in sorts}]
    parts = [_some(number, rows, names) for number, (rows, names) in enumerate(wanted)]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), [ids] * len(parts))
        found = np.array(cursor.fetchall(), np.int64).reshape(-1, 4)
    columns = {rows: found[found[:, 0] == number, 1:].T for number, (rows, _) in enumerate(wanted)}
    return {facet.rows: columns[facet.rows][:2] for facet in facets}, columns


def _some(number, rows, names):
    columns = ", ".join([*(f"{name}::int" for name in names), *(["0"] * (2 - len(names)))])
    return SOME.format(number=number, columns=columns, rows=rows, names=", ".join(names), first=names[0])


def _all(rows, names):
    columns = ", ".join(["title_id::bigint", *(f"{name}::int" for name in names)])
    sql = ALL.format(columns=columns, rows=rows, names=", ".join(names), first=names[0])
    return _copied(sql, [8, *[4] * len(names)])


def _copied(sql, sizes):
    """Columns of whole numbers, of `sizes` in bytes, that COPY sends: each field is preceded by its length."""
    with connection.cursor() as cursor, cursor.copy(sql) as copy:
        data = b"".join(copy)
    fields = [part for number, size in enumerate(sizes) for part in ((f"l{number}", ">i4"), (f"f{number}", FIELD[size]))]
    table = np.frombuffer(memoryview(data)[HEADER : len(data) - TRAILER], [("fields", ">i2"), *fields])
    return [table[f"f{number}"].astype(np.int64) for number in range(len(sizes))]
