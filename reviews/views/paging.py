"""Pages of long lists."""

from django.core.paginator import Paginator

PER_PAGE = 20


def page_of(request, rows, number=None):
    """The page of `rows` that the address asks for: the nearest there is. `number` is how many they are, if known."""
    paginator = Paginator(rows, PER_PAGE)
    if number is not None:
        paginator.count = number
    return paginator.get_page(request.GET.get("page"))
