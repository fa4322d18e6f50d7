"""Pages of what members and critics say of a title."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from catalogue.cards import card
from catalogue.models import Title

PER_PAGE = 20
ORDERS = {"helpful": "Most helpful", "newest": "Newest", "highest": "Highest rating", "lowest": "Lowest rating"}


@require_safe
def reviews(request, slug):
    title = get_object_or_404(Title.objects.for_page(), slug=slug)
    asked = request.GET.get("sort")
    order = asked if asked in ORDERS else "helpful"
    viewer = request.user if request.user.is_authenticated else None
    page = _page(request, title.reviews.for_page(viewer, order))
    context = {"title": title, "card": card(title), "page": page, "orders": ORDERS, "order": order}
    return render(request, "reviews/reviews.html", context | {"reviews": [row.words() for row in page]})


@require_safe
def critics(request, slug):
    title = get_object_or_404(Title.objects.for_page(), slug=slug)
    page = _page(request, title.critic_reviews.for_page())
    context = {"title": title, "card": card(title), "page": page, "scores": title.score_summary.words()}
    return render(request, "reviews/critics.html", context | {"critics": [row.words() for row in page]})


def _page(request, rows):
    return Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
