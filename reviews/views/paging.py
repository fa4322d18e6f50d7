"""Pages of long lists."""

from django.core.paginator import Paginator

PER_PAGE = 20


def page_of(request, rows, count=None):
    """The page of `rows` that the address asks for: the nearest there is. `count` is their number, if known."""
    paginator = Paginator(rows, PER_PAGE)
    if count is not None:
        paginator.count = count
    return paginator.get_page(request.GET.get("page"))
