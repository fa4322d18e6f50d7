"""A mail server that is away for an hour: nothing is lost and nothing comes twice.

A real worker of procrastinate sends to a real server. Time passes by pulling forward when jobs are due.
"""

import socket

import pytest
from django.core.mail import get_connection
from django.db import connection, connections, transaction
from django.test import override_settings
from django.utils import timezone
from procrastinate.contrib.django import app

from members import mail
from members.models import Message
from tests.factories import make_member
from tests.mail_server import mail_server

pytestmark = [pytest.mark.long, pytest.mark.race]
LETTERS = 200
SMTP = "django.core.mail.backends.smtp.EmailBackend"
NOTICE = {"film": "A film", "medium": "DVD", "expected": "Thursday 27 November", "queue": "http://localhost/queue/"}


@pytest.fixture
def outbox(scratch):
    """LETTERS written to members, each with a job."""
    member = make_member()
    for number in range(LETTERS):
        with transaction.atomic():
            mail.write("posted", f"posted-{number}", member=member, now=timezone.now(), **NOTICE)


def time_passes():
    """Everything that waits for its hour is due now."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = now() - interval '1 s' WHERE status = 'todo'")


def work(port, concurrency=4):
    """A worker does all that is due, and sends to that port."""
    with override_settings(EMAIL_BACKEND=SMTP, EMAIL_HOST="127.0.0.1", EMAIL_PORT=port, EMAIL_TIMEOUT=5):
        assert get_connection().port == port
        with app.replace_connector(app.connector.get_worker_connector()):
            app.run_worker(
                wait=False, concurrency=concurrency, install_signal_handlers=False, listen_notify=False, queues=["mail"]
            )
    connections.close_all()  # procrastinate leaves Django's open


def a_closed_port():
    with socket.create_server(("127.0.0.1", 0)) as unused:
        return unused.getsockname()[1]


def unsent():
    return Message.objects.waiting().count()


def test_an_hour_without_a_mail_server_loses_nothing_and_doubles_nothing(outbox):
    work(a_closed_port())
    assert unsent() == LETTERS
    assert set(Message.objects.values_list("tries", flat=True)) == {1}
    assert "Connection refused" in Message.objects.first().last_error
    with mail_server("refuses") as server:
        for _ in range(3):
            time_passes()
            work(server.port)
        assert (unsent(), server.asked) == (LETTERS, 3 * LETTERS)
        assert "451" in Message.objects.first().last_error
        server.mood = "takes"
        time_passes()
        work(server.port)
        time_passes()
        work(server.port)
        assert unsent() == 0
        assert len(server.taken) == len(server.letters()) == LETTERS
    assert set(Message.objects.values_list("tries", "last_error")) == {(5, "")}


def test_a_line_that_is_cut_after_the_server_took_an_email_gives_the_same_message_id_again(outbox):
    with mail_server("cuts") as server:
        work(server.port)
        assert unsent() == len(server.letters()) == LETTERS
        server.mood = "takes"
        time_passes()
        work(server.port)
        assert (unsent(), len(server.letters())) == (0, LETTERS)


def test_emails_whose_jobs_are_lost_are_swept_up_and_sent_once(outbox):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs WHERE id % 2 = 0")
    lost = mail.sweep_messages(now=timezone.now())
    assert 0 < lost < LETTERS
    assert mail.sweep_messages(now=timezone.now()) == 0
    with mail_server() as server:
        work(server.port)
        assert (unsent(), len(server.taken)) == (0, LETTERS)


def test_the_waits_grow_from_seconds_to_half_a_day():
    from members.tasks import LONGEST, MOST_TRIES, WAITS, wait_after

    waits = [wait_after(tries) for tries in range(1, MOST_TRIES)]
    assert waits == sorted(waits) and waits[0] == 5 and waits[-1] == LONGEST
    assert 5 < sum(waits) / 86400 < 9
    assert len(WAITS) < MOST_TRIES
