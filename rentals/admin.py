"""The staff's pages of plans, copies, rentals and queues. What members did is to look at, not to change."""

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect

from catalogue.admin.naming import SlugForm
from catalogue.models import Disc, Medium, Release
from config.staff import ReadOnlyAdmin, RulesForm, StaffAdmin
from rentals import membership_admin  # noqa: F401 - its pages are registered with it
from rentals.models import Copy, Plan, QueueEntry, Rental

OF_A_DISC = ("disc__release__title__folded", "disc__release__title__slug")


class PlanForm(SlugForm):
    media = forms.MultipleChoiceField(choices=Medium, widget=forms.CheckboxSelectMultiple)


@admin.register(Plan)
class PlanAdmin(StaffAdmin):
    form = PlanForm
    list_display = (
        "name",
        "places_at_home",
        "discs_a_month",
        "media_names",
        "price_pence",
        "trial_days",
        "withdrawn_on",
    )
    list_filter = (("withdrawn_on", admin.EmptyFieldListFilter),)
    ordering = ("position",)
    fields = (
        "name",
        "slug",
        "note",
        "places_at_home",
        "discs_a_month",
        "media",
        "price_pence",
        "trial_days",
        "position",
        "withdrawn_on",
    )


class NewCopyForm(RulesForm):
    """A copy is of a disc, which staff name by its release and its number."""

    release = forms.ModelChoiceField(
        Release.objects.select_related("title"),
        widget=AutocompleteSelect(Disc._meta.get_field("release"), admin.site),
    )
    disc_number = forms.IntegerField(min_value=1, max_value=200, initial=1)

    def clean(self):
        cleaned = super().clean()
        release, number = cleaned.get("release"), cleaned.get("disc_number")
        if release and number:
            disc = release.discs.filter(number=number).first()
            if disc is None:
                self.add_error("disc_number", f"This release has no disc {number}.")
            self.instance.disc = disc
        return cleaned


@admin.register(Copy)
class CopyAdmin(StaffAdmin):
    list_display = ("barcode", "title", "release", "disc", "shelf", "acquired_on", "withdrawn_at", "missing_at")
    list_select_related = ("disc__release__title",)
    list_filter = [
        (field, admin.EmptyFieldListFilter) for field in ("withdrawn_at", "missing_at", "in_inspection_since")
    ]
    ordering = ("-pk",)
    search_fields = ("=barcode", *OF_A_DISC)
    state = ("barcode", "shelf", "acquired_on", "withdrawn_at", "missing_at", "in_inspection_since")

    def get_form(self, request, obj=None, **kwargs):
        return super().get_form(request, obj, **({} if obj else {"form": NewCopyForm}) | kwargs)

    def get_fields(self, request, obj=None):
        return (("title", "release", "disc") if obj else ("release", "disc_number")) + self.state

    def get_readonly_fields(self, request, obj=None):
        return ("title", "release", "disc") if obj else ()

    @admin.display(ordering="disc__release__title__sort_key")
    def title(self, copy):
        return copy.disc.release.title

    def release(self, copy):
        return copy.disc.release


@admin.register(Rental)
class RentalAdmin(ReadOnlyAdmin):
    list_display = ("copy", "title", "member", "place", "allocated_at", "posted_at", "checked_in_at", "cancelled_at")
    list_select_related = ("copy__disc__release__title", "member")
    list_filter = (("checked_in_at", admin.EmptyFieldListFilter),)
    date_hierarchy = "allocated_at"
    ordering = ("-allocated_at", "-pk")
    search_fields = ("=copy__barcode", "member__email")

    def title(self, rental):
        return rental.copy.disc.release.title


@admin.register(QueueEntry)
class QueueEntryAdmin(ReadOnlyAdmin):
    list_display = ("member", "title", "medium", "disc", "asked_at", "paused_at", "removed_at", "sent_at")
    list_select_related = ("member", "title", "disc")
    ordering = ("member", "rank")
    search_fields = ("member__email", "title__folded")
