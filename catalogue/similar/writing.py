"""Lists into the table: only those that changed, so that pages whose list is the same stay as they are."""

import numpy as np
from django.db import connection

LOCK = "LOCK TABLE catalogue_similartitle IN SHARE ROW EXCLUSIVE MODE"
FRESH = "CREATE TEMPORARY TABLE fresh (title_id bigint, other_id bigint, position int) ON COMMIT DROP"
COPY = "COPY fresh (title_id, other_id, position) FROM STDIN (FORMAT BINARY)"
# A title deleted since its list was worked out is left out of the table.
CHANGED = """
CREATE TEMPORARY TABLE changed ON COMMIT DROP AS
SELECT title_id FROM (SELECT title_id, array_agg(other_id ORDER BY position) AS others FROM fresh
  WHERE title_id IN (SELECT id FROM catalogue_title) AND other_id IN (SELECT id FROM catalogue_title)
  GROUP BY title_id) f
FULL JOIN (SELECT title_id, array_agg(other_id ORDER BY position) AS others FROM catalogue_similartitle
  GROUP BY title_id) s USING (title_id)
WHERE f.others IS DISTINCT FROM s.others
"""
# Who changes what a card shows locks its title, and then touches the pages that show it: in the same order as here.
SHOWN = """
SELECT FROM catalogue_title WHERE id IN (
  SELECT other_id FROM fresh JOIN changed USING (title_id) UNION SELECT other_id FROM catalogue_similartitle
  JOIN changed USING (title_id)) ORDER BY id FOR SHARE
"""
DELETE = "DELETE FROM catalogue_similartitle WHERE title_id IN (SELECT title_id FROM changed)"
INSERT = """
INSERT INTO catalogue_similartitle (title_id, other_id, position)
SELECT title_id, other_id, position FROM fresh JOIN changed USING (title_id)
WHERE title_id IN (SELECT id FROM catalogue_title) AND other_id IN (SELECT id FROM catalogue_title)
"""
ROW = np.dtype("i2, i4, i8, i4, i8, i4, i4").newbyteorder(">")  # how many columns; bytes and value of each
BLOCK = 500_000  # rows on their way at a time


def take_turn():
    """Wait until no other transaction writes the lists."""
    with connection.cursor() as cursor:
        cursor.execute(LOCK)


def replace(title, other):
    """Make the table hold these lists and no others. `title` and `other` are keys, rows of a title in their order."""
    with connection.cursor() as cursor:
        cursor.execute(FRESH)
        with cursor.copy(COPY) as copy:
            for block in _binary(title, other, _places(title)):
                copy.write(block)
        compare = "ANALYZE fresh", CHANGED, "ANALYZE changed"
        for statement in (*compare, SHOWN, DELETE, INSERT, "DROP TABLE fresh, changed"):
            cursor.execute(statement)


def _places(title):
    """1, 2, 3 … anew for each title."""
    first = np.flatnonzero(np.diff(title, prepend=-1))
    return np.arange(len(title)) - np.repeat(first, np.diff(first, append=len(title))) + 1


def _binary(title, other, position):
    """Postgres' binary COPY of the rows, in pieces."""
    yield b"PGCOPY\n\xff\r\n\0" + bytes(8)
    for start in range(0, len(title), BLOCK):
        part = slice(start, start + BLOCK)
        rows = np.empty(len(title[part]), ROW)
        for name, value in zip(ROW.names, (3, 8, title[part], 8, other[part], 4, position[part]), strict=True):
            rows[name] = value
        yield rows.tobytes()
    yield b"\xff\xff"
