"""Pages of what members say of a title."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from catalogue.cards import card
from catalogue.models import Title
from catalogue.title_page import REVIEWS_SHOWN
from reviews.taste import put_beside
from reviews.views.paging import page_of

ORDERS = {"helpful": "Most helpful", "newest": "Newest", "highest": "Highest rating", "lowest": "Lowest rating"}


@require_safe
def reviews(request, slug):
    title = get_object_or_404(Title.objects.for_page(), slug=slug)
    asked = request.GET.get("sort")
    order = asked if asked in ORDERS else "helpful"
    page = page_of(request, title.reviews.for_page(request.user.pk, order))
    context = {"title": title, "card": card(title), "page": page, "orders": ORDERS, "order": order}
    context |= {"on_the_title_page": title.score_summary.reviews <= REVIEWS_SHOWN}
    return render(
        request, "reviews/reviews.html", context | {"reviews": put_beside(request.user, [row.words() for row in page])}
    )
