"""The desk's pages as hands and screen readers meet them: no faults, nothing sideways, all within a thumb's reach."""

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone
from playwright.sync_api import expect

from rentals import rounds
from rentals.models import Copy, Finding, Rental
from tests.factories import make_staff
from tests.test_browser import SIDEWAYS, SMALL, faults
from tests.test_desk_browser import out, says, scanned

pytestmark = pytest.mark.browser
WAYS = [(1440, "light"), (390, "dark"), (320, "light")]
PAGES = {
    "today": "/desk/",
    "into the post": "/desk/?station=post",
    "buying": "/desk/buying/",
    "orders": "/desk/orders/",
    "the post": "/desk/the-post/",
    "stock": "/desk/stock/",
    "stock of a film": "/desk/stock/?q=samurai",
    "no such stock": "/desk/stock/?q=zzzz",
    "which disc": "/desk/stock/receive/?q=samurai",
    "a file": "/desk/stock/receive/file/",
    "stock-take": "/desk/stock/take/",
    "a card": "/account/card/",
}


@pytest.fixture
def manager(site):
    member = make_staff(shown_as="Imran")
    member.groups.add(Group.objects.get(name="manager"))
    return member


@pytest.fixture(params=WAYS, ids=lambda way: f"{way[0]} {way[1]}")
def open_desk(request, open_page, manager):
    """open_desk(address) is a page of the desk, in one of the ways that it is seen."""
    width, colours = request.param
    options = {"color_scheme": colours, "reduced_motion": "reduce", "has_touch": width < 500}
    return lambda address: open_page(address, width, member=manager, **options)


def is_sound(page):
    assert faults(page) == [] and page.evaluate(SIDEWAYS) <= 0
    assert page.evaluate(SMALL, 44 if page.viewport_size["width"] < 500 else 24) == []


@pytest.mark.parametrize("address", PAGES.values(), ids=PAGES)
def test_a_page_has_no_faults(open_desk, address):
    is_sound(open_desk(address))


def test_a_full_day_has_no_faults(open_desk):
    """A mistake that nobody has seen yet, a snag, and a pick list."""
    page = open_desk("/desk/")
    scanned(page, [*out(3), "E", "K12345678"])
    says(page, "Not one of our barcodes")
    page.get_by_role("button", name="Start a round now").click()
    expect(page.get_by_role("region", name="Picking list")).to_be_visible()
    assert Finding.objects.open().exists() and Rental.objects.to_post().exists()
    scanned(page, ["K12345678"])
    expect(page.get_by_role("list", name="Scans to look at")).to_be_visible()
    is_sound(page)


def test_labels_have_no_faults(open_desk):
    rounds.make_round(timezone.now(), now=timezone.now())
    page = open_desk("/desk/labels/")
    expect(page.get_by_role("img", name="Barcode").first).to_be_visible()
    is_sound(page)


def test_a_passport_with_all_its_verbs_has_no_faults(open_desk):
    page = open_desk(f"/desk/stock/{Copy.objects.on_shelf().first().barcode}/")
    for verb in page.locator("summary").all():
        verb.click()
    is_sound(page)


def test_a_delivery_that_cannot_come_in_has_no_faults(open_desk):
    page = open_desk("/desk/stock/receive/?q=samurai")
    page.get_by_role("region", name="Which of these?").get_by_role("link").first.click()
    page.get_by_label("Or the barcodes on them").fill("K12345678")
    page.get_by_role("button", name="Receive them").click()
    expect(page.get_by_role("alert")).to_contain_text("Nothing was saved yet.")
    is_sound(page)


def test_a_file_that_comes_in_in_part_has_no_faults(open_desk, tmp_path):
    file = tmp_path / "delivery.csv"
    file.write_text("film,edition,shelf\n/titles/seven-samurai-1954/,blu-ray,B-01\n/titles/nope-1900/,dvd,B-02\n")
    page = open_desk("/desk/stock/receive/file/")
    page.get_by_label("The CSV file").set_input_files(file)
    page.get_by_role("button", name="Look at it").click()
    expect(page.get_by_role("main")).to_contain_text("Not to come in")
    is_sound(page)


def test_a_stock_take_has_no_faults(open_desk):
    """What is missing, what belongs elsewhere, what is out, what cannot be read."""
    here, there = Copy.objects.on_shelf().exclude(shelf="").order_by("shelf")[:2]
    page = open_desk("/desk/stock/take/")
    page.get_by_label("Shelf place").fill(here.shelf)
    page.get_by_label("Barcodes that lie there").fill("\n".join([there.barcode, out(1)[0], "K1234"]))
    page.get_by_role("button", name="Compare").click()
    for part in ("Should be here, is not", "Belongs elsewhere", "Is out, the records say", "Not to be read"):
        expect(page.get_by_role("heading", name=part)).to_be_visible()
    is_sound(page)


def test_a_stock_take_can_be_of_all_places_that_begin_so(open_desk):
    words = open_desk("/desk/stock/take/").get_by_text("All places whose names begin so")
    expect(words).to_have_css("color", words.evaluate("e => getComputedStyle(document.body).color"))
