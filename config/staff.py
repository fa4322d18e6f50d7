"""What the pages of the staff's admin share: what the database refuses comes back as a sentence on the form."""

from functools import cache

from django.apps import apps
from django.contrib import admin
from django.contrib.admin.widgets import AdminSplitDateTime
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.db import IntegrityError, connection
from django.db.models import CheckConstraint, ProtectedError, URLField

from config.staff_lists import LargeList
from config.widgets import QuickWidgets
from config.without_script import NO_SCRIPT, UnjudgedForm, WithoutScript, make_plain

SECURE_LINKS = {URLField: {"assume_scheme": "https"}}
REFUSED = (
    "The database refused this: another row has the same name or address, or a row it names is gone. "
    "Reload the page and try again."
)


class RulesForm(UnjudgedForm):
    """A form that prints the sentence of a rule about one field beside that field."""

    default_renderer = QuickWidgets
    refusal = ""  # what the database said when this form was saved a moment ago
    helps = {}  # {field: what its help says}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in self.helps.keys() & self.fields.keys():
            self.fields[name].help_text = self.helps[name]
        for field in self.fields.values():
            if isinstance(field.widget, AdminSplitDateTime):
                for box, part in zip(field.widget.widgets, ("day", "time"), strict=True):
                    box.attrs["aria-label"] = f"{field.label}, {part}"
        if self.data.get(NO_SCRIPT) and self.plain_without_script():
            make_plain(self)

    def plain_without_script(self):
        return True

    def clean(self):
        cleaned = super().clean()
        if self.refusal:
            raise ValidationError(self.refusal)
        return cleaned

    def _update_errors(self, errors):
        if hasattr(errors, "error_dict"):
            for error in errors.error_dict.pop(NON_FIELD_ERRORS, []):
                errors.error_dict.setdefault(self._place_of(error), []).append(error)
        super()._update_errors(errors)

    def _place_of(self, error):
        field = _fields_of_rules(self._meta.model).get(error.message)
        return field if field in self.fields else NON_FIELD_ERRORS


class OnlyOffered(admin.ModelAdmin):
    """A list refuses an action that its menu does not offer the reader; Django shows the list again."""

    def changelist_view(self, request, extra_context=None):
        asked = request.POST.get("action")
        if asked and asked not in self.get_actions(request):
            raise PermissionDenied
        return super().changelist_view(request, extra_context)


class StaffAdmin(WithoutScript, LargeList, OnlyOffered):
    """A page of the admin that a rule broken behind the form's back does not break.

    Two people may save the same thing at once, and some rules see several rows; then the form comes back with the
    sentence of the constraint.
    """

    form = RulesForm
    formfield_overrides = SECURE_LINKS

    class Media:
        js = ("js/admin-names.js",)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        return type(form.__name__, (form,), {"refusal": getattr(request, "refusal", "")})

    def changeform_view(self, request, *args, **kwargs):
        try:
            return super().changeform_view(request, *args, **kwargs)
        except IntegrityError as error:
            request.refusal = sentence(error)
            return super().changeform_view(request, *args, **kwargs)

    def delete_view(self, request, *args, **kwargs):
        """Once more if somebody added to it while it was deleted: that goes, too."""
        try:
            return super().delete_view(request, *args, **kwargs)
        except IntegrityError:
            return super().delete_view(request, *args, **kwargs)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        connection.check_constraints()  # deferred ones would speak at commit, when the form is gone


class ReadOnlyAdmin(LargeList, OnlyOffered):
    """Rows to look at: they are made and changed elsewhere."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


def sentence(error):
    """What to tell people of an IntegrityError: the sentence of the constraint, or that something is twice or gone."""
    if isinstance(error, ProtectedError):
        return "Something was added meanwhile to what you take away, so it stays. Reload the page and look again."
    name = error.__cause__.diag.constraint_name
    for model in apps.get_models():
        for constraint in model._meta.constraints:
            if constraint.name == name:
                return constraint.get_violation_error_message()
    return REFUSED


@cache
def _fields_of_rules(model):
    """{sentence: field} of the checks of `model` that are about one field."""
    rules = (rule for rule in model._meta.constraints if isinstance(rule, CheckConstraint))
    named = ((rule.get_violation_error_message(), sorted(rule.condition.referenced_base_fields)) for rule in rules)
    return {message: fields[0] for message, fields in named if len(fields) == 1}
