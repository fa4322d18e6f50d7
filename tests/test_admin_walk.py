"""Somebody clicks through the whole admin: every kind of page answers, breaks no policy and has no faults.

What is new is walked without a line here: links are followed, and of pages of one kind the first is looked at.
"""

from urllib.parse import parse_qsl, urlsplit

import pytest
from django.urls import resolve

from tests.factories import make_staff
from tests.test_browser import SIDEWAYS, faults

pytestmark = pytest.mark.browser
WATCH = """addEventListener("securitypolicyviolation", broken =>
    console.error(`CSP ${broken.violatedDirective} ${broken.blockedURI} ${broken.sample}`))"""
LINKS = "() => [...document.querySelectorAll('main a[href], nav a[href]')].map(link => link.href)"
LEADS_OUT = {"logout", "view_on_site", "password_change"}
LEAST = 100  # kinds of pages: a walk that finds less has lost its way
DJANGOS = (  # what is Django's own, and the same in every admin
    "landmark-unique",  # its two navigations
    "heading-order",  # the filters' headings
    "region",
    "empty-table-header",  # of an inline's first column
    "aria-prohibited-attr",  # of the box that filters rights
)


@pytest.fixture
def superuser(site):
    return make_staff(is_superuser=True, shown_as="Ada")


@pytest.fixture
def open_admin(site, superuser, open_page):
    def open_(width, **options):
        page = open_page("/", width, member=superuser, reduced_motion="reduce", **options)
        page.add_init_script(WATCH)
        return page

    return open_


def kind(address):
    """Pages of one kind: the same view, asked for in the same way."""
    parts = urlsplit(address)
    asked = [name.split("__")[0] for name, _ in parse_qsl(parts.query) if name != "_changelist_filters"]
    return resolve(parts.path).view_name, *asked


def ours(address, site):
    """Whether it is a page of the admin, asked for in one way at most: files to download are none."""
    parts = urlsplit(address)
    if not address.startswith(f"{site}/admin/") or parts.path.endswith((".csv", ".xlsx")) or "&" in parts.query:
        return False
    return kind(address)[0].split(":")[-1] not in LEADS_OUT


def walk(page, site, look, alike=kind):
    """Visit one page of each kind, or of those `alike`, and `look` at it. {kind: address} of those visited."""
    seen, waiting = {alike(f"{site}/admin/"): f"{site}/admin/"}, [f"{site}/admin/"]
    while waiting:
        address = waiting.pop(0)
        if page.goto(address).headers["content-type"].startswith("text/html"):
            look(page, address)
            for link in (link.partition("#")[0] for link in page.evaluate(LINKS)):
                if ours(link, site) and alike(link) not in seen:
                    seen[alike(link)] = link
                    waiting.append(link)
    return seen


def test_no_page_of_the_admin_breaks_the_policy_or_is_wider_than_a_phone(open_admin, site):
    page, wide = open_admin(390), []

    def look(page, address):
        if page.evaluate(SIDEWAYS) > 0:
            wide.append(address)

    seen = walk(page, site, look, lambda address: kind(address)[:1])
    assert wide == []
    assert len(seen) > LEAST


@pytest.mark.long
@pytest.mark.parametrize(("width", "colours"), [(1440, "light"), (390, "dark")])
def test_every_kind_of_page_of_the_admin_has_no_faults(open_admin, site, width, colours):
    page = open_admin(width, color_scheme=colours)
    looked_at = open_admin(width, color_scheme=colours, bypass_csp=True)  # axe itself breaks the policy
    found = []

    def look(page, address):
        if page.evaluate(SIDEWAYS) > 0:
            found.append(f"{address}: wider than the screen")
        looked_at.goto(address)
        found.extend(f"{address}: {fault}" for fault in faults(looked_at, but=DJANGOS))

    seen = walk(page, site, look)
    assert found == []
    assert len(seen) > LEAST
