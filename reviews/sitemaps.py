"""Pages of reviews for the sitemaps: those that show more than the title's own page does."""

from catalogue.sitemaps import Section
from catalogue.title_page import CRITICS_SHOWN, REVIEWS_SHOWN
from reviews.models import ScoreSummary

SLUG = ("title__slug",)
OF_MEMBERS = Section(
    "reviews:of_title", lambda: ScoreSummary.objects.filter(reviews__gt=REVIEWS_SHOWN), SLUG, key="title_id"
)
OF_CRITICS = Section(
    "reviews:critics_of_title",
    lambda: ScoreSummary.objects.filter(critic_reviews__gt=CRITICS_SHOWN),
    SLUG,
    key="title_id",
)
