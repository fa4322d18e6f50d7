"""What banned, closed and held members said is gone everywhere at once, and back as it was when that ends."""

from datetime import UTC, datetime

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from catalogue import pages
from catalogue.browse import fresh
from catalogue.invariants import broken
from members.models import Member
from reviews import moderation
from reviews.models import Review, ReviewStanding, ScoreSummary
from tests.factories import make_member, make_rating, make_review, make_staff, make_title, make_vote
from tests.pages import text, tree

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
PAGES = {
    "title": lambda liar: reverse("catalogue:title", args=["ikiru"]),
    "reviews": lambda liar: reverse("reviews:of_title", args=["ikiru"]),
    "newest": lambda liar: reverse("reviews:of_title", args=["ikiru"]) + "?sort=newest",
    "scores": lambda liar: reverse("reviews:scores", args=["ikiru"]),
    "home": lambda liar: "/",
    "reviewer": lambda liar: reverse("reviews:reviewer", args=[liar.handle]),
    "feed": lambda liar: reverse("reviews:feed_of_title", args=["ikiru"]),
    "reviewer's feed": lambda liar: reverse("reviews:feed_of_reviewer", args=[liar.handle]),
    "permalink": lambda liar: reverse("reviews:review", args=[liar.reviews.get(title__slug="ikiru").pk]),
}
WORDS = "Bought and paid for"


@pytest.fixture
def title():
    return make_title(name="Ikiru", slug="ikiru")


@pytest.fixture
def liar(title):
    """Somebody who rates, reviews and votes; others do, too."""
    liar = make_member(shown_as="Liar")
    make_review(title=title, author=liar, headline=WORDS)
    make_review(title=make_title(name="Red Beard"), author=liar, headline=WORDS)
    honest = make_review(title=title, headline="Honest", author=make_member(shown_as="Nadia"))
    for member in [honest.author, *(make_member() for _ in range(4))]:
        make_rating(title=title, member=member, half_stars=8)
    make_rating(title=title, member=liar, half_stars=10)
    make_vote(review=honest, voter=liar, helpful=False)
    make_vote(review=honest)
    return liar


def banned(liar):
    step = moderation.ban(liar, "Bought.", by=make_staff(), at=NOON)
    return lambda: moderation.lift(liar, by=step.by, at=NOON)


def undone(liar):
    step = moderation.ban(liar, "Bought.", by=make_staff(), at=NOON)
    return lambda: moderation.undo(step, by=step.by, at=NOON)


def closed(liar):
    Member.objects.filter(pk=liar.pk).update(is_active=False)
    return lambda: Member.objects.filter(pk=liar.pk).update(is_active=True)


ENDS = {"banned": banned, "a ban undone": undone, "closed": closed}


def read(client, page, liar):
    """What a visitor reads there; None if nothing is there. A test is one transaction, so kept pages look like new."""
    cache.clear()
    pages.forget()
    fresh.forget()
    response = client.get(page(liar))
    if response.status_code == 404:
        return None
    return text(tree(response)) if "html" in response["Content-Type"] else response.content.decode()


@pytest.mark.parametrize("unheard", ENDS.values(), ids=ENDS)
@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_a_page_loses_what_is_not_heard_and_gets_it_back(client, liar, page, unheard):
    before = read(client, page, liar)
    back = unheard(liar)
    meanwhile = read(client, page, liar)
    assert meanwhile != before and WORDS not in (meanwhile or "")
    back()
    assert read(client, page, liar) == before


@pytest.mark.parametrize("unheard", ENDS.values(), ids=ENDS)
def test_sums_lose_what_is_not_heard_and_get_it_back(liar, title, unheard):
    def sums():
        assert not broken()
        summary = ScoreSummary.objects.get(title=title)
        votes = (
            ReviewStanding.objects.filter(title=title).order_by("pk").values_list("shown", "helpful_votes", "all_votes")
        )
        return summary.ratings, summary.average, summary.reviews, list(votes)

    before = (6, 4.2, 2, [(True, 0, 0), (True, 1, 2)])
    assert sums() == before
    back = unheard(liar)
    assert sums() == (5, 4.0, 1, [(False, 0, 0), (True, 1, 1)])
    back()
    assert sums() == before


def test_a_held_rejected_and_approved_review_leaves_and_comes_back(client, liar, title):
    review, moderator = Review.objects.get(author=liar, title=title), make_staff()
    page = PAGES["title"]
    before = read(client, page, liar)
    for off in (
        lambda: moderation.hold(review, "links", at=timezone.now()),
        lambda: moderation.reject(review, "Bought.", by=moderator, at=timezone.now()),
        lambda: moderation.ask(review, "Say who paid.", by=moderator, at=timezone.now()),
    ):
        off()
        meanwhile = read(client, page, liar)
        assert WORDS not in meanwhile and "Reviews (1)" in meanwhile
        moderation.approve(review, by=moderator, at=timezone.now())
        assert read(client, page, liar) == before


def test_held_votes_leave_the_vote_line_and_come_back(client, liar):
    honest, moderator = Review.objects.exclude(author=liar).get(), make_staff()
    moderation.hold_votes(liar, honest.author, at=NOON)
    assert "1 out of 1 members found this review helpful." in read(client, PAGES["title"], liar)
    moderation.count_votes(liar, honest.author, by=moderator, at=NOON)
    assert "1 out of 2 members found this review helpful." in read(client, PAGES["title"], liar)


def test_a_title_stands_in_browse_by_what_counts(client, liar, title):
    other = make_title(name="Ran", slug="ran")
    for half_stars in (8, 8, 8, 8, 8, 9):
        make_rating(title=other, half_stars=half_stars)

    def order():
        fresh.forget()
        page = client.get("/titles/?sort=rating").content.decode()
        return page.index("/titles/ikiru/") < page.index("/titles/ran/")

    assert order()
    back = banned(liar)
    first = order()
    back()
    assert order() and not first
