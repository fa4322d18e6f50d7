"""Nobody learns whether an address has an account: the same answer, and the same work, so the same time.

Times themselves are measured by bin/bench enumeration.
"""

import re

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client

from members.models import Member, Message
from tests.factories import make_member

pytestmark = pytest.mark.django_db
KNOWN, UNKNOWN, PASSWORD = "reader@example.org", "stranger@example.org", "four cranes over the river"
FORMS = {
    "sign in": ("/sign-in/", lambda address: {"login": address, "password": "not that one"}),
    "reset": ("/reset/", lambda address: {"email": address}),
    "sign up": ("/sign-up/", lambda address: {"email": address, "password1": PASSWORD}),
}
MADE_ANEW = re.compile(r'(name="csrfmiddlewaretoken" value|name="form_key" value)="[^"]*"')


@pytest.fixture(autouse=True)
def member():
    return make_member(email=KNOWN, password=PASSWORD)


@pytest.fixture
def hashed(monkeypatch):
    """How many passwords were hashed."""
    calls = []
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda *args: calls.append(1) or encode(*args))
    return calls


def ask(name, address):
    url, form = FORMS[name]
    client = Client()
    response = client.post(url, form(address))
    words = MADE_ANEW.sub("", response.content.decode()).replace(address, "")
    headers = {key: value for key, value in response.headers.items() if key not in ("X-Request-ID", "Expires")}
    headers.pop("Content-Length", None)
    after = client.get(response.url).content.decode() if response.status_code == 302 else ""
    return response.status_code, words, headers, sorted(client.cookies), MADE_ANEW.sub("", after)


@pytest.mark.parametrize("name", FORMS)
def test_the_answer_is_the_same(name):
    assert ask(name, KNOWN) == ask(name, UNKNOWN)


@pytest.mark.parametrize("name, hashes", [("sign in", 1), ("reset", 0), ("sign up", 1)])
def test_as_many_passwords_are_hashed(hashed, name, hashes):
    for address in (KNOWN, UNKNOWN):
        hashed.clear()
        ask(name, address)
        assert len(hashed) == hashes, address


@pytest.mark.parametrize("name, messages", [("sign in", 0), ("reset", 1), ("sign up", 1)])
def test_as_many_messages_are_written(name, messages):
    for address in (KNOWN, UNKNOWN):
        ask(name, address)
        assert Message.objects.filter(to=address).count() == messages, address


def test_a_closed_account_costs_the_same(hashed, member):
    Member.objects.update(is_active=False)
    ask("sign in", KNOWN)
    assert len(hashed) == 1


def test_signing_up_with_a_known_address_changes_nothing(member):
    before = Member.objects.values().get()
    ask("sign up", KNOWN.upper())
    assert Member.objects.values().get() == before
    assert Message.objects.get().kind == "account-exists"
