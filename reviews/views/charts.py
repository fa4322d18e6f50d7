"""The charts: best rated, critics' favourites, critics and members apart, most helpful reviewers."""

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from catalogue import wording
from catalogue.cards import cards_of
from reviews import chart_words
from reviews.models import Chart, ChartPlace
from reviews.thresholds import CHART_FROM, CHART_FROM_VOTES, CHART_PRIOR, CRITICS_TO_SHOW, LIKED_FROM, RATINGS_TO_SHOW

FIRST = 5  # places of each chart that the page of all charts shows
RULES = {
    "ratings": CHART_FROM,
    "prior": CHART_PRIOR,
    "votes": CHART_FROM_VOTES,
    "critics": CRITICS_TO_SHOW,
    "members": RATINGS_TO_SHOW,
    "liked": wording.stars(LIKED_FROM),
}


@require_safe
def charts(request):
    """The first places of every chart."""
    places = {chart: list(ChartPlace.objects.for_page(chart)[:FIRST]) for chart in Chart}
    cards = _cards(place for of_chart in places.values() for place in of_chart)
    shown = [_chart(chart, of_chart, cards) for chart, of_chart in places.items()]
    return render(request, "reviews/charts.html", {"charts": shown, "made": _made(places), "rules": RULES})


@require_safe
def chart(request, chart):
    """All places of one chart, with the figures of each."""
    if chart not in Chart.values:
        raise Http404
    places = list(ChartPlace.objects.for_page(chart))
    others = [{"key": other.value, "name": other.label} for other in Chart if other != chart]
    context = {"chart": _chart(Chart(chart), places, _cards(places)), "others": others, "rules": RULES}
    return render(request, "reviews/chart.html", context | {"made": _made({chart: places})})


def _chart(chart, places, cards):
    rows = [chart_words.row(place, cards.get(place.title_id)) for place in places]
    return {"key": chart.value, "name": chart.label, "rows": rows, "of_members": chart == Chart.REVIEWERS}


def _cards(places):
    return cards_of({place.title_id for place in places if place.title_id})


def _made(places):
    """When the charts were worked out: "14:00 today", "14:00 on 3 March 2026"; "" before the first time."""
    made = next((place.made_at for of_chart in places.values() for place in of_chart), None)
    if made is None:
        return ""
    made = timezone.localtime(made)
    day = "today" if made.date() == timezone.localdate() else f"on {wording.day(made.date())}"
    return f"{made:%H:%M} {day}"
