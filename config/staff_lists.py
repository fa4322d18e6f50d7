"""The admin's lists over tables of any size: nothing counts, sorts or filters all rows of a large one.

A list counts up to MOST rows and then says "more than 10,000"; without search and filters it prints what the database
reckons. Its pages end there: who wants row 10,001 narrows the list down. A table of more than SMALL rows is sorted
only by columns that an index begins with, and by those that its page says sort well.
"""

from django.contrib.admin import ShowFacets, SimpleListFilter
from django.contrib.admin.views.main import PAGE_VAR, ChangeList
from django.core.paginator import Paginator
from django.db import connection
from django.utils.functional import cached_property

MOST = 10_000
SMALL = 20_000
RECKONED = "SELECT greatest(reltuples, 0)::bigint FROM pg_class WHERE oid = %s::regclass"


class Many(int):
    """A number of rows of which only so many are counted, or which is reckoned: it is printed as such."""

    words = ""

    def __new__(cls, number, words):
        many = super().__new__(cls, number)
        many.words = words
        return many

    def __str__(self):
        return self.words


class CappedPaginator(Paginator):
    """Pages of the first MOST rows of a queryset.

    Few rows that a filter or a search leaves are found first and put in order afterwards. Left to itself, the database
    may go through all rows in order and look at each, because it expects to have a page of them soon.
    """

    @cached_property
    def count(self):
        if self._is_narrowed():
            return len(self._few) if self._few is not None else Many(MOST, f"more than {MOST:,}")
        reckoned = rows_about(self.object_list.model)
        if reckoned > MOST:
            return Many(MOST, f"about {_rounded(reckoned):,}")
        return self.object_list.order_by().values("pk")[:MOST].count()

    def page(self, number):
        """Keys first, so that what a row prints is not worked out for all the rows before the page."""
        rows = self.object_list
        if self._is_narrowed() and self._few is not None:
            rows = rows.filter(pk__in=self._few)
        first = (self.validate_number(number) - 1) * self.per_page
        keys = list(rows.values_list("pk", flat=True)[first : first + self.per_page])
        return self._get_page(self.object_list.filter(pk__in=keys), number, self)

    @cached_property
    def _few(self):
        """The keys of all rows; None if they are more than MOST."""
        keys = list(self.object_list.order_by().values_list("pk", flat=True)[: MOST + 1])
        return None if len(keys) > MOST else keys

    def _is_narrowed(self):
        """Whether something chooses among the rows, so that the table's size says nothing."""
        query = self.object_list.query
        return bool(query.where or query.distinct or query.combinator)


def rows_about(model):
    """How many rows the database reckons `model` has: as of the last time that it looked, 0 if it never did."""
    with connection.cursor() as cursor:
        cursor.execute(RECKONED, [connection.ops.quote_name(model._meta.db_table)])
        return cursor.fetchone()[0]


def _rounded(number):
    """To two digits, as it is only reckoned."""
    unit = 10 ** (len(str(number)) - 2)
    return round(number / unit) * unit


def known_values(field, values):
    """A filter by `field`, whose possible values `values()` gives: Django would ask all rows for theirs."""

    class KnownValues(SimpleListFilter):
        title, parameter_name = field.replace("_", " "), f"{field}__exact"

        def lookups(self, request, model_admin):
            return [(value, value) for value in sorted(values())]

        def queryset(self, request, rows):
            return rows.filter(**{field: self.value()}) if self.value() else rows

    return KnownValues


class LargeChangeList(ChangeList):
    """A list that knows the addresses of the pages before and after its own; "" where there is none."""

    @property
    def before(self):
        return self._page(self.page_num - 1) if self.page_num > 1 else ""

    @property
    def after(self):
        return self._page(self.page_num + 1) if self.page_num < self.paginator.num_pages else ""

    def _page(self, number):
        return self.get_query_string({PAGE_VAR: number})


class LargeList:
    """A ModelAdmin whose list is as quick over a million rows. `sorts_well` names computed columns with an index."""

    paginator = CappedPaginator
    show_full_result_count = False
    show_facets = ShowFacets.NEVER  # they would count all rows for each choice of each filter
    list_per_page = 50
    list_max_show_all = 50
    sorts_well = ()

    def get_changelist(self, request, **options):
        return LargeChangeList

    def get_sortable_by(self, request):
        columns = super().get_sortable_by(request)
        if rows_about(self.model) <= SMALL:
            return columns
        return [name for name in columns if name in self.sorts_well or name in first_columns(self.model)]


def first_columns(model):
    """Fields of `model` that a whole index of it begins with."""
    meta = model._meta
    plain = [field for field in meta.concrete_fields if not field.is_relation]  # the order of keys tells nobody a thing
    alone = {field.name for field in plain if field.primary_key or field.unique or field.db_index}
    indexes = [*meta.indexes, *(rule for rule in meta.constraints if hasattr(rule, "fields") and rule.fields)]
    begun = {index.fields[0].lstrip("-") for index in indexes if index.fields and not index.condition}
    return alone | begun & {field.name for field in plain}
