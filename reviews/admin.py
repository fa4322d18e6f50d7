"""The staff's pages of what readers and critics say. Staff take a member's review down, but do not put words in it."""

from django.contrib import admin
from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from catalogue.admin.kept import KeptAdmin
from catalogue.admin.naming import SlugForm
from config.staff import ReadOnlyAdmin, StaffAdmin
from reviews import admin_moderation, models  # noqa: F401 - the moderators' pages register themselves
from reviews.criticfile.pages import ImportPages

OF_A_TITLE = ("title__name", "title__slug")
GO_WITH_A_REVIEW = (
    models.HelpfulVote,
    models.ReviewStanding,
    models.ModerationStep,
    models.Report,
    models.StaffReply,
)


class OnTitlePage:
    """Rows printed on a title's page."""

    def view_on_site(self, row):
        return row.title.get_absolute_url()


@admin.register(models.Review)
class ReviewAdmin(OnTitlePage, StaffAdmin):
    list_display = ("headline", "title", "author", "contains_spoilers", "written_on", "withheld_by", "moderate")
    list_filter = ("contains_spoilers", "withheld_by__verb")
    list_select_related = ("title", "author", "withheld_by")
    ordering = ("-written_on", "-pk")
    search_fields = ("headline", *OF_A_TITLE, "author__shown_as", "author__email")
    readonly_fields = (
        "title",
        "author",
        "headline",
        "body",
        "written_on",
        "edited_on",
        "verified",
        "withheld_by",
        "moderate",
    )

    def has_add_permission(self, request):
        return False

    @admin.display(description="moderation")
    def moderate(self, review):
        url = reverse("admin:reviews_moderationstep_review", args=[review.pk])
        return format_html('<a href="{}">Decide, or answer</a>', url)

    def get_deleted_objects(self, objs, request):
        """Votes on a review go with it, though nobody may delete a vote by itself."""
        shown, counts, forbidden, protected = super().get_deleted_objects(objs, request)
        gone_with_it = {model._meta.verbose_name for model in GO_WITH_A_REVIEW}
        return shown, counts, forbidden - gone_with_it, protected


@admin.register(models.Rating)
class RatingAdmin(OnTitlePage, ReadOnlyAdmin):
    list_display = ("title", "member", "half_stars", "rated_on")
    list_select_related = ("title", "member")
    ordering = ("-pk",)
    search_fields = (*OF_A_TITLE, "member__email")


@admin.register(models.HelpfulVote)
class HelpfulVoteAdmin(ReadOnlyAdmin):
    list_display = ("review", "voter", "helpful")
    list_select_related = ("review", "voter")
    ordering = ("-pk",)
    search_fields = ("review__headline", "voter__email")


@admin.register(models.Publication, models.OutsideSource)
class SourceAdmin(KeptAdmin):
    form = SlugForm
    list_display = ("name", "url")
    ordering = ("name", "pk")
    search_fields = ("name",)
    fields = ("name", "slug", "url")


@admin.register(models.Critic)
class CriticAdmin(KeptAdmin):
    form = SlugForm
    list_display = ("name", "is_top", "number")
    list_filter = ("is_top",)
    ordering = ("name", "pk")
    search_fields = ("name",)
    fields = ("name", "slug", "is_top")

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(number=Count("reviews"))

    @admin.display(description="Reviews", ordering="number")
    def number(self, critic):
        return critic.number


@admin.register(models.CriticReview)
class CriticReviewAdmin(ImportPages, OnTitlePage, KeptAdmin):
    list_display = ("critic", "publication", "title", "fresh", "score", "added_on")
    list_filter = ("fresh", "critic__is_top")
    list_select_related = ("critic", "publication", "title")
    ordering = ("-added_on", "-pk")
    search_fields = ("critic__name", "publication__name", *OF_A_TITLE)
    autocomplete_fields = ("title", "critic", "publication")

    def get_changeform_initial_data(self, request):
        return {"added_on": timezone.localdate(), **super().get_changeform_initial_data(request)}


@admin.register(models.OutsideScore)
class OutsideScoreAdmin(OnTitlePage, KeptAdmin):
    list_display = ("title", "source", "liked_percent", "ratings", "as_of")
    list_select_related = ("title", "source")
    ordering = ("-as_of", "-pk")
    search_fields = OF_A_TITLE
    autocomplete_fields = ("title", "source")


@admin.register(models.OutsideReview)
class OutsideReviewAdmin(OnTitlePage, KeptAdmin):
    list_display = ("title", "source", "author", "written_on")
    list_select_related = ("title", "source")
    ordering = ("-written_on", "-pk")
    search_fields = ("author", *OF_A_TITLE)
    autocomplete_fields = ("title", "source")
