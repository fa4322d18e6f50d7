"""What the shop has ordered, and which editions are not to be had new any more."""

from django.db import models
from django.db.models import F, Q

from catalogue.models import Release
from catalogue.rules import filled, not_before, rule
from members.models import Member

MOST_ORDERED = 240  # of one edition at once: as many as come in at once
OPEN_ORDER = Q(closed_on=None, received__lt=F("quantity"))


class OrderQuerySet(models.QuerySet):
    def open(self):
        """Orders of which something is still to come."""
        return self.filter(OPEN_ORDER)

    def in_order(self):
        """The oldest first: in this order they are filled, and locked."""
        return self.order_by("ordered_on", "pk")

    def for_page(self):
        """Orders with what a page says of them."""
        return self.select_related("release__title").prefetch_related("release__discs")


class Order(models.Model):
    """So many of an edition, ordered from a supplier; a set of discs is one. The verbs are in `rentals.desk.orders`.

    `received` counts what came in through deliveries, a set when its first disc comes. Once it is `closed_on` a day,
    the rest does not come.
    """

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="orders")
    quantity = models.PositiveSmallIntegerField()
    supplier = models.CharField(max_length=100)
    ordered_on = models.DateField()
    expected_on = models.DateField(null=True, blank=True)
    received = models.PositiveSmallIntegerField(default=0)
    received_on = models.DateField(null=True, blank=True, help_text="When some of it came in last.")
    closed_on = models.DateField(null=True, blank=True, help_text="From then on the rest is not waited for.")
    note = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    objects = OrderQuerySet.as_manager()

    class Meta:
        constraints = [
            rule("order_quantity", Q(quantity__range=(1, MOST_ORDERED)), f"Order 1 to {MOST_ORDERED} at once."),
            filled("order_supplier_filled", "supplier"),
            rule("order_received", Q(received__lte=F("quantity")), "No more comes in than was ordered."),
            rule(
                "order_received_on",
                Q(received=0, received_on=None) | Q(received__gt=0, received_on__isnull=False),
                "What came in came in on a day.",
            ),
            not_before("order_expected_after_ordered", "ordered_on", "expected_on", "It cannot come before that day."),
            not_before("order_closed_after_ordered", "ordered_on", "closed_on", "An order is cancelled after it."),
            rule(
                "order_closed_unfilled",
                Q(closed_on=None) | Q(received__lt=F("quantity")),
                "An order that came in whole has no rest to cancel.",
            ),
        ]
        indexes = [
            models.Index(fields=["release"], name="order_open", condition=OPEN_ORDER),
            models.Index(fields=["-ordered_on", "-id"], name="order_by_day"),
        ]

    def __str__(self):
        return f"{self.quantity} of {self.release} from {self.supplier}"

    @property
    def to_come(self):
        """How many are still to come."""
        return 0 if self.closed_on else self.quantity - self.received


class OutOfPrint(models.Model):
    """An edition that our buyer cannot get new any more."""

    release = models.OneToOneField(Release, on_delete=models.CASCADE, primary_key=True, related_name="out_of_print")
    noted_on = models.DateField()
    by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name_plural = "out of print"
