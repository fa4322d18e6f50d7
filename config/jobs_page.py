"""What the staff's page prints of jobs."""

from datetime import UTC, datetime, timedelta

from croniter import croniter
from django.db.models import Count, F, Max, Min, Q
from django.db.models.functions import Coalesce
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateEvent, ProcrastinateJob, ProcrastinateWorker

from config.schedule import SCHEDULE

ALIVE_SECONDS = 60
STATES = {"waiting": ("todo",), "running": ("doing",), "failed": ("failed", "aborted")}


def jobs_page(now):
    """{"tasks", "oldest", "workers"}: a line for each task, since when the oldest due job waits, how many work."""
    counts, ran = _counts(), _last_runs()
    regular = {line.name: line for line in SCHEDULE}
    names = sorted({*app.tasks, *counts} - _builtin(), key=lambda name: (name not in regular, name))
    return {
        "tasks": [_task(name, regular.get(name), counts.get(name, {}), ran.get(name), now) for name in names],
        "oldest": _oldest(now),
        "workers": ProcrastinateWorker.objects.filter(last_heartbeat__gt=_ago(now, ALIVE_SECONDS)).count(),
    }


def _builtin():
    return {name for name in app.tasks if name.startswith(("builtin:", "procrastinate."))}


def _task(name, regular, counts, ran, now):
    facts = {"name": name, "does": regular.does if regular else "", "last": ran}
    return facts | {"next": _next(regular, now)} | {state: counts.get(state, 0) for state in STATES}


def _next(regular, now):
    """When a regular task runs next; None for those that are put off one by one."""
    return datetime.fromtimestamp(croniter(regular.cron, now.timestamp()).get_next(float), UTC) if regular else None


def _counts():
    """{task: {state: how many jobs}}."""
    numbers = {state: Count("pk", filter=Q(status__in=statuses)) for state, statuses in STATES.items()}
    rows = ProcrastinateJob.objects.values("task_name").annotate(**numbers)
    return {row["task_name"]: row for row in rows}


def _last_runs():
    """{task: when a job of it last ended well}."""
    done = ProcrastinateEvent.objects.filter(type="succeeded").values("job__task_name")
    return {row["job__task_name"]: row["at"] for row in done.annotate(at=Max("at"))}


def _oldest(now):
    """Since when the oldest job waits that is due; None if none is."""
    due = ProcrastinateJob.objects.filter(status="todo").filter(Q(scheduled_at=None) | Q(scheduled_at__lte=now))
    put_off = Min("procrastinateevent__at", filter=Q(procrastinateevent__type="deferred"))
    return due.annotate(since=Coalesce(F("scheduled_at"), put_off)).aggregate(oldest=Min("since"))["oldest"]


def _ago(now, seconds):
    return now - timedelta(seconds=seconds)
