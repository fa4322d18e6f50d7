"""Jobs of the members' app."""

from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from members import downloads
from members.models import Download, Message

FOR_DAYS = RetryStrategy(max_attempts=500, wait=30, linear_wait=0)


@app.task(name="send_message", queue="mail", retry=FOR_DAYS)
def send_message(message):
    """Send the e-mail of that key, unless it was sent."""
    with transaction.atomic():
        row = Message.objects.select_for_update().filter(pk=message, sent_at=None).first()
        if row is None:
            return
        mail = EmailMultiAlternatives(row.subject, row.text, to=[row.to])
        if row.html:
            mail.attach_alternative(row.html, "text/html")
        mail.send()
        row.sent_at = timezone.now()
        row.save(update_fields=["sent_at"])


@app.task(name="make_download", queue="downloads", retry=RetryStrategy(max_attempts=5, wait=30))
def make_download(download):
    """Make the file of the Download of that key, unless it is there or not wanted any more."""
    row = Download.objects.select_related("member").filter(pk=download, made_at=None).first()
    if row:
        downloads.make(row, now=timezone.now())
