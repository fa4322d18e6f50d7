"""Cards on the staff's first page about the machine: jobs and e-mails that did not get through."""

from procrastinate.contrib.django.models import ProcrastinateJob

from config.dashboard import Card, at_most
from members.models import Message


def cards():
    jobs, messages = "admin:procrastinate_procrastinatejob_changelist", "admin:members_message_changelist"
    return [
        Card("Jobs that failed", "procrastinate.view_procrastinatejob", jobs, _failed, {"status__exact": "failed"}),
        Card("E-mails given up", "members.view_message", messages, _given_up, {"state": "failed"}),
    ]


def _failed():
    return at_most(ProcrastinateJob.objects.filter(status="failed"))


def _given_up():
    return at_most(Message.objects.given_up())
