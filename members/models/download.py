"""Downloads of everything that we keep of a member."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from members.models.member import Member

KEPT = timedelta(days=7)


def folder():
    """Where the files lie. No address leads into it: `members.privacy` hands them to their members."""
    return settings.STATE_DIR / "downloads"


class DownloadQuerySet(models.QuerySet):
    def ready(self):
        """Downloads whose file is there."""
        return self.filter(made_at__isnull=False)


class Download(models.Model):
    """A file with everything that we keep of a member: asked for, made by a job, deleted after KEPT."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="downloads")
    key = models.UUIDField(unique=True, default=uuid.uuid4, help_text="The name of the file.")
    asked_at = models.DateTimeField()
    made_at = models.DateTimeField(null=True, blank=True)
    size = models.PositiveBigIntegerField(default=0, help_text="Bytes.")
    objects = DownloadQuerySet.as_manager()

    class Meta:
        constraints = [
            UniqueConstraint(
                fields=["member"],
                condition=Q(made_at=None),
                name="download_one_at_a_time",
                violation_error_message="Your download is being made already.",
            ),
            CheckConstraint(
                condition=Q(made_at=None) | Q(made_at__gte=F("asked_at")),
                name="download_made_after_asked",
                violation_error_message="A download is not made before it is asked for.",
            ),
        ]

    @property
    def path(self):
        return folder() / f"{self.key}.zip"

    @property
    def file_name(self):
        """What the member's browser saves it as."""
        return f"kinopost-{self.asked_at:%Y-%m-%d}.zip"

    @property
    def deleted_at(self):
        return self.asked_at + KEPT
