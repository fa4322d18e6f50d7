"""Facts from the tables, as arrays: of all titles by binary COPY, or of a few by one query."""

import numpy as np
from django.db import connection

HEADER, TRAILER = 19, 2  # bytes before the first and after the last row of COPY's binary form
FIELD = {8: ">i8", 4: ">i4"}

ALL = (
    "COPY (SELECT {columns} FROM ({rows}) AS r(title_id, {names}) WHERE {first} IS NOT NULL) TO STDOUT (FORMAT binary)"
)
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


def values(facet):
    """(title keys, values) of a Facet for all titles."""
    return _all(facet.rows, ["a"])


def numbers(sort):
    """(title keys, a, b) of a Sort for all titles."""
    return _all(sort.rows, ["a", "b"])


def of_some(facets, sorts, ids):
    """([(title keys, values) of each facet], [(title keys, a, b) of each sort]) of the titles `ids`, in one query."""
    parts = [_some(number, facet.rows, ["a"]) for number, facet in enumerate(facets)]
    parts += [_some(number, sort.rows, ["a", "b"]) for number, sort in enumerate(sorts, len(facets))]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), [ids] * len(parts))
        found = np.array(cursor.fetchall(), np.int64).reshape(-1, 4)
    columns = [found[found[:, 0] == number, 1:].T for number in range(len(parts))]
    return [column[:2] for column in columns[: len(facets)]], columns[len(facets) :]


def _some(number, rows, names):
    columns = ", ".join([*(f"{name}::int" for name in names), *(["0"] * (2 - len(names)))])
    return SOME.format(number=number, columns=columns, rows=rows, names=", ".join(names), first=names[0])


def _all(rows, names):
    columns = ", ".join(["title_id::bigint", *(f"{name}::int" for name in names)])
    return _copied(
        ALL.format(columns=columns, rows=rows, names=", ".join(names), first=names[0]), [8, *[4] * len(names)]
    )


def _copied(sql, sizes):
    """Columns of whole numbers, of `sizes` in bytes, that COPY sends: each field is preceded by its length."""
    with connection.cursor() as cursor, cursor.copy(sql) as copy:
        data = b"".join(copy)
    fields = [
        part for number, size in enumerate(sizes) for part in ((f"l{number}", ">i4"), (f"f{number}", FIELD[size]))
    ]
    table = np.frombuffer(memoryview(data)[HEADER : len(data) - TRAILER], [("fields", ">i2"), *fields])
    return [table[f"f{number}"].astype(np.int64) for number in range(len(sizes))]
