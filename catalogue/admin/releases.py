"""The staff's pages of a release, and of an extra on it."""

from django import forms
from django.contrib import admin
from django.db.models import Max

from catalogue import models
from catalogue.admin.editions import free_slug
from catalogue.admin.helps import Helped
from catalogue.admin.kept import KeptAdmin
from catalogue.admin.merging import Merging
from catalogue.admin.naming import TitleSearch
from catalogue.admin.parts import Parts
from catalogue.admin.sheets import SheetPages
from catalogue.models.releases import BLU_RAY_REGIONS, DVD_REGIONS
from catalogue.sheets.releases import RELEASES
from config.staff import RulesForm


class ReleaseForm(RulesForm):
    """A release. Its slug and its place, left empty, are the next free ones of the title."""

    slug = forms.SlugField(max_length=200, required=False, help_text="Unique within the title. Empty: dvd, dvd-2 …")
    position = forms.IntegerField(min_value=1, max_value=32767, required=False, help_text="Empty: last.")
    regions = forms.MultipleChoiceField(
        choices=[(region, region) for region in (*DVD_REGIONS, *BLU_RAY_REGIONS)],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="A DVD has 0 to 8, a Blu-ray A, B or C, a 4K disc none.",
    )

    def clean(self):
        cleaned = super().clean()
        if title := cleaned.get("title"):
            others = title.releases.exclude(pk=self.instance.pk)
            cleaned["slug"] = cleaned.get("slug") or free_slug(
                set(others.values_list("slug", flat=True)), cleaned.get("medium", "release")
            )
            cleaned["position"] = cleaned.get("position") or _last_place(others) + 1
        return cleaned


def _last_place(releases):
    return releases.aggregate(last=Max("position"))["last"] or 0


class AspectRatios(Parts):
    model = models.AspectRatio


class AudioTracks(Parts):
    model = models.AudioTrack
    autocomplete_fields = ("language",)


class SubtitleTracks(Parts):
    model = models.SubtitleTrack
    autocomplete_fields = ("language",)


class Discs(Parts):
    model = models.Disc
    ordering = ("number",)


class Extras(Parts):
    """Extras; the people of each are on its own page."""

    model = models.Extra
    show_change_link = True


class Identifiers(Parts):
    model = models.ReleaseIdentifier
    ordering = ("scheme",)


class ExtraPeople(Parts):
    model = models.ExtraPerson
    autocomplete_fields = ("person",)


@admin.register(models.Release)
class ReleaseAdmin(SheetPages, Merging, TitleSearch, Helped, KeptAdmin):
    sheets = (RELEASES,)
    actions = (*SheetPages.actions, *Merging.actions)
    form = ReleaseForm
    list_display = ("title", "medium", "edition", "distributor", "released_on")
    list_filter = ("medium",)
    list_select_related = ("title", "distributor")
    ordering = ("title__sort_key", "title_id", "position")
    exactly = ("identifiers__value",)
    search_help_text = "The title's name, or the EAN or another number of the release."
    autocomplete_fields = ("title", "distributor", "certificate")
    inlines = (AspectRatios, AudioTracks, SubtitleTracks, Discs, Extras, Identifiers)
    save_on_top = True

    def view_on_site(self, release):
        return release.title.get_absolute_url()


@admin.register(models.Extra)
class ExtraAdmin(Helped, KeptAdmin):
    """Reached from its release."""

    list_display = ("name", "kind", "release")
    list_select_related = ("release",)
    ordering = ("name", "pk")
    search_fields = ("name",)
    fields = ("name", "kind", "year", "minutes", "disc_number")
    inlines = (ExtraPeople,)

    def has_module_permission(self, request):
        return False
