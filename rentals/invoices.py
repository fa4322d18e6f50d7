"""Writing invoices, and what becomes of them. Called by the verbs of memberships, which hold the member's row."""

from django.conf import settings

from members.mail import write
from rentals import months
from rentals.billing import provider, provider_of
from rentals.models import Charge, Invoice
from rentals.months import ONE


def bill_month(membership, *, now):
    """The invoice for the month that follows what is paid. There is one at most that is due."""
    first = max(membership.paid_until + ONE, _since(membership, now)) if membership.paid_until else months.day_of(now)
    plan = plan_on(membership, first)
    return _issue(
        membership,
        now=now,
        what=Charge.MONTH,
        first_day=first,
        last_day=months.last_day(first, membership.pay_day or first.day),
        amount_pence=plan.price_pence,
        for_what=f"{plan.name}, a month",
    )


def bill_difference(membership, plan, *, now):
    """The invoice for what the rest of the paid days costs more on `plan`; None if that is nothing."""
    pence = difference(membership, plan, months.day_of(now))
    if not pence:
        return None
    return _issue(
        membership,
        now=now,
        what=Charge.DIFFERENCE,
        first_day=_since(membership, now),
        last_day=membership.paid_until,
        amount_pence=pence,
        for_what=f"From {membership.plan.name} to {plan.name}, the difference for the days left",
    )


def difference(membership, plan, today):
    """What the paid days that are left cost more on `plan`, in pence: 0 in a free trial, never less than 0."""
    if not membership.paid_on(today) or membership.on_trial(today):
        return 0
    first = membership.paused_from if membership.paused_on(today) else today
    whole = months.count(first, months.last_day(first, first.day))
    more = max(0, plan.price_pence - membership.plan.price_pence)
    return months.share(more, months.count(first, membership.paid_until), whole)


def rebill(membership, *, now):
    """Put another invoice in the place of the month that is due, if one is: the plan is another."""
    due = membership.invoices.due().months()
    if due.update(voided_at=now):
        bill_month(membership, now=now)


def plan_on(membership, day):
    """The plan that will hold on `day`, as things stand."""
    waits = membership.next_plan and membership.next_plan_on <= day
    return membership.next_plan if waits else membership.plan


def month_paid(membership, invoice, *, now):
    """Let the days of `invoice` begin where the paid ones end, or now where they have ended; the membership follows."""
    first = _since(membership, now)
    follows = membership.paid_until is not None and membership.paid_until + ONE >= first
    if follows:
        first = membership.paid_until + ONE
    else:
        membership.pay_day = first.day
    invoice.first_day, invoice.last_day = first, months.last_day(first, membership.pay_day)
    invoice.save(update_fields=["first_day", "last_day"])
    membership.paid_until = invoice.last_day


def put_off(membership, first, days):
    """A pause from `first` took `days`: what pays for days from then on pays for later ones."""
    for invoice in membership.invoices.paid().months().filter(last_day__gte=first - ONE):
        if invoice.first_day >= first:
            invoice.first_day += days * ONE
        invoice.last_day += days * ONE
        invoice.save(update_fields=["first_day", "last_day"])
    for invoice in membership.invoices.due().months():
        invoice.first_day = membership.paid_until + ONE
        invoice.last_day = months.last_day(invoice.first_day, membership.pay_day)
        invoice.save(update_fields=["first_day", "last_day"])


def void_due(membership, *, now):
    """Nothing is owed any more; how many invoices that were."""
    return membership.invoices.due().update(voided_at=now)


def repay(membership, *, now):
    """Ask for all that was paid to go back; the pence. Whoever charged sends it."""
    invoices = list(membership.invoices.paid())
    for invoice in invoices:
        invoice.refund_asked_at = now
        invoice.save(update_fields=["refund_asked_at"])
        provider_of(invoice).refund(invoice, now=now)
    return sum(invoice.amount_pence for invoice in invoices)


def month_began(membership, today):
    """The day on which the month of `today` began: the first of its paid days, or the day it was confirmed."""
    paid = membership.invoices.paid().months().filter(first_day__lte=today).order_by("-first_day")
    invoice = paid.first()
    return invoice.first_day if invoice else months.day_of(membership.confirmed_at)


def _since(membership, now):
    """The day from which days that are paid now can be used: today; in a pause, the day it began."""
    today = months.day_of(now)
    return membership.paused_from if membership.paused_on(today) else today


def _issue(membership, *, now, **fields):
    invoice = Invoice.objects.create(membership=membership, provider=settings.BILLING, issued_at=now, **fields)
    pay = {"invoice": invoice, "page": provider().page_for(invoice), "how": provider().how_to_pay(invoice)}
    write("invoice", f"invoice-{invoice.pk}", member=membership.member, now=now, membership=membership, **pay)
    provider().charge(invoice, now=now)
    return invoice
