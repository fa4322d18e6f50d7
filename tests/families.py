"""Pages of reviews whose addresses come out of rows: {name: its address for a member who rated films}.

What a page needs and the demo has not is written first.
"""

from django.urls import reverse
from django.utils import timezone

from catalogue.models import Title
from members import links
from reviews.charts import rebuild_charts
from reviews.models import ChartPlace, Critic, Publication, Rating, ReaderChoices, Report, Review
from tests.pages import CRANES


def _charts(reader):
    if not ChartPlace.objects.exists():
        rebuild_charts(now=timezone.now())
    return reverse("reviews:charts")


def _chart(name):
    return lambda reader: f"{_charts(reader)}{name}/"


def _reviews(reader):
    """Those of others that pages show."""
    return Review.objects.shown().exclude(author=reader).order_by("pk")


def _of_review(name, which=0):
    return lambda reader: reverse(f"reviews:{name}", args=[_reviews(reader)[which].pk])


def _reported(reader):
    said = {"reason": "other", "note": "It is told twice.", "reported_at": timezone.now()}
    Report.objects.get_or_create(review=_reviews(reader)[1], reporter=reader, defaults=said)
    return _of_review("report", 1)(reader)


def _reviewer(reader):
    return reverse("reviews:reviewer", args=[_reviews(reader)[0].author.handle])


def _taste(reader):
    """Of somebody who rated a film that `reader` rated; both let it be compared."""
    other = Rating.objects.filter(title__ratings__member=reader).exclude(member=reader).order_by("pk").first().member
    for member in (reader, other):
        ReaderChoices.objects.update_or_create(member=member, defaults={"shares_taste": True})
    return reverse("reviews:taste", args=[other.handle])


def _most_quoted(model):
    name = model._meta.model_name
    return lambda reader: reverse(f"reviews:{name}", args=[model.objects.filter(reviews__title__slug=SLUG)[0].slug])


def _by_link(name):
    def address(reader):
        token = links.token(links.RATING, reader.pk, Title.objects.get(slug=SLUG).pk)
        return reverse(f"reviews:{name}", args=[token])

    return address


SLUG = CRANES.split("/")[2]
OF_REVIEWS = {
    "charts": _charts,
    "chart of films": _chart("best"),
    "chart of films of critics": _chart("critics"),
    "chart of films apart": _chart("apart"),
    "chart of reviewers": _chart("reviewers"),
    "critic": _most_quoted(Critic),
    "publication": _most_quoted(Publication),
    "review": _of_review("review"),
    "vote": _of_review("vote"),
    "report": _of_review("report"),
    "reported": _reported,
    "reviewer": _reviewer,
    "taste": _taste,
    "rate by a link": _by_link("rate_by_link"),
    "rated by a link": _by_link("rated_by_link"),
}
