"""Lists and imports in a browser: with a mouse, with the keys alone, without scripts, at a phone's width."""

import json
from importlib.resources import files

import pytest
from playwright.sync_api import expect

from catalogue.models import Title
from rentals import lists
from tests.factories import NOON, make_list, make_member
from tests.hands import WAYS
from tests.pages import CRANES

pytestmark = pytest.mark.browser
AXE = files("axe_playwright_python").joinpath("axe.min.js")
WATCHLIST = "Date,Name,Year,Letterboxd URI\n2024-01-02,Ran,1985,x\n2024-01-02,Nosferatu,,x\n2024-01-02,Nobody,1999,x\n"


@pytest.fixture(params=WAYS.values(), ids=WAYS)
def hands(request):
    return request.param


def faults(page):
    """What axe has to say of the page as it stands."""
    page.add_script_tag(content=AXE.read_text())
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    return json.dumps([[each["id"], [node["html"][:120] for node in each["nodes"][:3]]] for each in found], indent=1)


def is_too_wide(page):
    return page.evaluate("document.documentElement.scrollWidth > innerWidth")


def test_a_film_is_saved_to_a_list_and_to_a_new_one(open_page, hands):
    member = make_member()
    make_list(member=member, name="For Mum")
    hand = hands(page := open_page(CRANES, member=member, reduced_motion="reduce", **hands.context))
    hand.open(page.locator("summary", has_text="Save to a list"))
    hand.tick(page.get_by_label("For Mum"))
    hand.write(page.get_by_label("New list"), "Seen from trains")
    hand.press(page.get_by_role("button", name="Save", exact=True))
    expect(page.locator(".messages")).to_contain_text("is on For Mum and Seen from trains.")
    hand.follow(page.locator("summary", has_text="On 2 lists"))
    expect(page.get_by_label("For Mum")).to_be_checked()


def test_a_watchlist_is_looked_at_and_put_into_the_queue(open_page, hands):
    member = make_member()
    hand = hands(
        page := open_page("/queue/import/", member=member, width=390, reduced_motion="reduce", **hands.context)
    )
    file = {"name": "watchlist.csv", "mimeType": "text/csv", "buffer": WATCHLIST.encode()}
    page.get_by_label("The file").set_input_files(file)
    hand.press(page.get_by_role("button", name="Look at it"))
    expect(page.get_by_role("heading", name="Not in our catalogue 1")).to_be_visible()
    assert not member.queue.exists()
    hand.press(page.get_by_role("button", name="Add to my queue"))
    expect(page.locator(".messages")).to_contain_text("added to your queue.")
    assert "Ran" in member.queue.in_order().values_list("title__name", flat=True)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
def test_pages_of_lists_and_imports_are_accessible_and_fit(open_page, scheme, width):
    member = make_member()
    mine = lists.make(member, name="A list with a rather long name, as members write them", now=NOON, public=True)
    lists.add_all(mine, Title.objects.values_list("pk", flat=True)[:5], now=NOON)
    page = open_page(
        "/lists/", member=member, width=width, color_scheme=scheme, bypass_csp=True, reduced_motion="reduce"
    )
    for address in ("/lists/", mine.get_absolute_url(), "/lists/new/", "/queue/import/"):
        page.goto(address)
        assert faults(page) == "[]"
        assert not is_too_wide(page)
    page.get_by_label("The file").set_input_files(
        {"name": "watchlist.csv", "mimeType": "text/csv", "buffer": WATCHLIST.encode()}
    )
    page.get_by_role("button", name="Look at it").click()
    expect(page.get_by_role("heading", name="What we found")).to_be_visible()
    assert faults(page) == "[]"
    assert not is_too_wide(page)
    page.goto(CRANES)
    page.locator("summary", has_text="Save to a list").click()
    assert faults(page) == "[]"
    assert not is_too_wide(page)
