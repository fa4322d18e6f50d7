"""How complete titles are, in their list and on their pages, and the way from the worst to the next worst."""

from datetime import timedelta

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode

from catalogue.completeness import BY_CODE, REASONS
from catalogue.models import Completeness
from config.staff_lists import LargeChangeList

BANDS = {"bare": (0, 24), "thin": (25, 49), "half": (50, 74), "good": (75, 99), "whole": (100, 100)}
BAND_NAMES = {
    "bare": "0 to 24: bare",
    "thin": "25 to 49: thin",
    "half": "50 to 74",
    "good": "75 to 99",
    "whole": "100: nothing is missing",
}
OLD_OFFERS = "offers"
STALE = timedelta(days=365)
PLACE = "worst"  # in the address of a title's page: where it stood among the worst when it was opened
ALL_MENDED = "No other title that anybody asks for lacks anything."


class BandFilter(admin.SimpleListFilter):
    title, parameter_name = "completeness", "complete"

    def lookups(self, request, model_admin):
        return BAND_NAMES.items()

    def queryset(self, request, titles):
        band = BANDS.get(self.value())
        return titles.filter(completeness__score__range=band) if band else titles


class MissingFilter(admin.SimpleListFilter):
    title, parameter_name = "what is missing", "missing"

    def lookups(self, request, model_admin):
        return [*((reason.code, reason.words) for reason in REASONS), (OLD_OFFERS, "Offer not checked for a year")]

    def queryset(self, request, titles):
        if self.value() == OLD_OFFERS:
            return titles.filter(completeness__offers_checked_on__lt=_a_year_ago())
        return titles.filter(completeness__missing__contains=[self.value()]) if self.value() in BY_CODE else titles


# The orders of the indexes, forwards and backwards.
BY_INDEX = {
    "completeness__score": "completeness__title_id",
    "-completeness__score": "-completeness__title_id",
    "completeness__urgency": "-completeness__title_id",
    "-completeness__urgency": "completeness__title_id",
}


class ScoredChangeList(LargeChangeList):
    """In order of a column of the scores, it is read from there: by its index, and not of all titles."""

    def get_ordering(self, request, titles):
        ordering = super().get_ordering(request, titles)
        return [ordering[0], BY_INDEX[ordering[0]]] if ordering[0] in BY_INDEX else ordering

    def get_queryset(self, request, **options):
        titles = super().get_queryset(request, **options)
        return titles.filter(completeness__score__gte=0) if titles.query.order_by[0] in BY_INDEX else titles


class ScoredTitles:
    """A title admin with scores. Its list has the columns `complete` and `worth_mending`, its form `lacks`."""

    sorts_well = ("complete", "worth_mending")
    change_list_template = "admin/catalogue/title/change_list.html"

    def get_changelist(self, request, **options):
        return ScoredChangeList

    def get_urls(self):
        view = self.admin_site.admin_view(self.next_worst)
        return [path("worst/", view, name="catalogue_title_worst"), *super().get_urls()]

    @admin.display(description="complete", ordering="completeness__score")
    def complete(self, title):
        kept = getattr(title, "completeness", None)
        return f"{kept.score} of 100" if kept else "-"

    @admin.display(description="what is missing", ordering="completeness__urgency")
    def worth_mending(self, title):
        """What is missing; in the order of the column comes first what is most asked for and lacks most."""
        kept = getattr(title, "completeness", None)
        if not kept or not kept.missing:
            return "Nothing is missing" if kept else "-"
        words = [reason.words for reason in kept.reasons()]
        more = f" and {len(words) - 2} more" if len(words) > 2 else ""
        return ", ".join(words[:2]).capitalize() + more

    @admin.display(description="completeness")
    def lacks(self, title):
        """The score, and each thing that is missing as a link to where it is mended."""
        kept = Completeness.objects.filter(title=title.pk).first() if title.pk else None
        if kept is None:
            return "Known when the title is saved."
        said = format_html("<strong>{} of 100.</strong> ", kept.score)
        links = list(_places(title, kept))
        if not links:
            return format_html("{}Nothing is missing.", said)
        return format_html("{}Missing: {}", said, format_html_join(" · ", '<a href="#{}">{}</a>', links))

    # ---------------------------------------------------------------- the next worst
    def next_worst(self, request):
        """Lead to the worst title among the most asked for, or to the next one after the place in the address."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        place = _place(request.GET.get("after", ""))
        rows = Completeness.objects.after(*place) if place else Completeness.objects.worst_first()
        worst = rows.only("title_id", "urgency").first()
        if worst is None:
            messages.info(request, ALL_MENDED)
            return redirect("admin:catalogue_title_changelist")
        page = reverse("admin:catalogue_title_change", args=[worst.title_id])
        return redirect(f"{page}?{urlencode({PLACE: f'{worst.urgency!r},{worst.title_id}'})}")

    def response_change(self, request, title):
        """After “Save and mend the next”, go on from where this title stood when its page was opened."""
        if "_next_worst" not in request.POST:
            return super().response_change(request, title)
        messages.success(request, f"Saved: {title}.")
        return redirect(f"{reverse('admin:catalogue_title_worst')}?{urlencode({'after': request.GET.get(PLACE, '')})}")

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context["worst_place"] = request.GET.get(PLACE, "")  # who came from there goes on from there
        return super().render_change_form(request, context, add, change, form_url, obj)


def _places(title, kept):
    """(place on the form, words) of what is missing, and of offers that are old today."""
    for reason in kept.reasons():
        yield reason.place, _of_edition(title) if reason.code == "sound" else reason.words
    if kept.offers_checked_on and kept.offers_checked_on < _a_year_ago():
        yield "offers-group", "Offer not checked for a year"


def _of_edition(title):
    """Which edition has no sound tracks: the first."""
    silent = title.releases.filter(audio_tracks=None).order_by("position").first()
    return f"{silent} has no sound tracks" if silent else BY_CODE["sound"].words


def _place(text):
    """(urgency, key) of a place among the worst; None if `text` is none."""
    urgency, _, key = text.partition(",")
    try:
        number = float(urgency)
    except ValueError:
        return None
    return (number, int(key)) if number == number and key.isascii() and key.isdigit() and len(key) < 19 else None


def _a_year_ago():
    return timezone.localdate() - STALE
