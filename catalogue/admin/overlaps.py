"""What a form that came back says of others' changes: a table of them all, and a mark beside what two changed."""

from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict
from django.utils import timezone
from django.utils.dateformat import format as dated

from catalogue.admin.typed import NOT_SAID, is_going, plain
from catalogue.models import TRACKED, Title

EMPTY, GONE, GOING = "empty", "the row is removed", "you remove the row"
YOURS_STANDS = "{} has “{}” here. Yours stands; tick “Take theirs” in the list above if theirs should."


def moment(at):
    """The day and the minute, as people say them: "26 November, 12:03"."""
    return dated(timezone.localtime(at), "j F, H:i")


@dataclass
class Overlap:
    """`differences` of `bring_together`; `deeds` (`told.told`) that made them; or a `note` if we cannot know."""

    differences: list
    deeds: list
    note: str = ""

    @property
    def headline(self):
        return f"Nothing is saved yet. {self.note or f'{self.who} changed this title since you opened it.'}"

    @property
    def who(self):
        """ "Ruth (26 November, 12:03)", of each deed, the first deed first."""
        return " and ".join(f"{deed.by} ({moment(deed.at)})" for deed in reversed(self.deeds)) or "Somebody"

    def mark(self, context):
        """Put theirs beside each field that two changed, and the lines of the table into the context."""
        form = _Form(context)
        for one in self.differences:
            if one.both and one.path[2]:
                form.mark(one.path, YOURS_STANDS.format(" and ".join(self._names()), form.shown(one.path, one.now)))
        context["lines"] = [form.line(one) for one in self.differences]
        context["elsewhere"] = [line for deed in self.deeds for line in _elsewhere(deed, form)]

    def _names(self):
        return dict.fromkeys(deed.by for deed in self.deeds) or ["Somebody"]


def _elsewhere(deed, form):
    """(what, before, after) of changes that no field of the form shows: tracks of a release, a poster."""
    for change in deed.changes:
        lines = [line for line in change.lines if line[0] == "Poster"] if change.model is Title else change.lines
        if change.model is Title or not form.has(change.model):
            yield from ((f"{change.what}: {label}", before, after) for label, before, after in lines)


class _Form:
    """The form on the page, by the paths of differences."""

    def __init__(self, context):
        self.form = context["adminform"].form
        self.formsets = {inline.formset.prefix: inline.formset for inline in context["inline_admin_formsets"]}
        self.names = {i.formset.prefix: str(i.opts.verbose_name_plural) for i in context["inline_admin_formsets"]}
        self.models = {formset.model for formset in self.formsets.values()}
        self.columns = {name for prefix in self.formsets for name in self.fields(prefix)}

    def fields(self, prefix):
        return self.formsets[prefix].empty_form.fields if prefix else self.form.fields

    def has(self, model):
        """Whether rows of `model` are a list of the form, or one in a field of such a list's rows."""
        owner = TRACKED[model] and model._meta.get_field(TRACKED[model]).remote_field.related_name
        return model in self.models or owner in self.columns

    def mark(self, path, sentence):
        form = self._row(path) if path[0] else self.form
        if form and path[2] in form.fields:
            form.add_error(path[2], sentence)

    def _row(self, path):
        return next((form for form in self.formsets[path[0]].forms if str(form.instance.pk) == path[1]), None)

    def line(self, one):
        """What a line of the table says of a difference. `take` names it, if there is something to choose."""
        prefix, _, name = one.path
        sides = [self.shown(one.path, side) for side in (one.before, one.now, one.mine)]
        if not name:
            sides = self._of_row(one)
        return {
            "what": self._what(one),
            "before": sides[0],
            "now": sides[1],
            "mine": sides[2],
            "take": ":".join(one.path) if one.both else "",
        }

    def _what(self, one):
        prefix, _, name = one.path
        label = str(self.fields(prefix)[name].label or name) if name in self.fields(prefix) else name
        if not prefix:
            return label
        row = self._row(one.path)
        words = self._row_words(prefix, None, row) if name and row else ""
        return ": ".join(filter(None, [self.names[prefix].capitalize(), words, label]))

    def _of_row(self, one):
        prefix = one.path[0]
        before = self._row_words(prefix, one.before) if one.before else EMPTY
        now = self._row_words(prefix, one.now) if one.now else GONE
        mine = self._row_words(prefix, one.mine) if one.mine and not is_going(one.mine) else ""
        return before, now, mine or (GOING if one.both else "")

    def _row_words(self, prefix, row, form=None):
        """The first things a row says, by which people know it."""
        if form:
            row = {bound.name: [str(bound.value() or "")] for bound in form}
        named = [name for name in self.fields(prefix) if name not in (*NOT_SAID, "position") and plain(row.get(name))]
        return ", ".join(dict.fromkeys(self.shown((prefix, "", name), row[name]) for name in named[:3]))

    def shown(self, path, values):
        """The values of a field as people read them."""
        field, values = self.fields(path[0]).get(path[2]), plain(values) if isinstance(values, list) else []
        if isinstance(field, forms.BooleanField):
            return "yes" if values else "no"
        if isinstance(field, forms.ModelChoiceField):
            return ", ".join(_named(field, value) for value in values) or EMPTY
        names = dict(_flat(getattr(field, "choices", ())))
        return ", ".join(str(names.get(value, value)) for value in values) or EMPTY


def _named(field, value):
    try:
        return str(field.to_python(value))
    except ValidationError:
        return "something that is gone"


def _flat(choices):
    for value, name in choices:
        if isinstance(name, (list, tuple)):
            yield from name
        else:
            yield value, name


def without_mistakes(context):
    """Take the marks of mistakes off a form that nobody has asked to save yet."""
    context["errors"] = []
    formsets = [inline.formset for inline in context["inline_admin_formsets"]]
    for formset in formsets:
        formset._errors, formset._non_form_errors = [ErrorDict() for _ in formset.forms], formset.error_class()
    for form in [context["adminform"].form, *(form for formset in formsets for form in formset.forms)]:
        form._errors = ErrorDict()
