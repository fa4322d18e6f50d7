"""Pages of what critics say."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from catalogue.cards import card
from catalogue.models import Title
from catalogue.title_page import CRITICS_SHOWN
from reviews.views.paging import page_of


@require_safe
def critics(request, slug):
    title = get_object_or_404(Title.objects.for_page(), slug=slug)
    page = page_of(request, title.critic_reviews.for_page())
    context = {"title": title, "card": card(title), "page": page, "scores": title.score_summary.words()}
    context |= {"on_the_title_page": title.score_summary.critic_reviews <= CRITICS_SHOWN}
    return render(request, "reviews/critics.html", context | {"critics": [row.words() for row in page]})
