"""Suggestions in a browser: by keys, by pointer, said to those who listen, and a plain form without scripts."""

import pytest
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from tests.databases import connected_to, copy_of
from tests.test_browser import SIDEWAYS, faults

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def site(demo_database, django_db_blocker):
    with django_db_blocker.unblock(), copy_of(demo_database) as name, connected_to(name):
        server = LiveServer("localhost")
        yield server.url
        server.stop()


@pytest.fixture
def open_page(site, chromium):
    contexts = []

    def open_(address="/", width=1440, **options):
        context = chromium.new_context(base_url=site, viewport={"width": width, "height": 900}, **options)
        contexts.append(context)
        page = context.new_page()
        page.goto(address)
        return page

    yield open_
    for context in contexts:
        context.close()


def typed(page, words):
    field = page.get_by_role("combobox", name="Film, person, collection")
    field.press_sequentially(words)
    expect(page.get_by_role("listbox", name="Suggestions")).to_be_visible()
    return field


def active(field):
    """The text of the option that the field says is active."""
    key = field.get_attribute("aria-activedescendant")
    return field.page.locator(f"#{key}").inner_text() if key else ""


def test_arrows_go_through_the_suggestions_and_enter_opens_one(open_page):
    page = open_page()
    field = typed(page, "seven sam")
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("status").filter(has_text="suggestion")).to_have_text("1 suggestion")
    field.press("ArrowDown")
    assert active(field).startswith("Seven Samurai")
    expect(page.get_by_role("option", selected=True)).to_have_count(1)
    field.press("ArrowDown")
    assert active(field) == ""  # round by way of the field
    field.press("ArrowUp")
    field.press("Enter")
    page.wait_for_url("**/titles/seven-samurai-1954/")


def test_enter_without_a_choice_searches(open_page):
    page = open_page()
    typed(page, "seven sam").press("Enter")
    page.wait_for_url("**/search/?q=seven+sam")


def test_escape_closes_and_keeps_what_is_typed_and_tab_leaves(open_page):
    page = open_page()
    field = typed(page, "seven")
    field.press("ArrowDown")
    field.press("Escape")
    expect(field).to_have_attribute("aria-expanded", "false")
    expect(field).to_have_value("seven")
    assert field.get_attribute("aria-activedescendant") is None
    field.press("ArrowDown")
    expect(field).to_have_attribute("aria-expanded", "true")
    field.press("Tab")
    expect(page.get_by_role("listbox")).to_be_hidden()


@pytest.mark.parametrize("key", ["Home", "End"])
def test_home_and_end_return_to_the_field(open_page, key):
    field = typed(open_page(), "seven")
    field.press("ArrowDown")
    field.press(key)
    assert active(field) == ""


def test_a_pointer_opens_a_suggestion(open_page):
    page = open_page(width=390, has_touch=True)
    typed(page, "rashomn")
    page.get_by_role("option", name="Rashomon").tap()
    page.wait_for_url("**/titles/rashomon-1950/")


@pytest.mark.parametrize("colours", ["light", "dark", "forced"])
@pytest.mark.parametrize("width", [1440, 390, 320])
def test_open_suggestions_have_no_faults(open_page, width, colours):
    options = {"forced_colors": "active"} if colours == "forced" else {"color_scheme": colours}
    page = open_page("/search/", width, reduced_motion="reduce", **options)
    typed(page, "leo").press("ArrowDown")
    assert faults(page, but=["color-contrast"] if colours == "forced" else []) == []
    assert page.evaluate(SIDEWAYS) <= 0


def test_without_scripts_the_form_searches(open_page):
    page = open_page(java_script_enabled=False)
    page.get_by_role("searchbox", name="Film, person, collection").fill("летят журавли")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="The Cranes Are Flying").click()
    page.wait_for_url("**/titles/the-cranes-are-flying-1957/")
