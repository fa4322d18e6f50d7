"""Every icon that a page draws is among those that the page carries."""

from django.contrib.auth import get_user_model
from django.db.models import Count

from tests.test_forms import pages


def missing(client, start):
    """(address, icon) of icons that a page draws and does not carry."""
    for url, page in pages(client, start):
        there = {symbol.get("id") for symbol in page.iter("symbol")}
        for drawn in page.iter("use"):
            if drawn.get("href", "").removeprefix("#") not in there:
                yield url, drawn.get("href")


def test_every_icon_is_there(demo, client, sign_in):
    renters = get_user_model().objects.annotate(n=Count("queue")).filter(n__gte=5, rentals__checked_in_at=None)
    assert list(missing(client, ["/"])) == []
    assert list(missing(sign_in(renters.first()), ["/", "/queue/", "/account/"])) == []
