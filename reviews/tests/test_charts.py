"""The charts: places and figures by hand, who is left out, and that they are made anew in one piece."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from reviews import chart_words
from reviews.charts import rebuild_charts
from reviews.models import Chart, ChartPlace, HelpfulVote, ReviewStanding
from tests.factories import (
    make_ban,
    make_critic_review,
    make_member,
    make_rating,
    make_reader_choices,
    make_review,
    make_step,
    make_title,
    make_vote,
)
from tests.pages import get, of_class, text

NOW = datetime(2026, 3, 2, 14, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def database(db):
    pass


def film(name, *stars, fresh=0, rotten=0):
    title = make_title(name=name, slug=name.lower())
    for each in stars:
        make_rating(title=title, half_stars=round(each * 2))
    for number in range(fresh + rotten):
        make_critic_review(title=title, fresh=number < fresh)
    return title


def reviewer(name, helpful, not_helpful=0, **fields):
    author = make_member(shown_as=name)
    review = make_review(author=author, **fields)
    for number in range(helpful + not_helpful):
        make_vote(review=review, helpful=number < helpful)
    return author


def chart(client, key):
    """[[name, line, working, figure]] of a chart made anew."""
    rebuild_charts(now=timezone.now())
    return printed(client, key)


def printed(client, key):
    page = get(client, f"/charts/{key}/")
    return [
        [text(row.find(".//h3")), *(text(row.find(".//div").findall("p")[n]) for n in (-2, -1)), figure(row)]
        for lists in of_class(page, "chart")
        for row in lists.findall("li")
    ]


def figure(row):
    return text(of_class(row, "figure")[0])


def names(rows):
    return [name for name, *_ in rows]


# ------------------------------------------------------------------ best rated
def test_the_best_rated_are_weighted_with_the_mean_of_all(client):
    """Mean of all 16 ratings: (5 × 5 + 10 × 4.5 + 1 × 2) ÷ 16 = 4.5.

    Few: (5 × 5 + 10 × 4.5) ÷ 15 = 4.666…; Many: (10 × 4.5 + 10 × 4.5) ÷ 20 = 4.5; one rating is too few.
    """
    film("Many", *[4.5] * 10)
    film("Few", *[5] * 5)
    film("One", 2)
    assert chart(client, "best") == [
        ["Few", "5 ratings, on average 5", "5 ÷ 15 × 5 + 10 ÷ 15 × 4.5 = 4.66…", "4.67 of 5"],
        ["Many", "10 ratings, on average 4.5", "10 ÷ 20 × 4.5 + 10 ÷ 20 × 4.5 = 4.5", "4.50 of 5"],
    ]


def test_many_good_ratings_beat_few_that_are_perfect(client):
    """Mean of all 65: (5 × 5 + 30 × 4.5 + 30 × 2) ÷ 65 = 3.384…; Few 3.923…, Many 4.221…"""
    film("Few", *[5] * 5)
    film("Many", *[4.5] * 30)
    film("Poor", *[2] * 30)
    assert names(chart(client, "best")) == ["Many", "Few", "Poor"]


def test_equals_stand_by_the_number_of_ratings(client):
    film("Five", *[4] * 5)
    film("Six", *[4] * 6)
    assert names(chart(client, "best")) == ["Six", "Five"]


def test_ratings_of_the_banned_do_not_lift_a_film(client):
    title = film("Lifted", *[5] * 4)
    banned = make_member()
    make_rating(title=title, member=banned, half_stars=10)
    assert names(chart(client, "best")) == ["Lifted"]
    make_ban(member=banned)
    assert chart(client, "best") == []


# ------------------------------------------------------------------ critics
def test_critics_favourites_stand_by_what_is_sure(client):
    film("Sure", fresh=26, rotten=1)
    film("Small", fresh=5)
    film("Mixed", fresh=3, rotten=3)
    film("Four", fresh=4)
    assert chart(client, "critics") == [
        ["Sure", "26 of 27 reviews for it", "p = 26 ÷ 27 = 0.9629…, n = 27: lower bound 81.7%", "96% for"],
        ["Small", "5 of 5 reviews for it", "p = 5 ÷ 5 = 1, n = 5: lower bound 56.6%", "100% for"],
        ["Mixed", "3 of 6 reviews for it", "p = 3 ÷ 6 = 0.5, n = 6: lower bound 18.8%", "50% for"],
    ]


@pytest.mark.parametrize("part, whole, bound", [(4, 4, 0.510), (3, 3, 0.438), (10, 12, 0.552), (600, 1000, 0.569)])
def test_the_printed_lower_bound_is_that_of_the_field_guide_and_of_the_database(part, whole, bound):
    assert round(chart_words.bound(part, whole), 3) == bound
    standing = ReviewStanding.objects.filter(pk=make_review().pk)
    standing.update(helpful_votes=part, all_votes=whole)
    assert standing.get().helpfulness == pytest.approx(chart_words.bound(part, whole))


def test_critics_and_members_apart_has_its_sign(client):
    film("Loved", 5, 5, 5, 5, 1, fresh=1, rotten=4)
    film("Praised", 1, 1, 5, fresh=5)
    film("Respected", 1, 1, 1, 4, 4, fresh=6)
    film("Agreed", 5, 5, 5, 5, 5, fresh=5)
    assert chart(client, "apart") == [
        [
            "Respected",
            "Critics liked it more",
            "Critics 6 ÷ 6 = 100%, printed 100%; members 2 ÷ 5 = 40%, printed 40%. 100 − 40 = +60",
            "60 points",
        ],
        [
            "Loved",
            "Members liked it more",
            "Critics 1 ÷ 5 = 20%, printed 20%; members 4 ÷ 5 = 80%, printed 80%. 20 − 80 = −60",
            "60 points",
        ],
    ]


# ------------------------------------------------------------------ reviewers
def test_the_most_helpful_reviewers_stand_by_all_votes_on_their_reviews(client):
    reviewer("Sure", 20, 1)
    twice = reviewer("Twice", 3)
    second = make_review(author=twice)
    for _ in range(3):
        make_vote(review=second)
    reviewer("Four", 4)
    assert chart(client, "reviewers") == [
        ["Sure", "20 of 21 votes on 1 review", "p = 20 ÷ 21 = 0.9523…, n = 21: lower bound 77.3%", "95% helpful"],
        ["Twice", "6 of 6 votes on 2 reviews", "p = 6 ÷ 6 = 1, n = 6: lower bound 61.0%", "100% helpful"],
    ]


def test_votes_on_a_withheld_review_do_not_count(client):
    author = reviewer("Held", 5)
    assert names(chart(client, "reviewers")) == ["Held"]
    author.reviews.update(withheld_by=make_step(review=author.reviews.get()))
    assert chart(client, "reviewers") == []


def test_votes_of_the_banned_do_not_count(client):
    reviewer("Pushed", 5)
    make_ban(member=HelpfulVote.objects.first().voter)
    assert chart(client, "reviewers") == []


def close(member):
    member.is_active = False
    member.save()


def hide(member):
    make_reader_choices(member=member, has_page=False)


@pytest.mark.parametrize("leave", [close, hide, lambda member: make_ban(member=member)])
def test_who_leaves_is_gone_at_once_and_after_the_next_rebuild(client, leave):
    gone, there = reviewer("Gone", 9), reviewer("There", 5)
    make_reader_choices(member=there, has_page=True)
    assert names(chart(client, "reviewers")) == ["Gone", "There"]
    leave(gone)
    assert names(printed(client, "reviewers")) == ["There"]
    assert "Gone" not in text(get(client, "/charts/"))
    rebuild_charts(now=NOW)
    assert [place.member for place in ChartPlace.objects.filter(chart=Chart.REVIEWERS)] == [there]


# ------------------------------------------------------------------ the pages
def test_a_chart_says_when_it_was_made(client):
    film("Ikiru", *[5] * 5)
    rebuild_charts(now=NOW)
    assert "As of 14:00 on 2 March 2026." in text(get(client, "/charts/best/"))
    now = timezone.now()
    rebuild_charts(now=now)
    assert f"As of {timezone.localtime(now):%H:%M} today." in text(get(client, "/charts/"))


def test_the_page_of_charts_shows_the_first_five_of_each(client):
    for number in range(6):
        film(f"Film{number}", *[4] * 5, fresh=3, rotten=2)
        reviewer(f"R{number}", 5)
    rebuild_charts(now=NOW)
    lengths = [len(rows.findall("li")) for rows in of_class(get(client, "/charts/"), "chart")]
    assert lengths == [5, 5, 5, 5]


def test_empty_charts_say_so(client):
    rebuild_charts(now=NOW)
    assert text(get(client, "/charts/")).count("No film has enough for it yet.") == 3
    assert "No member has enough for it yet." in text(get(client, "/charts/"))
    for key in Chart.values:
        assert "has enough for this chart yet." in text(get(client, f"/charts/{key}/"))


def test_a_chart_that_is_none_is_not_there(client):
    assert client.get("/charts/worst/").status_code == 404


@pytest.mark.parametrize("url", ["/charts/", "/charts/best/", "/charts/reviewers/"])
def test_a_chart_takes_as_many_queries_for_many_places_as_for_two(client, url):
    def queries():
        rebuild_charts(now=NOW)
        with CaptureQueriesContext(connection) as captured:
            get(client, url)
        return len(captured)

    for number in range(2):
        film(f"Film{number}", *[4] * 5, fresh=5)
        reviewer(f"R{number}", 5)
    few = queries()
    for number in range(2, 9):
        film(f"Film{number}", *[4] * 5, fresh=5)
        reviewer(f"R{number}", 5)
    assert queries() == few


def test_the_charts_are_in_the_sitemap_and_in_the_foot_of_pages(client):
    assert "/charts/best/" in client.get("/sitemaps/charts-0.xml").content.decode()
    assert any(link.get("href") == "/charts/" for link in get(client, "/plans/").iter("a"))


# ------------------------------------------------------------------ made anew
def test_the_command_after_an_import_makes_the_charts(client):
    film("Ikiru", *[5] * 5)
    call_command("rebuild_suggestions", verbosity=0)
    assert names(printed(client, "best")) == ["Ikiru"]


def test_rebuilding_twice_leaves_the_same_places(client):
    film("Ikiru", *[5] * 5)
    rebuild_charts(now=NOW)
    rebuild_charts(now=NOW + timedelta(hours=1))
    assert ChartPlace.objects.get().made_at == NOW + timedelta(hours=1)


def test_a_hundred_places_are_the_most(client, monkeypatch):
    monkeypatch.setattr("reviews.charts.PLACES", 3)
    for number in range(5):
        film(f"Film{number}", *[4] * 5)
    assert len(chart(client, "best")) == 3
