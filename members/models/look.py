"""Who of the staff looked at what a member rented or asked for, and why."""

from datetime import timedelta

from django.db import models
from django.db.models import CheckConstraint, Exists, Q

from members.models.member import Member

LASTS = timedelta(minutes=30)  # a reason holds so long: about as long as one thing takes
SHORTEST = 10  # letters of a sentence


class LookReason(models.TextChoices):
    ASKED = "asked", "The member asked"
    PROBLEM = "problem", "A problem was reported"
    PAYMENT = "payment", "Payment"
    FRAUD = "fraud", "Suspicion of fraud"
    LAW = "law", "The law demands it"


class LookQuerySet(models.QuerySet):
    def still_good(self, by, now):
        """Looks whose reason still holds for `by`."""
        return self.filter(by=by, at__gt=now - LASTS, at__lte=now)

    def opened(self, by, whose, now):
        """Condition: `by` gave a reason, which still holds, for the member that the expression `whose` names."""
        return Exists(self.still_good(by, now).filter(whose=whose))


class Look(models.Model):
    """A reason that somebody of the staff gave before seeing what a member rented or asked for.

    A trigger keeps it as it was written, for good; only whose it was is forgotten, with the account.
    """

    by = models.ForeignKey(
        Member, on_delete=models.SET_NULL, null=True, related_name="looks_taken", verbose_name="who looked"
    )
    whose = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="looks")
    at = models.DateTimeField()
    reason = models.CharField(max_length=7, choices=LookReason)
    sentence = models.CharField(max_length=300, blank=True)
    page = models.CharField(max_length=200, help_text="The page that was asked for.")
    objects = LookQuerySet.as_manager()

    class Meta:
        verbose_name = "look at a member’s rentals"
        verbose_name_plural = "looks at members’ rentals"
        constraints = [
            CheckConstraint(
                condition=Q(reason__in=LookReason.values),
                name="look_reason",
                violation_error_message="Choose one of the reasons.",
            ),
            CheckConstraint(
                condition=Q(whose=None) | Q(sentence__regex=rf"\S.{{{SHORTEST - 2},}}\S"),
                name="look_sentence",
                violation_error_message="Say in a sentence why: the member reads it.",
            ),
        ]
        indexes = [models.Index(fields=["by", "whose", "at"], name="look_by_whose_at")]

    def __str__(self):
        return f"{self.get_reason_display()}, {self.at:%Y-%m-%d %H:%M}"
