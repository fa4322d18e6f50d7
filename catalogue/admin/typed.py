"""What the form of a title holds, as a browser sends it: the title's own fields, and the rows of its lists.

`Typed` is made of a page that was opened, or of a form that was sent, and becomes a form that was sent again. Values
are lists of strings under each name; an empty field is an empty list.
"""

from dataclasses import dataclass, field

from django import forms
from django.http import QueryDict

NOT_SAID = ("id", "title", "DELETE")  # of a row: which it is, whose it is, that it goes
COUNTS = ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")


@dataclass
class Typed:
    """`fields` is {name: values}; `lists` is {prefix: [row]}, each row {name: values}, with "id" if it is saved."""

    fields: dict = field(default_factory=dict)
    lists: dict = field(default_factory=dict)

    def row(self, prefix, key):
        """The row with the number `key`, or None."""
        return next((row for row in self.lists.get(prefix, ()) if key_of(row) == key), None)

    def post(self):
        """As a form that was sent. Rows that are saved come first, as Django wants them."""
        post = QueryDict(mutable=True)
        for name, values in self.fields.items():
            post.setlist(name, values)
        for prefix, rows in self.lists.items():
            rows = sorted(rows, key=lambda row: key_of(row) is None)
            counts = (len(rows), sum(key_of(row) is not None for row in rows), 0, 1000)
            post.update({f"{prefix}-{name}": str(count) for name, count in zip(COUNTS, counts, strict=True)})
            for number, row in enumerate(rows):
                for name, values in row.items():
                    post.setlist(f"{prefix}-{number}-{name}", list(values))
        return post


def key_of(row):
    """The number of a row that is saved, as text; None of a new one."""
    return "".join(row.get("id", ())) or None


def is_going(row):
    """Whether the row is marked to be removed."""
    return bool(row.get("DELETE"))


def contents(row):
    """What a row says, whichever row it is."""
    return {name: plain(values) for name, values in row.items() if name not in NOT_SAID and plain(values)}


def plain(values):
    """Values as they are compared: browsers send line ends of their own and nothing for what is empty."""
    return [value.replace("\r\n", "\n").strip() for value in values or () if value.strip()]


def same(one, other):
    return plain(one) == plain(other)


# ------------------------------------------------------------------ of a form that was sent
def of_post(post):
    typed = Typed()
    prefixes = sorted(name.removesuffix("-TOTAL_FORMS") for name in post if name.endswith("-TOTAL_FORMS"))
    prefixes = [prefix for prefix in prefixes if not any(prefix.startswith(f"{other}-") for other in prefixes)]
    rest = dict(post.lists())
    for prefix in prefixes:
        mine = {name.removeprefix(f"{prefix}-"): rest.pop(name) for name in list(rest) if name.startswith(f"{prefix}-")}
        typed.lists[prefix] = _rows(mine)
    typed.fields = rest
    return typed


def _rows(mine):
    rows = {}
    for name, values in mine.items():
        number, _, rest = name.partition("-")
        if number.isdecimal() and rest:
            rows.setdefault(int(number), {})[rest] = values
    return [rows[number] for number in sorted(rows)]


# ------------------------------------------------------------------ of a page that was opened
def of_page(context):
    """What the form on a page of the admin holds, given the page's context."""
    inlines = (inline.formset for inline in context["inline_admin_formsets"])
    lists = {formset.prefix: [_sent(form) for form in formset.initial_forms] for formset in inlines}
    return Typed(_sent(context["adminform"].form), lists)


def _sent(form):
    return {bound.name: _values(bound) for bound in form if not isinstance(bound.field, forms.FileField)}


def _values(bound):
    """What a browser would send of a field, which holds what the form was opened with."""
    widget, value = getattr(bound.field.widget, "widget", bound.field.widget), bound.value()
    if isinstance(widget, forms.CheckboxInput):
        return ["on"] if value else []
    shown = widget.format_value(value)
    return [str(one) for one in shown if one != ""] if isinstance(shown, list) else [shown] if shown else []
