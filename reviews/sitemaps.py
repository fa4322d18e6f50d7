"""Pages of ours for the sitemaps: charts, who wrote several, and reviews that the title's own page has no room for."""

from django.db.models import Exists, OuterRef

from catalogue import sitemaps
from catalogue.cards import address
from catalogue.models.announced import announced
from catalogue.sitemaps import Few, Section
from catalogue.title_page import CRITICS_SHOWN, REVIEWS_SHOWN
from reviews.models import Chart, Critic, CriticReview, Publication, ScoreSummary

SLUG = ("title__slug",)
FEWEST = 2  # reviews of a critic or a publication that make a page worth finding
OF_MEMBERS = Section(
    "reviews:of_title",
    lambda: ScoreSummary.objects.filter(announced("title"), reviews__gt=REVIEWS_SHOWN),
    SLUG,
    key="title_id",
)
OF_CRITICS = Section(
    "reviews:critics_of_title",
    lambda: ScoreSummary.objects.filter(announced("title"), critic_reviews__gt=CRITICS_SHOWN),
    SLUG,
    key="title_id",
)
CHARTS = Few(lambda: [address("reviews:chart", chart) for chart in Chart.values])


def _who_wrote_several(model, field):
    second = CriticReview.objects.filter(announced("title"), **{field: OuterRef("pk")}).order_by("pk")[
        FEWEST - 1 : FEWEST
    ]
    return model.objects.filter(Exists(second))


CRITICS = Section("reviews:critic", lambda: _who_wrote_several(Critic, "critic"))
PUBLICATIONS = Section("reviews:publication", lambda: _who_wrote_several(Publication, "publication"))


def declare():
    sitemaps.register("reviews", OF_MEMBERS)
    sitemaps.register("critics", OF_CRITICS)
    sitemaps.register("charts", CHARTS)
    sitemaps.register("critic", CRITICS)
    sitemaps.register("publications", PUBLICATIONS)
    sitemaps.register_pages("reviews:charts", "reviews:critics", "reviews:policy")
