"""Votes on reviews and reports of them in a browser: by mouse, by keys, without scripts; what is heard."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from members.models import Member
from reviews.models import HelpfulVote, Report, Review
from tests import factories as make
from tests.hands import WAYS
from tests.pages import CRANES
from tests.test_browser import SIDEWAYS, SMALL, faults

pytestmark = pytest.mark.browser
PASSWORD = "four cranes over the river"
TREE = """
- article "The stairs":
  - heading "The stairs" [level=2]:
    - link "The stairs":
      - /url: /reviews/{key}/
  - paragraph:
    - img "4.5 out of 5"
    - text: The Cranes Are Flying review by
    - link "Vera":
      - /url: /reviewers/{handle}/
    - time: 5 January 2026
    - link "Rented here":
      - /url: /how-reviews-work/
    - text: ": the member had the disc from us and sent it back"
  - group: Spoiler alert. It gives away the plot. Show the review
  - complementary "Reply from Kinopost":
    - paragraph:
      - text: Reply from Kinopost
      - time: 5 January 2026
    - paragraph: Thank you.
  - status: 0 out of 0 members found this review helpful.
  - 'button "Helpful : The stairs"'
  - 'button "Not helpful : The stairs"'
  - link "Report the review The stairs":
    - /url: /reviews/{key}/report/
"""

REPORTING = """
- main:
  - status
  - heading "Report a review" [level=1]
  - paragraph:
    - text: “The stairs”, by Vera, of
    - link "The Cranes Are Flying":
      - /url: /titles/the-cranes-are-flying-1957/
    - text: ", 1957."
  - group "What is wrong with it?":
    - text: What is wrong with it?
    - radio "It gives away the plot without saying so"
    - text: It gives away the plot without saying so
    - radio "It is abusive or hateful"
    - text: It is abusive or hateful
    - radio "It tells something private about somebody"
    - text: It tells something private about somebody
    - 'radio "It is not honest: paid for, copied, or by somebody with a stake"'
    - text: "It is not honest: paid for, copied, or by somebody with a stake"
    - radio "It is advertising"
    - text: It is advertising
    - radio "It is not about this film"
    - text: It is not about this film
    - radio "Something else"
    - text: Something else
  - text: Anything a moderator should know
  - paragraph: You may leave it empty. Only moderators read it.
  - textbox "Anything a moderator should know"
  - paragraph:
    - button "Send the report"
    - link "Never mind":
      - /url: /titles/the-cranes-are-flying-1957/
  - paragraph:
    - link "What is not shown, and who decides":
      - /url: /how-reviews-work/
"""
REPORTED = """
- main:
  - status:
    - paragraph: Thank you. A moderator looks at it, usually within two working days.
  - heading "You reported this review" [level=1]
  - paragraph:
    - text: “The stairs”, by Vera, of
    - link "The Cranes Are Flying"
    - text: ", 1957."
  - paragraph: "It is advertising. You wrote: It sells shoes."
  - paragraph: A moderator looks at it, usually within two working days. Nobody else knows that it was you.
  - button "Take the report back"
  - link "Back to The Cranes Are Flying":
    - /url: /titles/the-cranes-are-flying-1957/
"""


@pytest.fixture
def review(site):
    """A review of the film of the two documents, the newest of it, with all that one can have."""
    title = Review._meta.get_field("title").related_model.objects.get(slug=CRANES.split("/")[2])
    author = make.make_member(shown_as="Vera")
    make.make_rating(title=title, member=author, half_stars=9)
    words = {"headline": "The stairs", "body": "He dies.", "contains_spoilers": True, "verified": True}
    review = make.make_review(title=title, author=author, **words)
    make.make_reply(review=review)
    yield review
    review.delete()


@pytest.fixture
def member(site):
    member = make.make_member(password=PASSWORD)
    yield member
    member.delete()


def article(page):
    return page.get_by_role("article", name="The stairs")


def button(page, words):
    return (
        article(page)
        .get_by_role("button", name=words, exact=False)
        .and_(article(page).locator(f"[id^={'un' if words.startswith('Not') else ''}helpful]"))
    )


def vote_of(member):
    return HelpfulVote.objects.filter(voter=member).values_list("helpful", flat=True).first()


LISTED = f"{CRANES}reviews/?sort=newest"


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_a_member_votes_changes_and_takes_back(open_page, way, member, review):
    page = open_page(LISTED, member=member, **way.context)
    hand = way(page)
    status = article(page).get_by_role("status")
    for words, line, helpful in (
        ("Helpful", "1 out of 1 members found this review helpful.", True),
        ("Not helpful", "0 out of 1 members found this review helpful.", False),
        ("Not helpful", "0 out of 0 members found this review helpful.", None),
    ):
        hand.press(button(page, words))
        expect(status).to_have_text(line)
        assert vote_of(member) is helpful
        expect(button(page, words)).to_have_attribute("aria-pressed", "false" if helpful is None else "true")
        if way.sends:
            expect(button(page, words)).to_be_focused()
            assert page.url.endswith("sort=newest")


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_a_visitor_signs_in_and_comes_back_to_the_vote(open_page, way, member, review):
    page = open_page(LISTED, **way.context)
    hand = way(page)
    hand.follow(article(page).get_by_role("link", name="Not helpful"))
    hand.write(page.get_by_label("E-mail"), member.email)
    hand.write(page.get_by_label("Password", exact=True), PASSWORD)
    hand.press(page.get_by_role("main").get_by_role("button", name="Sign in", exact=True))
    expect(page.get_by_role("main")).to_contain_text("You pressed “Not helpful” before you signed in")
    hand.press(button(page, "Not helpful"))
    expect(article(page).get_by_role("status")).to_have_text("0 out of 1 members found this review helpful.")
    assert vote_of(member) is False


def test_what_a_screen_reader_hears_of_a_review(open_page, member, review):
    page = open_page(LISTED, member=member)
    expect(article(page)).to_match_aria_snapshot(TREE.format(key=review.pk, handle=review.author.handle))


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_a_member_reports_a_review_and_takes_that_back(open_page, way, member, review):
    page = open_page(LISTED, member=member, reduced_motion="reduce", **way.context)
    hand, main = way(page), page.get_by_role("main")
    hand.follow(article(page).get_by_role("link", name="Report"))
    expect(main).to_match_aria_snapshot(REPORTING)
    reasons = page.get_by_role("group", name="What is wrong with it?")
    hand.pick(reasons, reasons.get_by_role("radio", name="It is advertising"))
    hand.write(page.get_by_label("Anything a moderator should know"), "It sells shoes.")
    hand.press(page.get_by_role("button", name="Send the report"))
    expect(main).to_match_aria_snapshot(REPORTED)
    report = Report.objects.get(review=review)
    assert (report.reporter, report.reason, report.note) == (member, "advertising", "It sells shoes.")
    hand.press(page.get_by_role("button", name="Take the report back"))
    expect(main.get_by_role("status")).to_have_text("You took your report back.")
    expect(page.get_by_role("heading", level=1)).to_have_text("Report a review")
    assert not Report.objects.filter(review=review).exists()


def test_a_report_that_does_not_say_why_is_not_sent(open_page, member, review):
    page = open_page(f"/reviews/{review.pk}/report/", member=member)
    page.get_by_role("button", name="Send the report").click()
    expect(page.get_by_role("radio").first).to_be_focused()
    expect(page.get_by_role("heading", level=1)).to_have_text("Report a review")
    assert not Report.objects.filter(review=review).exists()


def test_spoilers_open_without_scripts(open_page, review):
    page = open_page(LISTED, java_script_enabled=False)
    expect(article(page).get_by_text("He dies.")).to_be_hidden()
    article(page).get_by_text("Show the review").click()
    expect(article(page).get_by_text("He dies.")).to_be_visible()


def test_a_vote_on_a_review_that_has_gone_meanwhile_says_so(open_page, member, review):
    page = open_page(LISTED, member=member)
    step = make.make_step(review=review, at=timezone.now())
    Review.objects.filter(pk=review.pk).update(withheld_by=step)
    button(page, "Helpful").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("That review is not here.")
    assert vote_of(member) is None


def test_a_vote_after_the_session_ended_leads_to_sign_in(open_page, member, review):
    page = open_page(LISTED, member=member)
    page.context.clear_cookies(name="session")
    button(page, "Helpful").first.click()
    expect(page).to_have_url(re.compile(f"/sign-in/[?]next=/reviews/{review.pk}/vote/"))


def test_a_vote_that_does_not_reach_us_says_so(open_page, member, review):
    page = open_page(LISTED, member=member)
    page.route("**/vote/", lambda route: route.abort())
    button(page, "Helpful").first.click()
    expect(article(page).get_by_text("That didn’t save. Try again.")).to_be_visible()


@pytest.mark.parametrize("width", [1440, 390, 320])
@pytest.mark.parametrize("colours", ["light", "dark"])
def test_pages_of_reviews_have_no_faults(open_page, width, colours, review):
    member = Member.objects.get(pk=review.author_id)
    pages = [LISTED, f"{CRANES}reviews/?stars=3", review.get_absolute_url(), f"/reviews/{review.pk}/vote/"]
    for address in [*pages, f"/reviewers/{member.handle}/", "/account/reviews/"]:
        page = open_page(address, width, member=member, color_scheme=colours, reduced_motion="reduce", has_touch=True)
        assert faults(page) == [], address
        assert page.evaluate(SIDEWAYS) <= 0, address
        if width < 1440:
            assert page.evaluate(SMALL, 44) == [], address
        page.close()
