"""Names and addresses on the staff's pages: found however they are spelled, made from each other, moved with care."""

from functools import reduce
from operator import or_

from django.contrib import messages
from django.db.models import Q
from django.utils.html import format_html

from catalogue import hints, names
from config.staff import RulesForm


class FoldedSearch:
    """Search by folded names: without marks, case, articles and punctuation. `search_in` are the fields to look in."""

    search_fields = ("folded",)
    search_in = ("folded__contains",)

    def get_search_results(self, request, queryset, search_term):
        folded = names.fold(search_term)
        if not any(sign.isalnum() for sign in folded):
            return queryset, False
        found = reduce(or_, (Q(**{path: folded}) for path in self.search_in))
        return queryset.filter(pk__in=self.model.objects.filter(found).values("pk")), False


class SlugForm(RulesForm):
    """A form whose slug, left empty, is made from the name."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False
            self.fields["slug"].help_text = f"{self.fields['slug'].help_text} Empty: made from the name.".strip()

    def clean(self):
        cleaned = super().clean()
        if "slug" in self.fields and not cleaned.get("slug"):
            cleaned["slug"] = self.make_slug(cleaned)
        return cleaned

    def make_slug(self, cleaned):
        return names.slug(cleaned.get("name", ""))


class HintedForm(RulesForm):
    """A form that says beside a field what looks odd in it: hints, which refuse nothing."""

    hinted = {"name": hints.of_name, "lead": hints.of_prose, "synopsis": hints.of_prose, "biography": hints.of_prose}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, odd in self.odd():
            field = self.fields[name]
            field.help_text = format_html('{} <span class="hint">{}</span>', field.help_text, odd)

    def odd(self):
        """(field, what looks odd in it), as the form shows it."""
        for name in self.hinted.keys() & self.fields.keys():
            value = self.data.get(self.add_prefix(name)) if self.is_bound else self.initial.get(name)
            if said := " ".join(self.hinted[name](value or "")):
                yield name, said


class Hints:
    """An admin that says after saving what looks odd in what was changed. `notes` are what else is to be said."""

    def response_add(self, request, obj, *args, **kwargs):
        self._say(request)
        return super().response_add(request, obj, *args, **kwargs)

    def response_change(self, request, obj):
        self._say(request)
        return super().response_change(request, obj)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        request.notes = [said for name, said in form.odd() if name in form.changed_data] + self.notes(formsets)

    def notes(self, formsets):
        return []

    def _say(self, request):
        for note in getattr(request, "notes", ()):
            self.message_user(request, note, messages.WARNING)


class UniqueNameForm(SlugForm):
    """A form of something whose name is unique however it is spelled."""

    def clean_name(self):
        name = self.cleaned_data["name"]
        model = self._meta.model
        other = model.objects.filter(folded=names.fold(name)).exclude(pk=self.instance.pk).first()
        if other:
            self.add_error("name", f"There is a {model._meta.verbose_name} of that name already: “{other}”.")
        return name


class MovesPage:
    """An admin that gives a page its new address by `move_to`, so that the old one redirects."""

    def save_model(self, request, obj, form, change):
        if change and not form.changed_data:
            return  # only what hangs on it changed, or nothing did
        slug = obj.slug
        if change:
            obj.slug = form.initial.get("slug", slug)
        super().save_model(request, obj, form, change)
        obj.move_to(slug)
