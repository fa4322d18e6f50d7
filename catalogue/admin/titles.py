"""The staff's page of a title: every fact of it, and its poster."""

import re

from django import forms
from django.contrib import admin
from django.db.models import Count, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode

from catalogue import models, names
from catalogue.admin import cast_lists
from catalogue.admin.announcing import AnnouncedFilter, AnnouncedForm, AppearsPages
from catalogue.admin.completeness import BandFilter, MissingFilter, ScoredTitles
from catalogue.admin.conflicts import Conflicts
from catalogue.admin.credits import CreditFormSet, Credits
from catalogue.admin.drafts import Drafts
from catalogue.admin.editions import Editions
from catalogue.admin.helps import Helped
from catalogue.admin.kept import KeptAdmin
from catalogue.admin.merging import Merging
from catalogue.admin.naming import HintedForm, Hints, MovesPage, NameSearch, SlugForm
from catalogue.admin.parts import Parts
from catalogue.admin.pictures import ChosenPictures, UploadForm
from catalogue.admin.preview import Previews
from catalogue.admin.sheets import SheetPages
from catalogue.cards import cover
from catalogue.covers import MOTIFS, PALETTES
from catalogue.pictures import store_poster
from catalogue.sheets.people import CREDITS
from catalogue.sheets.titles import TITLES

UNMATCHED = "The cast list is not matched yet: press “Match these lines” under the credits, or empty its box."
SHARE = re.compile(r"0(?:\.[0-9]{1,4})?|1(?:\.0{1,4})?")
ELSEWHERE = {
    "Critics’ reviews": "reviews_criticreview",
    "Members’ reviews": "reviews_review",
    "Ratings": "reviews_rating",
    "Scores elsewhere": "reviews_outsidescore",
    "Audience reviews elsewhere": "reviews_outsidereview",
}


class TitleForm(AnnouncedForm, HintedForm, UploadForm, SlugForm):
    """A title with its poster."""

    shape, noun = "poster", "poster"
    field_order = ("focus_x", "focus_y")  # a poster is cut where they say
    needed_by_upload = ("chosen", *field_order)

    cover_palette = forms.ChoiceField(required=False, help_text="Pins the drawn cover's colours.")
    cover_motif = forms.ChoiceField(required=False, help_text="Pins the drawn cover's figure.")
    focus_x = forms.CharField(required=False, widget=forms.HiddenInput)
    focus_y = forms.CharField(required=False, widget=forms.HiddenInput)
    without_poster = forms.BooleanField(
        label="Remove the poster", required=False, help_text="The page goes back to the drawn cover."
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field, pins in (("cover_palette", PALETTES), ("cover_motif", MOTIFS)):
            if field in self.fields:
                self.fields[field].choices = [("", "by the film’s record"), *((pin, pin) for pin in sorted(pins))]

    def stored(self, upload):
        """As `store_poster`, cut where fields say that stand before it."""
        return store_poster(upload, tuple(_share(self.cleaned_data[field]) for field in ("focus_x", "focus_y")))

    def clean(self):
        cleaned = super().clean()
        if self.data.get("cast_list", "").strip():
            self.add_error(None, UNMATCHED)
        self.take_over("poster", "without_poster")
        return cleaned

    def make_slug(self, cleaned):
        return names.title_slug(cleaned.get("name", ""), cleaned.get("year"))


class Names(Parts):
    model = models.TitleName
    verbose_name = "name"
    verbose_name_plural = "other names"
    autocomplete_fields = ("language",)


class Countries(Parts):
    model = models.TitleCountry
    verbose_name = "country"
    verbose_name_plural = "countries"
    autocomplete_fields = ("country",)


class Genres(Parts):
    model = models.TitleGenre
    verbose_name = "genre"
    verbose_name_plural = "genres"
    autocomplete_fields = ("genre",)


class Languages(Parts):
    model = models.TitleLanguage
    verbose_name = "language"
    verbose_name_plural = "languages"
    autocomplete_fields = ("language",)


class Collections(Parts):
    model = models.TitleCollection
    verbose_name = "collection"
    verbose_name_plural = "collections"
    autocomplete_fields = ("collection",)


class Companies(Parts):
    model = models.TitleCompany
    verbose_name = "company"
    verbose_name_plural = "companies"
    autocomplete_fields = ("company",)


class Awards(Parts):
    model = models.Award
    autocomplete_fields = ("body",)


class Events(Parts):
    model = models.ReleaseEvent
    autocomplete_fields = ("territory",)


class Takings(Parts):
    model = models.BoxOffice
    autocomplete_fields = ("territory",)


class Offers(Parts):
    model = models.Offer
    autocomplete_fields = ("provider", "territory")


class Identifiers(Parts):
    model = models.TitleIdentifier
    verbose_name, verbose_name_plural = "identifier", "identifiers"
    ordering = ("scheme",)


class FormerAddresses(Parts):
    model = models.FormerTitleSlug
    verbose_name = "former address"
    verbose_name_plural = "former addresses"
    ordering = ("slug",)


def _share(text):
    """A share from 0 to 1 as poster.js sends it; the half for anything else."""
    return float(text) if SHARE.fullmatch(text) else 0.5


@admin.register(models.Title)
class TitleAdmin(
    ChosenPictures,
    SheetPages,
    Merging,
    Drafts,
    Conflicts,
    Previews,
    AppearsPages,
    ScoredTitles,
    Hints,
    MovesPage,
    NameSearch,
    Helped,
    KeptAdmin,
):
    sheets = (TITLES, CREDITS)
    actions = (*SheetPages.actions, *Merging.actions)
    change_list_template = "admin/catalogue/title/change_list.html"
    form = TitleForm
    list_display = ("listed", "complete", "worth_mending", "year", "kind", "releases")
    list_filter = (BandFilter, MissingFilter, "kind", AnnouncedFilter)
    list_select_related = ("completeness",)
    sorts_well = ("listed", *ScoredTitles.sorts_well)
    ordering = ("sort_key", "id")
    autocomplete_fields = ("certificate",)
    readonly_fields = ("lacks", "picture", "elsewhere", "add_release", "added_at")
    save_on_top = True

    class Media:
        js = ("js/poster.js",)

    fieldsets = (
        ("Facts", {"fields": ("lacks", ("name", "slug"), ("kind", "year", "runtime_minutes", "certificate"))}),
        ("Announcement", {"fields": ("hidden_until",)}),
        ("Words", {"fields": ("lead", "synopsis")}),
        ("Poster", {"fields": ("picture", "focus_x", "focus_y", "chosen", "upload", "without_poster")}),
        ("Drawn cover", {"classes": ("late",), "fields": ("cover_short_name", "cover_palette", "cover_motif")}),
        ("Elsewhere", {"classes": ("late",), "fields": ("elsewhere", "add_release", "added_at")}),
    )
    inlines = (
        Credits,
        Editions,
        Names,
        Countries,
        Genres,
        Languages,
        Collections,
        Companies,
        Awards,
        Events,
        Takings,
        Offers,
        Identifiers,
        FormerAddresses,
    )

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Also adds rows for a cast list that was pasted (`_match`), and then saves nothing."""
        posted, role = request.POST, request.POST.get("cast_role")
        cast = {"roles": models.Role.choices, "role": role or models.Role.ACTOR, "text": posted.get("cast_list", "")}
        if request.method == "POST" and "_match" in posted:
            request.unjudged, request.POST = True, posted.copy()
            role = role if role in models.Role.values else models.Role.ACTOR
            cast["told"], cast["text"] = cast_lists.add_rows(request.POST, cast["text"], role)
        return super().changeform_view(request, object_id, form_url, {**(extra_context or {}), "cast": cast})

    def notes(self, formsets):
        credits = next((formset for formset in formsets if isinstance(formset, CreditFormSet)), None)
        added = credits.nearly_known if credits else ()
        return [f"“{name}” is new here. Did you mean {who}? Then correct the credit." for name, who in added]

    def get_queryset(self, request):
        releases = models.Release.objects.filter(title=OuterRef("pk")).order_by().values("title")
        number = Subquery(releases.annotate(number=Count("pk")).values("number"), output_field=IntegerField())
        return super().get_queryset(request).annotate(release_count=Coalesce(number, 0))

    @admin.display(description="name", ordering="sort_key")
    def listed(self, title):
        return title.name

    @admin.display(description="releases")
    def releases(self, title):
        return title.release_count

    @admin.display(description="now shown")
    def picture(self, title):
        if not title.pk:
            return "A cover is drawn until there is a poster."
        src = cover(models.Title.every.for_cards().get(pk=title.pk))["src"]
        kind = "Poster" if title.poster else "Drawn cover"
        return format_html('<img src="{}" width="180" height="270" alt="{} of {}">', src, kind, title)

    @admin.display(description="what is said of it")
    def elsewhere(self, title):
        if not title.pk:
            return "-"
        query = urlencode({"title__id__exact": title.pk})
        links = ((reverse(f"admin:{page}_changelist"), query, label) for label, page in ELSEWHERE.items())
        return format_html_join(" · ", '<a href="{}?{}">{}</a>', links)

    @admin.display(description="new release")
    def add_release(self, title):
        url = reverse("admin:catalogue_release_add")
        return format_html('<a href="{}?title={}">Add a release</a>', url, title.pk) if title.pk else "-"
