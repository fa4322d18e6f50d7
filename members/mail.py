"""Writing to members.

`write` puts an e-mail beside what it tells of, in the same transaction: neither is there without the other. A job sends
it after the commit (`members.tasks`), and tries again for days while the mail server is away. The row is locked while
it is sent, so that two workers never send it both. A worker that dies between the server's yes and our commit leaves
the row unsent; it is sent again under the same Message-ID, by which mail programs know that they have it.
"""

from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef
from django.db.models.functions import Cast, Substr
from django.template.loader import render_to_string
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from config.jobs import defer
from members import links, mail_kinds
from members.models import Message

KEEP_SENT = timedelta(days=30)
_unsaid = ContextVar("unsaid", default=False)


class NotSent(Exception):
    """The mail server did not take an e-mail. It goes to the log, so it says nothing of whom it was for."""

    def __init__(self, message):
        super().__init__(f"E-mail {message.pk} was not taken, {message.tries} tries so far.")
        self.tries = message.tries


# ------------------------------------------------------------------ to write
def unwrite(key):
    """Forget the e-mail of an event that did not happen after all, unless it is sent; whether it was forgotten."""
    return bool(Message.objects.filter(key=key, sent_at=None).delete()[0])


def write(kind, key, *, to=None, member=None, now=None, **context):
    """Write an e-mail of a kind (templates/mail/KIND.txt, its first line "Subject: …", and KIND.html) once per `key`.

    To a member, or to an address. Returns the Message, or None if this event was told before, the member has turned its
    kind off or deleted the account. Must be called in the transaction of the event.
    """
    if _unsaid.get() or (member and member.closed_at):
        return None
    if member and mail_kinds.may_be_muted(kind) and member.muted_mail.filter(kind=kind).exists():
        return None
    if Message.objects.filter(key=key).exists():
        return None
    context |= {
        "member": member,
        "site": settings.SITE,
        "contact": settings.CONTACT,
        "unsubscribe": _unsubscribe(kind, member),
    }
    subject, _, text = render_to_string(f"mail/{kind}.txt", context).partition("\n")
    fields = {
        "kind": kind,
        "member": member,
        "to": to or member.email,
        "subject": subject.removeprefix("Subject: ").strip(),
        "text": text.strip() + "\n",
        "html": render_to_string(f"mail/{kind}.html", context),
        "written_at": now or timezone.now(),
    }
    try:
        with transaction.atomic():
            message = Message.objects.create(key=key, **fields)
    except IntegrityError:
        if Message.objects.filter(key=key).exists():  # told at the same time
            return None
        raise
    send_soon(message, is_new=True)
    return message


@contextmanager
def unsaid():
    """Nobody is written to of what happens meanwhile: for what is made up of the past, or brought from elsewhere."""
    before = _unsaid.set(True)
    try:
        yield
    finally:
        _unsaid.reset(before)


def send_soon(message, *, is_new=False):
    """Put off the job that sends it, in the transaction that runs. False if one waits already."""
    from members.tasks import send_message  # which calls us

    return defer(send_message, once=f"message-{message.pk}", is_first=is_new, message=message.pk)


def _unsubscribe(kind, member):
    """The address that turns a kind off for a member without a login; "" where it cannot be turned off."""
    if member is None or not mail_kinds.may_be_muted(kind):
        return ""
    return links.address("members:unsubscribe", links.token(links.UNSUBSCRIBING, member.pk, kind))


# ------------------------------------------------------------------ to send
def send(key, *, now):
    """Send the Message of that key, unless it was sent or another worker has it in hand.

    Raises NotSent, after what went wrong was written into the row. Holds the row until the server has answered.
    """
    with transaction.atomic():
        message = Message.objects.waiting().select_for_update(skip_locked=True).filter(pk=key).first()
        if message is None:
            return
        problem = _handed_over(message)
        message.tries += 1
        message.last_error = problem
        message.sent_at = None if problem else now
        message.save(update_fields=["tries", "last_error", "sent_at"])
    if problem:
        raise NotSent(message)


def _handed_over(message):
    """What the mail server had against it, or "" if it took it."""
    try:
        _mail(message).send()
    except Exception as problem:  # whatever it is, the row tells of it and the next try may go better
        return f"{type(problem).__name__}: {problem}"[:2000]
    return ""


def _mail(message):
    answers = {"reply_to": [settings.CONTACT]} if settings.CONTACT else {}
    mail = EmailMultiAlternatives(message.subject, message.text, to=[message.to], headers=_headers(message), **answers)
    if message.html:
        mail.attach_alternative(message.html, "text/html")
    return mail


def _headers(message):
    """The Message-ID that this row always has, and how mail programs turn its kind off (RFC 8058)."""
    headers = {"Message-ID": message_id(message), "Auto-Submitted": "auto-generated"}
    if address := _unsubscribe(message.kind, message.member):
        one_click = {"List-Unsubscribe": f"<{address}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
        return headers | one_click
    return headers


def message_id(message):
    written = int(message.written_at.timestamp() * 1000)
    return f"<{written}.{message.pk}@{urlsplit(settings.SITE).hostname}>"


# ------------------------------------------------------------------ to look after
def sweep_messages(*, now):
    """Put off a job for each e-mail that should leave and has none; how many. Those given up are for staff."""
    name = Cast(Substr("queueing_lock", len("message-") + 1), Message._meta.pk)
    jobs = ProcrastinateJob.objects.filter(task_name="send_message", status__in=["todo", "doing"])
    in_hand = jobs.alias(message=name).filter(message=OuterRef("pk"))
    return sum(send_soon(message) for message in Message.objects.trying().filter(~Exists(in_hand)))


def send_again(message, *, now):
    """Start anew with an e-mail that was given up. False if it was not."""
    with transaction.atomic():
        if not Message.objects.given_up().filter(pk=message.pk).update(tries=0):
            return False
        send_soon(message)
    return True


def forget_messages(*, now):
    """Delete e-mails that were sent 30 days ago. What must not be told twice is remembered where it happened."""
    return Message.objects.filter(sent_at__lt=now - KEEP_SENT).delete()[0]
