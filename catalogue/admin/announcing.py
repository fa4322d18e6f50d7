"""When titles and collections are announced: the field, the filter, and the page of what appears when."""

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone

from catalogue import announcing
from catalogue.models.announced import announced, hidden_until_in_words

SHOWN = 500  # rows of what appears when


class AnnouncedForm(forms.ModelForm):
    """A form of what may be hidden until a moment to come."""

    def clean_hidden_until(self):
        moment = self.cleaned_data["hidden_until"]
        if moment and "hidden_until" in self.changed_data:
            self._may_hide(moment)
        return moment

    def _may_hide(self, moment):
        if moment <= timezone.now():
            raise ValidationError(announcing.PAST)
        if self.instance.pk and self.initial.get("hidden_until") is None:
            announcing.may_hide(self.instance)


class AnnouncedFilter(admin.SimpleListFilter):
    title, parameter_name = "announcement", "announced"

    def lookups(self, request, model_admin):
        return [("no", "Not announced"), ("yes", "Announced")]

    def queryset(self, request, queryset):
        condition = {"no": ~announced(), "yes": announced()}.get(self.value())
        return queryset.filter(condition) if condition else queryset


class AppearsPages:
    """Beside the list of titles, the page of what appears when."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.appears)
        return [path("appears/", view, name="catalogue_title_appears"), *super().get_urls()]

    def appears(self, request):
        """Titles and collections that are not announced, the next first."""
        if not request.user.has_perm("catalogue.view_title"):
            raise PermissionDenied
        rows = [row for model in announcing.VIEWS for row in _coming(request.user, model)]
        rows.sort(key=lambda row: (row["at"], row["name"]))
        context = self.admin_site.each_context(request) | {"opts": self.opts, "title": "What appears when"}
        return render(request, "admin/catalogue/title/appears.html", context | {"rows": rows[:SHOWN]})


def _coming(user, model):
    """Rows of `model` that `user` may see here: {at, when, kind, name, url, page}."""
    if not user.has_perm(announcing.VIEWS[model]):
        return
    for row in model.every.exclude(announced()).order_by("hidden_until", "pk")[:SHOWN]:
        yield {
            "at": row.hidden_until,
            "when": hidden_until_in_words(row),
            "kind": model._meta.verbose_name.capitalize(),
            "name": str(row),
            "url": reverse(f"admin:catalogue_{model._meta.model_name}_change", args=[row.pk]),
            "page": row.get_absolute_url(),
        }
