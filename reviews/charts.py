"""The charts: who or what stands in them, by which rule, and the figures that the page prints (docs/scores.md).

Worked out every hour from the sums that the database keeps, and never by hand.
"""

from django.db import connection, transaction
from django.db.models import BigIntegerField, Count, F, FloatField, Func, Sum
from django.db.models.functions import Abs, Cast

from catalogue.models.announced import announced
from reviews.models import Chart, ChartPlace, ReviewStanding, ScoreSummary
from reviews.queries import wilson
from reviews.thresholds import (
    CHART_FROM,
    CHART_FROM_VOTES,
    CHART_PRIOR,
    CRITICS_TO_SHOW,
    LIKED_FROM,
    RATINGS_TO_SHOW,
)

PLACES = 100  # in each chart
ONE_AT_A_TIME = "LOCK TABLE reviews_chartplace IN SHARE UPDATE EXCLUSIVE MODE"
# Rows before places, in order. Who is deleted meanwhile is waited for and left out; closing an account changes its key
# (the handle), so it waits for us and then finds the new place.
HOLD = {
    "title_id": "SELECT id FROM catalogue_title WHERE id = ANY (%s) ORDER BY id FOR KEY SHARE",
    "member_id": "SELECT id FROM members_member WHERE id = ANY (%s) ORDER BY id FOR KEY SHARE",
}


@transaction.atomic
def rebuild_charts(*, now):
    """Make all places anew; readers see the old ones until all is done.

    One rebuild at a time, by a table lock that keeps out nobody else. Holds the titles and members that get a place,
    by key, until commit.
    """
    with connection.cursor() as cursor:
        cursor.execute(ONE_AT_A_TIME)
        places = [place for chart, rows in CHARTS.items() for place in _places(chart, rows(), now)]
        titles, members = (_held(cursor, hold, places, key) for key, hold in HOLD.items())
    ChartPlace.objects.all().delete()
    ChartPlace.objects.bulk_create(place for place in places if place.title_id in titles or place.member_id in members)


def _places(chart, rows, now):
    for position, (who, figures) in enumerate(rows, 1):
        yield ChartPlace(chart=chart, position=position, made_at=now, figures=figures, **who)


def _held(cursor, hold, places, key):
    """The keys of those with a place who are still there, held until commit."""
    cursor.execute(hold, [[getattr(place, key) for place in places if getattr(place, key)]])
    return {pk for (pk,) in cursor}


# ------------------------------------------------------------------ sums in SQL
class _Counted(Func):
    """All counts of a histogram together."""

    template = "(SELECT sum(number) FROM unnest(%(expressions)s) AS counted (number))"
    output_field = BigIntegerField()


class _Stars(_Counted):
    """All half stars of a histogram together."""

    template = (
        "(SELECT sum(number * place)::bigint FROM unnest(%(expressions)s) WITH ORDINALITY AS counted (number, place))"
    )


class _Liked(_Counted):
    template = f"(SELECT sum(number) FROM unnest((%(expressions)s)[{LIKED_FROM}:]) AS counted (number))"


def _percent(part, whole):
    """A share as `tally.percent` prints it: Postgres divides whole numbers to whole numbers."""
    return (F(part) * 200 + F(whole)) / (F(whole) * 2)


def _summed():
    return ScoreSummary.objects.annotate(
        given=_Counted("histogram"), stars=_Stars("histogram"), liked=_Liked("histogram")
    )


# ------------------------------------------------------------------ the charts: ({whose place}, {figures}), best first
def best():
    """By the weighted mean: CHART_PRIOR ratings of the mean of all are added to each title's own."""
    sums = _summed().aggregate(every_rating=Sum("given"), every_star=Sum("stars"))
    every = {"ratings": int(sums["every_rating"] or 0), "stars": int(sums["every_star"] or 0)}
    prior = CHART_PRIOR * every["stars"] / (every["ratings"] or 1)
    weighted = (Cast("stars", FloatField()) + prior) / (F("given") + CHART_PRIOR)
    rows = _summed().filter(given__gte=CHART_FROM).annotate(weighted=weighted)
    rows = rows.order_by("-weighted", "-given", "title").values_list("title", "given", "stars")
    for title, given, stars in rows[:PLACES]:
        yield {"title_id": title}, {"ratings": given, "stars": stars, "prior": CHART_PRIOR, "every": every}


def critics():
    """By the lower bound of the share of critics' reviews that are for it."""
    rows = ScoreSummary.objects.filter(announced("title"), critic_reviews__gte=CRITICS_TO_SHOW)
    rows = rows.annotate(bound=wilson("fresh_reviews", "critic_reviews"))
    rows = rows.order_by("-bound", "-critic_reviews", "title")
    for title, fresh, reviews in rows.values_list("title", "fresh_reviews", "critic_reviews")[:PLACES]:
        yield {"title_id": title}, {"part": fresh, "whole": reviews}


def apart():
    """By how many points the share of critics who are for it and that of members who liked it differ, as printed."""
    rows = _summed().filter(given__gte=RATINGS_TO_SHOW, critic_reviews__gte=CRITICS_TO_SHOW)
    points = Abs(_percent("fresh_reviews", "critic_reviews") - _percent("liked", "given"))
    rows = rows.annotate(points=points).filter(points__gt=0)
    rows = rows.order_by("-points", "-given", "-critic_reviews", "title")
    names = ("title", "fresh_reviews", "critic_reviews", "liked", "given")
    for title, fresh, reviews, liked, given in rows.values_list(*names)[:PLACES]:
        yield {"title_id": title}, {"fresh": fresh, "reviews": reviews, "liked": liked, "ratings": given}


def reviewers():
    """By the lower bound of the share of helpful votes, of all votes on a member's reviews that are shown."""
    rows = ReviewStanding.objects.filter(shown=True, all_votes__gt=0).exclude(author__reader_choices__has_page=False)
    rows = rows.values("author").annotate(helpful=Sum("helpful_votes"), votes=Sum("all_votes"), voted=Count("review"))
    rows = rows.filter(votes__gte=CHART_FROM_VOTES).annotate(bound=wilson("helpful", "votes"))
    rows = rows.order_by("-bound", "-votes", "author").values_list("author", "helpful", "votes", "voted")
    for author, helpful, votes, voted in rows[:PLACES]:
        yield {"member_id": author}, {"part": helpful, "whole": votes, "reviews": voted}


CHARTS = {Chart.BEST: best, Chart.CRITICS: critics, Chart.APART: apart, Chart.REVIEWERS: reviewers}
