"""16 members at the same films over HTTP: they rate, review and vote, are banned and close their accounts, all at once.

Afterwards every sum is what its rows say. The controls take one lock after the other away (migration reviews/0005):
each is there because without it something breaks.
"""

import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from http.client import HTTPConnection
from urllib.parse import urlencode, urlsplit
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection
from django.test import Client
from django.utils import timezone
from pytest_django.live_server_helper import LiveServer

from catalogue import invariants
from members import closing
from members.models import Member
from reviews.models import Ban, HelpfulVote, Rating, Review, ReviewStanding, ScoreSummary, VoteHold
from tests.factories import make_ban, make_member, make_rating, make_review, make_title, make_vote

pytestmark = pytest.mark.race
CLIENTS, TITLES, AUTHORS, PASSING = 16, 5, 10, 8
TOKEN = "a" * 32
FINE = {200, 302, 404}  # 404: a vote on a review that is gone or hidden by now
OFTEN = ["rate", "rate", "rate", "unrate", "vote", "vote", "vote", "unvote", "write", "look"]
RARELY = ["delete", "ban", "lift", "close"]


class Crowd:
    """Clients, each a member of its own, at the same titles and reviews; `outcomes` counts what came of it."""

    def __init__(self, address, titles, authors, passing):
        self.host, self.titles, self.authors = urlsplit(address).netloc, titles, authors
        self.readers = [make_member() for _ in range(CLIENTS)]
        self.cookies = [_cookie(member) for member in self.readers]
        self.passing, self.outcomes = passing, Counter()

    def work(self, number, times):
        try:
            worker = _Reader(self, number)
            for _ in range(times):
                worker.once()
            worker.link.close()
        finally:
            connection.close()


def _cookie(member):
    client = Client()
    client.force_login(member)
    return f"session={client.cookies['session'].value}; csrftoken={TOKEN}"


class _Reader:
    """One client: what it does next is by chance."""

    def __init__(self, crowd, number):
        self.crowd, self.chance = crowd, random.Random(number)
        self.member, self.cookie = crowd.readers[number], crowd.cookies[number]
        self.link = HTTPConnection(crowd.host, timeout=60)

    def once(self):
        what = self.chance.choice(RARELY if self.chance.random() < 0.1 else OFTEN)
        self.crowd.outcomes[what] += 1
        getattr(self, what)(self.chance.choice(self.crowd.titles))

    def rate(self, title):
        self.post(f"/titles/{title.slug}/rate/", half_stars=self.chance.randint(1, 10))

    def unrate(self, title):
        self.post(f"/titles/{title.slug}/rate/", half_stars=0)

    def vote(self, title):
        self._vote(title, self.chance.choice(["yes", "no"]))

    def unvote(self, title):
        self._vote(title, "take back")

    def _vote(self, title, said):
        others = Review.objects.shown().filter(title=title).exclude(author=self.member)
        if keys := list(others.values_list("pk", flat=True)):
            self.post(f"/reviews/{self.chance.choice(keys)}/vote/", helpful=said)

    def write(self, title):
        words = {"headline": f"What I think, {self.chance.random()}", "body": "It is long, and I did not mind."}
        self.post(f"/titles/{title.slug}/review/", **words)

    def look(self, title):
        self.send("GET", f"/titles/{title.slug}/reviews/")

    def delete(self, title):
        Review.objects.filter(title=title, author=self.member).delete()

    def ban(self, title):
        with suppress(IntegrityError):  # somebody else was faster
            make_ban(member=self.chance.choice(self.crowd.readers + self.crowd.authors))

    def lift(self, title):
        Ban.objects.filter(member=self.chance.choice(self.crowd.readers + self.crowd.authors)).delete()

    def close(self, title):
        with suppress(IndexError):  # all have gone
            closing.close(self.crowd.passing.pop(), now=timezone.now())

    def post(self, url, **fields):
        key = {"csrfmiddlewaretoken": TOKEN, "form_key": uuid4()}
        self.send("POST", url, urlencode(key | fields))

    def send(self, method, url, body=None):
        headers = {"Cookie": self.cookie, "Content-Type": "application/x-www-form-urlencoded"}
        self.link.request(method, url, body, headers)
        answer = self.link.getresponse()
        answer.read()
        self.crowd.outcomes[answer.status] += 1


@pytest.fixture
def crowd(scratch):
    titles = [make_title(name=f"Film {number}") for number in range(TITLES)]
    authors = [make_member() for _ in range(AUTHORS)]
    passing = [make_member() for _ in range(PASSING)]
    reviews = [make_review(title=title, author=author) for title in titles for author in authors]
    for member in passing:
        for title in titles:
            make_rating(title=title, member=member)
        for review in reviews[::3]:
            make_vote(review=review, voter=member)
        make_vote(review=make_review(title=titles[0], author=member), voter=authors[0])
    server = LiveServer("localhost")
    yield Crowd(server.url, titles, authors, passing)
    server.stop()


def all_at_once(crowd, operations):
    with ThreadPoolExecutor(CLIENTS) as threads:
        list(threads.map(crowd.work, range(CLIENTS), [operations // CLIENTS] * CLIENTS))


def check(crowd):
    """No fault; what was asked for was done; and every sum is what its rows say, by fsck and by counting them here."""
    assert {status for status in crowd.outcomes if isinstance(status, int)} <= FINE, crowd.outcomes
    for said, who in ((Rating, "member"), (Review, "author"), (HelpfulVote, "voter")):
        assert said.objects.filter(**{f"{who}__in": crowd.readers}).exists(), crowd.outcomes
    check_sums()


def check_sums():
    assert invariants.broken() == {}
    assert ScoreSummary.objects.wrong() == ReviewStanding.objects.wrong() == []
    banned = set(Ban.objects.values_list("member", flat=True)) | set(
        Member.objects.filter(is_active=False).values_list("pk", flat=True)
    )
    held = set(VoteHold.objects.values_list("voter", "author"))
    stars, votes = Counter(), Counter()
    for title, member, half_stars in Rating.objects.values_list("title", "member", "half_stars"):
        stars[title, half_stars] += member not in banned
    given = HelpfulVote.objects.values_list("review", "voter", "helpful", "review__author")
    for review, voter, helpful, author in given:
        votes[review, helpful] += voter not in banned and (voter, author) not in held
    for summary in ScoreSummary.objects.all():
        assert summary.histogram == [stars[summary.pk, half_stars] for half_stars in range(1, 11)]
    for standing in ReviewStanding.objects.all():
        assert standing.helpful_votes == votes[standing.pk, True]
        assert standing.all_votes == votes[standing.pk, True] + votes[standing.pk, False]
    assert HelpfulVote.objects.values("review", "voter").distinct().count() == HelpfulVote.objects.count()


def test_208_deeds_at_once_leave_every_sum_true(crowd):
    all_at_once(crowd, 208)
    check(crowd)


@pytest.mark.long
def test_10_000_deeds_at_once_leave_every_sum_true(crowd):
    all_at_once(crowd, 10_000)
    check(crowd)
    assert crowd.passing == [] and crowd.outcomes["vote"] > 1000 and crowd.outcomes[404] < 500
