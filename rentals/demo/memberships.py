"""The plans of the demo's members. What was paid before `KEPT` days ago was on paper; since then it is here."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from rentals import memberships, renewals
from rentals.models import Invoice, Plan

KEPT = 65  # days
PLAN_OF = (2, 0, 1, 0, 1, 0, 0, 1, 0, 1)  # the first plan is the commonest


def plan_of(number):
    plans = Plan.objects.offered()
    return plans[PLAN_OF[number % len(PLAN_OF)] % len(plans)]


def join_all(renters, plans, *, now):
    """Join each member on a day of the first month, confirm what is paid as it falls due."""
    first = timezone.localdate(now) - timedelta(days=KEPT)
    for number, (renter, plan) in enumerate(zip(renters, plans, strict=True)):
        day = max(first + timedelta(days=number % 28), min(renter.begins_on, timezone.localdate(now)))
        membership = memberships.join(renter.member, plan, now=_noon(day, now))
        _pay(membership.invoices.all(), now=_noon(day, now))
    for week in range(KEPT // 7, -1, -1):
        at = now - timedelta(days=7 * week)
        renewals.renew(now=at)
        _pay(Invoice.objects.all(), now=at)


def _noon(day, now):
    return min(timezone.make_aware(datetime.combine(day, time(12))), now)


def _pay(invoices, *, now):
    for invoice in invoices.due().select_related("membership"):
        memberships.confirm(invoice, by=None, now=now)
