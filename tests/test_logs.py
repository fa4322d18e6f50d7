"""What requests leave in the log."""

import json
import logging

import pytest
from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import timezone

from members import closing, tasks
from members.models import Member
from tests.factories import (
    NOON,
    make_copy,
    make_disc,
    make_member,
    make_message,
    make_problem,
    make_rental,
    make_title_on_disc,
)

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


def test_no_film_stands_beside_a_member_in_the_log(client, lines, monkeypatch):
    """Through queue, rental and mail, good and bad: neither film nor address is logged."""
    title = make_title_on_disc(name="Canary Film", slug="a-film-of-canaries")
    make_copy(disc=make_disc(release=title.releases.get()))
    member = make_member(email="canary@example.org", shown_as="Canary Shown")
    client.force_login(member)
    entry = _through_the_queue(client, member, title)
    rental = make_rental(member=member, title=title, entry=entry, posted_at=NOON)
    make_problem(rental=rental, note="The canary is scratched.")
    _through_the_mail(member, monkeypatch)
    closing.close(member, now=timezone.now())
    text = json.dumps(lines()).lower()
    assert "request_finished" in text and "could not" in text
    assert "canary" not in text and "canaries" not in text


def _through_the_queue(client, member, title):
    client.post("/queue/add/", {"title": title.pk})
    entry = member.queue.get()
    client.get("/queue/")
    client.post(f"/queue/{entry.pk}/move/", {"to": "canary"})
    client.post(f"/queue/{entry.pk}/remove/")
    client.post("/queue/restore/", {"entry": entry.pk})
    return entry


def _through_the_mail(member, monkeypatch):
    """Once the server takes it, once it refuses and names the address, as servers do."""
    made = [make_message(member=member, to=member.email, text="Canary Film is on its way.") for _ in range(2)]
    tasks.send_message(message=made[0].pk)

    def refuse(mail):
        raise OSError("could not send")

    monkeypatch.setattr(EmailMessage, "send", refuse)
    try:
        tasks.send_message(message=made[1].pk)
    except Exception:
        logging.getLogger("procrastinate").exception("A job could not run")
