"""Moderating in a browser: by mouse, by keys, without scripts; what a screen reader hears; what authors are told."""

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone
from playwright.sync_api import expect

from catalogue.models import Title
from members import two_factor
from members.models import Message
from reviews import moderation
from reviews.models import ModerationStep, Review
from tests.factories import SECRET, make_member, make_review, make_staff
from tests.hands import WAYS
from tests.pages import CRANES
from tests.test_browser import SIDEWAYS, SMALL, faults

pytestmark = pytest.mark.browser
PASSWORD = "four cranes over the river"
QUEUE = "/admin/reviews/moderationstep/queue/"
LISTED = f"{CRANES}reviews/?sort=newest"
PRAISE, ADVERT = "Nine flights of stairs", "Come to my shop"
REASON = "Name no shops."
SMALL_OF_OURS = SMALL.replace("document.", "document.getElementById('content-main').")  # not Django's own frame
TABS = """
- navigation "What waits":
  - list:
    - listitem:
      - link /Everything [(][0-9]+[)]/
    - listitem:
      - link /Held reviews [(][0-9]+[)]/
    - listitem:
      - link /Reported reviews [(][0-9]+[)]/
    - listitem:
      - link /Held votes [(][0-9]+[)]/
"""
ITEM = """
- article "Nine flights of stairs":
  - heading "Nine flights of stairs" [level=2]
  - paragraph:
    - text: /It has links[.] Waits since .+[.] Of/
    - link "The Cranes Are Flying":
      - /url: /titles/the-cranes-are-flying-1957/
    - text: ", 1957."
  - region "The review Nine flights of stairs":
    - paragraph: Marked as giving away the plot.
    - paragraph: The shot is explained at film-archive.org.
  - paragraph: /By Vera; joined .+, 1 review, 0 turned down[.] Written 5 January 2026[.]/
  - group: What was done so far (1)
  - button "Approve"
  - checkbox "tick to approve with others"
  - text: tick to approve with others Reason, or what to change; Vera reads it
  - textbox "Reason, or what to change; Vera reads it"
  - button "Reject"
  - button "Ask for a change"
  - button "Ban Vera"
  - paragraph:
    - link "Answer it for the house":
      - /url: /admin/reviews/staffreply/add/?review={key}
    - text: ·
    - link "By itself":
      - /url: /admin/reviews/moderationstep/queue/reviews/{key}/
"""
DONE = """
- listitem:
  - text: "/Approved: ?/"
  - link "Nine flights of stairs"
  - text: /Olga, .+/
  - 'button "Undo: approved, Nine flights of stairs"'
"""


@pytest.fixture
def moderator(site):
    """Staff of that role, whose second step is an app."""
    member = make_staff(shown_as="Olga", password=PASSWORD)
    member.groups.add(Group.objects.get(name="moderator"))
    return member


@pytest.fixture
def praise(site):
    """A good review that a rule holds: it names the address of an archive."""
    review = make_review(
        title=Title.objects.get(slug=CRANES.split("/")[2]),
        author=make_member(shown_as="Vera"),
        headline=PRAISE,
        body="The shot is explained at film-archive.org.",
        contains_spoilers=True,
    )
    moderation.look_at(review, at=timezone.now())
    yield review
    review.delete()


@pytest.fixture
def seller(site):
    """A member who writes what should not be on the page."""
    yield (member := make_member(shown_as="Boris"))
    Review.objects.filter(author=member).delete()


def item(page, headline):
    return page.get_by_role("article", name=headline, exact=True)


def button(part, name):
    return part.get_by_role("button", name=name, exact=True)


def says(page, words):
    expect(page.locator(".messagelist, .messages")).to_contain_text(words)


def told(member):
    """The kinds of e-mails to `member`, the oldest first."""
    return list(Message.objects.filter(to=member.email).order_by("pk").values_list("kind", flat=True))


# ------------------------------------------------------------------ the whole way
@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_one_held_review_is_approved_another_rejected_and_that_undone(open_page, way, moderator, praise, seller):
    advert = writes(way(open_page(f"{CRANES}review/", member=seller, reduced_motion="reduce", **way.context)), seller)
    hand = way(open_page("/admin/", reduced_motion="reduce", **way.context))
    signs_in(hand, moderator)
    hand.follow(hand.page.get_by_role("link", name="things to moderate"))
    approves(hand, open_page, praise)
    rejects(hand, advert)
    reads_why(open_page(advert.get_absolute_url(), member=seller, **way.context), advert)
    undoes(hand, advert)
    verbs = ModerationStep.objects.filter(review__in=[praise, advert]).order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["hold", "hold", "approve", "reject", "undo"]


def writes(hand, seller):
    """A review with an address in it, which the rules hold."""
    hand.write(hand.page.get_by_label("Headline"), ADVERT)
    hand.write(hand.page.get_by_label("Your review", exact=True), "All of it at shop.example.com, cheaper than here.")
    hand.press(button(hand.page, "Post review"))
    says(hand.page, "A moderator looks at it first because it has links or addresses.")
    assert told(seller) == ["review-held"]
    return Review.objects.get(author=seller)


def signs_in(hand, moderator):
    """With a password and the six digits of the app."""
    hand.write(hand.page.get_by_label("E-mail"), moderator.email)
    hand.write(hand.page.get_by_label("Password", exact=True), PASSWORD)
    hand.press(button(hand.page.get_by_role("main"), "Sign in"))
    hand.write(hand.page.get_by_label("Code"), two_factor.code_now(SECRET))
    hand.press(button(hand.page.get_by_role("main"), "Sign in"))
    expect(hand.page.get_by_role("heading", name="Site administration")).to_be_visible()


def approves(hand, open_page, review):
    """It is on the page at once, and its author is told."""
    listed(open_page, review, 0)
    hand.press(button(item(hand.page, PRAISE), "Approve"))
    says(hand.page, f"Approved: “{PRAISE}”.")
    expect(item(hand.page, PRAISE)).to_have_count(0)
    listed(open_page, review, 1)
    assert told(review.author) == ["review-held", "review-shown"]


def listed(open_page, review, times):
    """How often a visitor finds it on the page of the film's reviews."""
    page = open_page(LISTED)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(item(page, review.headline)).to_have_count(times)
    page.close()


def rejects(hand, review):
    """Not without a reason; with one the author is told it."""
    hand.press(button(item(hand.page, ADVERT), "Reject"))
    says(hand.page, "Say why: who it is about reads it.")
    hand.write(item(hand.page, ADVERT).get_by_label("Reason, or what to change"), REASON)
    hand.press(button(item(hand.page, ADVERT), "Reject"))
    says(hand.page, f"Rejected: “{ADVERT}”. Its author is told.")
    expect(item(hand.page, ADVERT)).to_have_count(0)
    assert told(review.author) == ["review-held", "review-rejected"]
    assert REASON in Message.objects.get(to=review.author.email, kind="review-rejected").text


def reads_why(page, review):
    """The author's own page of it."""
    main = page.get_by_role("main")
    for words in ("Only you see this review.", "We took it off the pages.", f"Why: {REASON}"):
        expect(main).to_contain_text(words)
    page.close()


def undoes(hand, review):
    """It waits as before, and its author is told that too."""
    hand.press(button(hand.page, f"Undo: rejected, {ADVERT}"))
    says(hand.page, "Undone: rejected.")
    expect(item(hand.page, ADVERT)).to_be_visible()
    assert told(review.author) == ["review-held", "review-rejected", "review-held"]


# ------------------------------------------------------------------ what is heard
def test_what_a_screen_reader_hears_of_what_waits(open_page, moderator, praise):
    page = open_page(QUEUE, member=moderator)
    tabs = page.get_by_role("navigation", name="What waits")
    expect(tabs.get_by_role("link", name="Everything")).to_have_attribute("aria-current", "page")
    expect(tabs).to_match_aria_snapshot(TABS)
    expect(item(page, PRAISE)).to_match_aria_snapshot(ITEM.format(key=praise.pk))
    for name in ("Approve", "Reject", "Ask for a change"):
        expect(button(item(page, PRAISE), name)).to_have_accessible_description(PRAISE)
    button(item(page, PRAISE), "Approve").click()
    expect(page.get_by_role("region", name="Done lately").get_by_role("listitem").first).to_match_aria_snapshot(DONE)


# ------------------------------------------------------------------ accessible, on every screen
@pytest.mark.parametrize("width", [1440, 390, 320])
@pytest.mark.parametrize("colours", ["light", "dark"])
def test_the_moderators_pages_have_no_faults(open_page, width, colours, moderator, praise):
    for address in (QUEUE, f"{QUEUE}reviews/{praise.pk}/"):
        page = open_page(
            address, width, member=moderator, color_scheme=colours, reduced_motion="reduce", has_touch=True
        )
        assert faults(page) == [], address
        assert page.evaluate(SIDEWAYS) <= 0, address
        assert page.evaluate(SMALL_OF_OURS, 44) == [], address
