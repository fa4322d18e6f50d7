"""Names and addresses on the staff's pages: found however they are spelled, made from each other, moved with care."""

from django.contrib import messages
from django.db.models.functions import Left
from django.utils.html import format_html

from catalogue import hints, names
from catalogue.models import Person, PersonAlias, SearchKind, SearchTerm, Title, TitleName
from catalogue.models.search import HEADS
from catalogue.search.query import Query
from config.staff import RulesForm

FEW = 50
MOST_LOOKED, MOST_FOUND = 1500, 300  # beginnings of names that a search looks at, the most popular first; and names


class FoldedSearch:
    """Search of a few names, folded: without marks, case, articles and punctuation."""

    search_fields = ("folded",)

    def get_search_results(self, request, queryset, search_term):
        folded = names.fold(search_term)
        if not any(sign.isalnum() for sign in folded):
            return queryset, False
        return queryset.filter(folded__contains=folded), False


class NameSearch:
    """Search of a great many names, by `kind`, from any of their words on and however they are spelled."""

    search_fields = ("folded",)
    search_kind = SearchKind.TITLE
    search_help_text = f"A name, or how one of its words begins. Of very many, the {MOST_FOUND} most popular are found."

    def get_search_results(self, request, queryset, search_term):
        found = named(self.search_kind, search_term)
        return (queryset if found is None else queryset.filter(pk__in=found)), False


class TitleSearch:
    """Search of rows of a title, which `of_title` leads to, by the title's name, or exactly by the fields `exactly`."""

    search_fields = ("pk",)
    of_title = "title"
    exactly = ()

    def get_search_results(self, request, queryset, search_term):
        found = named(SearchKind.TITLE, search_term)
        if found is None:
            return queryset, False
        for path in self.exactly:
            rows = self.model.objects.filter(**{path: search_term.strip()})
            if rows.exists():
                return queryset.filter(pk__in=rows.values("pk")), False
        return queryset.filter(**{f"{self.of_title}__in": found}), False


def named(kind, text):
    """Keys of the titles or people with a name that has a word from which on it begins as `text` sounds.

    If very many have, only the most popular. None if `text` is no name at all.
    """
    sounds, folded = Query.of(text).joined, names.fold(text)
    if not any(sign.isalnum() for sign in folded):
        return None
    looked = _terms(sounds).order_by("-rank").values_list("kind", "owner")[:MOST_LOOKED]
    found = set(list(dict.fromkeys(owner for of_kind, owner in looked if of_kind == kind))[:MOST_FOUND])
    for model, owner in BEGUN[kind]:
        found |= set(model._default_manager.filter(folded__startswith=folded).values_list(owner, flat=True)[:FEW])
    return found


def _terms(sounds):
    """The beginnings of names that begin with `sounds`; of a single letter, what is called so."""
    if len(sounds) in HEADS:
        return SearchTerm.objects.annotate(head=Left("term", len(sounds))).filter(head=sounds)
    return SearchTerm.objects.filter(**{"term__startswith" if len(sounds) > 1 else "term": sounds})


# Names by their own indexes, too: a row of this very transaction is in no search yet.
BEGUN = {
    SearchKind.TITLE: ((Title, "pk"), (TitleName, "title_id")),
    SearchKind.PERSON: ((Person, "pk"), (PersonAlias, "person_id")),
}


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
        self._say_notes(request)
        return super().response_add(request, obj, *args, **kwargs)

    def response_change(self, request, obj):
        self._say_notes(request)
        return super().response_change(request, obj)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        request.notes = [said for name, said in form.odd() if name in form.changed_data] + self.notes(formsets)

    def notes(self, formsets):
        return []

    def _say_notes(self, request):
        for note in getattr(request, "notes", ()):
            self.message_user(request, note, messages.WARNING)


class UniqueNameForm(SlugForm):
    """A form of something whose name is unique however it is spelled."""

    def clean_name(self):
        name = self.cleaned_data["name"]
        model = self._meta.model
        other = model._default_manager.filter(folded=names.fold(name)).exclude(pk=self.instance.pk).first()
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
