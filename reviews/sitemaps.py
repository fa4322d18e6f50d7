"""Pages of ours for the sitemaps: the charts, and reviews where there are more than the title's own page shows."""

from catalogue.cards import address
from catalogue.sitemaps import Few, Section
from catalogue.title_page import CRITICS_SHOWN, REVIEWS_SHOWN
from reviews.models import Chart, ScoreSummary

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
CHARTS = Few(lambda: [address("reviews:chart", chart) for chart in Chart.values])
