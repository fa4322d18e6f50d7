"""Querysets whose SQL is written once.

For a page of joined and aggregated lists Django spends more time writing the SQL than the database spends answering
it: half of all the title page cost. What changes from page to page is a number or two.
"""

import copy
from functools import wraps

from django.db import connections

# Numbers that stand for the arguments while the SQL is written: no row has such a key, no limit is so large.
FIRST_MARK = 7_600_000_000_000_001


def compiled(make):
    """A function like `make`, which takes whole numbers and returns a queryset; `make` itself is called once.

    The numbers may only be values in the query: what is asked must not depend on them. The queryset can be read, not
    refined: a filter on top of it would be left out.
    """
    kept = []

    @wraps(make)
    def queryset_for(*numbers):
        if not kept:
            kept.append(_written(make, len(numbers)))
        queryset, compiler, sql = kept[0]
        return _answering(queryset._chain(), compiler, _filled_in(sql, numbers))

    return queryset_for


def _written(make, count):
    """(queryset, its compiler, SQL with marks for the numbers and everything else written out)."""
    queryset = make(*range(FIRST_MARK, FIRST_MARK + count))
    compiler = queryset.query.get_compiler(queryset.db)
    return queryset, compiler, compiler.connection.ops.compose_sql(*compiler.as_sql())


def _filled_in(sql, numbers):
    for place, number in enumerate(numbers):
        sql = sql.replace(str(FIRST_MARK + place), str(int(number)))
    return sql


def _answering(queryset, compiler, sql):
    """`queryset`, that runs `sql` instead of writing its own."""

    def get_compiler(using=None, *args, **kwargs):
        mine = copy.copy(compiler)
        mine.connection = connections[using or queryset.db]  # each thread has its own
        mine.as_sql = lambda *args, **kwargs: (sql, None)  # no parameters: the driver need not read it again
        return mine

    queryset.query.get_compiler = get_compiler
    return queryset
