"""16 clients at one queue over HTTP: they move, add, take off and put back, all at once."""

import random
import re
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPConnection
from urllib.parse import urlencode, urlsplit

import pytest
from django.db import connection, transaction
from django.test import Client
from pytest_django.live_server_helper import LiveServer

from rentals import queue
from rentals.models import QueueEntry
from tests.factories import make_member, make_queue_entry, make_release, make_title

pytestmark = pytest.mark.race
CLIENTS, FILMS = 16, 24
TOKEN = "a" * 32
DONE = {"remove": "removed=", "restore": "#entry-"}  # what the answer leads to if something happened


class Crowd:
    """Clients of one member, who share what they know: the keys of entries that any of them saw."""

    def __init__(self, address, member):
        client = Client()
        client.force_login(member)
        self.host = urlsplit(address).netloc
        self.cookie = f"session={client.cookies['session'].value}; csrftoken={TOKEN}"
        self.keys = list(member.queue.values_list("pk", flat=True))
        self.titles = list(member.queue.values_list("title", flat=True))
        self.outcomes = Counter()

    def work(self, seed, times):
        chance, link = random.Random(seed), HTTPConnection(self.host, timeout=60)
        for _ in range(times):
            self.once(chance, link)
        link.close()

    def once(self, chance, link):
        what = chance.choice(["step", "step", "number", "add", "remove", "restore", "look"])
        key, title = chance.choice(self.keys), chance.choice(self.titles)
        status, led, body = {
            "step": lambda: self.post(link, f"/queue/{key}/move/", move=chance.choice([*queue.STEPS])),
            "number": lambda: self.post(link, f"/queue/{key}/move/", to=chance.randint(0, FILMS + 2)),
            "add": lambda: self.post(link, "/queue/add/", title=title),
            "remove": lambda: self.post(link, f"/queue/{key}/remove/"),
            "restore": lambda: self.post(link, "/queue/restore/", entry=key),
            "look": lambda: self.send(link, "GET", "/queue/?all=1"),
        }[what]()
        self.outcomes[status] += 1
        self.outcomes[what] += what not in DONE or DONE[what] in led
        self.keys = list({*self.keys, *map(int, re.findall(r'id="entry-(\d+)"', body))})

    def post(self, link, url, **fields):
        return self.send(link, "POST", url, urlencode({"csrfmiddlewaretoken": TOKEN, **fields}))

    def send(self, link, method, url, body=None):
        headers = {"Cookie": self.cookie, "Content-Type": "application/x-www-form-urlencoded"}
        link.request(method, url, body, headers)
        answer = link.getresponse()
        return answer.status, answer.headers.get("Location", ""), answer.read().decode()


@pytest.fixture
def crowd(scratch):
    member = make_member()
    for number in range(FILMS):
        title = make_title(name=f"Film {number}")
        make_release(title=title, released_on="2001")
        make_queue_entry(member=member, title=title)
    server = LiveServer("localhost")
    yield Crowd(server.url, member)
    server.stop()


def all_at_once(crowd, operations):
    with ThreadPoolExecutor(CLIENTS) as threads:
        list(threads.map(crowd.work, range(CLIENTS), [operations // CLIENTS] * CLIENTS))


def check(crowd):
    """No fault; places 1 to n; nothing twice; as many as were there, came and went."""
    assert crowd.outcomes.keys() & {200, 302} and not crowd.outcomes.keys() & {400, 403, 404, 500}, crowd.outcomes
    live = list(QueueEntry.objects.in_order())
    assert [entry.position for entry in live] == list(range(1, len(live) + 1))
    assert len({(entry.title_id, entry.medium, entry.disc_id) for entry in live}) == len(live)
    made = QueueEntry.objects.count()
    assert QueueEntry.objects.values("rank").distinct().count() == made
    assert len(live) == made + crowd.outcomes["restore"] - crowd.outcomes["remove"]
    assert QueueEntry.objects.values("title").distinct().count() == FILMS


def test_200_changes_at_once_leave_a_queue_whole(crowd):
    all_at_once(crowd, 208)
    check(crowd)


@pytest.mark.long
def test_10_000_changes_at_once_leave_a_queue_whole(crowd):
    all_at_once(crowd, 10_000)
    check(crowd)


@contextmanager
def not_locked(member):
    """The control: what `locked` would be without its lock."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        yield QueueEntry.objects.filter(member=member)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(0.01)")


def test_without_the_lock_it_breaks(crowd, monkeypatch):
    monkeypatch.setattr(queue, "locked", not_locked)
    all_at_once(crowd, 416)
    with pytest.raises(AssertionError):
        check(crowd)
