"""Writing to members.

`write` puts an e-mail beside what it tells of, in the same transaction: neither is there without the other. A job sends
it after the commit, and tries again for as long as the mail server is away (`members.tasks`).
"""

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from members.models import Message


def write(kind, key, *, to=None, member=None, now=None, **context):
    """Write an e-mail of a kind (templates/mail/KIND.txt, its first line "Subject: …", and KIND.html) once per `key`.

    To a member, or to an address. Returns the Message, or None if this event was told before or the member has muted
    its kind. Must be called in the transaction of the event.
    """
    from members.tasks import send_message

    if member and member.muted_mail.filter(kind=kind).exists():
        return None
    context |= {"member": member, "site": settings.SITE}
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
    with transaction.atomic():
        message, is_new = Message.objects.get_or_create(key=key, defaults=fields)
        if is_new:
            send_message.defer(message=message.pk)
    return message if is_new else None
