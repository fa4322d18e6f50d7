"""Order among rows by a number that says nothing else, so that a move writes one row however long the list is.

Rows lie GAP apart; one put between two takes the middle. Where there is no middle left, after some forty moves into
one and the same spot, the list is spread out anew by one statement. `rows` is always a queryset of one list, all of it,
whose lock the caller holds.
"""

from django.db import connection
from django.db.models import Max, Min

GAP = 2**40
FARTHEST = 2**62  # beyond this the list is spread out anew: a bigint ends at 2**63


def last(rows):
    """A rank behind all `rows`."""
    return (rows.aggregate(rank=Max("rank"))["rank"] or 0) + GAP


def first(rows):
    """A rank before all `rows`."""
    return (rows.aggregate(rank=Min("rank"))["rank"] or 0) - GAP


def between(before, after):
    """A rank between two, or None if there is none left."""
    middle = (before + after) // 2
    return middle if before < middle < after else None


def at(rows, shown, place):
    """A rank that puts a row at `place` (from 1, at most one behind the last) among `shown`, which are some of `rows`.

    Rows that are not shown keep their neighbour before them. Spreads the list out where there is no room.
    """
    for _ in range(2):
        rank = _rank_at(rows, shown, place)
        if rank is not None and abs(rank) < FARTHEST:
            return rank
        spread(rows)
    raise AssertionError("A list that was spread out has room everywhere.")


def _rank_at(rows, shown, place):
    ranks = shown.order_by("rank").values_list("rank", flat=True)
    if place <= 1:
        return first(rows)
    before = next(iter(ranks[place - 2 : place - 1]), None)
    if before is None:
        return last(rows)
    after = rows.filter(rank__gt=before).aggregate(rank=Min("rank"))["rank"]
    return before + GAP if after is None else between(before, after)


def assign(rows, keys, values):
    """Give those of `rows` with these keys these ranks, in one statement that writes only what changes."""
    table = rows.model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} AS t SET rank = n.rank FROM unnest(%s::bigint[], %s::bigint[]) AS n(id, rank) "  # noqa: S608 - a name of ours
            "WHERE t.id = n.id AND t.rank <> n.rank",
            [list(keys), list(values)],
        )


def spread(rows):
    """Put all `rows` GAP apart in the order they have, in one statement."""
    table = rows.model._meta.db_table
    inner, values = rows.order_by().values("id", "rank").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} AS t SET rank = n.number * {GAP} FROM ("  # noqa: S608 - names of ours
            f"SELECT id, row_number() OVER (ORDER BY rank) AS number FROM ({inner}) AS i) AS n WHERE t.id = n.id",
            values,
        )
