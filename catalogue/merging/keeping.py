"""What the history does not keep of a merge: how it is remembered, and how it is put back."""

import json
from datetime import timedelta

from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.db.models import ForeignKey, GeneratedField
from psycopg import sql

from catalogue.models import TRACKED, Followed

KEPT = timedelta(days=90)
KEEP = """
INSERT INTO catalogue_followed (deed, "table", keys, was, became, instead, member_id)
SELECT %s, %s, ARRAY[t.{key}], to_jsonb(t), NULL, n.instead, n.member FROM {table} t
JOIN unnest(%s::bigint[], %s::bigint[], %s::bigint[]) AS n(key, instead, member) ON n.key = t.{key} ORDER BY t.{key}
"""
RETURN = (
    "INSERT INTO {table} ({columns}) OVERRIDING SYSTEM VALUE "
    "SELECT {columns} FROM jsonb_populate_record(NULL::{table}, %s)"
)


def change(deed, rows, **became):
    """Set columns of `rows`, a queryset, and remember what they were. How many rows that were.

    Rows that are alike before are remembered together.
    """
    groups = {}
    for key, *was in list(rows.values_list("pk", *became)):
        groups.setdefault(tuple(was), []).append(key)
    number = rows.update(**became)
    if rows.model not in TRACKED:
        Followed.objects.bulk_create(
            Followed(deed=deed, table=_name(rows.model), keys=keys, was=_plain(became, was), became=_plain(became))
            for was, keys in groups.items()
        )
    return number


def _plain(columns, values=None):
    """{column: value} as JSON can hold it."""
    pairs = zip(columns, columns.values() if values is None else values, strict=True)
    return {name: value if isinstance(value, int | None) else str(value) for name, value in pairs}


def note(deed, row, **was):
    """Remember columns of a row that goes with its owner and comes again with it: they are set on the new one."""
    Followed.objects.create(deed=deed, table=_name(type(row)), keys=[row.pk], was=was, became={})


def drop(deed, model, instead, *, member="", hanging=()):
    """Delete rows, {key: that of the row that stands in its place, or None}, and what hangs on them.

    They are remembered if the history does not keep them. `member` is the path to whose they are, "" if nobody's;
    `hanging` are (model, its foreign key to them, its path to whose it is).
    """
    if not instead:
        return
    for other, path, owner in hanging:
        keys = other._base_manager.filter(**{f"{path}__in": instead}).values_list("pk", flat=True)
        _remember(deed, other, dict.fromkeys(keys), owner)
    _remember(deed, model, instead, member)
    model._base_manager.filter(pk__in=instead).delete()


def _remember(deed, model, instead, member):
    if model in TRACKED:
        return
    rows = model._base_manager.filter(pk__in=instead)
    whose = dict(rows.values_list("pk", member)) if member else {}
    names = {"table": sql.Identifier(model._meta.db_table), "key": sql.Identifier(model._meta.pk.column)}
    values = [deed, _name(model), list(instead), list(instead.values()), [whose.get(key) for key in instead]]
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(KEEP).format(**names).as_string(cursor.connection), values)


def _name(model):
    return model._meta.label_lower


# ------------------------------------------------------------------ putting back
def put_back(deed):
    """Put back all that is remembered of `deed`, the last first, but what was changed since: that stands."""
    rows = list(Followed.objects.filter(deed=deed).order_by("-pk"))
    coming = {(row.table, row.keys[0]) for row in rows if row.became is None}
    for row in rows:
        (_return if row.became is None else _rewrite)(row, coming)
    Followed.objects.filter(deed=deed).delete()


def _rewrite(row, coming):
    model = apps.get_model(row.table)
    for column, was in row.was.items():
        untouched = {column: row.became[column]} if column in row.became else {}
        model._base_manager.filter(pk__in=row.keys, **untouched).update(**{column: was})


def _return(row, coming):
    """Insert a row that was dropped, unless what stood in its place is gone, or its own place is taken by now."""
    model = apps.get_model(row.table)
    if row.instead and not model._base_manager.filter(pk=row.instead).exists():
        return
    if not (_names_what_is_there(model, row.was, coming) and _has_a_place(model, row.was)):
        coming.discard((row.table, row.keys[0]))
        return
    try:
        with transaction.atomic():
            _insert(model, row.was)
    except IntegrityError:
        coming.discard((row.table, row.keys[0]))


def _has_a_place(model, was):
    """Whether its place in an order is free; a place by rank is made free, just behind who has it now."""
    for rule in model._meta.constraints:
        if getattr(rule, "deferrable", None):
            while _is_taken(model, rule.fields, was):
                if "rank" not in was:
                    return False
                was["rank"] += 1
    return True


def _is_taken(model, fields, was):
    values = {name: was[model._meta.get_field(name).column] for name in fields}
    return model._base_manager.filter(**values).exists()


def _names_what_is_there(model, was, coming):
    """Whether all that the row names is there; what it may be without, it is without from then on."""
    for link in model._meta.concrete_fields:
        if isinstance(link, ForeignKey) and was[link.column] is not None and not _is_there(link, was, coming):
            if not link.null:
                return False
            was[link.column] = None
    return True


def _is_there(link, was, coming):
    other = link.related_model
    known = (_name(other), was[link.column]) in coming
    return known or other._base_manager.filter(pk=was[link.column]).exists()


def _insert(model, was):
    columns = [field.column for field in model._meta.concrete_fields if not isinstance(field, GeneratedField)]
    names = {
        "table": sql.Identifier(model._meta.db_table),
        "columns": sql.SQL(", ").join(map(sql.Identifier, columns)),
    }
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(RETURN).format(**names).as_string(cursor.connection), [json.dumps(was)])


def forget_dropped(*, now):
    """Delete what is remembered of merges of 90 days ago, which cannot be undone any more; how many rows."""
    return Followed.objects.filter(at__lt=now - KEPT).delete()[0]
