"""The staff's forms where no script runs: a list's next empty row, and menus where one would type to choose.

Such a browser sees buttons (the admin's `change_form.html`, `edit_inline/parts.html`) that send the form. Nothing of it
is judged or saved: it comes back with the row, and with a menu instead of each autocomplete. Where that is too much,
it is a box for the number or code that stands in the address of what is meant.
"""

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect
from django.db.models import CharField
from django.forms.utils import ErrorDict, ErrorList

MOST = 1_000  # entries of a menu
NO_SCRIPT, MORE = "no_script", "_more"


class UnjudgedForm(forms.ModelForm):
    """A form that can be shown as it was typed, without saying what is wrong or missing (`unjudged`)."""

    unjudged = False

    def full_clean(self):
        if not self.unjudged:
            return super().full_clean()
        self._errors, self.cleaned_data = ErrorDict(), {}

    def is_valid(self):
        return not self.unjudged and super().is_valid()


class WithoutScript:
    """An admin whose forms can be filled in without scripts. `request.unjudged` keeps a form from being saved."""

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if request.method == "POST" and MORE in request.POST:
            request.unjudged, request.POST = True, request.POST.copy()
            _add_row(request.POST, request.POST[MORE])
        return super().changeform_view(request, object_id, form_url, extra_context)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        return type(form.__name__, (form,), {"unjudged": getattr(request, "unjudged", False)})

    def _create_formsets(self, request, obj, change):
        formsets, inlines = super()._create_formsets(request, obj, change)
        for formset in formsets if getattr(request, "unjudged", False) else ():
            _leave_unjudged(formset)
        return formsets, inlines

    def render_change_form(self, request, context, *args, **kwargs):
        context["types_to_choose"] = any(map(_autocomplete, context["adminform"].form.fields.values()))
        return super().render_change_form(request, context, *args, **kwargs)


def make_plain(form):
    """Give `form` controls that work without scripts."""
    for field in form.fields.values():
        if widget := _autocomplete(field):
            control = _plain(field, widget.attrs)
            if field.widget is widget:
                field.widget = control
            else:
                field.widget.widget = control


def _autocomplete(field):
    """The autocomplete of a field, also with links around it; None if it has none."""
    widget = getattr(field.widget, "widget", field.widget)
    return widget if isinstance(widget, AutocompleteSelect) else None


def _plain(field, attrs):
    if field.queryset[: MOST + 1].count() > MOST:
        named = "its code" if isinstance(field.queryset.model._meta.pk, CharField) else "its number"
        return forms.TextInput({**attrs, "placeholder": named, "size": 12})
    menu = forms.Select(attrs)
    menu.choices = field.choices
    return menu


def _add_row(post, prefix):
    number = post.get(f"{prefix}-TOTAL_FORMS", "")
    if number.isascii() and number.isdigit():
        post[f"{prefix}-TOTAL_FORMS"] = str(int(number) + 1)


def _leave_unjudged(formset):
    """Show what was typed in a list without saying what is missing."""
    formset._errors, formset._non_form_errors = [{} for _ in formset.forms], ErrorList()
    for form in formset.forms:
        form._errors, form.cleaned_data = ErrorDict(), {}
