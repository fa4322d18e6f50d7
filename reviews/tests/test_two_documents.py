"""The figures, lines and orders of the two pages this catalogue began from come out of rows.

Members are rows of their own, critics' and outside reviews hold facts only. That the page of that film prints them
where the documents did is tested in catalogue/tests/test_two_documents.py.
"""

from datetime import date, timedelta

import pytest

from catalogue.title_page import load, readers
from reviews.models import Rating, Review, ReviewStanding, ScoreSummary
from tests.factories import (
    DAY,
    make_critic,
    make_critic_review,
    make_member,
    make_outside_review,
    make_outside_score,
    make_publication,
    make_rating,
    make_review,
    make_title,
    make_vote,
)
from tests.pages import by_id, get, of_class, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def title():
    """A title whose sums are what its rows say, before and after."""
    yield make_title(name="The Cranes Are Flying", slug="cranes")
    assert ScoreSummary.objects.wrong() == [] and ReviewStanding.objects.wrong() == []


def page(client):
    return get(client, "/titles/cranes/")


def scores(title):
    return ScoreSummary.objects.get(title=title).words()


# ------------------------------------------------------------------ votes
LINES = [
    "4 out of 4 members found this review helpful.",
    "3 out of 3 members found this review helpful.",
    "0 out of 0 members found this review helpful.",
]


@pytest.fixture
def five_reviews(title):
    """The three of the first document, written in the other order, and two that nobody found helpful."""
    for number, votes in enumerate((0, 3, 4)):
        review = make_review(title=title, headline=f"{votes} votes", written_on=DAY + timedelta(days=number))
        [make_vote(review=review) for _ in range(votes)]
    for number in (8, 9):
        make_vote(review=make_review(title=title, written_on=DAY - timedelta(days=number)), helpful=False)
    return title


def test_vote_lines_and_their_order(client, five_reviews):
    lines = [one.find(".//*[@role='status']") for one in of_class(page(client), "review")]
    assert [text(line) for line in lines] == LINES


@pytest.mark.parametrize("key", ["helpfulness", "delta"])
def test_the_order_is_the_same_by_wilson_and_by_what_is_left_when_votes_against_are_taken_off(five_reviews, key):
    reviews = list(Review.objects.shown().select_related("standing"))
    for review in reviews:
        review.standing.delta = 2 * review.standing.helpful_votes - review.standing.all_votes
    reviews.sort(key=lambda review: (-getattr(review.standing, key), -review.written_on.toordinal()))
    assert [review.headline for review in reviews][:3] == ["4 votes", "3 votes", "0 votes"]


def test_the_lower_bounds_of_the_document(five_reviews):
    bounds = ReviewStanding.objects.filter(all_votes__in=(3, 4)).order_by("all_votes")
    assert [round(bound.helpfulness, 3) for bound in bounds] == [0.438, 0.51]


def test_five_are_counted_while_three_are_shown(client, five_reviews):
    reviews = by_id(page(client), "reviews")
    assert text(reviews.find(".//h2")) == "Reviews (5) of The Cranes Are Flying"
    assert len(of_class(reviews, "review")) == 3


# ------------------------------------------------------------------ critics' score
@pytest.mark.parametrize(
    ("fresh", "rotten", "percent"), [(26, 1, 96), (25, 2, 93), (27, 0, 100), (4, 0, None), (5, 0, 100), (0, 5, 0)]
)
def test_critics_score(title, fresh, rotten, percent):
    for number in range(fresh + rotten):
        make_critic_review(title=title, fresh=number < fresh)
    assert scores(title)["critics_percent"] == percent


def test_below_five_critics_the_page_says_from_when_there_is_a_score(client, title):
    [make_critic_review(title=title) for _ in range(4)]
    assert "4 of 4 for A score appears at 5 reviews." in text(by_id(page(client), "figures"))


# ------------------------------------------------------------------ ratings
def test_five_of_the_six_audience_ratings_are_for_it(title):
    for half_stars in (6, 7, 9, 10, 8, 8):
        make_rating(title=title, half_stars=half_stars)
    assert scores(title)["liked_percent"] == 83


def test_the_average_of_116_ratings(client, title):
    counts = {1: 1, 2: 1, 3: 1, 4: 2, 5: 3, 6: 9, 7: 13, 8: 32, 9: 25, 10: 29}
    for half_stars, number in counts.items():
        for _ in range(number):
            make_rating(title=title, half_stars=half_stars)
    assert Rating.objects.count() == 116
    assert text(of_class(page(client), "tally")[0]).startswith("Members 4.1 of 5 from 116 ratings ")


def test_2500_and_more_ratings_and_255_reviews_elsewhere(client, title):
    make_outside_score(title=title, ratings=2500, ratings_at_least=True, liked_percent=93, reviews=255)
    printed = text(page(client))
    assert "93% liked it 2,500+ ratings" in printed and "All 255 audience reviews" in printed


# ------------------------------------------------------------------ critics
CRITICS = [  # as the second document lists them: the top critics, then the rest
    ("David Fear", "Time Out", "6/6", date(2008, 1, 18), True, True),
    ("Dave Kehr", "Chicago Reader", "", date(2007, 1, 19), False, True),
    ("Bosley Crowther", "New York Times", "4.5/5", date(2003, 12, 8), True, True),
    ("Wael Khairy", "The Cinephile Fix", "", date(2022, 9, 23), True, False),
    ("John Beaufort", "Christian Science Monitor", "", date(2022, 8, 17), True, False),
    ("Nicholas Bell", "IONCINEMA.com", "5/5", date(2020, 7, 31), True, False),
]


def critic(title, name, publication, score, day, fresh, top):
    paper = make_publication()
    paper.name = publication
    paper.save()
    who = make_critic(is_top=top)
    who.name = name
    who.save()
    quote = "" if score == "6/6" else "What this critic says in words of ours."
    facts = {"score": score, "quote": quote, "added_on": day, "fresh": fresh}
    make_critic_review(title=title, critic=who, publication=paper, **facts)


def shown(client):
    return [text(quote.find(".//footer/b")) for quote in of_class(by_id(page(client), "critics"), "quote")]


@pytest.fixture
def older(title):
    """Critics added earlier than those of the document: as many as are missing to 27, some of them top critics."""

    def make(top, others):
        for number in range(top + others):
            day = date(2002, 1, 1) - timedelta(days=number)
            critic(title, f"Critic {number}", f"Paper {number}", "", day, True, number < top)

    return make


def test_six_of_27_critics_stand_in_the_order_of_the_document(client, title, older):
    for row in reversed(CRITICS):
        critic(title, *row)
    older(top=6, others=15)
    assert shown(client) == [row[0] for row in CRITICS]
    assert "All 27 critics’ reviews" in text(by_id(page(client), "critics"))
    assert "26 of 27 reviews are for it" in text(by_id(page(client), "critics"))


@pytest.mark.parametrize(("top", "others", "tops_shown"), [(0, 9, 0), (9, 0, 6), (9, 1, 5), (1, 9, 1), (2, 2, 2)])
def test_places_that_one_kind_leaves_go_to_the_other(title, older, top, others, tops_shown):
    older(top, others)
    numbers = [int(each["critic"].split()[1]) for each in readers(load(title.pk))["critics"]]
    assert [number < top for number in numbers] == [True] * tops_shown + [False] * (len(numbers) - tops_shown)
    assert len(numbers) == min(6, top + others)


def test_a_critic_is_printed_as_he_wrote(client, title):
    for row in CRITICS:
        critic(title, *row)
    printed = [text(quote) for quote in of_class(by_id(page(client), "critics"), "quote")]
    assert printed[0] == "For Rated 6/6 David Fear, Time Out 18 January 2008 · Top critic"
    assert printed[1].startswith("Against What this critic") and "Rated" not in printed[1]
    assert printed[2].startswith("For Rated 4.5/5") and "8 December 2003" in printed[2]


# ------------------------------------------------------------------ audience elsewhere
def test_six_of_255_voices_with_their_stars_and_days(client, title):
    make_outside_score(title=title, reviews=255)
    rows = [(6, date(2023, 10, 2)), (7, date(2023, 9, 6)), (9, date(2023, 7, 21)), (10, date(2023, 3, 30))]
    rows += [(8, date(2023, 3, 30)), (8, date(2023, 3, 31))]
    for number, (half_stars, day) in enumerate(rows):
        make_outside_review(title=title, author=f"Voice {number}", half_stars=half_stars, written_on=day)
    voices = of_class(page(client), "brief")[0].findall("li")
    assert [of_class(voice, "stars")[0].get("data-n") for voice in voices] == ["3", "3.5", "4.5", "5", "4", "4"]


def test_a_rating_without_words_counts_in_ratings_alone(title):
    make_rating(title=title, member=make_member())
    make_review(title=title)
    assert (scores(title)["ratings"], scores(title)["reviews"]) == (1, 1)
