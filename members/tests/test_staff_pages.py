"""The staff's pages of mail and of jobs."""

import pytest
from django.core import mail as outgoing
from django.core.mail.backends.filebased import EmailBackend
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from config.schedule import SCHEDULE
from members import mail
from members.models import Message
from members.models.mail import MOST_TRIES
from tests.factories import make_message, make_staff

pytestmark = pytest.mark.django_db
MESSAGES, JOBS = reverse("admin:members_message_changelist"), reverse("admin:procrastinate_procrastinatejob_changelist")
SUMMARY, FOLDER = reverse("admin:procrastinate_procrastinatejob_summary"), reverse("admin:members_message_folder")
MOST_QUERIES = 15


@pytest.fixture
def staff(client):
    client.force_login(make_staff(is_superuser=True))
    return client


@pytest.fixture
def folder(settings, tmp_path):
    """A folder that mail goes to."""
    settings.EMAIL_FILE_PATH = tmp_path
    return tmp_path


def queries(client, page):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(page).status_code == 200
    return len(captured)


def put_off(number, status="todo"):
    for _ in range(number):
        mail.send_soon(make_message())
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = %s", [status])


@pytest.mark.parametrize("page", [MESSAGES, JOBS, SUMMARY, FOLDER, f"{FOLDER}x.log/"])
def test_they_are_for_staff_only(client, page):
    assert client.get(page).status_code == 302
    client.force_login(make_staff())
    assert client.get(page).status_code == 403


# ------------------------------------------------------------------ mail
def test_messages_are_listed_by_state(staff):
    make_message(subject="Not yet")
    make_message(subject="In vain", tries=MOST_TRIES)
    make_message(subject="Long gone", sent_at=timezone.now())
    for state, subject in {"waiting": "Not yet", "failed": "In vain", "sent": "Long gone"}.items():
        page = staff.get(MESSAGES, {"state": state}).content.decode()
        assert [word in page for word in ("Not yet", "In vain", "Long gone")].count(True) == 1 and subject in page


def test_what_was_given_up_is_sent_again(staff):
    lost, fine = make_message(tries=MOST_TRIES), make_message(sent_at=timezone.now())
    chosen = {"action": "send_again", "_selected_action": [lost.pk, fine.pk]}
    page = staff.post(MESSAGES, chosen, follow=True).content.decode()
    assert "1 of 2 will be sent again" in page
    assert Message.objects.get(pk=lost.pk).tries == 0
    assert ProcrastinateJob.objects.get(task_name="send_message").args == {"message": lost.pk}


def test_a_message_is_to_look_at_only(staff):
    message = make_message(html="<script>alert(1)</script>")
    page = staff.get(reverse("admin:members_message_change", args=[message.pk])).content.decode()
    assert "&lt;script&gt;" in page and "<script>alert" not in page
    assert staff.get(reverse("admin:members_message_add")).status_code == 403


def test_the_list_of_messages_costs_the_same_for_many(staff):
    make_message()
    few = queries(staff, MESSAGES)
    for _ in range(20):
        make_message()
    assert queries(staff, MESSAGES) == few <= MOST_QUERIES


def test_letters_in_the_folder_are_shown_as_text(staff, folder):
    message = make_message(subject="On its way", text="It’s on its way.", html="<script>alert(1)</script>")
    mail.send(message.pk, now=timezone.now())
    EmailBackend(file_path=str(folder)).send_messages(outgoing.outbox)
    (file,) = folder.iterdir()
    assert "On its way" in staff.get(FOLDER).content.decode()
    page = staff.get(reverse("admin:members_message_letter", args=[file.name])).content.decode()
    assert "It’s on its way." in page and "&lt;script&gt;" in page and "<script>alert" not in page


@pytest.mark.parametrize("name", ["none.log", "..", "..%2Fsecret-key", "secret-key"])
def test_nothing_but_letters_is_shown(staff, folder, name):
    (folder.parent / "secret-key").write_text("s3cr3t")
    answer = staff.get(f"{FOLDER}{name}/")
    assert answer.status_code in (302, 404) and b"s3cr3t" not in answer.content


def test_without_a_folder_the_page_says_where_mail_goes(staff, settings):
    settings.EMAIL_FILE_PATH = None
    assert "E-mails go to a mail server here" in staff.get(FOLDER).content.decode()


def test_an_empty_folder_says_so(staff, settings, tmp_path):
    settings.EMAIL_FILE_PATH = tmp_path / "none"
    assert "No e-mail has been sent yet." in staff.get(FOLDER).content.decode()


# ------------------------------------------------------------------ jobs
def test_the_summary_names_every_task_and_what_it_does(staff):
    put_off(2, "failed")
    page = staff.get(SUMMARY).content.decode()
    assert all(line.name in page and line.does in page for line in SCHEDULE)
    assert "2 failed" in page and "No worker is at work." in page


def test_the_summary_says_since_when_the_oldest_job_waits(staff):
    assert "No job that is due waits." in staff.get(SUMMARY).content.decode()
    put_off(1)
    assert "The oldest job that is due has waited since" in staff.get(SUMMARY).content.decode()


def test_a_failed_job_runs_again(staff):
    put_off(1, "failed")
    job = ProcrastinateJob.objects.get()
    page = staff.post(JOBS, {"action": "run_again", "_selected_action": [job.pk]}, follow=True).content.decode()
    assert "1 of 1 will run again" in page
    assert ProcrastinateJob.objects.get().status == "todo"
    again = staff.post(JOBS, {"action": "run_again", "_selected_action": [job.pk]}, follow=True).content.decode()
    assert "None of these had failed." in again


def test_pages_of_jobs_cost_the_same_for_many(staff):
    put_off(1)
    few = [queries(staff, page) for page in (JOBS, SUMMARY)]
    put_off(20)
    assert [queries(staff, page) for page in (JOBS, SUMMARY)] == few
    assert max(few) <= MOST_QUERIES


def test_one_job_can_be_looked_at(staff):
    put_off(1)
    page = reverse("admin:procrastinate_procrastinatejob_change", args=[ProcrastinateJob.objects.get().pk])
    assert "send_message" in staff.get(page).content.decode()
