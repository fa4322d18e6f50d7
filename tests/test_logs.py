"""What requests leave in the log."""

import json
import logging

import pytest
from django.conf import settings

from members.models import Member

pytestmark = pytest.mark.django_db


@pytest.fixture
def lines(caplog):
    """The log as the server writes it: one JSON object a line."""
    from logging.config import DictConfigurator

    formatter = DictConfigurator(settings.LOGGING).configure_formatter(dict(settings.LOGGING["formatters"]["json"]))
    caplog.set_level(logging.INFO)
    return lambda: [json.loads(formatter.format(record)) for record in caplog.records]


def test_a_request_is_one_line_with_the_id_that_the_answer_carries(client, lines):
    answer = client.get("/healthz")
    (line,) = [line for line in lines() if line["event"] == "request_finished"]
    assert (line["request"], line["code"]) == ("GET /healthz", 200)
    assert line["request_id"] == answer["X-Request-ID"] != ""


def test_nothing_personal_is_logged(client, lines):
    member = Member.objects.create_user("canary@example.org", "secret-canary", shown_as="Canary Shown")
    client.force_login(member)
    client.get("/search/", {"q": "canary film"}, HTTP_USER_AGENT="canary agent", REMOTE_ADDR="203.0.113.77")
    client.post("/sign-in/", {"login": "canary@example.org", "password": "secret-canary"})
    text = json.dumps(lines()).lower()
    assert "request_finished" in text
    assert "canary" not in text and "203.0.113.77" not in text
