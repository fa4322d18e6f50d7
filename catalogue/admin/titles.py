"""The staff's page of a title: every fact of it, and its poster."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Count, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode

from catalogue import models, names
from catalogue.admin.kept import KeptAdmin
from catalogue.admin.merging import Merging
from catalogue.admin.naming import FoldedSearch, MovesPage, SlugForm
from catalogue.admin.parts import Parts
from catalogue.cards import cover
from catalogue.covers import MOTIFS, PALETTES
from catalogue.pictures import store_poster
from catalogue.uploads import BadPicture
from config.staff import RulesForm

NOT_KEPT = "The poster could not be kept: the server's folder of pictures is full or not writable. Tell its operator."
ELSEWHERE = {
    "Critics’ reviews": "reviews_criticreview",
    "Members’ reviews": "reviews_review",
    "Ratings": "reviews_rating",
    "Scores elsewhere": "reviews_outsidescore",
    "Audience reviews elsewhere": "reviews_outsidereview",
}


class TitleForm(SlugForm):
    """A title with its poster. A poster uploaded is kept when the form is checked: its name is its digest."""

    cover_palette = forms.ChoiceField(required=False, help_text="Pins the drawn cover's colours.")
    cover_motif = forms.ChoiceField(required=False, help_text="Pins the drawn cover's figure.")
    upload = forms.FileField(
        label="New poster",
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        help_text="JPEG, PNG or WebP, at most 8 MB; shown in the shape of a poster, 2:3, cut around its middle.",
    )
    without_poster = forms.BooleanField(
        label="Remove the poster", required=False, help_text="The page goes back to the drawn cover."
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field, pins in (("cover_palette", PALETTES), ("cover_motif", MOTIFS)):
            if field in self.fields:
                self.fields[field].choices = [("", "by the film’s record"), *((pin, pin) for pin in sorted(pins))]

    def clean_upload(self):
        """The digest of the poster uploaded, or ""."""
        upload = self.cleaned_data["upload"]
        if not upload:
            return ""
        upload.seek(0)
        try:
            return store_poster(upload)
        except BadPicture as error:
            raise ValidationError(str(error)) from None
        except OSError:
            raise ValidationError(NOT_KEPT) from None

    def clean(self):
        cleaned = super().clean()
        uploaded, without = cleaned.get("upload"), cleaned.get("without_poster")
        if uploaded and without:
            self.add_error("without_poster", "Upload a new poster or remove the one there is, not both.")
        elif uploaded or without:
            self.instance.poster = uploaded or ""
        return cleaned

    def make_slug(self, cleaned):
        return names.title_slug(cleaned.get("name", ""), cleaned.get("year"))


class CreditForm(RulesForm):
    """A credit; the printed name, left empty, is the person's."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "printed_name" in self.fields:
            self.fields["printed_name"].required = False

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("printed_name") and cleaned.get("person"):
            cleaned["printed_name"] = cleaned["person"].name
        return cleaned


class Names(Parts):
    model = models.TitleName
    verbose_name_plural = "other names"
    autocomplete_fields = ("language",)


class Credits(Parts):
    model = models.Credit
    form = CreditForm
    ordering = ("role", "position")
    autocomplete_fields = ("person",)
    fields = (
        "person",
        "role",
        "position",
        "printed_name",
        "character",
        "detail",
        "voice",
        "uncredited",
    )


class Countries(Parts):
    model = models.TitleCountry
    verbose_name_plural = "countries"
    autocomplete_fields = ("country",)


class Genres(Parts):
    model = models.TitleGenre
    verbose_name_plural = "genres"
    autocomplete_fields = ("genre",)


class Languages(Parts):
    model = models.TitleLanguage
    verbose_name_plural = "languages"
    autocomplete_fields = ("language",)


class Collections(Parts):
    model = models.TitleCollection
    verbose_name_plural = "collections"
    autocomplete_fields = ("collection",)


class Companies(Parts):
    model = models.TitleCompany
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
    ordering = ("scheme",)


class FormerAddresses(Parts):
    model = models.FormerTitleSlug
    verbose_name_plural = "former addresses"
    ordering = ("slug",)


class Releases(Parts):
    """The releases in their order; each has a page of its own."""

    model = models.Release
    fields = ("medium", "edition", "released_on", "position")
    readonly_fields = ("medium", "edition", "released_on")
    show_change_link = True
    can_delete = False

    def has_add_permission(self, request, obj=None):
        return False


@admin.register(models.Title)
class TitleAdmin(Merging, MovesPage, FoldedSearch, KeptAdmin):
    form = TitleForm
    list_display = ("name", "year", "kind", "releases")
    list_filter = ("kind", ("poster", admin.EmptyFieldListFilter))
    ordering = ("sort_key", "id")
    search_in = ("folded__contains", "names__folded__contains")
    autocomplete_fields = ("certificate",)
    readonly_fields = ("picture", "elsewhere", "add_release", "added_at")
    save_on_top = True
    fieldsets = (
        (None, {"fields": ("name", "slug", "kind", "year", "runtime_minutes", "certificate")}),
        ("Words", {"fields": ("lead", "synopsis")}),
        ("Poster", {"fields": ("picture", "upload", "without_poster")}),
        ("Drawn cover", {"fields": ("cover_short_name", "cover_palette", "cover_motif")}),
        ("Elsewhere", {"fields": ("elsewhere", "add_release", "added_at")}),
    )
    inlines = (
        Releases,
        Names,
        Credits,
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

    def get_queryset(self, request):
        releases = models.Release.objects.filter(title=OuterRef("pk")).order_by().values("title")
        number = Subquery(releases.annotate(number=Count("pk")).values("number"), output_field=IntegerField())
        return super().get_queryset(request).annotate(release_count=Coalesce(number, 0))

    @admin.display(description="releases", ordering="release_count")
    def releases(self, title):
        return title.release_count

    @admin.display(description="now shown")
    def picture(self, title):
        if not title.pk:
            return "A cover is drawn until there is a poster."
        src = cover(models.Title.objects.for_cards().get(pk=title.pk))["src"]
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
