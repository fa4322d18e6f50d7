"""How visitors come to a film: each way with a mouse, with the keys alone, and where scripts do not run.

Things are found by the names and roles that a screen reader says, so whoever cannot see the page has the same ways.
"""

import re

import pytest
from playwright.sync_api import expect

from catalogue.models import Title
from tests.hands import WAYS
from tests.pages import CRANES

pytestmark = pytest.mark.browser
MOST_MILLISECONDS = 8000  # to wait for what does not come


@pytest.fixture(params=WAYS.values(), ids=WAYS)
def start(request, open_page):
    """start(address) is a hand on that page."""

    def start_(address="/"):
        page = open_page(address, reduced_motion="reduce", **request.param.context)
        page.set_default_timeout(MOST_MILLISECONDS)
        return request.param(page)

    return start_


# ------------------------------------------------------------------ what is on every page
def search_box(hand):
    return hand.page.get_by_role("search").get_by_label("Film, person, collection")


def search_for(hand, words):
    hand.write(search_box(hand), words)
    hand.press(hand.page.get_by_role("search").get_by_role("button", name="Search"))
    expect(hand.page).to_have_url(re.compile(r"/search/\?"))


def link(hand, name, within=None):
    """The first link in the main part, or in `within`, whose name begins with `name`."""
    return (within or main(hand)).get_by_role("link", name=re.compile(rf"^{re.escape(name)}")).first


def main(hand):
    return hand.page.get_by_role("main")


def region(hand, name):
    """The part of the page that a heading names."""
    return hand.page.get_by_role("region", name=re.compile(name))


def arrives_at(hand, name):
    expect(hand.page.get_by_role("heading", level=1)).to_contain_text(name)


def goes_on_to(hand, film):
    """Follow the link to a film: its page is headed by what the link said."""
    name = film.inner_text()
    hand.follow(film)
    arrives_at(hand, name)


def tick(hand, facet, *values):
    """Choose `values` of a facet by the names that their boxes begin with."""
    group = hand.page.get_by_role("form", name="Filter the films").locator(f"#facet-{facet}")
    if not group.evaluate("facet => facet.open"):
        hand.open(group.locator("summary"))
    for value in values:
        hand.tick(group.get_by_role("checkbox", name=re.compile(f"^{value}")))
        settle(hand)


def settle(hand):
    """Where scripts run, what is chosen shows by itself; elsewhere a button asks for it."""
    if not hand.sends:
        with hand.page.expect_navigation():
            hand.press(hand.page.get_by_role("button", name=re.compile("^Show ")))
    else:
        expect(hand.page.locator(".htmx-request")).to_have_count(0)


def chip(hand, name):
    return hand.page.get_by_role("link", name=f"Remove filter: {name}")


def found(hand):
    """The titles listed, as rows of the catalogue."""
    paths = main(hand).locator(".found h3 a").evaluate_all("links => links.map(link => link.pathname)")
    return Title.objects.filter(slug__in=[path.split("/")[-2] for path in paths])


# ------------------------------------------------------------------ by search
@pytest.mark.parametrize(
    ("words", "name"),
    [
        pytest.param("sevn samuraj", "Seven Samurai", id="misspelt"),
        pytest.param("七人の侍", "Seven Samurai", id="in its own script"),
        pytest.param("letyat zhuravli", "The Cranes Are Flying", id="in Latin letters"),
    ],
)
def test_a_film_is_found_by_its_name(start, words, name):
    hand = start()
    search_for(hand, words)
    hand.follow(link(hand, name))
    arrives_at(hand, name)


def test_a_film_is_found_while_its_name_is_typed(start):
    hand = start()
    if not hand.sends:
        search_for(hand, "cranes are fl")
        hand.follow(link(hand, "The Cranes Are Flying"))
    else:
        hand.write(search_box(hand), "cranes are fl")
        hand.take(hand.page.get_by_role("option", name=re.compile("The Cranes Are Flying")).first)
    arrives_at(hand, "The Cranes Are Flying")


def test_a_film_is_found_by_who_made_it(start):
    hand = start()
    search_for(hand, "kalatozof")
    hand.follow(link(hand, "Mikhail Kalatozov"))
    arrives_at(hand, "Mikhail Kalatozov")
    hand.follow(link(hand, "The Cranes Are Flying"))
    arrives_at(hand, "The Cranes Are Flying")


def test_what_is_not_found_is_said_and_the_nearest_name_leads_on(start):
    hand = start()
    search_for(hand, "tokyo spaceship story")
    expect(main(hand)).to_contain_text("We do not have")
    goes_on_to(hand, link(hand, "Tokyo Story", region(hand, "^Nearest names")))


# ------------------------------------------------------------------ by narrowing down
def test_a_film_is_found_by_genre_and_decade(start):
    hand = start("/titles/")
    tick(hand, "genre", "Romance")
    tick(hand, "decade", "1950s")
    expect(chip(hand, "Romance")).to_be_visible()
    expect(chip(hand, "1950s")).to_be_visible()
    assert found(hand).exists()
    assert not found(hand).exclude(year__range=(1950, 1959), title_genres__genre__name="Romance").exists()
    hand.follow(link(hand, "The Cranes Are Flying"))
    arrives_at(hand, "The Cranes Are Flying")


def test_a_film_is_found_by_what_is_spoken_and_written_on_its_disc(start):
    hand = start("/titles/")
    tick(hand, "audio", "Russian")
    tick(hand, "sdh", "English")
    chosen = found(hand)
    assert chosen.exists()
    assert not chosen.exclude(releases__subtitle_tracks__hard_of_hearing=True).exists()
    goes_on_to(hand, main(hand).locator(".found h3 a").first)


def test_films_of_some_years_stand_in_the_order_asked_for(start):
    hand = start("/titles/")
    form = hand.page.get_by_role("form", name="Filter the films")
    for label, year in (("From", "1950"), ("to", "1959")):
        hand.write(form.get_by_label(label, exact=True), year)
    hand.send()
    expect(chip(hand, "1950–1959")).to_be_visible()
    hand.choose(hand.page.get_by_label("Sort by"), "Oldest first")
    if not hand.sends:
        hand.press(hand.page.get_by_role("button", name="Sort"))
    expect(hand.page).to_have_url(re.compile("sort=oldest"))
    paths = main(hand).locator(".found h3 a").evaluate_all("links => links.map(link => link.pathname)")
    years = dict(found(hand).values_list("slug", "year"))
    listed = [years[path.split("/")[-2]] for path in paths]
    assert listed == sorted(listed)
    assert 1950 <= listed[0] <= listed[-1] <= 1959


def test_a_choice_is_taken_off_and_comes_back(start):
    hand = start("/titles/")
    everything = hand.page.locator("#found").inner_text()
    tick(hand, "genre", "Romance")
    expect(hand.page.locator("#found")).not_to_contain_text(everything)
    some = hand.page.locator("#found").inner_text()
    hand.follow(chip(hand, "Romance"))
    expect(hand.page.locator("#found")).to_contain_text(everything)
    hand.page.go_back()
    expect(hand.page.locator("#found")).to_contain_text(some)
    expect(hand.page.get_by_role("checkbox", name=re.compile("^Romance"))).to_be_checked()


# ------------------------------------------------------------------ by what our editors put together
def test_a_film_is_found_in_a_collection(start):
    hand = start()
    hand.follow(hand.page.get_by_role("navigation", name="Main").get_by_role("link", name="Collections"))
    arrives_at(hand, "Collections")
    hand.follow(link(hand, "Film noir"))
    arrives_at(hand, "Film noir")
    goes_on_to(hand, main(hand).get_by_role("list").last.get_by_role("heading").get_by_role("link").first)


def test_a_film_is_found_among_what_won_a_prize(start):
    hand = start()
    hand.follow(hand.page.get_by_role("contentinfo").get_by_role("link", name="Awards"))
    hand.follow(link(hand, "Cannes"))
    arrives_at(hand, "Cannes")
    hand.follow(link(hand, "Palme d'Or"))
    arrives_at(hand, "Palme d'Or")
    hand.follow(link(hand, "The Cranes Are Flying", region(hand, "^Year by year")))
    arrives_at(hand, "The Cranes Are Flying")


def test_a_film_is_found_among_those_new_to_rent(start):
    hand = start()
    goes_on_to(hand, region(hand, "^New to rent").get_by_role("heading", level=3).get_by_role("link").first)


def test_a_film_leads_to_others_like_it(start):
    hand = start(CRANES)
    goes_on_to(hand, region(hand, "^Rent other films like").get_by_role("heading", level=3).get_by_role("link").first)
