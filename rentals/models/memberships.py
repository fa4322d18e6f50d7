"""Memberships: which plan a member has, from when to when, and what was paid."""

from django.db import models
from django.db.models import F, Q

from catalogue.rules import choice_rule, not_before, once, rule
from members.models import Member
from rentals.models.plans import Plan

OPEN = Q(ended_at=None)


class MembershipQuerySet(models.QuerySet):
    def open(self):
        """Memberships that have not ended: asked for, on, paused or cancelled with days left."""
        return self.filter(OPEN)

    def for_page(self):
        """Memberships with the member, the plan and the plan to come."""
        return self.select_related("member", "plan", "next_plan")

    def renting(self, today):
        """Memberships with places at home on `today`: confirmed, paid for, neither paused nor over.

        Right once `renewals.settle` has run on that day; of one member `places.places_of` is right at any time.
        """
        paused = Q(paused_from__lte=today) & (Q(paused_until=None) | Q(paused_until__gte=today))
        paid = Q(paid_until__gte=today)
        return self.open().filter(paid, confirmed_at__isnull=False).exclude(paused)


class Membership(models.Model):
    """A member on a plan. A member has one at a time; what happens to it is told by its changes.

    Days are whole days, the first and the last included. A smaller plan asked for waits in `next_plan` for the end of
    the days that are paid. The verbs are in `rentals.memberships`; each writes a MembershipChange.
    """

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="memberships")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="memberships")
    next_plan = models.ForeignKey(Plan, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    next_plan_on = models.DateField(null=True, blank=True, help_text="The day from which the plan to come holds.")
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True, help_text="Discs may go out from now.")
    trial_until = models.DateField(null=True, blank=True, help_text="The last day of the free trial.")
    paid_until = models.DateField(null=True, blank=True, help_text="The last day that is paid for, or free.")
    pay_day = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="The day on which months begin; in shorter ones their last."
    )
    paused_from = models.DateField(null=True, blank=True)
    paused_until = models.DateField(null=True, blank=True, help_text="Empty: until the member says.")
    cancelled_at = models.DateTimeField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True, help_text="The last day, once it is cancelled.")
    ended_at = models.DateTimeField(null=True, blank=True)
    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            once("membership_one_open", ["member"], "There is a membership already; change that one.", condition=OPEN),
            rule("membership_next_plan", ~Q(next_plan=F("plan")), "This is the plan already."),
            rule(
                "membership_next_plan_day",
                Q(next_plan=None, next_plan_on=None) | Q(next_plan__isnull=False, next_plan_on__isnull=False),
                "A plan to come has a day, and only a plan to come.",
            ),
            rule("membership_pay_day", Q(pay_day=None) | Q(pay_day__range=(1, 31)), "A month has days 1 to 31."),
            not_before(
                "membership_confirmed_after_asked",
                "asked_at",
                "confirmed_at",
                "A membership is not confirmed before it is asked for.",
            ),
            not_before(
                "membership_ended_after_asked",
                "asked_at",
                "ended_at",
                "A membership does not end before it is asked for.",
            ),
            rule(
                "membership_pause",
                Q(paused_until=None) | Q(paused_from__isnull=False, paused_until__gte=F("paused_from")),
                "A pause ends on or after the day it begins.",
            ),
            rule(
                "membership_cancelled_ends",
                Q(cancelled_at=None, ends_on=None) | Q(cancelled_at__isnull=False, ends_on__isnull=False),
                "A cancelled membership has a last day, and only a cancelled one.",
            ),
        ]

    def __str__(self):
        return f"{self.plan.name} of {self.member}"

    def paused_on(self, day):
        """Whether a pause holds on `day`."""
        return bool(
            self.paused_from and self.paused_from <= day and (not self.paused_until or day <= self.paused_until)
        )

    def on_trial(self, day):
        """Whether `day` is one of the free trial."""
        return bool(self.trial_until and day <= self.trial_until)

    def paid_on(self, day):
        """Whether `day` is paid for, or free."""
        return bool(self.paid_until and day <= self.paid_until)


class Happening(models.TextChoices):
    """What can happen to a membership."""

    ASKED = "asked", "Asked for"
    CONFIRMED = "confirmed", "Confirmed"
    PLAN = "plan", "Plan changed"
    NEXT_PLAN = "next plan", "Plan to change"
    PAID = "paid", "Paid"
    PAUSED = "paused", "Paused"
    RESUMED = "resumed", "Resumed"
    CANCELLED = "cancelled", "Cancelled"
    KEPT = "kept", "Cancellation taken back"
    ENDED = "ended", "Ended"
    REPAID = "repaid", "Paid back"


class MembershipChange(models.Model):
    """What happened to a membership: who did it, when, from what to what."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="changes")
    at = models.DateTimeField()
    by = models.ForeignKey(
        Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", help_text="Empty: the clock."
    )
    what = models.CharField(max_length=10, choices=Happening)
    plan = models.ForeignKey(
        Plan, on_delete=models.PROTECT, null=True, blank=True, related_name="+", help_text="The plan from then on."
    )
    was = models.CharField(max_length=200, blank=True)
    became = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [choice_rule("membershipchange_what", "what", Happening)]
        indexes = [models.Index(fields=["membership", "at"], name="membershipchange_by_time")]


class Charge(models.TextChoices):
    """What an invoice is for."""

    MONTH = "month", "A month"
    DIFFERENCE = "difference", "The difference to a dearer plan"


class InvoiceQuerySet(models.QuerySet):
    def due(self):
        """Invoices that are neither paid nor void."""
        return self.filter(paid_at=None, voided_at=None)

    def paid(self):
        """Invoices whose money came and was not asked back."""
        return self.filter(paid_at__isnull=False, refund_asked_at=None)

    def to_repay(self):
        """Invoices whose money is to go back, and has not."""
        return self.filter(refund_asked_at__isnull=False, refunded_at=None)

    def months(self):
        return self.filter(what=Charge.MONTH)


class Invoice(models.Model):
    """What a member owes for some days of a membership, and whether it was paid.

    The days of a month are those it was meant for until it is paid; then those it pays for, which a pause puts off.
    """

    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="invoices")
    what = models.CharField(max_length=10, choices=Charge, default=Charge.MONTH)
    first_day = models.DateField()
    last_day = models.DateField()
    amount_pence = models.PositiveIntegerField()
    for_what = models.CharField(max_length=200, help_text="The line on the invoice.")
    provider = models.CharField(max_length=20, help_text="How it is charged: rentals/billing.")
    issued_at = models.DateTimeField()
    paid_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", help_text="Who saw the money."
    )
    voided_at = models.DateTimeField(null=True, blank=True)
    refund_asked_at = models.DateTimeField(null=True, blank=True, help_text="The money is to go back.")
    refunded_at = models.DateTimeField(null=True, blank=True, help_text="The money went back.")
    objects = InvoiceQuerySet.as_manager()

    class Meta:
        constraints = [
            rule("invoice_days", Q(last_day__gte=F("first_day")), "The last day is not before the first."),
            rule("invoice_amount", Q(amount_pence__gte=1), "An invoice is for a penny or more."),
            rule(
                "invoice_paid_or_void",
                Q(paid_at=None) | Q(voided_at=None),
                "An invoice that was paid is not void: pay it back.",
            ),
            choice_rule("invoice_what", "what", Charge),
            once(
                "invoice_one_month_due",
                ["membership"],
                "The next month has an invoice already.",
                condition=Q(what=Charge.MONTH, paid_at=None, voided_at=None),
            ),
            rule(
                "invoice_refund",
                Q(refund_asked_at=None, refunded_at=None)
                | Q(paid_at__isnull=False, refund_asked_at__isnull=False, refund_asked_at__gte=F("paid_at"))
                & (Q(refunded_at=None) | Q(refunded_at__gte=F("refund_asked_at"))),
                "Money goes back after it came and after that was asked for.",
            ),
        ]

    def __str__(self):
        return self.number

    @property
    def number(self):
        """As it is printed and quoted: KP-00012."""
        return f"KP-{self.pk:05}"
