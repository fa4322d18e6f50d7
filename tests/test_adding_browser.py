"""Adding to the queue in a browser: with a mouse, with keys, without scripts; the pressed button says so at once.

Without smooth scrolling, so that what gets the focus is in sight at once.
"""

import pytest
from playwright.sync_api import expect

from catalogue.models import Title
from rentals.models import QueueEntry
from tests.factories import make_member
from tests.hands import WAYS, Keys, Mouse, NoScripts

pytestmark = pytest.mark.browser

# Presses the button and says, before the browser does anything else, what it says then.
PRESS = "button => { button.click(); return [button.ariaBusy, button.innerText] }"


@pytest.fixture
def member(site):
    yield (member := make_member())
    QueueEntry.objects.filter(member=member).delete()
    member.delete()


@pytest.fixture
def title(site):
    """A film that is in stock, in two media."""
    return Title.objects.filter(stock__on_shelf__gt=0, kind="film", releases__medium="dvd").order_by("slug").first()


def number(member):
    return QueueEntry.objects.live().filter(member=member).count()


@pytest.mark.parametrize("way", WAYS.values(), ids=list(WAYS))
def test_a_chosen_edition_is_queued_from_the_titles_page(open_page, site, member, title, way):
    page = open_page(site + title.get_absolute_url(), member=member, reduced_motion="reduce", **way.context)
    panel = page.locator("#rent")
    way(page).press(panel.get_by_role("button", name="Add to queue"))
    expect(panel).to_contain_text("In your queue, number 1")
    expect(page.locator("#queue-count")).to_contain_text("1")
    assert number(member) == 1


@pytest.mark.parametrize("way", [Mouse, Keys, NoScripts])
def test_a_card_is_queued_where_it_stands(open_page, site, member, title, way):
    page = open_page(f"{site}/titles/?sort=name", member=member, reduced_motion="reduce", **way.context)
    buttons = page.locator(".own__add")
    cards = page.locator(".card:has(.own)")
    way(page).press(buttons.nth(0))
    expect(cards.nth(0)).to_contain_text("In your queue, number 1")
    way(page).press(buttons.nth(0))
    expect(cards.nth(1)).to_contain_text("In your queue, number 2")
    expect(page.locator("#queue-count")).to_contain_text("2")
    assert "sort=name" in page.url and number(member) == 2


def test_the_focus_goes_to_what_takes_the_buttons_place(open_page, site, member):
    page = open_page(f"{site}/titles/?sort=name", member=member)
    page.locator(".own__add").first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="In your queue, number 1")).to_be_focused()


@pytest.mark.parametrize("path", ["/titles/?sort=name", "title"])
def test_the_pressed_button_says_so_at_once(open_page, site, member, title, path):
    page = open_page(site + (title.get_absolute_url() if path == "title" else path), member=member)
    button = page.locator("#rent-act" if path == "title" else ".own__add").first
    assert button.evaluate(PRESS) == ["true", "Adding"]
    expect(page.get_by_role("link", name="In your queue, number 1").first).to_be_visible()


def test_two_buttons_pressed_together_and_one_twice(open_page, site, member):
    page = open_page(f"{site}/titles/?sort=name", member=member)
    page.evaluate("() => document.querySelectorAll('.own__add').forEach((b, at) => at < 3 && (b.click(), b.click()))")
    for place in (1, 2, 3):
        expect(page.get_by_role("link", name=f"In your queue, number {place}")).to_be_visible()
    assert number(member) == 3


def test_a_button_whose_answer_does_not_come_can_be_pressed_again(open_page, site, member):
    page = open_page(f"{site}/titles/?sort=name", member=member)
    page.route("**/queue/add/", lambda route: route.abort())
    own = page.locator(".own").first
    own.locator("button").click()
    expect(own).to_contain_text("That didn’t save. Try again.")
    page.unroute("**/queue/add/")
    own.locator("button").click()
    expect(page.get_by_role("link", name="In your queue, number 1")).to_be_visible()


@pytest.mark.parametrize("width", [320, 390])
@pytest.mark.parametrize("path", ["/titles/alien-1979/", "/titles/?sort=name", "/people/akira-kurosawa/", "/"])
def test_on_a_phone_nothing_sticks_out_and_fingers_find_the_buttons(open_page, site, member, width, path):
    page = open_page(site + path, width=width, member=member, has_touch=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for target in page.locator(".own__add, .choice label").all():
        assert target.bounding_box()["height"] >= 44
