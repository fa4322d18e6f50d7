"""What each member chose for reading reviews and for being read."""

from django.db import models

from members.models import Member


class ReaderChoices(models.Model):
    """A member's choices; who has no row has chosen nothing, and all defaults hold."""

    member = models.OneToOneField(Member, on_delete=models.CASCADE, primary_key=True, related_name="reader_choices")
    always_show_spoilers = models.BooleanField("show spoilers without asking", default=False)
    has_page = models.BooleanField(
        "my reviews stand together on a page of mine", default=True, help_text="Under the name that others see."
    )
    shows_ratings = models.BooleanField(
        "that page lists my ratings too", default=False, help_text="Ratings without a review, by film."
    )
    shares_taste = models.BooleanField(
        "compare my taste with that of others who allow it",
        default=False,
        help_text="They see how near your ratings are to theirs, on each film that you both rated; you see the same.",
    )

    class Meta:
        verbose_name_plural = "reader choices"

    @classmethod
    def of(cls, member):
        """The member's choices: the row, or one not saved yet with the defaults."""
        return cls.objects.filter(pk=member.pk).first() or cls(member=member)


def members_with_page():
    """Members whose page others may read: not if they chose to have none, closed the account or are banned."""
    return Member.objects.filter(is_active=True, ban=None).exclude(reader_choices__has_page=False)
