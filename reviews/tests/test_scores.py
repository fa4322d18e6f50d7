"""Scores and their working: the values of the field guide, sums by hand, and random rows against plain Python."""

import re
from datetime import date
from fractions import Fraction

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st

from catalogue import pages
from reviews.models import Rating, ScoreSummary
from reviews.tally import Tally, percent
from tests.factories import (
    make_ban,
    make_critic,
    make_critic_review,
    make_member,
    make_outside_score,
    make_rating,
    make_title,
)
from tests.pages import by_id, get, of_class, text

SCORES = "/titles/ikiru/scores/"
TITLE = "/titles/ikiru/"


@pytest.fixture
def title(db):
    """A title; after every test its summary, and all others, are what their rows say."""
    yield make_title(name="Ikiru", slug="ikiru")
    assert ScoreSummary.objects.wrong() == []


def rate(title, *stars, **fields):
    for each in stars:
        make_rating(title=title, half_stars=round(each * 2), **fields)


def review(title, fresh, rotten=0, top=0):
    """Critics' reviews for and against, the first `top` by top critics."""
    for number in range(fresh + rotten):
        make_critic_review(title=title, fresh=number < fresh, critic=make_critic(is_top=number < top))


def summary(title):
    return ScoreSummary.objects.get(pk=title.pk)


def section(client, key, url=SCORES):
    return text(by_id(get(client, url), key))


def rows(client, key):
    """[[cells]] of the first table of a section."""
    table = next(by_id(get(client, SCORES), key).iter("table"))
    return [[text(cell) for cell in row if text(cell)] for row in table.iter("tr")]


# ------------------------------------------------------------------ the values of the field guide, part g
def test_26_of_27_critics_are_96_percent_fresh_and_not_certified(client, title):
    review(title, 26, 1, top=5)
    words = summary(title).words()
    assert (words["critics_percent"], words["freshness"], words["certified"]) == (96, "Fresh", False)
    assert words["not_certified"] == ["27 of 40 reviews"]
    printed = section(client, "critics-share")
    assert "96% for: Fresh" in printed and "26 ÷ 27 = 96.29…%, printed 96%" in printed
    assert "Not certified fresh: 27 of 40 reviews" in printed
    assert "96% for 26 of 27 reviews Fresh: 60% or more" in text(of_class(get(client, TITLE), "scores")[0])


def test_27_of_27_critics_are_100_percent(title):
    review(title, 27)
    assert summary(title).critics_percent == 100


def test_four_critics_have_no_percentage(client, title):
    review(title, 4)
    assert (summary(title).critics_percent, summary(title).freshness) == (None, "")
    printed = section(client, "critics-share")
    assert "4 of 4 reviews are for it." in printed and "A percentage appears at 5 reviews" in printed
    assert "Fresh" not in text(of_class(get(client, TITLE), "scores")[0])


def test_six_ratings_of_which_five_liked_it_are_83_percent(client, title):
    rate(title, 3, 3.5, 4.5, 5, 4, 4)
    assert "5 ÷ 6 = 83.33…%, printed 83%" in section(client, "liked")
    assert summary(title).liked_percent == 83
    assert "83% liked it" in text(of_class(get(client, TITLE), "tally")[0])


@pytest.mark.parametrize(
    "fresh, rotten, percentage, word",
    [(3, 2, 60, "Fresh"), (29, 20, 59, "Rotten"), (119, 81, 60, "Fresh"), (1, 7, 13, "Rotten"), (0, 5, 0, "Rotten")],
)
def test_percentages_round_halves_up_and_the_word_goes_by_what_is_printed(title, fresh, rotten, percentage, word):
    title.score_summary.critic_reviews, title.score_summary.fresh_reviews = fresh + rotten, fresh
    assert (title.score_summary.critics_percent, title.score_summary.freshness) == (percentage, word)


@pytest.mark.parametrize(
    "fresh, rotten, top, missing",
    [
        (30, 10, 5, []),
        (29, 11, 5, ["73% of 75% for it"]),
        (30, 9, 5, ["39 of 40 reviews"]),
        (30, 10, 4, ["4 of 5 reviews by top critics"]),
        (5, 5, 0, ["50% of 75% for it", "10 of 40 reviews", "0 of 5 reviews by top critics"]),
    ],
)
def test_certified_fresh_takes_three_things_and_what_is_missing_is_said(client, title, fresh, rotten, top, missing):
    review(title, fresh, rotten, top)
    assert summary(title).words()["certified"] == (not missing)
    heading = f"Not certified fresh: {', '.join(missing)}" if missing else "Certified fresh"
    assert heading in section(client, "critics-share")
    assert ("Certified fresh" in text(of_class(get(client, TITLE), "scores")[0])) == (not missing)


@pytest.mark.parametrize(
    "stars, average, worked",
    [
        ([4, 4, 4, 4, 4.5], 4.1, "(4 × 4 + 1 × 4.5) ÷ 5 = 4.1, printed 4.1"),
        ([4, 4, 4, 4.5, 4.5, 4.5, 4.5, 4.5], 4.3, "(3 × 4 + 5 × 4.5) ÷ 8 = 4.31…, printed 4.3"),
        ([4, 4, 4, 4, 4.5, 4.5, 4.5, 4.5], 4.3, "(4 × 4 + 4 × 4.5) ÷ 8 = 4.25, printed 4.3"),
        ([4, 4, 4, 4, 4, 4.5, 4.5, 4.5], 4.2, "(5 × 4 + 3 × 4.5) ÷ 8 = 4.18…, printed 4.2"),
        ([0.5, 0.5, 0.5, 0.5, 5], 1.4, "(4 × 0.5 + 1 × 5) ÷ 5 = 1.4, printed 1.4"),
    ],
)
def test_an_average_is_printed_with_its_sum(client, title, stars, average, worked):
    rate(title, *stars)
    assert worked in section(client, "average")
    assert f"{average} of 5 from {len(stars)} ratings" in text(of_class(get(client, TITLE), "tally")[0])


# ------------------------------------------------------------------ the page
def test_all_and_verified_ratings_stand_side_by_side(client, title):
    rate(title, 3, 3, 3, 3, 3)
    rate(title, 5, 5, 5, 4, 4, verified=True)
    assert rows(client, "average") == [
        ["All members", "Verified: the disc came back"],
        ["Average", "3.8 of 5", "4.6 of 5"],
        ["Ratings", "10", "5"],
        ["Liked it", "50%", "100%"],
    ]
    assert "4.6 from 5 who rented it here" in text(of_class(get(client, TITLE), "tally")[0])


def test_too_few_verified_ratings_have_no_figure(client, title):
    rate(title, 3)
    rate(title, 5, 5, 5, 5, verified=True)
    assert rows(client, "average")[1] == ["Average", "4.6 of 5", "From 5 ratings on"]
    assert "4 of the 5 ratings it takes." in section(client, "average")
    assert "rented it here" not in text(of_class(get(client, TITLE), "tally")[0])


def test_the_histogram_is_a_table(client, title):
    rate(title, 5, 5, 0.5)
    rate(title, 4.5, verified=True)
    (head, best, next_best, *_, worst, foot) = rows(client, "histogram")
    assert head == ["Stars", "All", "Share", "Verified"]
    assert best == ["5 stars", "2", "50%", "0"] and next_best == ["4.5 stars", "1", "25%", "1"]
    assert worst == ["0.5 star", "1", "25%", "0"] and foot == ["All", "4", "100%", "1"]
    widths = [bar.get("width") for bar in by_id(get(client, SCORES), "histogram").iter("rect")]
    assert widths == ["100.0", "50.0", *["0.0"] * 7, "50.0"]


def test_the_history_gives_each_months_ratings_and_the_average_until_then(client, title):
    rate(title, 2, 3, rated_on=date(2026, 1, 31))
    rate(title, 5, rated_on=date(2026, 2, 1))
    rate(title, 4, 4, rated_on=date(2026, 5, 1))
    assert rows(client, "history") == [
        ["Month", "Given", "All until then", "Average"],
        ["May 2026", "2", "5", "3.6"],
        ["February 2026", "1", "3", "3.33…"],
        ["January 2026", "2", "2", "2.5"],
    ]
    (line,) = by_id(get(client, SCORES), "history").iter("polyline")
    assert line.get("points") == "0.0,55.6 75.0,37.0 300.0,31.1"


def test_a_changed_rating_counts_in_the_month_of_its_change_and_one_taken_back_is_gone(client, title):
    member, other = make_member(), make_member()
    for who in (member, other):
        Rating.objects.record(title=title, member=who, half_stars=4, on=date(2026, 1, 5))
    Rating.objects.record(title=title, member=member, half_stars=8, on=date(2026, 3, 5))
    assert [row[:3] for row in rows(client, "history")[1:]] == [["March 2026", "1", "2"], ["January 2026", "1", "1"]]
    Rating.objects.take_back(title=title, member=other)
    assert [row[:3] for row in rows(client, "history")[1:]] == [["March 2026", "1", "1"]]


def test_only_the_latest_year_of_a_long_history_stands_open(client, title):
    for month in range(1, 13):
        rate(title, 4, rated_on=date(2024, month, 5))
    rate(title, 4, rated_on=date(2025, 1, 5))
    assert len(rows(client, "history")) == 1 + 12
    (fold,) = of_class(by_id(get(client, SCORES), "history"), "fold")
    assert text(fold.find("summary")) == "1 earlier month" and "January 2024" in text(fold)


def test_what_a_banned_or_closed_account_says_is_in_no_figure(client, title):
    rate(title, 4, 4, 4, 4, 4)
    banned, closed = make_member(), make_member()
    rate(title, 0.5, member=banned)
    rate(title, 0.5, member=closed)
    make_ban(member=banned)
    closed.is_active = False
    closed.save()
    pages.forget()
    assert "(5 × 4) ÷ 5 = 4, printed 4.0" in section(client, "average")
    assert rows(client, "history")[1][1:] == ["5", "5", "4"]


def test_the_score_of_another_site_stands_with_its_day_and_count(client, title):
    make_outside_score(title=title, ratings_at_least=True, url="https://example.org/ikiru")
    assert "93% of 2,500+ ratings liked it, says Source" in section(client, "elsewhere")
    assert "on 5 January 2026." in section(client, "elsewhere")


def test_without_ratings_and_critics_every_part_says_so(client, title):
    page = text(get(client, SCORES))
    for words in (
        "Nobody has rated it yet. The average appears at 5 ratings.",
        "0 of the 5 ratings it takes.",
        "No ratings yet.",
        "The first rating begins it.",
        "No critic has written about it yet.",
        "We know of no score elsewhere.",
    ):
        assert words in page
    assert "÷ 0" not in page


def test_a_title_that_is_not_there_has_no_scores(client, db):
    assert client.get("/titles/nobody/scores/").status_code == 404


def test_each_figure_of_the_title_page_leads_to_its_working(client, title):
    rate(title, 3, 3, 3, 3, 3, verified=True)
    review(title, 5)
    page = get(client, TITLE)
    hrefs = {link.get("href") for name in ("tally", "scores") for link in of_class(page, name)[0].iter("a")}
    assert hrefs == {f"{SCORES}#{part}" for part in ("average", "liked", "histogram", "critics-share")}
    working = get(client, SCORES)
    for href in hrefs:
        by_id(working, href.partition("#")[2])


def test_the_page_takes_as_many_queries_for_many_ratings_as_for_few(client, title):
    def queries():
        with CaptureQueriesContext(
            connection,
        ) as captured:
            get(client, SCORES)
        return len(captured)

    rate(title, 4)
    few = queries()
    for month in range(1, 13):
        rate(title, 4, 3.5, rated_on=date(2025, month, 3))
    make_outside_score(title=title)
    make_outside_score(title=title)
    review(title, 9)
    assert queries() == few


# ------------------------------------------------------------------ thresholds
PRINTED = {  # setting: where a reader finds it, and in which words
    "liked_from_half_stars": (SCORES, "ratings of {stars} stars or more"),
    "ratings_to_show": (SCORES, "Printed from {} ratings on"),
    "critics_to_show": (SCORES, "Printed from {} reviews on"),
    "fresh_from_percent": (SCORES, "from {}% as printed it is Fresh"),
    "certified_from_percent": (SCORES, "Certified fresh takes {}%"),
    "certified_from_reviews": (SCORES, "of {} reviews or more"),
    "certified_from_top_critics": (SCORES, "at least {} of them by top critics"),
    "chart_prior_ratings": ("/charts/best/", "{}: so many ratings of the mean of all films are added"),
    "chart_from_ratings": ("/charts/best/", "ratings of the film, {} or more"),
    "chart_from_votes": ("/charts/reviewers/", "{} votes or more"),
}
ELSEWHERE = {"taste_in_common"}  # printed beside a comparison of two members


def test_every_threshold_is_printed_beside_its_figure(client, title):
    assert set(PRINTED) | ELSEWHERE == set(settings.SCORES)
    for name, (url, words) in PRINTED.items():
        value = settings.SCORES[name]
        assert words.format(value, stars=f"{value / 2:g}") in text(get(client, url)), name


# ------------------------------------------------------------------ against a plain recomputation
ratings = st.lists(st.tuples(st.integers(1, 10), st.booleans(), st.sampled_from(["open", "banned", "closed"])))


def plain(half_stars):
    """(count, average, liked per cent) of half stars, in fractions, halves up."""
    if not half_stars:
        return 0, None, None
    mean = Fraction(sum(half_stars), 2 * len(half_stars))
    liked = Fraction(sum(each >= 7 for each in half_stars), len(half_stars))
    return len(half_stars), int(mean * 10 + Fraction(1, 2)) / 10, int(liked * 100 + Fraction(1, 2))


def figures(tally):
    return tally.ratings, tally.average, tally.liked_percent


@pytest.mark.django_db
@hypothesis(max_examples=25, deadline=None)
@given(ratings)
def test_a_summary_is_what_its_rows_say(said):
    title = make_title()
    for half_stars, verified, account in said:
        member = make_member()
        make_rating(title=title, member=member, half_stars=half_stars, verified=verified)
        if account == "banned":
            make_ban(member=member)
        if account == "closed":
            member.is_active = False
            member.save()
    heard = [(half_stars, verified) for half_stars, verified, account in said if account == "open"]
    summed = summary(title)
    assert figures(summed.members) == plain([half_stars for half_stars, _ in heard])
    assert figures(summed.renters) == plain([half_stars for half_stars, verified in heard if verified])
    months = list(Rating.objects.by_month(title))
    assert sum(month["stars"] for month in months) == sum(half_stars for half_stars, _ in heard)


@given(st.lists(st.integers(0, 200_000), min_size=10, max_size=10).filter(any))
def test_what_is_printed_is_the_sum_that_is_printed(histogram):
    tally = Tally(histogram)
    sum_, divisor, result, printed = re.fullmatch(
        r"\((.*)\) ÷ ([\d,]+) = ([\d.]+)…?, printed ([\d.]+)", tally.average_worked()
    ).groups()
    terms = [term.replace(",", "").split(" × ") for term in sum_.split(" + ")]
    exact = sum(int(number) * Fraction(stars) for number, stars in terms) / int(divisor.replace(",", ""))
    assert exact - Fraction(1, 100) < Fraction(result) <= exact
    assert abs(Fraction(printed) - exact) <= Fraction(1, 20) and float(printed) == tally.average
    assert abs(tally.liked_percent - Fraction(100 * tally.liked, tally.ratings)) <= Fraction(1, 2)


@pytest.mark.parametrize(
    "part, whole, printed", [(1, 8, 13), (3, 8, 38), (1, 3, 33), (2, 3, 67), (1, 200, 1), (0, 9, 0)]
)
def test_halves_of_a_percent_are_rounded_up(part, whole, printed):
    assert percent(part, whole) == printed
