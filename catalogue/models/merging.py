"""What a merge keeps to be undone beside the history, and which look-alikes are not the same."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from catalogue.rules import once, rule


class Followed(models.Model):
    """Rows that a merge or a split moved, changed or dropped and whose changes the history does not keep.

    Of a row dropped, `was` is the whole row, `became` is null, and `instead` is the key of the row that stands in its
    place. Of others, `was` and `became` are the columns that changed. Kept for 90 days.
    """

    deed = models.UUIDField(db_index=True)
    table = models.CharField(max_length=100, help_text="The model: reviews.rating.")
    keys = ArrayField(models.BigIntegerField())
    was = models.JSONField()
    became = models.JSONField(null=True, blank=True)
    instead = models.BigIntegerField(null=True, blank=True)
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="followed",
        help_text="Whose row it was, if it was dropped.",
    )
    at = models.DateTimeField(db_default=Now(), db_index=True)

    class Meta:
        default_permissions = ()
        verbose_name_plural = "followed"


class Alike(models.TextChoices):
    TITLE = "title"
    PERSON = "person"


class NotTheSame(models.Model):
    """Somebody looked at two titles or people that look alike, and they are not the same."""

    kind = models.CharField(max_length=6, choices=Alike)
    first = models.BigIntegerField(help_text="The lower key of the two.")
    second = models.BigIntegerField()
    at = models.DateTimeField(db_default=Now())

    class Meta:
        default_permissions = ()
        verbose_name_plural = "not the same"
        constraints = [
            once("notthesame_once", ["kind", "first", "second"], "That is known already."),
            rule("notthesame_order", Q(first__lt=F("second")), "The lower key stands first."),
            rule("notthesame_kind", Q(kind__in=Alike.values), "Choose one of: title, person."),
        ]
