"""Where a member's discs are posted."""

from django.db import models
from django.db.models import CheckConstraint, Q

from members.models.member import Member

POSTCODE = r"^[A-Z]{1,2}[0-9][A-Z0-9]? [0-9][A-Z]{2}$"  # as it is printed: capitals and one space


class Address(models.Model):
    """One address in the United Kingdom, line by line as a label prints it."""

    member = models.OneToOneField(Member, on_delete=models.CASCADE, related_name="address")
    name = models.CharField("name on the envelope", max_length=60)
    line_1 = models.CharField("address", max_length=60)
    line_2 = models.CharField("second line", max_length=60, blank=True)
    town = models.CharField(max_length=40)
    postcode = models.CharField(max_length=8)
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "addresses"
        constraints = [
            CheckConstraint(
                condition=~Q(name=""),
                name="address_name_filled",
                violation_error_message="The post needs a name on the envelope.",
            ),
            CheckConstraint(
                condition=~Q(line_1="") & ~Q(town=""),
                name="address_filled",
                violation_error_message="The post needs a street or house, and a town.",
            ),
            CheckConstraint(
                condition=Q(postcode__regex=POSTCODE),
                name="address_postcode",
                violation_error_message="A postcode looks like LS1 4AP.",
            ),
        ]

    def __str__(self):
        return ", ".join(self.lines())

    def lines(self):
        """The lines of a label, without empty ones; the postcode last."""
        return [line for line in (self.name, self.line_1, self.line_2, self.town, self.postcode) if line]
