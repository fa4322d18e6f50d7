"""Lists that hang on a row (names, credits, discs): tables on the row's own page, checked as a whole."""

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect, RelatedFieldWidgetWrapper
from django.core.exceptions import ValidationError
from django.db.models import UniqueConstraint
from django.forms.utils import ErrorDict

from catalogue.admin.helps import Helped
from config.staff import SECURE_LINKS, RulesForm


class ChosenSelect(AutocompleteSelect):
    """An autocomplete that knows the name of what is chosen: a list of 100 credits asks the database once."""

    known = None

    def optgroups(self, name, value, attr=None):
        if self.known is None or value != [str(self.known.pk)]:
            return super().optgroups(name, value, attr)
        empty = [] if self.is_required else [self.create_option(name, "", "", False, 0)]
        return [(None, [*empty, self.create_option(name, value[0], str(self.known), True, len(empty))], 0)]


class PartForm(RulesForm):
    """A row. One that nobody touched is not judged again: a list of 100 would ask the database 1,000 questions."""

    def plain_without_script(self):
        """What a row has chosen already is told by its name, and chosen anew in another row."""
        return self.instance._state.adding

    def full_clean(self):
        if not self.is_bound or self.instance._state.adding or self.has_changed():
            return super().full_clean()
        self._errors = ErrorDict()
        self.cleaned_data = {name: self._there(name, field) for name, field in self.fields.items()}

    def _there(self, name, field):
        parent = isinstance(field, forms.models.InlineForeignKeyField)  # which the row has not loaded
        return field.parent_instance if parent else getattr(self.instance, name, None)


class PartsFormSet(forms.BaseInlineFormSet):
    """All rows of a list, judged together: rows may swap places, and a row without a place comes last."""

    helps_above = True  # what fields are for is said once, above the rows

    def add_fields(self, form, index):
        super().add_fields(form, index)
        for name, field in form.fields.items():
            widget = getattr(field.widget, "widget", field.widget)
            if self.helps_above and field.help_text:
                widget.attrs["aria-describedby"] = f"{self.prefix}-help-{name}"
            if isinstance(widget, ChosenSelect):
                widget.known = getattr(form.instance, name, None)

    def clean(self):
        rows = [form for form in self.forms if self._stays(form)]
        rules = [([field for field in rule.fields if field != self.fk.name], rule) for rule in self._rules()]
        ordered = next((fields for fields, _ in rules if "position" in fields), ["position"])
        _fill_places(rows, [field for field in ordered if field != "position"])
        for fields, rule in rules:
            _refuse_twice(rows, fields, rule)

    def _rules(self):
        """What may not be twice in the list."""
        rules = self.model._meta.constraints
        return [rule for rule in rules if isinstance(rule, UniqueConstraint) and self.fk.name in rule.fields]

    def save_existing_objects(self, commit=True):
        """Rows that go leave before others take their place."""
        going = [form.instance.pk for form in self.deleted_forms if form.instance.pk]
        self.model.objects.filter(pk__in=going).delete()
        return super().save_existing_objects(commit)

    def _stays(self, form):
        kept = form.instance.pk or form.has_changed()
        return kept and not form.errors and not self._should_delete_form(form)


def _values(form, fields):
    row = form.instance
    return tuple(getattr(row, row._meta.get_field(field).attname) for field in fields)


def _fill_places(rows, group):
    """Give rows without a place the next one among those alike in the fields `group`."""
    placeless = [form for form in rows if "position" in form.fields and form.cleaned_data["position"] is None]
    if not placeless:
        return
    last = {}
    for form in rows:
        if form not in placeless:
            key = _values(form, group)
            last[key] = max(last.get(key, 0), form.instance.position)
    for form in placeless:
        key = _values(form, group)
        last[key] = form.instance.position = last.get(key, 0) + 1


def _refuse_twice(rows, fields, rule):
    """Put the rule's sentence on each row that repeats an earlier one. Empty values count where the rule says so."""
    seen = set()
    for form in rows:
        key = _values(form, fields)
        if None in key and rule.nulls_distinct is not False:
            continue
        if key in seen:
            form.add_error(None, ValidationError(rule.get_violation_error_message()))
        seen.add(key)


class OnItsPage(Helped):
    """What all lists on the page of what they belong to share."""

    form = PartForm
    formset = PartsFormSet
    formfield_overrides = SECURE_LINKS
    extra = 0
    ordering = ("position",)
    autocomplete_fields = ()
    added_otherwise = ("language", "territory", "country")  # fields without a link to add what is missing

    class Media:
        js = ("js/ordering.js",)
        css = {"all": ("css/admin-form.css",)}

    def get_queryset(self, request):
        return super().get_queryset(request).select_related(*self.autocomplete_fields)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            for link in ("can_change_related", "can_delete_related", "can_view_related"):
                setattr(field.widget, link, False)  # the row has enough to look at
            if db_field.name in self.added_otherwise:
                field.widget = field.widget.widget
        if db_field.name == "position":
            field.required, field.initial = False, None
        return field

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.autocomplete_fields:
            kwargs["widget"] = ChosenSelect(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class Parts(OnItsPage, admin.TabularInline):
    """An ordered list as a table; on a narrow screen each row is a card."""

    template = "admin/edit_inline/parts.html"
