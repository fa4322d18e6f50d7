"""What we write to members, and what they would rather not get."""

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from members.models.member import Member

MOST_TRIES = 24


class MessageQuerySet(models.QuerySet):
    def waiting(self):
        """Messages that have not left."""
        return self.filter(sent_at=None)

    def trying(self):
        """Waiting messages that we still try to send."""
        return self.waiting().filter(tries__lt=MOST_TRIES)

    def given_up(self):
        """Waiting messages that no mail server took, however often we tried."""
        return self.waiting().filter(tries__gte=MOST_TRIES)


class Message(models.Model):
    """An e-mail, written in the transaction of what it tells of and sent by a job once that is committed.

    `key` names the event ("posted-123"), so that an event is told once however often it is tried.
    """

    member = models.ForeignKey(Member, on_delete=models.CASCADE, null=True, blank=True, related_name="messages")
    to = models.EmailField()
    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=200, unique=True)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    html = models.TextField(blank=True)
    written_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveIntegerField(default=0)
    last_error = models.TextField(blank=True)
    objects = MessageQuerySet.as_manager()

    class Meta:
        constraints = [
            CheckConstraint(
                condition=~Q(key="") & ~Q(kind=""),
                name="message_named",
                violation_error_message="A message names its kind and the event it tells of.",
            ),
            CheckConstraint(
                condition=~Q(subject="") & ~Q(subject__regex=r"[\r\n]"),
                name="message_subject",
                violation_error_message="A subject is one line.",
            ),
        ]
        indexes = [models.Index(fields=["written_at"], condition=Q(sent_at=None), name="message_waiting")]

    def __str__(self):
        return self.subject

    @property
    def is_given_up(self):
        return self.sent_at is None and self.tries >= MOST_TRIES


class MutedMail(models.Model):
    """A kind of e-mail that a member does not want."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="muted_mail")
    kind = models.CharField(max_length=40)
    muted_at = models.DateTimeField()

    class Meta:
        constraints = [
            UniqueConstraint(
                fields=["member", "kind"],
                name="mutedmail_once",
                violation_error_message="This kind of e-mail is off already.",
            )
        ]
