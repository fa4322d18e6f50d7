"""How many queries pages make: few, and as many for much as for little."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from catalogue import pages
from catalogue.tests.odd_titles import review, with_everything
from reviews.models import ScoreSummary
from tests.factories import (
    make_collection,
    make_credit,
    make_critic_review,
    make_member,
    make_outside_score,
    make_person,
    make_plan,
    make_popular_title,
    make_similar_title,
    make_title,
    make_title_collection,
    make_title_country,
    make_title_genre,
)

pytestmark = pytest.mark.django_db
MOST = 12
OF_A_MEMBER = 8  # session, member, what is own, tastes, the queue's length, editions and waits, lists, states of cards
KEPT_FOR_A_MEMBER = 10  # those, the version, votes on reviews, and what similar titles the member had


def queries(client, url, **headers):
    with CaptureQueriesContext(connection) as captured:
        response = client.get(url, headers=headers)
    assert response.status_code in (200, 304), url
    return len(captured)


def cold(client, url):
    pages.forget()
    return queries(client, url)


@pytest.mark.parametrize(
    "few, many",
    [
        ({"readers": 2}, {"readers": 200}),
        ({"actors": 5}, {"actors": 60}),
        ({"releases": 1}, {"releases": 12}),
    ],
    ids=["2 or 200 reviews", "5 or 60 actors", "1 or 12 editions"],
)
def test_the_title_page_makes_as_many_queries_for_much_as_for_little(client, sign_in, few, many):
    make_plan()
    little, much = (with_everything(**size).get_absolute_url() for size in (few, many))
    cold(client, little)
    assert cold(client, little) == cold(client, much) <= MOST
    member = sign_in(make_member())
    assert cold(member, little) == cold(member, much) <= MOST + OF_A_MEMBER
    queries(member, little)
    assert queries(member, little) == queries(member, much) <= KEPT_FOR_A_MEMBER


def test_a_full_title_page_makes_no_more_than_twelve_queries(client):
    title = with_everything()
    make_plan()
    for number in range(7):
        make_similar_title(title=title)
        make_popular_title()
        make_critic_review(title=title)
        make_outside_score(title=title)
        make_title_genre(title=title)
        make_title_country(title=title, country_id=["FR", "DE", "IT", "SU", "GB", "US", "JP"][number])
    ScoreSummary.objects.rebuild([title.pk])
    assert cold(client, title.get_absolute_url()) <= MOST


def test_a_kept_page_costs_one_query(client):
    url = with_everything().get_absolute_url()
    tag = client.get(url)["ETag"]
    assert queries(client, url) == 1
    assert queries(client, url, if_none_match=tag) == 1


def test_a_visitor_whose_session_ended_costs_no_more(client):
    url = with_everything().get_absolute_url()
    client.get(url)
    client.cookies["session"] = "gone"
    assert queries(client, url) <= 2  # the session is looked for


def _reviews(number):
    title = make_title()
    review(title, number)
    return reverse("reviews:of_title", args=[title.slug])


def _critics(number):
    title = make_title()
    for _ in range(number):
        make_critic_review(title=title)
    ScoreSummary.objects.rebuild([title.pk])
    return reverse("reviews:critics_of_title", args=[title.slug])


def _person(number):
    person = make_person(has_page=True)
    for _ in range(number):
        title = make_title()
        make_title_genre(title=title)
        make_credit(title=title, person=person)
    return person.get_absolute_url()


def _collection(number):
    collection = make_collection()
    for _ in range(number):
        title = make_title()
        make_title_country(title=title)
        make_title_collection(title=title, collection=collection)
    return reverse("catalogue:collection", args=[collection.slug])


def _lists(name):
    def make(number):
        for _ in range(number):
            title = make_title(name="Listed")
            make_title_country(title=title)
            make_popular_title(title=title)
            make_collection(text="Text.")
            make_credit(title=title, person=make_person(name="Listed", has_page=True))
        return f"{reverse(name)}?q=listed"

    return make


def _search(number):
    url = _lists("catalogue:search")(number)
    connection.check_constraints()  # names are indexed when a transaction ends
    return url


LISTS = {
    "reviews": _reviews,
    "critics": _critics,
    "person": _person,
    "collection": _collection,
    "search": _search,
    **{name: _lists(f"catalogue:{name}") for name in ("home", "browse", "collections")},
}


@pytest.mark.parametrize("make", LISTS.values(), ids=LISTS)
def test_a_list_makes_as_many_queries_for_20_rows_as_for_2(client, make):
    queries(client, make(1))  # what a process reads once
    few = cold(client, make(2))
    assert cold(client, make(20)) == few <= MOST


def test_plans_make_one_query(client):
    for _ in range(5):
        make_plan()
    assert queries(client, reverse("rentals:plans")) == 1
