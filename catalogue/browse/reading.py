"""Facts from the tables, as arrays: of all titles, a query for each, or of a few, one query for all."""

import numpy as np
from django.db import connection

# A row of fetched numbers costs a microsecond or two of Python each, so the server packs all rows into one value.
FROM = "FROM ({rows}) AS r(title_id, {names}) WHERE a IS NOT NULL"
PACK = "SELECT string_agg(int8send(title_id::bigint) || {numbers}, ''::bytea) " + FROM
SOME = "SELECT {number}, title_id, {columns} " + FROM + " AND title_id = ANY (%s)"
BY_NAME = (
    "SELECT string_agg(int8send(id), ''::bytea ORDER BY sort_key, id) FROM catalogue_title WHERE hidden_until IS NULL"
)
NEIGHBOURS = """
SELECT t.id, (SELECT n.id FROM catalogue_title n WHERE (n.sort_key, n.id) > (t.sort_key, t.id)
              AND n.hidden_until IS NULL ORDER BY n.sort_key, n.id LIMIT 1)
FROM catalogue_title t WHERE t.id = ANY (%s) AND t.hidden_until IS NULL ORDER BY t.sort_key DESC, t.id DESC
"""


def ids_by_name():
    """Keys of all titles that are announced, in order of name."""
    return _packed(BY_NAME, [8])[0]


def neighbours(ids):
    """{key: key of the next title by name, or None} of those of `ids` that are announced, the last first."""
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
    """({rows: (title keys, values)} of facets, {rows: (title keys, a, b)} of sorts) of the titles `ids`: one query."""
    wanted = [(facet.rows, ["a"]) for facet in facets] + [(rows, ["a", "b"]) for rows in {sort.rows for sort in sorts}]
    parts = [_some(number, rows, names) for number, (rows, names) in enumerate(wanted)]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), [ids] * len(parts))
        found = np.array(cursor.fetchall(), np.int64).reshape(-1, 4)
    columns = {rows: found[found[:, 0] == number, 1:].T for number, (rows, _) in enumerate(wanted)}
    return {facet.rows: columns[facet.rows][:2] for facet in facets}, columns


def _some(number, rows, names):
    columns = ", ".join([*(f"{name}::int" for name in names), *(["0"] * (2 - len(names)))])
    return SOME.format(number=number, columns=columns, rows=rows, names=", ".join(names))


def _all(rows, names):
    numbers = " || ".join(f"int4send({name}::int)" for name in names)
    return _packed(PACK.format(numbers=numbers, rows=rows, names=", ".join(names)), [8, *[4] * len(names)])


def _packed(sql, sizes):
    """Columns of whole numbers of `sizes` bytes, out of the one value that `sql` gives."""
    with connection.cursor() as cursor:
        cursor.execute(sql)
        data = cursor.fetchone()[0] or b""
    table = np.frombuffer(data, [(f"f{place}", f">i{size}") for place, size in enumerate(sizes)])
    return [table[f"f{place}"].astype(np.int64) for place in range(len(sizes))]
