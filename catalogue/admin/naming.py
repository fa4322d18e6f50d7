"""Names and addresses on the staff's pages: found however they are spelled, made from each other, moved with care."""

from functools import reduce
from operator import or_

from django.db.models import Q

from catalogue import names
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
