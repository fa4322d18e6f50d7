"""What was brought in from other shops, by the names it had there."""

from django.db import models
from django.db.models import Q

from catalogue.rules import filled, once, rule
from members.models import Member
from rentals.models.shelf import Copy, Rental


class ImportedKind(models.TextChoices):
    COPY = "copy", "Copy"
    MEMBER = "member", "Member"
    RENTAL = "rental", "Rental"


class ImportedRow(models.Model):
    """A row of a shop that came in, so that the next import of the shop finds it again; titles have ImportedRecord.

    `digest` tells whether the shop says the same as last time. The member is null once the account is deleted: the row
    stays, so that nobody who left is brought in again.
    """

    shop = models.SlugField(max_length=30)
    kind = models.CharField(max_length=6, choices=ImportedKind)
    key = models.CharField(max_length=100, help_text="The id it has there.")
    digest = models.BinaryField(max_length=16)
    copy = models.ForeignKey(Copy, on_delete=models.CASCADE, null=True, blank=True, related_name="imported_rows")
    member = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="imported_rows")
    rental = models.ForeignKey(Rental, on_delete=models.CASCADE, null=True, blank=True, related_name="imported_rows")

    class Meta:
        constraints = [
            once("importedrow_once", ["shop", "kind", "key"], "This came in before."),
            filled("importedrow_key_filled", "key"),
            filled("importedrow_shop_filled", "shop"),
            rule(
                "importedrow_is_of_its_kind",
                Q(kind="copy", copy__isnull=False, member=None, rental=None)
                | Q(kind="member", copy=None, rental=None)
                | Q(kind="rental", rental__isnull=False, copy=None, member=None),
                "What came in as a copy, a member or a rental is one.",
            ),
        ]

    def __str__(self):
        return f"{self.shop} {self.kind} {self.key}"
