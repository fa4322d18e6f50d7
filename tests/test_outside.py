"""Other sites: no page asks them for anything, and a link that leads to one says so and tells it nothing."""

import pytest
from django.test import Client

from members.models import Member
from tests.pages import CRANES, get, text
from tests.test_browser import FAMILIES

MORE = {
    "collections": "/collections/",
    "genres": "/genres/",
    "genre": "/genres/drama/",
    "countries": "/countries/",
    "country": "/countries/fr/",
    "awards": "/awards/",
    "award body": "/awards/cannes/",
    "narrowed down": "/titles/?genre=drama&format=dvd",
}
PAGES = FAMILIES | MORE
OF_VISITORS = ("/sign-in/", "/sign-up/", "/reset/", "/reset/sent/")  # which lead members on


def outside_links(page):
    return [link for link in page.iter("a") if link.get("href", "").startswith(("http:", "https:", "//"))]


def test_a_link_to_another_site_says_so_and_tells_it_nothing(demo, client, sign_in):
    member = sign_in(Member.objects.exclude(reviews=None).first())
    found = 0
    for url in PAGES.values():
        for reader in (client, member):
            if reader is member and url in OF_VISITORS:
                continue
            for link in outside_links(get(reader, url, status=404 if url == "/nowhere/" else 200)):
                found += 1
                assert set(link.get("rel").split()) == {"external", "noopener", "noreferrer"}, url
                assert link.get("target") is None
                assert "opens another site" in text(link), url
                assert link.find(".//use").get("href") == "#i-out", url
    assert found >= 6


@pytest.mark.browser
@pytest.mark.parametrize("signed_in", [False, True], ids=["visitor", "member"])
def test_no_page_asks_another_site_for_anything(open_page, site, signed_in):
    member = Member.objects.exclude(reviews=None).first() if signed_in else None
    page = open_page(CRANES, member=member)
    asked = []
    page.context.on("request", lambda request: asked.append(request.url))
    for url in PAGES.values():
        page.goto(url, wait_until="networkidle")
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
        page.wait_for_load_state("networkidle")
    assert len(asked) > 2 * len(PAGES)
    assert [url for url in asked if not url.startswith((f"{site}/", "data:"))] == []


def test_a_page_of_ours_tells_other_sites_nothing_of_itself(demo):
    for url in PAGES.values():
        assert Client().get(url)["Referrer-Policy"] == "same-origin", url
