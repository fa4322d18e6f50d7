"""What happens by the clock, and jobs whose worker died."""

import inspect
from datetime import timedelta

import pytest
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from croniter import croniter
from django.db import connection
from django.utils import timezone
from django.utils.module_loading import import_string
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from config import jobs
from config.redact import without_tokens
from config.schedule import SCHEDULE
from members import links, once
from members.models import SentForm
from members.tasks import send_message
from tests.factories import make_member, make_sent_form

NOW = timezone.now()


# ------------------------------------------------------------------ the clock
@pytest.mark.parametrize("line", SCHEDULE, ids=lambda line: line.name)
def test_every_line_of_the_schedule_is_a_task_that_takes_now(line):
    assert croniter.is_valid(line.cron) and line.does.endswith(".")
    assert [*inspect.signature(import_string(line.calls)).parameters] == ["now"]
    assert app.tasks[line.name].queue == "clock"
    assert (line.name, "") in app.periodic_registry.periodic_tasks


def test_no_two_lines_have_a_name():
    assert len({line.name for line in SCHEDULE}) == len(SCHEDULE)


@pytest.mark.django_db
@pytest.mark.parametrize("line", SCHEDULE, ids=lambda line: line.name)
def test_every_line_may_run_twice(line):
    for _ in range(2):
        app.tasks[line.name].func(timestamp=0)


@pytest.mark.django_db
def test_keys_of_forms_are_kept_for_72_hours():
    make_sent_form(sent_at=NOW - timedelta(hours=73))
    kept = make_sent_form(sent_at=NOW - timedelta(hours=71))
    assert once.forget_forms(now=NOW) == 1
    assert SentForm.objects.get() == kept


# ------------------------------------------------------------------ jobs
def put_off(status="todo", worker=None):
    jobs.defer(send_message, message=0)
    job = ProcrastinateJob.objects.latest("pk").pk
    _in_sql("UPDATE procrastinate_jobs SET status = %s, worker_id = %s WHERE id = %s", status, worker, job)
    return job


def worker(silent_for):
    return _in_sql(
        "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - make_interval(secs => %s)) RETURNING id",
        silent_for,
    )


def _in_sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchone()[0] if cursor.description else None


def status(job):
    return ProcrastinateJob.objects.get(pk=job).status


@pytest.mark.django_db
def test_a_job_whose_worker_died_runs_again_and_no_other():
    dead, alive = worker(silent_for=70), worker(silent_for=5)
    orphans = [put_off("doing", dead), put_off("doing")]
    others = [put_off("doing", alive), put_off("succeeded"), put_off("failed")]
    assert jobs.revive_jobs(now=NOW) == 2
    assert [status(job) for job in orphans] == ["todo", "todo"]
    assert [status(job) for job in others] == ["doing", "succeeded", "failed"]


@pytest.mark.django_db
def test_a_job_of_a_name_waits_once():
    assert jobs.defer(send_message, once="message-1", message=1)
    assert not jobs.defer(send_message, once="message-1", message=1)
    assert ProcrastinateJob.objects.count() == 1


@pytest.mark.django_db
def test_a_dead_job_whose_like_waits_stays_as_it_is():
    jobs.defer(send_message, once="message-1", message=1)
    _in_sql("UPDATE procrastinate_jobs SET status = 'doing'")
    jobs.defer(send_message, once="message-1", message=1)
    assert jobs.revive_jobs(now=NOW) == 0
    assert sorted(ProcrastinateJob.objects.values_list("status", flat=True)) == ["doing", "todo"]


@pytest.mark.django_db
def test_old_jobs_are_forgotten_the_failed_ones_later():
    done, failed = put_off("succeeded"), put_off("failed")
    waiting = put_off()
    for days, left in ((13, {done, failed, waiting}), (15, {failed, waiting}), (91, {waiting})):
        jobs.forget_jobs(now=NOW + timedelta(days=days))
        assert set(ProcrastinateJob.objects.values_list("pk", flat=True)) == left


# ------------------------------------------------------------------ the log
@pytest.mark.django_db
def test_links_that_act_without_a_login_are_not_logged():
    member = make_member()
    token = links.token(links.RATING, member.pk, 7)
    lines = {"event": f"Gone: /rate/{token}/", "request": f"GET /next/{token}/9/", "code": 410}
    said = without_tokens(None, "info", lines)
    assert said == {"event": "Gone: /rate/…/", "request": "GET /next/…/9/", "code": 410}
    reset = f"/password/reset/{user_pk_to_url_str(member)}-{default_token_generator.make_token(member)}/"
    assert without_tokens(None, "info", {"event": reset})["event"] == "/password/reset/…/"
    assert without_tokens(None, "info", {"event": "12:30:45 is a time"})["event"] == "12:30:45 is a time"
