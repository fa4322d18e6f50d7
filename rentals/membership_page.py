"""What pages print of plans and of a member's own: what it costs, what is paid until when, what a change would mean."""

from django.conf import settings

from catalogue.wording import counted, day, day_and_month, ordinal, price
from rentals import invoices, months
from rentals.billing import provider, provider_of
from rentals.memberships import (
    cooling_off,
    cooling_off_until,
    discs_out,
    ends_at_once,
    had_trial,
    holds_at_once,
    pause_in_words,
)
from rentals.models import Invoice, MembershipChange, Plan
from rentals.months import ONE
from rentals.places import places_of
from rentals.renewals import BILLED_AHEAD, REMINDED_AHEAD


# ------------------------------------------------------------------ before joining
def terms(plan, member, today):
    """What `member` (or a visitor: None) would pay for `plan`.

    {"trial", "today", "then", "how", "button"}
    """
    trial = bool(plan.trial_days) and not (member and had_trial(member))
    then = _then_after_trial(plan, today) if trial else _then(plan, today)
    return {"trial": trial, "today": "£0.00" if trial else price(plan.price_pence), "then": then, **_paying()}


def _paying():
    return {"how": provider().today, "button": provider().button}


def _then_after_trial(plan, today):
    last, cost = today + (plan.trial_days - 1) * ONE, price(plan.price_pence)
    first = last + ONE
    return (
        f"Free for {plan.trial_days} days, to {day(last)}. Then {cost} on {day_and_month(first)} and "
        f"{each_month(first.day)} until you stop it. We remind you {REMINDED_AHEAD.days} days before, and if you stop "
        f"by {day_and_month(last)} you pay nothing."
    )


def _then(plan, today):
    cost = price(plan.price_pence)
    if provider().at_once:
        return f"Then {cost} {each_month(today.day)} until you stop it."
    return f"Your month begins on the day we see the money. Then {cost} each month on that day until you stop it."


def each_month(pay_day):
    """19 → "on the 19th of each month"."""
    shorter = ", or the last in shorter ones," if pay_day > 28 else ""
    return f"on the {ordinal(pay_day)} of each month{shorter}"


# ------------------------------------------------------------------ the member's own
def membership_page(member, membership, today):
    """The context of `rentals/membership.html`; of a member without a membership, what there was."""
    theirs = {"invoices": _invoices(member, today), "changes": _changes(member), "membership": membership}
    theirs["out"] = discs_out(member)
    if membership is None:
        return theirs
    places = places_of(member, today)
    return theirs | {
        "state": state(membership, today),
        "places": len(places.free),
        "left": places.left,
        "back_first": _back_first(membership, len(theirs["out"])),
        "pause": pause_in_words(membership),
        "next_payment": next_payment(membership, today),
        "due": next((invoice for invoice in theirs["invoices"] if invoice.is_due), None),
        "plans": [plan for plan in Plan.objects.offered() if plan != membership.plan],
        "cooling_off_until": cooling_off_until(membership) if cooling_off(membership, today) else None,
    }


def _back_first(membership, out):
    """How many discs come back before the next goes out, where more are out than the plan has places; else None."""
    over = out - membership.plan.places_at_home
    return over + 1 if over > 0 else None


def state(membership, today):
    """What it is on `today`: "waiting" for the first money, "cancelled", "paused", "unpaid", "trial" or "on"."""
    if not membership.confirmed_at:
        return "waiting"
    if membership.cancelled_at:
        return "cancelled"
    if membership.paused_on(today):
        return "paused"
    if not membership.paid_on(today):
        return "unpaid"
    return "trial" if membership.on_trial(today) else "on"


def next_payment(membership, today):
    """{"amount", "on"} of the next month's price; None if nothing follows or the day is open."""
    if membership.cancelled_at or not membership.paid_until or membership.paused_on(today):
        return None
    first = max(membership.paid_until + ONE, today)
    plan = invoices.plan_on(membership, first)
    return {"amount": price(plan.price_pence), "on": day(first), "billed": day(max(today, first - BILLED_AHEAD))}


def _invoices(member, today):
    rows = Invoice.objects.filter(membership__member=member).order_by("-issued_at", "-pk")
    return [_described(invoice) for invoice in rows]


def _described(invoice):
    invoice.is_due = not invoice.paid_at and not invoice.voided_at
    invoice.state = _state_of(invoice)
    return invoice


def _state_of(invoice):
    if invoice.voided_at:
        return "Void: nothing to pay"
    if invoice.refunded_at:
        return f"Paid back on {day(months.day_of(invoice.refunded_at))}"
    if invoice.refund_asked_at:
        return "To be paid back"
    return f"Paid on {day(months.day_of(invoice.paid_at))}" if invoice.paid_at else "To pay"


def _changes(member):
    rows = MembershipChange.objects.filter(membership__member=member).select_related("by").order_by("-at", "-pk")
    return [{"change": change, "who": _who(change.by, member)} for change in rows]


def _who(by, member):
    return "by itself" if by is None else "you" if by == member else "Kinopost"


# ------------------------------------------------------------------ what a step would mean
def change_page(membership, plan, today):
    """The context of `rentals/change_plan.html`: what the change to `plan` would mean, in sentences."""
    at_once = holds_at_once(membership, plan, today)
    keeps = plan == membership.plan
    means = (
        _stays(membership)
        if keeps
        else _at_once(membership, plan, today)
        if at_once
        else _later(membership, plan, today)
    )
    return {"membership": membership, "plan": plan, "means": means, "keeps": keeps}


def _stays(membership):
    return [f"{membership.plan.name} stays your plan. {membership.next_plan.name} does not come."]


def _at_once(membership, plan, today):
    yield f"{plan.name} holds at once: {counted(plan.places_at_home, 'disc')} at home."
    pence = invoices.difference(membership, plan, today)
    if pence:
        yield f"The difference for the days left, to {day(membership.paid_until)}, is {price(pence)}, once."
        yield f"It goes back to {membership.plan.name} if that is not paid within two weeks."
    elif membership.on_trial(today):
        yield f"It is free until {day(membership.trial_until)}."
    yield f"From then on it costs {price(plan.price_pence)} a month."
    yield from _narrower(membership, plan)


def _later(membership, plan, today):
    first, last = day(membership.paid_until + ONE), day(membership.paid_until)
    because = "it is free until then" if membership.on_trial(today) else "you have paid for it"
    yield f"{membership.plan.name} stays until {last}: {because}."
    yield f"{plan.name} holds from {first} and costs {price(plan.price_pence)} a month."
    out = len(discs_out(membership.member))
    if out > plan.places_at_home:
        places = plan.places_at_home
        yield f"Keep the {out} discs you have as long as you like. The next is sent once fewer than {places} are out."
    yield from _narrower(membership, plan)


def _narrower(membership, plan):
    if set(membership.plan.media) - set(plan.media):
        yield f"It comes with {plan.media_names} only. Films you asked for on other discs stay in your queue and wait."


def cancel_page(membership, today):
    """The context of `rentals/cancel.html`: when it ends, what is paid back, what to post back."""
    repaid = cooling_off(membership, today)
    paid = sum(membership.invoices.paid().values_list("amount_pence", flat=True)) if repaid else 0
    return {
        "membership": membership,
        "at_once": ends_at_once(membership, today),
        "repaid": price(paid) if paid else "",
        "refund_how": provider().refund_how,
        "cooling_off_until": cooling_off_until(membership),
        "out": discs_out(membership.member),
        "pause": pause_in_words(membership),
    }


def invoice_page(invoice):
    """The context of `rentals/invoice.html`."""
    charging = provider_of(invoice)
    return {
        "invoice": _described(invoice),
        "how": charging.how_to_pay(invoice),
        "pay_at": charging.page_for(invoice),
        "member": invoice.membership.member,
        "seller": settings.BANK_ACCOUNT["Account name"],
        "lines": _address_lines(invoice.membership.member),
    }


def _address_lines(member):
    address = getattr(member, "address", None)
    return address.lines() if address else [member.email]
