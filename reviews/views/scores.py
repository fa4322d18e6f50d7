"""The scores of a title with their working."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from catalogue.cards import card
from catalogue.models import Title
from reviews import working
from reviews.models import Rating
from reviews.thresholds import CERTIFIED_FROM, CERTIFIED_REVIEWS, CERTIFIED_TOP_CRITICS


@require_safe
def scores(request, slug):
    title = get_object_or_404(Title.objects.for_cards(), slug=slug)
    summary = title.score_summary
    context = {
        "title": title,
        "card": card(title),
        "scores": summary.words(),
        "columns": working.side_by_side(summary),
        "histogram": working.histogram(summary),
        "history": working.history(Rating.objects.by_month(title)),
        "critics": working.critics(summary),
        "elsewhere": [
            score.words() for score in title.outside_scores.select_related("source").order_by("source__name")
        ],
        "certified": {"percent": CERTIFIED_FROM, "reviews": CERTIFIED_REVIEWS, "top": CERTIFIED_TOP_CRITICS},
    }
    return render(request, "reviews/scores.html", context)
