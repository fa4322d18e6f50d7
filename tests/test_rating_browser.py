"""Rating in a browser: with a mouse, with the keys alone, where no script runs; what a screen reader is told."""

import pytest
from playwright.sync_api import expect

from catalogue.models import Title
from members import links
from reviews.models import Rating
from tests.factories import make_member, make_rental, make_title_on_disc
from tests.hands import WAYS, Keys, Mouse, NoScripts

pytestmark = pytest.mark.browser
GROUP = """
- group "My rating":
  - text: My rating
  - radio "half a star"
  - radio "1 star"
  - radio "1 and a half stars"
  - radio "2 stars"
  - radio "2 and a half stars"
  - radio "3 stars"
  - radio "3 and a half stars" [checked]
  - radio "4 stars"
  - radio "4 and a half stars"
  - radio "5 stars"
  - radio "No rating"
"""


@pytest.fixture
def member(site):
    yield (member := make_member())
    Rating.objects.filter(member=member).delete()
    member.delete()


@pytest.fixture
def title(site):
    return Title.objects.filter(kind="film", year__lt=2000, stock__on_shelf__gt=0).order_by("slug").first()


@pytest.fixture
def start(open_page, site, member, title):
    """start(way) is a hand of that kind on the title's page."""

    def start_(way, **options):
        address = site + title.get_absolute_url()
        return way(open_page(address, member=member, reduced_motion="reduce", **way.context | options))

    return start_


def half_stars(member):
    return Rating.objects.filter(member=member).values_list("half_stars", flat=True).first()


def mine(hand):
    return hand.page.locator("#my-rating")


def star(hand, name):
    return mine(hand).get_by_role("radio", name=name, exact=True)


def rate(hand, name):
    """Choose a star; where no script runs, post it."""
    hand.pick(mine(hand).get_by_role("group"), star(hand, name))
    if not hand.sends:
        hand.press(mine(hand).get_by_role("button", name="Post rating"))


@pytest.mark.parametrize("way", WAYS.values(), ids=list(WAYS))
def test_a_film_is_rated_changed_and_undone(start, member, way):
    hand = start(way)
    rate(hand, "3 and a half stars")
    said = mine(hand).get_by_role("status")
    expect(said).to_have_text("You gave it 3.5 of 5.")
    assert half_stars(member) == 7
    expect(mine(hand).get_by_role("link", name="Write a review")).to_be_visible()
    rate(hand, "5 stars")
    expect(said).to_have_text("You gave it 5 of 5.")
    hand.press(mine(hand).get_by_role("button", name="Undo"))
    expect(said).to_have_text("You gave it 3.5 of 5.")
    expect(star(hand, "3 and a half stars")).to_be_checked()
    assert half_stars(member) == 7
    rate(hand, "No rating")
    expect(said).to_have_text("Your rating is gone.")
    hand.press(mine(hand).get_by_role("button", name="Undo"))
    expect(said).to_have_text("You gave it 3.5 of 5.")
    assert half_stars(member) == 7


def test_walking_through_the_stars_sends_the_last_one_and_keeps_the_focus(start, member):
    hand, sent = start(Keys), []
    hand.page.on("request", lambda request: request.method == "POST" and sent.append(request.url))
    hand._reach(star(hand, "No rating"))
    for _ in range(9):
        hand.page.keyboard.press("ArrowRight")
    expect(mine(hand).get_by_role("status")).to_have_text("You gave it 4.5 of 5.")
    expect(star(hand, "4 and a half stars")).to_be_focused()
    assert len(sent) == 1 and half_stars(member) == 9
    hand.page.keyboard.press("ArrowLeft")
    expect(mine(hand).get_by_role("status")).to_have_text("You gave it 4 of 5.")
    expect(star(hand, "4 stars")).to_be_focused()
    assert len(sent) == 2 and half_stars(member) == 8


def test_a_choice_made_while_another_is_on_its_way_is_not_lost(start, member):
    hand, held = start(Mouse), []
    # The first is held, and the route stays: once no route is left, the browser lets go of what is held by itself.
    hand.page.route("**/rate/", lambda route: route.continue_() if held else held.append(route))
    star(hand, "1 star").check()
    while not held:
        hand.page.wait_for_timeout(50)
    star(hand, "4 stars").check()
    held[0].continue_()
    expect(mine(hand).get_by_role("status")).to_have_text("You gave it 4 of 5.")
    expect(star(hand, "4 stars")).to_be_checked()
    assert half_stars(member) == 8


def test_what_did_not_reach_us_is_said_and_the_stars_go_back(start, member):
    hand = start(Mouse)
    rate(hand, "4 stars")
    expect(mine(hand).get_by_role("status")).to_have_text("You gave it 4 of 5.")
    hand.page.route("**/rate/", lambda route: route.abort())
    star(hand, "1 star").check()
    expect(mine(hand).get_by_role("status")).to_contain_text("That did not save.")
    expect(star(hand, "4 stars")).to_be_checked()
    assert half_stars(member) == 8


def test_a_screen_reader_is_told_one_group_of_eleven(start, member, title):
    Rating.objects.record(title=title, member=member, half_stars=7, on=title.added_at.date())
    expect(mine(start(Mouse)).get_by_role("group")).to_match_aria_snapshot(GROUP)


@pytest.mark.parametrize("width", [320, 390])
def test_on_a_phone_a_half_star_is_tall_enough_to_touch(start, width):
    hand = start(Mouse, width=width, has_touch=True, is_mobile=True)
    boxes = [label.bounding_box() for label in mine(hand).locator("label").all()]
    assert len(boxes) == 11 and all(box["height"] >= 44 and box["width"] >= 24 for box in boxes)
    assert hand.page.evaluate("document.documentElement.scrollWidth") <= width
    mine(hand).locator("label").nth(6).tap()
    expect(star(hand, "3 and a half stars")).to_be_checked()


@pytest.mark.parametrize("way", [Mouse, Keys, NoScripts])
def test_a_disc_is_rated_where_it_is_listed(open_page, site, member, way):
    title = make_title_on_disc(name="Rated at home")
    at = title.added_at
    rental = make_rental(member=member, title=title, allocated_at=at, posted_at=at, arrived_at=at)
    hand = way(open_page(f"{site}/queue/", member=member, reduced_motion="reduce", **way.context))
    row = hand.page.locator(f"#rating-{title.pk}")
    hand.pick(row.get_by_role("group"), row.get_by_role("radio", name="2 stars", exact=True))
    if not hand.sends:
        hand.press(row.get_by_role("button", name="Post rating"))
    expect(row.get_by_role("status")).to_have_text("You gave it 2 of 5.")
    assert half_stars(member) == 4
    rental.delete()


@pytest.mark.parametrize("way", WAYS.values(), ids=list(WAYS))
def test_the_link_in_an_email_rates(open_page, site, member, title, way):
    token = links.token(links.RATING, member.pk, title.pk)
    hand = way(open_page(f"{site}/rate/{token}/", reduced_motion="reduce", **way.context))
    hand.pick(mine(hand).get_by_role("group"), star(hand, "4 and a half stars"))
    hand.press(hand.page.get_by_role("button", name="Post rating"))
    expect(hand.page.get_by_text(f"You gave {title.name} 4.5 of 5.")).to_be_visible()
    assert half_stars(member) == 9
    hand.press(hand.page.get_by_role("button", name="Undo"))
    expect(hand.page.get_by_text("You have not rated")).to_be_visible()
    assert half_stars(member) is None
