"""Forms that were carried out."""

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from members.models.member import Member


class SentForm(models.Model):
    """A form that was carried out, by the key it carried: sent again it gets the same answer and has no effect.

    Written in the transaction of the effect, so there is one with the other or neither. `member` is null for visitors.
    """

    member = models.ForeignKey(Member, on_delete=models.CASCADE, null=True, related_name="sent_forms")
    key = models.UUIDField()
    digest = models.CharField(max_length=64, help_text="SHA-256 of the address and all fields.")
    answer = models.JSONField(help_text="Where the form led and what was said: location, messages.")
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [
            UniqueConstraint(
                fields=["member", "key"],
                name="sentform_once",
                nulls_distinct=False,
                violation_error_message="This form was carried out already.",
            ),
            CheckConstraint(
                condition=Q(digest__regex=r"^[0-9a-f]{64}$"),
                name="sentform_digest",
                violation_error_message="The digest of a form is a SHA-256.",
            ),
        ]
        indexes = [models.Index(fields=["sent_at"], name="sentform_by_time")]
