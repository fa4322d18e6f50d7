"""Pages of long lists."""

from django.core.paginator import Paginator

PER_PAGE = 20


def page_of(request, rows):
    """The page of `rows` that the address asks for: the nearest there is."""
    return Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
