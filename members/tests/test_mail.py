"""E-mails: written once beside what they tell of, sent once, kept until they are."""

import threading
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.core import mail as outgoing
from django.db import connection, connections, transaction
from django.test import override_settings
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from config import mail_url, preflight
from members import mail, mail_kinds
from members.models import Message
from members.models.mail import MOST_TRIES
from members.tasks import Patiently
from tests.factories import make_member, make_message, make_muted_mail
from tests.mail_server import mail_server

NOTICE = {"film": "Fish & “Chips” <i>", "medium": "DVD", "expected": "Thursday 27 November", "queue": "http://x/queue/"}
NOWHERE = {"EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend", "EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": 9}


def write(key="posted-1", **fields):
    fields.setdefault("member", make_member())
    return mail.write("posted", key, **NOTICE | fields)


def jobs():
    return ProcrastinateJob.objects.filter(task_name="send_message", status="todo")


def send(message):
    mail.send(message.pk, now=timezone.now())
    message.refresh_from_db()


# ------------------------------------------------------------------ to write
@pytest.mark.django_db
def test_an_email_has_a_subject_a_text_and_html_and_a_job():
    message = write()
    assert message.subject == "A disc is on its way"
    assert message.text.startswith("Fish & “Chips” <i> (DVD) went into the post today.")
    assert "Fish &amp; “Chips” &lt;i&gt;" in message.html
    assert jobs().get().args == {"message": message.pk}


@pytest.mark.django_db
def test_an_event_is_told_once():
    member = make_member()
    assert write(member=member) and write(member=member) is None
    assert (Message.objects.count(), jobs().count()) == (1, 1)


@pytest.mark.django_db
def test_what_is_rolled_back_is_neither_written_nor_sent():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        write()
        1 / 0  # noqa: B018
    assert (Message.objects.count(), jobs().count()) == (0, 0)


@pytest.mark.django_db
def test_in_a_worker_too_the_job_is_of_the_same_transaction():
    with app.replace_connector(app.connector.get_worker_connector()):
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            write()
            1 / 0  # noqa: B018
    assert jobs().count() == 0


@pytest.mark.django_db
def test_a_kind_that_is_off_is_not_written_but_one_that_is_needed_is():
    member = make_member()
    make_muted_mail(member=member, kind="posted")
    make_muted_mail(member=member, kind="invoice")
    assert write(member=member) is None
    assert not mail_kinds.may_be_muted("invoice")


# ------------------------------------------------------------------ to send
@pytest.mark.django_db
def test_what_is_sent_carries_its_own_id_and_the_way_out():
    message = write()
    send(message)
    send(message)
    (sent,) = outgoing.outbox
    assert (message.tries, message.last_error, message.sent_at is None) == (1, "", False)
    assert sent.extra_headers["Message-ID"] == mail.message_id(message)
    assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert sent.extra_headers["List-Unsubscribe"].startswith(f"<{settings.SITE}/unsubscribe/")
    assert f"{settings.SITE}/unsubscribe/" in message.text and f"{settings.SITE}/unsubscribe/" in message.html
    assert sent.alternatives[0].mimetype == "text/html"


@pytest.mark.django_db
def test_an_email_that_is_needed_has_no_way_out():
    send(make_message(member=make_member(), kind="invoice"))
    assert "List-Unsubscribe" not in outgoing.outbox[0].extra_headers


@pytest.mark.django_db
@override_settings(**NOWHERE)
def test_a_try_that_fails_is_kept_with_its_cause_and_says_no_address():
    message = make_message()
    with pytest.raises(mail.NotSent) as failure:
        send(message)
    message.refresh_from_db()
    assert (message.sent_at, message.tries) == (None, 1)
    assert "refused" in message.last_error
    assert "@" not in str(failure.value) and failure.value.tries == 1


def test_it_is_tried_again_for_a_week_and_then_given_up():
    def after(tries):
        failure = mail.NotSent(Message(pk=1, tries=tries))
        return Patiently().get_retry_decision(exception=failure, job=SimpleNamespace(attempts=0))

    now = timezone.now()
    waits = [(after(tries).retry_at - now).total_seconds() for tries in range(1, MOST_TRIES)]
    assert waits[0] < 10 and waits[4] > 240 and waits[-1] > 40_000
    assert after(MOST_TRIES) is None


@pytest.mark.race
@pytest.mark.long
def test_two_workers_at_once_send_once(scratch):
    message = write()
    with mail_server("slow") as server, override_settings(**NOWHERE | {"EMAIL_PORT": server.port}):
        workers = [threading.Thread(target=_work, args=[message.pk]) for _ in range(2)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
    assert len(server.taken) == 1
    assert Message.objects.get().tries == 1


def _work(key):
    mail.send(key, now=timezone.now())
    connections.close_all()


# ------------------------------------------------------------------ to look after
@pytest.mark.django_db
def test_an_email_without_a_job_is_swept_up_once():
    message = make_message()
    make_message(sent_at=timezone.now())
    make_message(tries=MOST_TRIES)
    write()
    assert mail.sweep_messages(now=timezone.now()) == 1
    assert jobs().filter(args={"message": message.pk}).count() == 1
    assert mail.sweep_messages(now=timezone.now()) == 0


@pytest.mark.django_db
def test_an_email_that_a_worker_has_in_hand_is_not_swept_up():
    write()
    _set_status("doing")
    assert mail.sweep_messages(now=timezone.now()) == 0


def _set_status(status):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = %s", [status])


@pytest.mark.django_db
def test_what_was_given_up_can_be_sent_again():
    lost, waiting = make_message(tries=MOST_TRIES), make_message(tries=2)
    assert mail.send_again(lost, now=timezone.now()) and not mail.send_again(waiting, now=timezone.now())
    assert jobs().get().args == {"message": lost.pk}
    send(lost)
    assert lost.tries == 1


@pytest.mark.django_db
def test_what_was_sent_a_month_ago_is_forgotten():
    now = timezone.now()
    old, waiting = make_message(sent_at=now - timedelta(days=31)), make_message()
    make_message(sent_at=now - timedelta(days=29))
    assert mail.forget_messages(now=now) == 1
    assert not Message.objects.filter(pk=old.pk).exists() and Message.objects.filter(pk=waiting.pk).exists()


# ------------------------------------------------------------------ the kinds
def test_every_letter_is_of_a_kind_in_the_table():
    folder = settings.BASE_DIR / "templates" / "mail"
    written = {file.stem for file in folder.iterdir()} - {"base"}
    assert written <= set(mail_kinds.KINDS)
    assert {file.suffix for file in folder.glob("posted.*")} == {".txt", ".html"}


# ------------------------------------------------------------------ where it goes
def test_without_a_url_mail_is_files(tmp_path):
    assert mail_url.settings(None, tmp_path)["EMAIL_FILE_PATH"] == str(tmp_path)
    assert mail_url.settings("file:///a%20b", tmp_path)["EMAIL_FILE_PATH"] == "/a b"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://ann:s%40x@mail.example", {"PORT": 587, "HOST_USER": "ann", "HOST_PASSWORD": "s@x", "USE_TLS": True}),
        ("smtps://mail.example", {"PORT": 465, "HOST_USER": "", "USE_TLS": False, "USE_SSL": True}),
        ("smtp+plain://mail.example:2525", {"PORT": 2525, "USE_TLS": False, "USE_SSL": False}),
    ],
)
def test_a_url_names_a_server(url, expected):
    found = mail_url.settings(url, "/nowhere")
    assert found["EMAIL_HOST"] == "mail.example" and found["EMAIL_TIMEOUT"]
    assert {name: found[f"EMAIL_{name}"] for name in expected} == expected


@pytest.mark.parametrize("url", ["s3cr3t", "smtp://", "smtp://a:s3cr3t@h:port", "http://a:s3cr3t@h", "file:s3cr3t"])
def test_a_url_that_is_none_is_one_line_without_the_password(url, monkeypatch):
    monkeypatch.setenv("EMAIL_URL", url)
    with pytest.raises(SystemExit) as end:
        preflight.require_mail()
    assert "EMAIL_URL" in str(end.value) and "s3cr3t" not in str(end.value)
