"""16 clients set ratings and votes and take them back, on 5 films and their 50 reviews, by the verbs that pages use."""

import random
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import DatabaseError, connection
from django.utils import timezone

from reviews.models import HelpfulVote, Rating
from tests.factories import make_member, make_review, make_title
from tests.test_rating_locks import LOSING
from tests.test_rating_race import check_sums

pytestmark = pytest.mark.race
CLIENTS, TITLES, AUTHORS = 16, 5, 10


@pytest.fixture
def reviews(scratch):
    titles, authors = [make_title() for _ in range(TITLES)], [make_member() for _ in range(AUTHORS)]
    return [make_review(title=title, author=author) for title in titles for author in authors]


def toggle(member, reviews, times):
    chance, now = random.Random(member.pk), timezone.now()
    try:
        for _ in range(times):
            review = chance.choice(reviews)
            chance.choice([_rate, _rate, _take_back, _vote, _vote, _take_vote_back])(review, member, chance, now)
    finally:
        connection.close()


def _rate(review, member, chance, now):
    half_stars = chance.randint(1, 10)
    Rating.objects.record(title=review.title, member=member, half_stars=half_stars, on=timezone.localdate(now))


def _take_back(review, member, chance, now):
    Rating.objects.take_back(title=review.title, member=member)


def _vote(review, member, chance, now):
    HelpfulVote.objects.record(review=review, voter=member, helpful=chance.random() < 0.6, at=now)


def _take_vote_back(review, member, chance, now):
    HelpfulVote.objects.take_back(review=review, voter=member)


def all_at_once(reviews, times):
    members = [make_member() for _ in range(CLIENTS)]
    with ThreadPoolExecutor(CLIENTS) as threads:
        clients = [threads.submit(toggle, member, reviews, times) for member in members]
    assert [client.result() for client in clients] == [None] * CLIENTS
    assert Rating.objects.filter(member__in=members).exists() and HelpfulVote.objects.filter(voter__in=members).exists()


@pytest.mark.parametrize("times", [25, pytest.param(10_000, marks=pytest.mark.long)])
def test_every_sum_is_what_its_rows_say(reviews, times):
    all_at_once(reviews, times)
    check_sums()


def test_read_then_written_they_are_not(reviews):
    with connection.cursor() as cursor:
        cursor.execute(LOSING)
    with pytest.raises((AssertionError, DatabaseError)):  # a sum that is wrong, or is about to fall below nothing
        all_at_once(reviews, 25)
        check_sums()
