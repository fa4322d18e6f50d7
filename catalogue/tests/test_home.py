"""The front page: what is new, popular and to come, for a visitor and for a member."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from catalogue import home_page
from catalogue.models import Credit
from tests.factories import (
    make_award,
    make_award_body,
    make_collection,
    make_copy,
    make_credit,
    make_member,
    make_plan,
    make_popular_title,
    make_queue_entry,
    make_release,
    make_rental,
    make_review,
    make_title,
    make_title_collection,
    make_vote,
)
from tests.pages import get, of_class, text

pytestmark = pytest.mark.django_db
MOST, MOST_OF_A_MEMBER = 14, 20


def section(page, key):
    """The section whose heading has the id `key`, or None."""
    return next((each for each in page.iter("section") if each.get("aria-labelledby") == key), None)


def names(client, key):
    return [text(name) for name in section(get(client, "/"), key).iter("h3")]


# ------------------------------------------------------------------ parts
def test_an_empty_shop_says_what_it_is_and_nothing_it_has_not(client):
    page = get(client, "/")
    assert "Films worth the walk to the door." in text(page)
    assert [each.get("aria-labelledby") for each in page.find(".//main").iter("section")] == ["h-how"]


def test_what_came_last_is_new(client):
    make_title(name="Not here")
    make_copy(title=make_title(name="Old"), acquired_on=date(2020, 1, 1))
    make_copy(title=make_title(name="New"), acquired_on=date(2026, 1, 1))
    make_copy(title=make_title(name="Worn"), acquired_on=date(2026, 2, 1), withdrawn_at=timezone.now())
    assert names(client, "h-new") == ["New", "Old"]


def test_what_is_popular_has_its_rank(client):
    for name in ("First", "Second"):
        make_popular_title(title=make_title(name=name))
    assert names(client, "h-pop") == ["First", "Second"]


def test_what_is_announced_has_its_day_and_no_wait(client):
    today = timezone.localdate()
    title = make_title(name="Kes")
    make_release(title=title, medium="blu-ray", released_on="2099-02-08")
    make_release(title=title, medium="4k", released_on="2099-05-01")
    make_release(title=make_title(name="Ran"), released_on="2098")
    make_release(title=make_title(name="Out today"), released_on=today.isoformat())
    make_release(title=make_title(name="Out"), released_on="2001")
    make_release(title=make_title(name="Unknown"), released_on="")
    coming = section(get(client, "/"), "h-coming")
    assert [text(card) for card in of_class(coming, "text")] == ["Ran DVD, 2098", "Kes Blu-ray, 8 February 2099"]
    assert not of_class(coming, "avail")


def test_a_collection_shows_its_most_rented_three(client):
    collection = make_collection(name="Trains", text="Somewhere to be.\n\nMore of it.")
    for times in (1, 3, 0, 2):
        title = make_title(name=f"Rented {times}")
        make_title_collection(title=title, collection=collection)
        for _ in range(times):
            make_rental(title=title)
    make_collection(text="Too few.")
    shelf = section(get(client, "/"), "h-coll")
    assert text(shelf.find(".//li")) == "Trains Somewhere to be."
    covers = [cover.get("src").split("/")[2] for cover in shelf.iter("img")]
    order = [title.slug for title in home_page.Title.objects.order_by("-stock__rentals")[:3]]
    assert covers == order


def test_the_prize_shows_its_last_winners_with_their_directors(client):
    cannes = make_award_body(slug="cannes", name="Cannes")
    for year in (1958, 1960):
        title = make_title(name=f"Winner of {year}")
        make_award(title=title, body=cannes, year=year, prize="Palme d'Or")
        make_credit(title=title, printed_name="One")
        make_credit(title=title, printed_name="Two")
    make_award(body=cannes, year=1961, prize="Palme d'Or", won=False)
    make_award(body=cannes, year=1962, prize="Jury Prize")
    prize = section(get(client, "/"), "h-prize")
    rows = [text(row) for row in prize.iter("li")]
    assert rows == ["1960 Winner of 1960 One and Two", "1958 Winner of 1958 One and Two"]
    assert Credit.objects.count() == 4


def test_members_words_are_the_helpful_ones_of_the_latest_without_spoilers(client):
    day = date(2026, 3, 1)
    plain = make_review(headline="Plain", written_on=day)
    helpful = make_review(headline="Helpful", written_on=day - timedelta(days=1))
    make_review(headline="Butler", contains_spoilers=True, written_on=day)
    make_review(headline="Again", title=helpful.title, written_on=day - timedelta(days=2))
    make_vote(review=helpful)
    words = [text(quote) for quote in of_class(get(client, "/"), "quote")]
    assert [("Helpful" in words[0]), ("Plain" in words[1]), len(words)] == [True, True, 2]
    assert plain.author.email not in "".join(words)


# ------------------------------------------------------------------ a member's
def test_a_member_sees_what_is_at_home_and_what_comes_next(sign_in):
    member = make_member(shown_as="Ruth")
    for name in "abcde":
        title = make_title(name=name)
        make_release(title=title)
        make_queue_entry(member=member, title=title)
    make_rental(member=member, title=make_title(name="At home"), posted_at=None)
    page = get(sign_in(member), "/")
    assert "1 disc at home, Ruth." in text(page.find(".//h1"))
    assert text(of_class(page, "at-home")[0]) == "At home DVD, being packed"
    assert [text(name) for name in of_class(page, "yours")[0].iter("h3")] == list("abcd")
    assert section(page, "h-how") is None and not of_class(page, "pitch")


def test_a_member_with_nothing_is_told_what_to_do(sign_in):
    page = get(sign_in(make_member(shown_as="Ruth")), "/")
    assert "Nothing at home, Ruth." in text(page.find(".//h1"))
    assert "Nothing in your queue" in text(of_class(page, "yours")[0])


# ------------------------------------------------------------------ queries
def fill(number):
    """`number` of everything the page shows."""
    cannes = make_award_body(slug="cannes") if number == 2 else home_page.Award.objects.first().body
    for _ in range(number):
        title = make_title()
        make_copy(title=title)
        make_popular_title(title=title)
        make_release(title=title, released_on="2099")
        make_award(title=title, body=cannes, prize="Palme d'Or", year=1990)
        make_credit(title=title)
        make_review(title=title)
        collection = make_collection(text="Words.")
        for _ in range(3):
            make_title_collection(collection=collection)


def queries(client):
    with CaptureQueriesContext(connection) as captured:
        assert client.get("/").status_code == 200
    return len(captured)


def test_it_makes_as_many_queries_for_much_as_for_little(client, sign_in):
    make_plan()
    member = make_member()
    counts = []
    for number in (2, 15):
        fill(number)
        for _ in range(number if number == 2 else 4):
            make_rental(member=member)
            make_queue_entry(member=member)
        counts.append((queries(client), queries(sign_in(member))))
    assert counts[0] == counts[1]
    assert counts[0][0] <= MOST and counts[0][1] <= MOST_OF_A_MEMBER
