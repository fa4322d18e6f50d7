"""Reading the history: the changes of a row and of all that hangs on it, or of one deed, newest first."""

import json
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from operator import attrgetter
from typing import NamedTuple

from django.db import connection
from django.db.models import AutoField, ForeignKey
from psycopg import sql

from catalogue.models import TRACKED, Deed, changes_of

MOST = 1_000
# What an added row was stands in its own change. A changed one became what its next change, or itself, is.
CHANGES = """
SELECT {number}::int, c.pgh_id, c.pgh_label, c.pgh_created_at, c.pgh_context_id, to_jsonb(c),
  CASE c.pgh_label WHEN 'update' THEN coalesce(
    (SELECT to_jsonb(n) FROM {changes} n WHERE n.{key} = c.{key} AND n.pgh_id > c.pgh_id ORDER BY n.pgh_id LIMIT 1),
    (SELECT to_jsonb(t) FROM {table} t WHERE t.{key} = c.{key})) END
FROM {changes} c WHERE c.{column} = ANY ({keys}) AND c.pgh_id > {since} AND c.pgh_id < {before}
ORDER BY c.pgh_id DESC LIMIT {most}
"""
STEPS = """
SELECT {number}::int, pgh_id, pgh_label, {key}::text FROM {changes}
WHERE {column} = ANY ({keys}) AND pgh_id > {since}
"""
NEWEST = "SELECT max(pgh_id) FROM {changes} WHERE {column} = ANY ({keys})"
END = 2**63 - 1


class Step(NamedTuple):
    """A change without its contents, for those who take many back."""

    number: int
    model: type
    label: str
    key: str


@dataclass
class Change:
    """One change of one row. `before` and `after` are its columns; None where there was or is no row."""

    number: int
    model: type
    label: str
    at: datetime
    deed_key: object
    before: dict | None
    after: dict | None
    deed: Deed | None = None
    names: dict = field(default_factory=dict, repr=False)  # {(model, key): what a foreign key names}

    @property
    def key(self):
        return self.row[self.model._meta.pk.column]

    @property
    def row(self):
        return self.before or self.after

    @cached_property
    def fields(self):
        """The model's fields whose value changed, but what is worked out from others and the row's own owner."""
        fields = [field for field in self.model._meta.concrete_fields if not hasattr(field, "derive")]
        fields = [field for field in fields if _is_said(field) and field.name != TRACKED[self.model]]
        return [field for field in fields if self._value(self.before, field) != self._value(self.after, field)]

    @property
    def lines(self):
        """(what, before, after) of every field that changed, as people read it."""
        said = ((_label(field), self.said(field, self.before), self.said(field, self.after)) for field in self.fields)
        return [line for line in said if line[1] != line[2]]

    @property
    def what(self):
        """What row it is: "credit “Tatiana Samoilova, actor”"."""
        return f"{self.model._meta.verbose_name} “{self._name()}”"

    def said(self, field, row):
        """The value of `field` in `row` as people read it; "" for none."""
        value = self._value(row, field)
        if value in (None, "", []):
            return ""
        if isinstance(field, ForeignKey):
            return self.names.get((field.related_model, value), f"{value}, which is gone")
        if field.choices:
            return dict(field.flatchoices).get(value, value)
        return _plain(value)

    def _value(self, row, field):
        return row and row.get(field.column)

    def _name(self):
        """The row's own text, or what it names beside its owner."""
        links = (
            f for f in self.model._meta.concrete_fields if isinstance(f, ForeignKey) and f.name != TRACKED[self.model]
        )
        if "__str__" in vars(self.model):
            return str(self.model(**{f.attname: self.row[f.column] for f in self.model._meta.concrete_fields}))
        return ", ".join(filter(None, (self.said(field, self.row) for field in links))) or str(self.key)


def changes(row, since=0, before=END, most=MOST):
    """The changes numbered over `since` and under `before` of `row` and all that hangs on it, at most `most`."""
    return _told(_select(_family(row), since, before, most), most)


def latest(row):
    """The number of the newest change of `row` or of anything that hangs on it; 0: none is kept."""
    parts = [_fill(NEWEST, model, column, keys) for model, (column, keys) in _family(row).items()]
    return max((number for (number,) in _rows(parts) if number), default=0)


def changes_of_deed(key, before=END, most=MOST):
    """The changes made by the deed with that key, under the number `before`, at most `most`."""
    scope = {model: ("pgh_context_id", [key]) for model in TRACKED}
    return _told(_select(scope, 0, before, most), most)


def steps(row, since):
    """The steps numbered over `since` of `row` and all that hangs on it, newest first."""
    return _in_order(_family(row), since)


def steps_of_deed(key):
    """The steps of the deed with that key, newest first."""
    return _in_order({model: ("pgh_context_id", [key]) for model in TRACKED}, 0)


def _in_order(scope, since):
    models = list(TRACKED)
    parts = [_fill(STEPS, model, *where, since=since) for model, where in scope.items()]
    found = (Step(step, models[number], label, key) for number, step, label, key in _rows(parts))
    return sorted(found, reverse=True, key=attrgetter("number"))


def _family(row):
    """{model: (column, keys)}: where the row and all that hangs, or ever hung, on it is found among the changes."""
    found = {type(row): (row._meta.pk.column, [row.pk])}
    waiting = [(type(row), [row.pk])]
    while waiting:
        owner, keys = waiting.pop()
        for model, name in TRACKED.items():
            if name and model._meta.get_field(name).related_model is owner:
                found[model] = (model._meta.get_field(name).column, keys)
                if model in _owners():
                    waiting.append((model, _keys(model, name, keys)))
    return found


def _owners():
    return {model._meta.get_field(name).related_model for model, name in TRACKED.items() if name}


def _keys(model, name, keys):
    """The keys of the rows of `model` that hang, or ever hung, on the rows `keys`."""
    ever = changes_of(model).objects.filter(**{f"{name}__in": keys}).values_list(model._meta.pk.name, flat=True)
    return list({*ever, *model.objects.filter(**{f"{name}__in": keys}).values_list("pk", flat=True)})


def _select(scope, since, before, most):
    return [
        _fill(CHANGES, model, column, keys, since=since, before=before, most=most)
        for model, (column, keys) in scope.items()
    ]


def _fill(statement, model, column, keys, **values):
    names = {
        "changes": sql.Identifier(changes_of(model)._meta.db_table),
        "table": sql.Identifier(model._meta.db_table),
        "key": sql.Identifier(model._meta.pk.column),
        "column": sql.Identifier(column),
    }
    values = {"number": list(TRACKED).index(model), "keys": keys, **values}
    return sql.SQL(statement).format(**names, **{name: sql.Literal(value) for name, value in values.items()})


def _rows(parts):
    union = sql.SQL(" UNION ALL ").join(sql.SQL("({})").format(part) for part in parts)
    with connection.cursor() as cursor:
        cursor.execute(union.as_string(cursor.connection))
        return cursor.fetchall()


def _told(parts, most):
    """The changes that the statements find, newest first, with their deeds and what their foreign keys name."""
    rows = sorted(_rows(parts), key=lambda row: -row[1])[:most]
    found = [_change(*row) for row in rows]
    deeds = Deed.objects.in_bulk({change.deed_key for change in found if change.deed_key})
    names = _names(found)
    for change in found:
        change.deed, change.names = deeds.get(change.deed_key), names
    return found


def _change(number, key, label, at, deed, was, became):
    model = list(TRACKED)[number]
    was, became = json.loads(was), became and json.loads(became)
    before, after = (None, was) if label == "insert" else (was, became)
    return Change(key, model, label, at, deed, before, after)


def _names(found):
    """{(model, key): name} of everything that the changed rows name. One question for each kind of thing named."""
    wanted = {}
    for change in found:
        for link in change.model._meta.concrete_fields:
            if isinstance(link, ForeignKey):
                keys = {change._value(row, link) for row in (change.before, change.after)}
                wanted.setdefault(link.related_model, set()).update(keys - {None})
    return {
        (model, key): str(row)
        for model, keys in wanted.items()
        for key, row in model._base_manager.in_bulk(keys).items()
    }


def _is_said(field):
    """Whether somebody chose it: posters and portraits, too, which no form edits directly; not numbers of rows."""
    return not isinstance(field, AutoField) and (field.editable or field.max_length == 64)


def _label(field):
    name = str(field.verbose_name)
    return name[:1].upper() + name[1:]


def _plain(value):
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
