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

    def renting(self, today):
        """Memberships with places at home on `today`: confirmed, paid for, neither paused nor over."""
        paused = Q(paused_from__lte=today) & (Q(paused_until=None) | Q(paused_until__gte=today))
        paid = Q(paid_until__gte=today)
        return self.open().filter(paid, confirmed_at__isnull=False).exclude(paused)


class Membership(models.Model):
    """A member on a plan. A member has one at a time; what happens to it is told by its changes.

    Days are whole days, the first and the last included. A smaller plan asked for waits in `next_plan` for the end of
    the days that are paid.
    """

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="memberships")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="memberships")
    next_plan = models.ForeignKey(Plan, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True, help_text="Discs may go out from now.")
    trial_until = models.DateField(null=True, blank=True, help_text="The last day of the free trial.")
    paid_until = models.DateField(null=True, blank=True, help_text="The last day that is paid for, or free.")
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
    ENDED = "ended", "Ended"


class MembershipChange(models.Model):
    """What happened to a membership: who did it, when, from what to what."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="changes")
    at = models.DateTimeField()
    by = models.ForeignKey(
        Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", help_text="Empty: the clock."
    )
    what = models.CharField(max_length=10, choices=Happening)
    was = models.CharField(max_length=200, blank=True)
    became = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [choice_rule("membershipchange_what", "what", Happening)]
        indexes = [models.Index(fields=["membership", "at"], name="membershipchange_by_time")]


class InvoiceQuerySet(models.QuerySet):
    def due(self):
        """Invoices that are neither paid nor void."""
        return self.filter(paid_at=None, voided_at=None)


class Invoice(models.Model):
    """What a member owes for some days of a membership, and whether it was paid."""

    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="invoices")
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
    objects = InvoiceQuerySet.as_manager()

    class Meta:
        constraints = [
            rule("invoice_days", Q(last_day__gte=F("first_day")), "The last day is not before the first."),
            rule("invoice_amount", Q(amount_pence__gte=1), "An invoice is for a penny or more."),
            rule(
                "invoice_paid_or_void",
                Q(paid_at=None) | Q(voided_at=None),
                "An invoice that was paid is not void: make another that pays it back.",
            ),
        ]

    @property
    def number(self):
        """As it is printed and quoted: KP-00012."""
        return f"KP-{self.pk:05}"
