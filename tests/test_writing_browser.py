"""A review is written in a browser: with a mouse, with the keys alone, without scripts; where the line is cut."""

import json
import re
from importlib.resources import files

import pytest
from playwright.sync_api import expect

from catalogue.models import Title
from reviews.models import Rating, Review, ReviewDraft
from tests.factories import make_draft, make_member, make_review
from tests.hands import WAYS
from tests.pages import CRANES

pytestmark = pytest.mark.browser
AXE = files("axe_playwright_python").joinpath("axe.min.js")
WRITE = f"{CRANES}review/"
WORDS = "She never stops running up that staircase."
FORM = """
- group "Your rating":
  - text: Your rating
  - radio "half a star"
  - radio "1 star"
  - radio "1 and a half stars"
  - radio "2 stars"
  - radio "2 and a half stars"
  - radio "3 stars"
  - radio "3 and a half stars"
  - radio "4 stars"
  - radio "4 and a half stars"
  - radio "5 stars"
  - radio "No rating" [checked]
  - text: No rating
- text: Headline
- textbox "Headline"
- text: Your review
- paragraph: "Say what the disc is like too: picture, sound, subtitles. An empty line starts a new paragraph."
- textbox "Your review"
- checkbox "It gives away the plot"
- text: It gives away the plot
- paragraph:
  - button "Post review"
  - button "Preview"
  - button "Keep as a draft"
  - link "Cancel":
    - /url: /titles/the-cranes-are-flying-1957/
- paragraph: Signed with Nadia, the name others see. You can edit it later.
"""
PREVIEW = """
- article "Up the stairs":
  - heading "Up the stairs" [level=3]
  - paragraph:
    - text: The Cranes Are Flying review by Nadia
    - time
  - group: Spoiler alert. It gives away the plot. Show the review
  - status: 0 out of 0 members found this review helpful.
"""


@pytest.fixture(params=WAYS.values(), ids=WAYS)
def hands(request):
    return request.param


@pytest.fixture
def member(site):
    return make_member(shown_as="Nadia")


def headline(page):
    return page.get_by_label("Headline")


def body(page):
    return page.get_by_label("Your review", exact=True)


def button(page, name):
    return page.get_by_role("button", name=name, exact=True)


def said(page):
    return page.locator("#kept")


def test_a_review_with_spoilers_is_written_looked_at_and_posted(open_page, member, hands):
    hand = hands(page := open_page(WRITE, member=member, width=390, reduced_motion="reduce", **hands.context))
    hand.pick(page.get_by_role("group", name="Your rating"), page.get_by_role("radio", name="4 and a half stars"))
    hand.write(headline(page), "Up the stairs")
    hand.write(body(page), WORDS)
    hand.tick(page.get_by_label("It gives away the plot"))
    hand.press(button(page, "Preview"))
    expect(page.get_by_role("heading", name="as others will see it")).to_be_visible()
    expect(page.get_by_text(WORDS)).to_be_hidden()
    hand.open(page.locator("summary", has_text="Spoiler alert."))
    expect(page.get_by_text(WORDS)).to_be_visible()
    hand.press(button(page, "Back to edit"))
    expect(body(page)).to_have_value(WORDS)
    expect(page.get_by_label("It gives away the plot")).to_be_checked()
    expect(page.get_by_role("radio", name="4 and a half stars")).to_be_checked()
    hand.press(button(page, "Post review"))
    expect(page.locator(".messages")).to_contain_text("Your review is on the page.")
    review = Review.objects.get(author=member)
    assert (review.headline, review.body, review.contains_spoilers) == ("Up the stairs", WORDS, True)
    assert Rating.objects.get(member=member).half_stars == 9
    assert not ReviewDraft.objects.filter(author=member).exists()


def test_what_a_screen_reader_hears_of_writing(open_page, member):
    page = open_page(WRITE, member=member)
    form = page.locator("#write")
    expect(form).to_match_aria_snapshot(FORM)
    expect(body(page)).to_have_accessible_description(re.compile("^Say what the disc is like too"))
    headline(page).fill("Up the stairs")
    body(page).fill(WORDS)
    page.get_by_label("It gives away the plot").check()
    button(page, "Preview").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your review, as others will see it")
    expect(page.get_by_role("article", name="Up the stairs")).to_match_aria_snapshot(PREVIEW)
    button(page, "Back to edit").click()
    body(page).fill("")
    button(page, "Post review").click()
    expect(page.get_by_role("alert")).to_contain_text("That could not be saved. What you wrote is still here.")
    expect(body(page)).to_have_attribute("aria-invalid", "true")


def test_a_review_is_deleted_and_put_back(open_page, member, hands):
    make_review(title=Title.objects.get(slug=CRANES.split("/")[2]), author=member)
    hand = hands(page := open_page(WRITE, member=member, reduced_motion="reduce", **hands.context))
    hand.follow(page.get_by_role("link", name="Delete", exact=True))
    hand.press(button(page, "Delete my review"))
    expect(page.get_by_role("heading", name="Your review is deleted")).to_be_visible()
    assert not Review.objects.filter(author=member).exists()
    hand.press(button(page, "Put it back"))
    expect(page.locator(".messages")).to_contain_text("Your review is back on the page.")


def test_a_draft_is_kept_while_one_writes(open_page, member):
    page = open_page(WRITE, member=member)
    body(page).fill(WORDS)
    expect(said(page)).to_contain_text("Draft kept at ")
    expect(said(page)).to_have_role("status")
    assert page.evaluate("localStorage.length") == 0
    page.reload()
    expect(body(page)).to_have_value(WORDS)
    expect(page.get_by_text("You have a draft from")).to_be_visible()


def test_what_never_reached_us_is_back_after_a_reload(open_page, member):
    page = open_page(WRITE, member=member)
    page.route("**/review/", lambda route: route.abort() if route.request.method == "POST" else route.fallback())
    headline(page).fill("On a train")
    body(page).fill(WORDS)
    expect(said(page)).to_contain_text("we cannot be reached. What you wrote is safe")
    page.reload()
    expect(body(page)).to_have_value(WORDS)
    expect(headline(page)).to_have_value("On a train")
    expect(said(page)).to_contain_text("It is back")
    assert not ReviewDraft.objects.filter(author=member).exists()
    page.unroute("**/review/")
    expect(said(page)).to_contain_text("Draft kept at ", timeout=15_000)
    assert ReviewDraft.objects.get(author=member).body == WORDS


def test_what_was_posted_does_not_come_back(open_page, member):
    page = open_page(WRITE, member=member)
    headline(page).fill("Up the stairs")
    body(page).fill(WORDS)
    button(page, "Post review").click()
    expect(page.locator(".messages")).to_contain_text("Your review is on the page.")
    Review.objects.filter(author=member).update(body="Changed elsewhere.")
    page.goto(WRITE)
    expect(body(page)).to_have_value("Changed elsewhere.")
    expect(said(page)).to_be_empty()


def test_who_is_signed_out_meanwhile_is_told_and_loses_nothing(open_page, member):
    page = open_page(WRITE, member=member)
    page.context.clear_cookies(name="session")
    body(page).fill(WORDS)
    expect(said(page)).to_contain_text("you are signed out")
    assert WORDS in page.evaluate("Object.values(localStorage).join()")


def test_another_member_at_the_same_browser_does_not_get_the_words(open_page, member):
    page = open_page(WRITE, member=member)
    page.evaluate('localStorage.setItem(`draft 0 ${location.pathname.split(\'/\')[2]}`, \'{"words": {"body": "x"}}\')')
    page.reload()
    expect(body(page)).to_have_value("")


def test_leaving_asks_nothing(open_page, member):
    page = open_page(WRITE, member=member)
    page.on("dialog", lambda dialog: pytest.fail(f"It asks: {dialog.message}"))
    body(page).press_sequentially("Not much yet")
    page.goto(CRANES)
    page.goto(WRITE)
    expect(body(page)).to_have_value("Not much yet")


def faults(page):
    page.add_script_tag(content=AXE.read_text())
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    return json.dumps([[each["id"], [node["html"][:120] for node in each["nodes"][:3]]] for each in found], indent=1)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1440])
def test_the_pages_are_accessible_and_fit(open_page, member, scheme, width):
    title = Title.objects.get(slug=CRANES.split("/")[2])
    make_review(title=title, author=member, headline="W" * 120)
    make_draft(title=title, author=member, headline="A" * 120, body="a" * 300)
    page = open_page(WRITE, member=member, width=width, color_scheme=scheme, bypass_csp=True, reduced_motion="reduce")
    for step in (None, "Preview", f"{WRITE}delete/", f"{WRITE}delete/?draft", "wrong"):
        if step == "wrong":
            page.goto(WRITE)
            body(page).fill("")
            button(page, "Save review").click()
        elif step:
            page.goto(step) if step.startswith("/") else button(page, step).click()
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert faults(page) == "[]", step
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), step
