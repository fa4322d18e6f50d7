"""Cards of a list of titles, a page at a time."""

from django.core.paginator import Paginator

from catalogue.cards import card
from catalogue.models import Title

PER_PAGE = 48


def cards(request, titles):
    """{"page", "cards"} of the page of `titles` that the request asks for."""
    page = Paginator(titles, PER_PAGE).get_page(request.GET.get("page"))
    rows = Title.objects.filter(pk__in=[title.pk for title in page]).for_cards().in_bulk()
    return {"page": page, "cards": [card(rows[title.pk]) for title in page]}
