"""What procrastinate lacks for us: jobs put off in Django's own transaction, and jobs of workers that died."""

from datetime import timedelta

from django.db import IntegrityError, connection, transaction
from procrastinate import sql
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.manager import JobManager

OURS = JobManager(DjangoConnector())
SILENT_SECONDS = 60  # after which a worker is dead: it shows a sign of life every ten
KEEP_DONE = timedelta(days=14)
KEEP_FAILED = timedelta(days=90)
STALLED = """
SELECT j.id FROM procrastinate_jobs j LEFT JOIN procrastinate_workers w ON w.id = j.worker_id
WHERE j.status = 'doing' AND (w.id IS NULL OR w.last_heartbeat < now() - make_interval(secs => %s))
"""
STOPPED = "SELECT 1 FROM procrastinate_jobs WHERE id = %s AND status IN ('doing', 'failed') FOR UPDATE"
OVER = """
DELETE FROM procrastinate_jobs WHERE status = ANY(%s::procrastinate_job_status[])
AND id IN (SELECT job_id FROM procrastinate_events GROUP BY job_id HAVING max(at) < %s)
"""


def defer(task, once="", *, is_first=False, **arguments):
    """Put off a job of `task` in the transaction that runs. False if one of the name `once` waits already.

    `is_first`: none of that name can wait, so that nothing need be undone if one does.

    A worker's own connection would write the job at once, whatever becomes of the transaction: there `task.defer` may
    start a job before its rows are there.
    """
    deferrer = task.configure(queueing_lock=once or None)
    deferrer.job_manager = OURS
    try:
        with transaction.atomic(savepoint=bool(once) and not is_first):
            deferrer.defer(**arguments)
    except AlreadyEnqueued:
        return False
    return True


def retry(job, *, now):
    """Let a failed job, or one whose worker died, run again. False if it is neither, or its like waits already."""
    arguments = {"job_id": job, "retry_at": now, "new_priority": None, "new_queue_name": None, "new_lock": None}
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(STOPPED, [job])
            if cursor.fetchone():
                cursor.execute(sql.queries["retry_job"], arguments)
                return True
    except IntegrityError:  # the like of it was put off meanwhile
        return False
    return False


def revive_jobs(*, now):
    """Let jobs run again whose worker died; how many."""
    with connection.cursor() as cursor:
        cursor.execute(STALLED, [SILENT_SECONDS])
        stalled = [job for (job,) in cursor]
    return sum(retry(job, now=now) for job in stalled)


@transaction.atomic
def forget_jobs(*, now):
    """Delete what is told of jobs that ended well two weeks ago, or badly three months ago."""
    with connection.cursor() as cursor:
        cursor.execute(OVER, [["succeeded", "cancelled"], now - KEEP_DONE])
        cursor.execute(OVER, [["failed", "aborted"], now - KEEP_FAILED])
