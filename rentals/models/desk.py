"""What the desk writes down: what happened to copies, what was scanned, and what was found wrong."""

from django.db import models
from django.db.models import Q

from catalogue.rules import choice_rule, filled, not_before, once, rule
from members.models import Member
from rentals.models.shelf import Copy, Rental


class CopyEventKind(models.TextChoices):
    ACQUIRED = "acquired", "Acquired"
    MOVED = "moved", "Given another shelf place"
    CONDITION = "condition", "Condition changed"
    LICENCE = "licence", "Licence changed"
    HELD = "held", "Held back for inspection"
    PASSED = "passed", "Passed inspection"
    MISSING = "missing", "Missing"
    FOUND = "found", "Found"
    WITHDRAWN = "withdrawn", "Withdrawn"
    RESTORED = "restored", "In service again"


class CopyEvent(models.Model):
    """What happened to a copy besides its rentals, which tell of themselves. Written by the database, never changed.

    A trigger on the copy writes them (rentals migration 0012), whoever changes it; `rentals.copies.acting` says who
    does and why. The state of a copy is the fold of its events and rentals, which `fsck` proves. `value`: what it
    became.
    """

    copy = models.ForeignKey(Copy, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=9, choices=CopyEventKind)
    at = models.DateTimeField()
    value = models.CharField(max_length=40, blank=True)
    note = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            choice_rule("copyevent_kind", "kind", CopyEventKind),
            once("copyevent_acquired_once", ["copy"], "A copy is acquired once.", condition=Q(kind="acquired")),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.value}".strip()


class FindingKind(models.TextChoices):
    CRACKED = "cracked", "Cracked"
    SCRATCHED = "scratched", "Scratched"
    WRONG_DISC = "wrong disc", "Wrong disc in the sleeve"
    EMPTY = "empty", "Sleeve empty"
    TWO_IN_ONE = "two in one", "Two discs in one envelope"
    NOT_IN_PLACE = "not in place", "Not in its place"
    UNKNOWN = "unknown", "A disc that we do not know"


class FindingQuerySet(models.QuerySet):
    def open(self):
        """Findings that nobody has settled."""
        return self.filter(settled_at=None)

    def for_page(self):
        """Findings with what their sentences say."""
        return self.select_related("copy__disc__release__title", "rental__member__address")


class Finding(models.Model):
    """Something wrong that the desk found, until staff settle it."""

    kind = models.CharField(max_length=12, choices=FindingKind)
    code = models.CharField(max_length=80, help_text="What was scanned.")
    copy = models.ForeignKey(Copy, on_delete=models.PROTECT, null=True, blank=True, related_name="findings")
    rental = models.ForeignKey(Rental, on_delete=models.PROTECT, null=True, blank=True, related_name="findings")
    note = models.CharField(max_length=200, blank=True)
    found_at = models.DateTimeField()
    by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=200, blank=True)
    objects = FindingQuerySet.as_manager()

    class Meta:
        constraints = [
            choice_rule("finding_kind", "kind", FindingKind),
            filled("finding_code_filled", "code"),
            once(
                "finding_once",
                ["rental", "kind"],
                "This is written down already.",
                condition=Q(settled_at=None, rental__isnull=False),
            ),
            rule(
                "finding_of_a_copy",
                Q(kind=FindingKind.UNKNOWN) | Q(copy__isnull=False),
                "What is found wrong is wrong with a copy.",
            ),
            not_before(
                "finding_settled_after_found",
                "found_at",
                "settled_at",
                "Nothing is settled before it is found.",
            ),
        ]
        indexes = [models.Index(fields=["-found_at"], name="finding_open", condition=Q(settled_at=None))]


class Step(models.TextChoices):
    """What a scan did."""

    RETURNED = "returned", "Came back"
    PICKED = "picked", "Picked"
    PACKED = "packed", "Packed"
    POSTED = "posted", "Posted"
    FOUND = "found", "Found something"
    LOOKED = "looked", "Looked up"
    NOTHING = "nothing", "Nothing changed"
    UNDONE = "undone", "Undone"


class Scan(models.Model):
    """One thing done at the desk: what was scanned, what it did, and what the screen said. Undone within minutes."""

    key = models.UUIDField(unique=True, help_text="Made where it was scanned: sent again, it is the same scan.")
    code = models.CharField(max_length=80)
    step = models.CharField(max_length=8, choices=Step)
    answer = models.JSONField(default=dict)
    copy = models.ForeignKey(Copy, on_delete=models.PROTECT, null=True, blank=True, related_name="scans")
    rental = models.ForeignKey(Rental, on_delete=models.PROTECT, null=True, blank=True, related_name="scans")
    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, null=True, blank=True, related_name="scans")
    by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    scanned_at = models.DateTimeField()
    received_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            choice_rule("scan_step", "step", Step),
            not_before("scan_undone_after", "received_at", "undone_at", "A scan is undone after it was made."),
        ]
        indexes = [models.Index(fields=["by", "-id"], name="scan_by_hand")]
