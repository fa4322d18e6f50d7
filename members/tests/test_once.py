"""A form has one effect: sent twice, sent again after a cut line, sent by two at once; and no other contents pass."""

import socket
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from urllib.parse import urlencode, urlsplit
from uuid import uuid4

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse
from pytest_django.live_server_helper import LiveServer

from members.models import SentForm
from members.once import FIELD
from rentals.models import QueueEntry
from tests.factories import make_member, make_queue_entry, make_title

LETTERS = "ABCDEFGH"


def make_queue():
    """(a member, the entry of A at the top of A to H)"""
    member = make_member()
    return member, [make_queue_entry(member=member, title=make_title(name=name)) for name in LETTERS][0]


def order(member):
    return "".join(QueueEntry.objects.filter(member=member).in_order().values_list("title__name", flat=True))


def moved_down(steps):
    """A to H after A went down by `steps`."""
    return LETTERS[1 : steps + 1] + "A" + LETTERS[steps + 1 :]


def address(entry):
    return reverse("rentals:move", args=[entry.pk])


@pytest.mark.django_db
def test_the_same_form_again_gets_the_same_answer_and_does_nothing(sign_in):
    member, entry = make_queue()
    client, form = sign_in(member), {"move": "down", FIELD: uuid4()}
    answers = [client.post(address(entry), form, follow=True) for _ in range(3)]
    assert order(member) == moved_down(1)
    assert {answer.redirect_chain[0] for answer in answers} == {(f"/queue/#entry-{entry.pk}", 302)}
    said = [[str(message) for message in answer.context["messages"]] for answer in answers]
    assert said == [["A is now number 2 of 8."]] * 3


@pytest.mark.django_db
def test_without_a_key_each_time_counts(sign_in):
    """The control of the test above."""
    member, entry = make_queue()
    for _ in range(3):
        sign_in(member).post(address(entry), {"move": "down"})
    assert order(member) == moved_down(3)


@pytest.mark.django_db
def test_other_contents_under_the_same_key_are_refused(sign_in):
    member, entry = make_queue()
    client, key = sign_in(member), uuid4()
    client.post(address(entry), {"move": "down", FIELD: key})
    for url, form in ((address(entry), {"move": "bottom"}), (reverse("rentals:remove", args=[entry.pk]), {})):
        answer = client.post(url, form | {FIELD: key})
        assert answer.status_code == 422
        assert "sent before" in answer.content.decode()
    assert order(member) == moved_down(1)


@pytest.mark.django_db
def test_the_same_key_of_another_member_is_another_form(sign_in):
    key, queues = uuid4(), [make_queue(), make_queue()]
    for member, entry in queues:
        sign_in(member).post(address(entry), {"move": "down", FIELD: key})
    assert {order(member) for member, _ in queues} == {moved_down(1)}


@pytest.mark.django_db
def test_a_form_that_had_no_effect_may_be_sent_again(sign_in):
    member, entry = make_queue()
    client, key = sign_in(member), uuid4()
    assert client.post(address(entry).replace(str(entry.pk), "0"), {"move": "down", FIELD: key}).status_code == 404
    assert not SentForm.objects.exists()
    client.post(address(entry), {"move": "down", FIELD: key})
    assert order(member) == moved_down(1)


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["", "x", "1", "\x00", "a" * 10_000])
def test_what_is_no_key_is_none(sign_in, key):
    member, entry = make_queue()
    sign_in(member).post(address(entry), {"move": "down", FIELD: key})
    assert order(member) == moved_down(1)


# ------------------------------------------------------------------ at once, and over a bad line
@pytest.mark.race
@pytest.mark.parametrize(("keyed", "steps"), [(True, 1), (False, 6)], ids=["with a key", "control: without"])
def test_a_form_sent_by_six_at_once_counts_once(scratch, keyed, steps):
    member, entry = make_queue()
    form, together = {"move": "down"} | ({FIELD: str(uuid4())} if keyed else {}), Barrier(6)
    clients = [Client() for _ in range(6)]
    for client in clients:
        client.force_login(member)

    def send(client):
        together.wait(10)
        try:
            return client.post(address(entry), form).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as threads:
        assert list(threads.map(send, clients)) == [302] * 6
    assert order(member) == moved_down(steps)


@pytest.mark.race
@pytest.mark.parametrize("times", [20, pytest.param(1000, marks=pytest.mark.long)])
def test_a_line_cut_before_the_answer_and_a_retry_are_one_effect(scratch, times):
    member, entry = make_queue()
    client = Client()
    client.force_login(member)
    client.get("/queue/")  # which brings the token
    server = LiveServer("localhost")
    try:
        for number in range(times):
            form = {"move": "bottom" if number % 2 == 0 else "top", FIELD: uuid4()}
            _cut(server.url, client, address(entry), form)
            assert _answer(server.url, client, address(entry), form).startswith(b"HTTP/1.1 302")
            assert order(member) == moved_down(7 if number % 2 == 0 else 0)
    finally:
        server.stop()
    assert SentForm.objects.count() == times


def _cut(site, client, url, form):
    """Send a form and hang up before the answer comes."""
    with _sent(site, client, url, form):
        pass


def _answer(site, client, url, form):
    with _sent(site, client, url, form) as line:
        return line.recv(64)


def _sent(site, client, url, form):
    token = client.cookies["csrftoken"].value
    body = urlencode(form | {"csrfmiddlewaretoken": token}).encode()
    line = socket.create_connection(("localhost", urlsplit(site).port))
    head = [
        f"POST {url} HTTP/1.1",
        f"Host: {urlsplit(site).netloc}",
        f"Cookie: session={client.cookies['session'].value}; csrftoken={token}",
        "Content-Type: application/x-www-form-urlencoded",
        f"Content-Length: {len(body)}",
        "Connection: close",
    ]
    line.sendall("\r\n".join(head).encode() + b"\r\n\r\n" + body)
    return line
