"""The list in a browser: with htmx, without scripts, with keys, going back; free of faults."""

import re

import pytest
from playwright.sync_api import expect

from tests.conftest import open_page, site  # noqa: F401
from tests.test_browser import SIDEWAYS, faults

pytestmark = pytest.mark.browser
SOVIET = "/titles/?country=SU&decade=1950s&decade=1960s&decade=1970s"
NOTHING = "/titles/?country=SU&genre=western"


def found(page):
    return page.locator("#found b")


@pytest.fixture
def marked(open_page):  # noqa: F811
    """A page that remembers that it was never loaded anew."""

    def open_(address="/titles/", **options):
        page = open_page(address, **options)
        page.evaluate("window.same = true")
        return page

    return open_


def is_the_same(page):
    return page.evaluate("window.same === true")


def test_a_click_on_a_choice_narrows_the_list_without_a_reload(marked):
    page = marked()
    page.get_by_label(re.compile("^Soviet Union")).check()
    expect(page).to_have_url(re.compile(r"/titles/\?country=SU"))
    expect(found(page)).to_have_text("16 films")
    assert is_the_same(page)
    assert page.title().startswith("Films from the Soviet Union")


def test_the_address_has_no_empty_parameters(marked):
    page = marked()
    page.get_by_label(re.compile("^Soviet Union")).check()
    expect(page).to_have_url(re.compile(r"\?country=SU&sort=rented$"))


def test_focus_stays_on_the_choice_and_the_count_is_said_aloud(marked):
    page = marked()
    page.locator("#country-SU").focus()
    page.keyboard.press("Space")
    expect(page.locator("#said")).to_have_text("16 films from the Soviet Union")
    expect(page.locator("#country-SU")).to_be_focused()


def test_what_was_open_stays_open(marked):
    page = marked()
    page.locator("#facet-colour summary").click()
    page.locator("#colour-black-and-white").check()
    expect(page.locator(".chips")).to_contain_text("Black and white")
    expect(page.locator("#facet-colour")).to_have_attribute("open", "")
    page.locator("#facet-country summary").click()
    page.locator("#genre-war").check()
    expect(page.locator(".chips")).to_contain_text("War")
    expect(page.locator("#facet-country")).not_to_have_attribute("open", "")


def test_going_back_goes_to_the_list_before(marked):
    page = marked()
    page.locator("#country-SU").check()
    expect(found(page)).to_have_text("16 films")
    page.locator("#genre-war").check()
    expect(page).to_have_url(re.compile("genre=war"))
    expect(found(page)).not_to_have_text("16 films")
    page.go_back()
    expect(found(page)).to_have_text("16 films")
    expect(page.locator("#country-SU")).to_be_checked()
    expect(page.locator("#genre-war")).not_to_be_checked()
    page.go_back()
    expect(found(page)).to_have_text("163 titles")


def test_a_chip_takes_its_choice_off_and_focus_goes_to_the_results(marked):
    page = marked(SOVIET)
    page.get_by_role("link", name="Remove filter: 1950s").click()
    expect(found(page)).to_have_text("9 films")
    expect(page.locator("#results")).to_be_focused()
    assert is_the_same(page)


def test_the_next_page_starts_at_its_top(marked):
    page = marked()
    page.get_by_role("link", name="Next").click()
    expect(page).to_have_url(re.compile("page=2"))
    expect(page.locator("#results")).to_be_focused()
    assert page.evaluate("document.getElementById('found').getBoundingClientRect().top") < 200
    assert is_the_same(page)


def test_another_order_without_a_reload(marked):
    page = marked()
    page.get_by_label("Sort by").select_option(label="Oldest first")
    expect(page).to_have_url(re.compile("sort=oldest"))
    expect(page.locator(".grid li").first).to_contain_text("189")
    assert is_the_same(page)


def test_a_film_opened_from_the_list_is_a_page_of_its_own(marked):
    page = marked(SOVIET)
    page.locator(".grid a").first.click()
    expect(page.locator("h1")).not_to_have_text("Films")
    page.go_back()
    expect(found(page)).to_have_text("11 films")


# ------------------------------------------------------------------ without scripts
def test_without_scripts_a_button_shows_what_was_chosen(open_page):  # noqa: F811
    page = open_page("/titles/", java_script_enabled=False)
    page.locator("#country-SU").check()
    page.get_by_role("button", name=re.compile("^Show")).click()
    expect(found(page)).to_have_text("16 films")
    page.get_by_label("Sort by").select_option(label="Oldest first")
    page.get_by_role("button", name="Sort").click()
    expect(page).to_have_url(re.compile("country=SU.*sort=oldest"))
    page.get_by_role("link", name="Remove filter: Soviet Union").click()
    expect(found(page)).to_have_text("163 titles")


def test_without_scripts_all_countries_are_a_link_away(open_page):  # noqa: F811
    page = open_page("/titles/", java_script_enabled=False)
    page.get_by_role("link", name="All 52 countries").click()
    assert page.locator("#facet-country input").count() == 52


def test_on_a_phone_the_filters_are_behind_one_button(open_page):  # noqa: F811
    page = open_page(SOVIET, 390)
    assert not page.locator("#country-SU").is_visible()
    page.get_by_text("Filters, 4 on").click()
    page.locator("#decade-1950s").uncheck()
    expect(found(page)).to_have_text("9 films")
    expect(page.locator("#country-SU")).to_be_visible()
    page.get_by_role("button", name="Show 9 films").click()
    expect(page.locator("#country-SU")).not_to_be_visible()
    expect(found(page)).to_be_in_viewport()


# ------------------------------------------------------------------ faults
@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390, 320])
@pytest.mark.parametrize("address", [SOVIET, NOTHING, "/titles/?view=list&genre=x"], ids=["posters", "nothing", "list"])
def test_the_list_has_no_faults(open_page, address, width, colours):  # noqa: F811
    page = open_page(address, width, color_scheme=colours, reduced_motion="reduce")
    if width < 1000:
        page.locator("#filters-all > summary").click()
    assert faults(page) == []
    assert page.evaluate(SIDEWAYS) <= 0
