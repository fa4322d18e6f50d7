"""Lists of titles a page at a time, and what every page says of its own address."""

from django.core.paginator import Paginator

from catalogue.cards import card
from catalogue.models import Title

PER_PAGE = 48


def context(request, page, data=None):
    """`page` with its JSON-LD, which `data(page, url, origin)` makes."""
    origin = f"{request.scheme}://{request.get_host()}"
    number = getattr(page.get("page"), "number", 1)
    url = origin + request.path + (f"?page={number}" if number > 1 else "")
    return page | {"structured_data": data(page, url, origin) if data else ""}


def cards(request, titles, count=None):
    """{"page", "cards"} of the page of `titles` that the request asks for; `count` is their number, if known."""
    paginator = Paginator(titles, PER_PAGE)
    if count is not None:
        paginator.count = count
    page = paginator.get_page(request.GET.get("page"))
    rows = Title.objects.filter(pk__in=[title.pk for title in page]).for_cards().in_bulk()
    return {"page": page, "cards": [card(rows[title.pk]) for title in page]}
