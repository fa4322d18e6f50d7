"""Pages of reviews for the sitemaps: those that show more than the title's own page does, and who wrote several."""

from django.db.models import Exists, OuterRef

from catalogue.sitemaps import Section
from catalogue.title_page import CRITICS_SHOWN, REVIEWS_SHOWN
from reviews.models import Critic, CriticReview, Publication, ScoreSummary

SLUG = ("title__slug",)
FEWEST = 2  # reviews of a critic or a publication that make a page worth finding
OF_MEMBERS = Section(
    "reviews:of_title", lambda: ScoreSummary.objects.filter(reviews__gt=REVIEWS_SHOWN), SLUG, key="title_id"
)
OF_CRITICS = Section(
    "reviews:critics_of_title",
    lambda: ScoreSummary.objects.filter(critic_reviews__gt=CRITICS_SHOWN),
    SLUG,
    key="title_id",
)


def _who_wrote_several(model, field):
    second = CriticReview.objects.filter(**{field: OuterRef("pk")}).order_by("pk")[FEWEST - 1 : FEWEST]
    return model.objects.filter(Exists(second))


CRITICS = Section("reviews:critic", lambda: _who_wrote_several(Critic, "critic"))
PUBLICATIONS = Section("reviews:publication", lambda: _who_wrote_several(Publication, "publication"))
