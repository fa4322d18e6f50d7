"""Copies, and the rentals that take them to members and back."""

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from catalogue.models import Disc
from catalogue.rules import choice_rule, filled, not_before, once, rule
from members.models import Member
from rentals import barcodes
from rentals.models.queue import QueueEntry
from rentals.models.rounds import Round

MOST_PLACES = 12  # at home, of any plan
BINS = 20  # for discs that go out again at once
OPEN = Q(checked_in_at=None, cancelled_at=None)
TO_POST = OPEN & Q(posted_at=None)


class Condition(models.TextChoices):
    NEW = "new", "As new"
    GOOD = "good", "Good"
    WORN = "worn", "Worn, plays well"
    POOR = "poor", "Poor: replace it soon"


class Licence(models.TextChoices):
    """Whether the copy may be rented out: in the United Kingdom that takes a licence (CDPA 1988, section 18A)."""

    RENTAL = "rental", "For rental"
    NONE = "none", "Not for rental"


class Farewell(models.TextChoices):
    """Why a copy is withdrawn."""

    WORN = "worn", "Worn out"
    BROKEN = "broken", "Cracked or damaged"
    SOLD = "sold", "Sold"
    RECALLED = "recalled", "Recalled by its supplier"
    OTHER = "other", "For another reason"


# States that few copies are in: staff list those.
RARE = {"withdrawn": "withdrawn_at", "missing": "missing_at", "inspected": "in_inspection_since"}


class CopyQuerySet(models.QuerySet):
    def in_service(self):
        """Copies that are ours to post: neither withdrawn nor missing."""
        return self.filter(withdrawn_at=None, missing_at=None)

    def on_shelf(self):
        """Copies in service that are here: not out on rental, not in inspection."""
        out = Rental.objects.open().filter(copy=OuterRef("pk"))
        return self.in_service().filter(~Exists(out), in_inspection_since=None)

    def next_code(self):
        """The code for a new copy. Two who ask at once never get the same; one that staff typed ahead is left out."""
        while self.filter(barcode=(code := barcodes.new_code(barcodes.next_number()))).exists():
            pass
        return code

    def next_codes(self, count):
        """Codes for as many new copies, in a few queries."""
        codes = []
        while lacking := count - len(codes):
            new = [barcodes.new_code(number) for number in barcodes.next_numbers(lacking)]
            taken = set(self.filter(barcode__in=new).values_list("barcode", flat=True))
            codes += [code for code in new if code not in taken]
        return codes

    def for_labels(self, keys):
        """Copies with all that their labels say, as they stand on the shelf."""
        return self.filter(pk__in=keys).select_related("disc__release__title").order_by("shelf", "pk")


class Copy(models.Model):
    """One physical disc."""

    disc = models.ForeignKey(Disc, on_delete=models.PROTECT, related_name="copies")
    barcode = models.CharField(
        max_length=40, unique=True, error_messages={"unique": "Another copy has this barcode already."}
    )
    shelf = models.CharField("shelf place", max_length=40, blank=True, help_text="Where it lies when it is in: B-014.")
    bin = models.PositiveSmallIntegerField(
        null=True, blank=True, editable=False, help_text="Of those for what goes out next: where it waits to be picked."
    )
    acquired_on = models.DateField()
    condition = models.CharField(max_length=4, choices=Condition, default=Condition.GOOD, db_default=Condition.GOOD)
    licence = models.CharField(
        max_length=6,
        choices=Licence,
        default=Licence.RENTAL,
        db_default=Licence.RENTAL,
        help_text="A copy that is not for rental is held back until it is.",
    )
    source = models.CharField(
        max_length=100, blank=True, db_default="", help_text="Who sold or gave it, and under which delivery note."
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True, help_text="Not posted any more: worn, sold, recalled.")
    withdrawn_for = models.CharField("why withdrawn", max_length=8, choices=Farewell, blank=True, db_default="")
    missing_at = models.DateTimeField(null=True, blank=True, help_text="Not where it should be.")
    in_inspection_since = models.DateTimeField(null=True, blank=True, help_text="Looked at before it is posted again.")
    objects = CopyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "copies"
        constraints = [
            filled("copy_barcode_filled", "barcode"),
            choice_rule("copy_condition", "condition", Condition),
            choice_rule("copy_licence", "licence", Licence),
            rule("copy_bin", Q(bin=None) | Q(bin__range=(1, BINS)), f"Bins are numbered 1 to {BINS}."),
            rule(
                "copy_withdrawn_for",
                Q(withdrawn_for="") | Q(withdrawn_for__in=Farewell.values, withdrawn_at__isnull=False),
                "Only a withdrawn copy has a reason to be.",
            ),
            rule(
                "copy_licensed_or_held",
                Q(licence=Licence.RENTAL) | Q(in_inspection_since__isnull=False) | Q(withdrawn_at__isnull=False),
                "A copy that is not for rental is held back or withdrawn.",
            ),
        ]
        indexes = [
            models.Index(fields=["-id"], name=f"copy_{name}", condition=~Q(**{field: None}))
            for name, field in RARE.items()
        ]

    def __str__(self):
        return self.barcode

    @property
    def place(self):
        """Where it lies when it is in, in words of the desk."""
        return f"bin {self.bin}" if self.bin else f"shelf {self.shelf}" if self.shelf else "no shelf place yet"


class RentalQuerySet(models.QuerySet):
    def open(self):
        """Rentals whose copy is not back: allocated, on its way or at home."""
        return self.filter(OPEN)

    def to_post(self):
        """Rentals whose copy is still here, to be picked, packed and posted."""
        return self.filter(TO_POST)

    def for_page(self):
        """Rentals with the disc each is of."""
        return self.select_related("copy__disc__release")


class Rental(models.Model):
    """A copy sent to a member. Open until the copy is checked in, or the rental is cancelled before posting.

    An open rental holds one of the member's places at home, so that a member can never have more than there are. A
    year after a rental ended its member is forgotten, unless the member keeps the history; an open one has a member.
    """

    copy = models.ForeignKey(Copy, on_delete=models.PROTECT, related_name="rentals")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, blank=True, related_name="rentals")
    entry = models.ForeignKey(QueueEntry, on_delete=models.SET_NULL, null=True, blank=True, related_name="rentals")
    round = models.ForeignKey(Round, on_delete=models.PROTECT, null=True, blank=True, related_name="rentals")
    position = models.PositiveIntegerField(null=True, blank=True, help_text="The request's place in its queue then.")
    reason = models.CharField(max_length=200, blank=True, help_text="Why staff lent it by hand.")
    place = models.PositiveSmallIntegerField(help_text="Which of the member's places at home, from 1.")
    allocated_at = models.DateTimeField()
    picked_at = models.DateTimeField(null=True, blank=True, help_text="Taken from its shelf.")
    packed_at = models.DateTimeField(null=True, blank=True, help_text="In its envelope, with the label on it.")
    posted_at = models.DateTimeField(null=True, blank=True)
    arrived_at = models.DateTimeField(null=True, blank=True, help_text="The member said so; else after two days.")
    said_posted_at = models.DateTimeField("posted back", null=True, blank=True, help_text="The member said so.")
    checked_in_at = models.DateTimeField(null=True, blank=True)
    lost_at = models.DateTimeField(null=True, blank=True, help_text="The post lost it: its place is free from then on.")
    cancelled_at = models.DateTimeField(null=True, blank=True)
    objects = RentalQuerySet.as_manager()

    class Meta:
        constraints = [
            once("rental_one_open_per_copy", ["copy"], "This copy is out already.", condition=OPEN),
            once("rental_place_once", ["member", "place"], "This place at home is taken.", condition=OPEN),
            rule("rental_place", Q(place__range=(1, MOST_PLACES)), f"Places at home are numbered 1 to {MOST_PLACES}."),
            rule("rental_open_has_member", Q(member__isnull=False) | ~OPEN, "An open rental has a member."),
            rule(
                "rental_member_steps",
                Q(posted_at__isnull=False)
                & (Q(arrived_at=None) | Q(arrived_at__gte=F("posted_at")))
                & (Q(said_posted_at=None) | Q(said_posted_at__gte=F("posted_at")))
                | Q(arrived_at=None, said_posted_at=None),
                "A disc arrives and goes back after it was posted.",
            ),
            not_before(
                "rental_picked_after_allocated",
                "allocated_at",
                "picked_at",
                "A copy is not picked before it is allocated.",
            ),
            rule(
                "rental_packed_after_picked",
                Q(packed_at=None) | Q(picked_at__isnull=False, packed_at__gte=F("picked_at")),
                "A copy is not packed before it is picked.",
            ),
            not_before(
                "rental_posted_after_allocated",
                "allocated_at",
                "posted_at",
                "A copy is not posted before it is allocated.",
            ),
            rule(
                "rental_checked_in_after_posted",
                Q(checked_in_at=None) | Q(posted_at__isnull=False, checked_in_at__gte=F("posted_at")),
                "A copy cannot come back before it was posted.",
            ),
            rule(
                "rental_lost_after_posted",
                Q(lost_at=None) | Q(posted_at__isnull=False, lost_at__gte=F("posted_at")),
                "A disc is not lost by the post before it was posted.",
            ),
            rule(
                "rental_cancelled_before_posted",
                Q(cancelled_at=None) | Q(posted_at=None, cancelled_at__gte=F("allocated_at")),
                "A rental is cancelled after it is allocated and before it is posted.",
            ),
        ]
        indexes = [
            models.Index(fields=["member", "-allocated_at"], name="rental_by_member"),
            models.Index(fields=["allocated_at"], name="rental_by_day"),
            models.Index(fields=["-checked_in_at"], name="rental_by_return", condition=Q(checked_in_at__isnull=False)),
            models.Index(fields=["allocated_at", "id"], name="rental_to_post", condition=TO_POST),
        ]


class ProblemKind(models.TextChoices):
    NOT_ARRIVED = "not arrived", "It has not arrived"
    DAMAGED = "damaged", "It is cracked, skips or freezes"
    WRONG_DISC = "wrong disc", "The wrong disc was in the sleeve"
    NOT_LOGGED = "not logged", "I sent it back and you still show it here"


class ProblemQuerySet(models.QuerySet):
    def open(self):
        """Problems that nobody has settled."""
        return self.filter(settled_at=None)


class Problem(models.Model):
    """What a member says is wrong with a rental, until staff or a scan settle it."""

    rental = models.ForeignKey(Rental, on_delete=models.PROTECT, related_name="problems")
    kind = models.CharField(max_length=11, choices=ProblemKind)
    note = models.CharField(max_length=500, blank=True)
    reported_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=200, blank=True)
    objects = ProblemQuerySet.as_manager()

    class Meta:
        constraints = [
            choice_rule("problem_kind", "kind", ProblemKind),
            once(
                "problem_once",
                ["rental", "kind"],
                "You have told us already; we are looking into it.",
                condition=Q(settled_at=None),
            ),
            not_before(
                "problem_settled_after_reported",
                "reported_at",
                "settled_at",
                "A problem is not settled before it is reported.",
            ),
        ]
