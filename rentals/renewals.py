"""What the clock does to memberships: bring up to the day, bill, remind, end. Run daily or as often as one likes.

Each membership has its own transaction; under its lock everything is looked at once more, so that two runs at once, or
one that was cut short, do each thing once. Every function says how many memberships it did something for.
"""

from datetime import timedelta

from django.db.models import Q

from members.mail import write
from rentals import invoices, months
from rentals.memberships import end, fall_back, held
from rentals.models import Charge, Invoice, Membership

BILLED_AHEAD = timedelta(days=7)  # the next month's invoice is written so long before the paid days end
GRACE = timedelta(days=14)  # an invoice may stay unpaid so long
REMINDED_AHEAD = timedelta(days=3)  # of the end of a free trial


def run(*, now):
    """All of it, in the order that makes sense; {what: for how many memberships}."""
    return {work.__name__: work(now=now) for work in (settle, renew, remind, take_back, end_over)}


def settle(*, now):
    """Pauses that are over, plans that waited."""
    today = months.day_of(now)
    due = Q(paused_until__lt=today) | Q(next_plan_on__lte=today)
    return sum(_each(Membership.objects.open().filter(due), lambda membership: membership.settled, now=now))


def renew(*, now):
    """The next month's invoice for those whose paid days end in a week."""
    ending = Membership.objects.open().filter(cancelled_at=None, paid_until__lte=months.day_of(now) + BILLED_AHEAD)
    unbilled = ending.exclude(invoices__in=Invoice.objects.due().months())
    return sum(_each(unbilled, lambda membership: _renew(membership, now), now=now))


def _renew(membership, now):
    today = months.day_of(now)
    ends = membership.paid_until and membership.paid_until <= today + BILLED_AHEAD
    if membership.cancelled_at or not ends or membership.paused_on(today) or _owes_a_month(membership):
        return False
    invoices.bill_month(membership, now=now)
    return True


def _owes_a_month(membership):
    return membership.invoices.due().months().exists()


def remind(*, now):
    """An e-mail to those whose free trial ends soon."""
    today = months.day_of(now)
    soon = Membership.objects.open().filter(cancelled_at=None, trial_until__range=(today, today + REMINDED_AHEAD))
    return sum(_each(soon, lambda membership: _remind(membership, now), now=now))


def _remind(membership, now):
    last, today = membership.trial_until, months.day_of(now)
    if membership.cancelled_at or membership.paused_on(today) or not today <= last <= today + REMINDED_AHEAD:
        return False
    key = f"trial-ends-{membership.pk}-{last}"
    plan = invoices.plan_on(membership, last + months.ONE)
    return bool(write("trial-ends", key, member=membership.member, now=now, membership=membership, plan=plan))


def take_back(*, now):
    """The plan before for those who did not pay the difference to a dearer one."""
    unpaid = Q(invoices__in=Invoice.objects.due().filter(what=Charge.DIFFERENCE, issued_at__lte=now - GRACE))
    return sum(_each(Membership.objects.open().filter(unpaid), lambda m: _take_back(m, now), now=now))


def _take_back(membership, now):
    if not membership.invoices.due().filter(what=Charge.DIFFERENCE, issued_at__lte=now - GRACE).exists():
        return False
    fall_back(membership, now=now)
    return True


def end_over(*, now):
    """The end of memberships whose last day is over, and of those that were not paid for two weeks."""
    today = months.day_of(now)
    over = Q(ends_on__lt=today) | Q(paid_until__lt=today - GRACE) | Q(confirmed_at=None, asked_at__lt=now - GRACE)
    return sum(_each(Membership.objects.open().filter(over), lambda m: _end_over(m, now), now=now))


def _end_over(membership, now):
    if membership.ended_at or not is_over(membership, now):
        return False
    end(membership, by=None, now=now)
    return True


def is_over(membership, now):
    """Whether the clock ends it: its last day is over, or it has not been paid for longer than GRACE."""
    today = months.day_of(now)
    if membership.ends_on:
        return membership.ends_on < today
    if membership.paid_until is None:
        return membership.asked_at < now - GRACE
    return membership.paid_until < today - GRACE and not membership.paused_on(today)


def _each(memberships, work, *, now):
    """What `work` gives for each of `memberships`, each held and brought up to the day."""
    for membership in list(memberships.distinct()):
        with held(membership, now=now) as fresh:
            yield False if fresh.ended_at else bool(work(fresh))
