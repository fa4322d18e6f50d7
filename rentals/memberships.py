"""What becomes of a membership: joined, paid, changed, paused, cancelled, kept, ended.

Every verb takes the lock of the membership, the member's row, before it reads it, so that two at once take turns; as in
a queue, the lock leaves the row's key alone. It first brings the membership up to the day: a pause that is over has put
the paid days off, a plan that waited holds. It writes a MembershipChange and, in the same transaction, the e-mail.
What cannot be done raises Refused, with a sentence to read, and changes nothing. What a membership allows today:
`rentals.places`.
"""

from contextlib import contextmanager
from datetime import timedelta

from django.db import transaction

from catalogue.wording import day, price
from members.mail import write
from members.models import Member
from rentals import invoices, months
from rentals.models import Charge, Happening, Invoice, Membership, MembershipChange, Plan, Rental
from rentals.months import ONE
from rentals.refused import Refused

COOLING_OFF = timedelta(days=14)  # Consumer Contracts Regulations 2013; ours run from the first payment, not before
LONGEST_PAUSE = 184  # days, half a year
FARTHEST_AHEAD = timedelta(days=366)


# ------------------------------------------------------------------ what is so
def current(member, today=None):
    """The open membership of `member` with its plan, or None; on `today` if given, as if the clock had struck."""
    membership = Membership.objects.open().for_page().filter(member=member).first()
    if membership and today:
        brought_up_to(membership, today)
    return membership


def had_trial(member):
    """Whether `member` had the free trial that everybody gets once."""
    return Membership.objects.filter(member=member, trial_until__isnull=False).exists()


def holds_at_once(membership, plan, today):
    """Whether a change to `plan` would hold today: it is dearer, or nothing is paid that it would cut short.

    A free trial goes on with a plan that has one too; others wait for its end.
    """
    if not membership.paid_on(today):
        return True
    dearer = plan.price_pence >= membership.plan.price_pence
    return dearer and (not membership.on_trial(today) or bool(plan.trial_days))


def cooling_off_until(membership):
    """The last day on which a cancellation ends the membership at once and all is paid back; None: nothing was paid."""
    first = membership.invoices.paid().order_by("paid_at").first()
    return months.day_of(first.paid_at + COOLING_OFF) if first else None


def cooling_off(membership, today):
    """Whether a cancellation today would pay everything back."""
    last = cooling_off_until(membership)
    return bool(last and today <= last)


def ends_at_once(membership, today):
    """Whether a cancellation today would end it today: while cooling off, or with no paid day left."""
    return cooling_off(membership, today) or not membership.paid_on(today)


# ------------------------------------------------------------------ verbs
def join(member, plan, *, now):
    """A new membership: with the free trial, once in a member's life; else with an invoice, on which it opens.

    Raises Refused if there is one, or the plan is withdrawn. Holds the member's row until commit.
    """
    with transaction.atomic():
        Member.objects.lock(member.pk)
        plan = _offered(plan)
        if current(member):
            raise Refused("You have a plan already. You can change it on this page.")
        membership = Membership.objects.create(member=member, plan=plan, asked_at=now)
        _tell(membership, Happening.ASKED, by=member, now=now, became=plan.name)
        if plan.trial_days and not had_trial(member):
            _begin_trial(membership, now=now)
        else:
            invoices.bill_month(membership, now=now)
        return membership


def confirm(invoice, *, by, now):
    """The money of `invoice` was seen: paid days move on, and a membership opens with the first.

    False if it is not due: paid before, or void. Holds the member's row until commit.
    """
    with held(invoice.membership, now=now) as membership:
        invoice = Invoice.objects.due().filter(pk=invoice.pk).first()
        if invoice is None or membership.ended_at:
            return False
        invoice.paid_at, invoice.confirmed_by = now, by
        invoice.save(update_fields=["paid_at", "confirmed_by"])
        if invoice.what == Charge.MONTH:
            _month_paid(membership, invoice, by=by, now=now)
        else:
            _tell(membership, Happening.PAID, by=by, now=now, became=f"{invoice.number}, {invoice.for_what}")
        return True


def change_plan(membership, plan, *, by, now):
    """Another plan: a dearer one holds at once and its difference is invoiced; a cheaper one waits for the paid days.

    The present plan takes a waiting one back. Discs at home stay: places open as discs come back. Raises Refused for
    the plan that is there or waits already, a withdrawn one, and a cancelled membership. Returns the membership.
    """
    with _open(membership, now=now) as membership:
        _not_cancelled(membership)
        if plan.pk == membership.plan_id:
            _stay(membership, by=by, now=now)
        elif plan.pk == membership.next_plan_id:
            raise Refused(f"{plan.name} is to be your plan already, from {day(membership.next_plan_on)}.")
        elif holds_at_once(membership, plan, months.day_of(now)):
            _change_now(membership, _offered(plan), by=by, now=now)
        else:
            _change_later(membership, _offered(plan), by=by, now=now)
        return membership


def pause(membership, *, first, last, by, now):
    """Send nothing from `first` to `last` (None: until `resume`); the days paused come after those that are paid.

    Raises Refused for days that are over, the wrong way round or too many, a second pause, and a membership that is
    cancelled or was not paid yet. Returns the membership.
    """
    with _open(membership, now=now) as membership:
        _not_cancelled(membership)
        _check_pause(membership, first, last, months.day_of(now))
        membership.paused_from, membership.paused_until = first, last
        membership.save(update_fields=["paused_from", "paused_until"])
        change = _tell(membership, Happening.PAUSED, by=by, now=now, became=pause_in_words(membership))
        _mail(membership, "membership-paused", change, pause=pause_in_words(membership))
        return membership


def resume(membership, *, by, now):
    """End the pause: today is a day like any other. Raises Refused if there is none. Returns the membership."""
    with _open(membership, now=now) as membership:
        if membership.paused_from is None:
            raise Refused("There is no pause to end.")
        _end_pause(membership, months.day_of(now) - ONE, by=by, now=now)
        return membership


def cancel(membership, *, by, now):
    """No month follows: it ends with the paid days. Within COOLING_OFF of the first payment it ends today, repaid.

    A pause ends too; nothing that is due is owed. Raises Refused if it is cancelled. Returns the membership.
    """
    with _open(membership, now=now) as membership:
        if membership.cancelled_at:
            raise Refused(f"It is cancelled already, and ends on {day(membership.ends_on)}.")
        today = months.day_of(now)
        if membership.paused_from:
            _end_pause(membership, today - ONE, by=by, now=now)
        repay, at_once = cooling_off(membership, today), ends_at_once(membership, today)
        invoices.void_due(membership, now=now)
        membership.cancelled_at, membership.ends_on = now, today if at_once else membership.paid_until
        membership.next_plan = membership.next_plan_on = None
        membership.save()
        change = _tell(membership, Happening.CANCELLED, by=by, now=now, became=f"ends on {day(membership.ends_on)}")
        if at_once:
            end(membership, by=by, now=now, repay=repay)
        else:
            _mail(membership, "membership-ends", change, discs=discs_out(membership.member), repaid=0)
        return membership


def keep(membership, *, by, now):
    """Take a cancellation back. Raises Refused if there is none, or its last day is over. Returns the membership."""
    with _open(membership, now=now) as membership:
        if not membership.cancelled_at:
            raise Refused("It is not cancelled.")
        if membership.ends_on < months.day_of(now):
            raise Refused("Its last day is over. You can join again.")
        was = f"ends on {day(membership.ends_on)}"
        membership.cancelled_at = membership.ends_on = None
        membership.save(update_fields=["cancelled_at", "ends_on"])
        _tell(membership, Happening.KEPT, by=by, now=now, was=was, became=_paid(membership))
        return membership


def end(membership, *, by, now, repay=False):
    """Close a membership that the caller holds; void what is due, ask for what was paid to go back if `repay`."""
    change, repaid = _ended(membership, by=by, now=now, repay=repay)
    _mail(membership, "membership-ends", change, discs=discs_out(membership.member), repaid=repaid)


def close(member, *, now):
    """The account goes: an open membership ends today, repaid while cooling off. What tells of it is the caller's."""
    membership = current(member)
    if membership:
        with held(membership, now=now) as fresh:
            if not fresh.ended_at:
                _ended(fresh, by=member, now=now, repay=cooling_off(fresh, months.day_of(now)))


def _ended(membership, *, by, now, repay):
    invoices.void_due(membership, now=now)
    repaid = invoices.repay(membership, now=now) if repay else 0
    membership.ended_at = now
    membership.save(update_fields=["ended_at"])
    became = f"{price(repaid)} to be paid back" if repaid else ""
    return _tell(membership, Happening.ENDED, by=by, now=now, was=_paid(membership), became=became), repaid


def confirm_refund(invoice, *, by, now):
    """The money of `invoice` went back. False if that was not asked for, or known. Holds the member's row."""
    with transaction.atomic():
        Member.objects.lock(invoice.membership.member_id)
        if not Invoice.objects.to_repay().filter(pk=invoice.pk).update(refunded_at=now):
            return False
        became = f"{price(invoice.amount_pence)} of {invoice.number}"
        _tell(invoice.membership, Happening.REPAID, by=by, now=now, became=became)
        return True


def void(invoice, *, by, now):
    """Staff take an invoice back. False if it is not due. A month that is still wanted is billed anew by the clock."""
    with held(invoice.membership, now=now):
        return bool(Invoice.objects.due().filter(pk=invoice.pk).update(voided_at=now))


# ------------------------------------------------------------------ the lock, and what the day brings
@contextmanager
def held(membership, *, now):
    """The membership as it is, which nobody else changes until commit. `settled`: whether the day brought anything."""
    with transaction.atomic():
        Member.objects.lock(membership.member_id)
        fresh = Membership.objects.for_page().get(pk=membership.pk)
        fresh.settled = fresh.ended_at is None and _settle(fresh, now=now)
        yield fresh


@contextmanager
def _open(membership, *, now):
    """As `held`. Raises Refused if it has ended."""
    with held(membership, now=now) as fresh:
        if fresh.ended_at:
            raise Refused("This membership has ended. You can join again.")
        yield fresh


def _settle(membership, *, now):
    """Write what the day brings: the end of a pause, the plan that waited. Whether it was anything."""
    today = months.day_of(now)
    paused = _pause_is_over(membership, today)
    if paused:
        _end_pause(membership, membership.paused_until, by=None, now=now)
    turned = _turns(membership, today)
    if turned:
        _turn(membership, now=now)
    return paused or turned


def brought_up_to(membership, today):
    """What `_settle` would make of `membership` on `today`, unwritten."""
    if _pause_is_over(membership, today):
        _put_off(membership, membership.paused_until)
    if _turns(membership, today):
        membership.plan, membership.next_plan, membership.next_plan_on = membership.next_plan, None, None


def _pause_is_over(membership, today):
    return bool(membership.paused_until and membership.paused_until < today)


def _turns(membership, today):
    return bool(membership.next_plan and membership.next_plan_on <= today and not membership.paused_on(today))


def _turn(membership, *, now):
    """The plan that waited holds."""
    was, membership.plan = membership.plan, membership.next_plan
    membership.next_plan = membership.next_plan_on = None
    membership.save()
    change = _tell(membership, Happening.PLAN, by=None, now=now, was=was.name, became=membership.plan.name)
    _mail(membership, "plan-changed", change, was=was, later=False)


def _put_off(membership, last):
    """End the pause with the day `last` and put the days that are left off by its days, which come back. Unwritten."""
    first = membership.paused_from
    membership.paused_from = membership.paused_until = None
    if not membership.paid_until or membership.paid_until < first - ONE:
        return 0
    days = months.count(first, last)
    for name in ("paid_until", "trial_until", "next_plan_on"):
        until = getattr(membership, name)
        if until and until >= first - ONE:
            setattr(membership, name, until + days * ONE)
    if days:
        membership.pay_day = (membership.paid_until + ONE).day
    return days


def _end_pause(membership, last, *, by, now):
    first, was = membership.paused_from, pause_in_words(membership)
    days = _put_off(membership, last)
    membership.save()
    invoices.put_off(membership, first, days)
    _tell(membership, Happening.RESUMED, by=by, now=now, was=was, became=_paid(membership))


# ------------------------------------------------------------------ steps of the verbs
def _offered(plan):
    """`plan` as it is offered now. Raises Refused if it is not."""
    offered = Plan.objects.offered().filter(pk=plan.pk).first()
    if offered is None:
        raise Refused(f"{plan.name} is not offered any more. Please choose another plan.")
    return offered


def _not_cancelled(membership):
    if membership.cancelled_at:
        raise Refused("Your membership is cancelled. Take the cancellation back first.")


def _begin_trial(membership, *, now):
    last = months.day_of(now) + (membership.plan.trial_days - 1) * ONE
    membership.confirmed_at, membership.trial_until, membership.paid_until = now, last, last
    membership.pay_day = (last + ONE).day
    membership.save()
    change = _tell(membership, Happening.CONFIRMED, by=membership.member, now=now, became=f"free until {day(last)}")
    _mail(membership, "membership-confirmed", change, invoice=None)


def _month_paid(membership, invoice, *, by, now):
    was, is_first = _paid(membership), membership.confirmed_at is None
    invoices.month_paid(membership, invoice, now=now)
    if is_first:
        membership.confirmed_at = now
    membership.save()
    what = Happening.CONFIRMED if is_first else Happening.PAID
    change = _tell(membership, what, by=by, now=now, was=was, became=_paid(membership))
    _mail(membership, "membership-confirmed", change, invoice=invoice)


def _stay(membership, *, by, now):
    """Take a waiting plan back."""
    if membership.next_plan is None:
        raise Refused(f"{membership.plan.name} is your plan already.")
    was = f"{membership.next_plan.name} from {day(membership.next_plan_on)}"
    _wait_for(membership, None, None, now=now)
    _tell(membership, Happening.NEXT_PLAN, by=by, now=now, was=was, became=f"{membership.plan.name} stays")


def _change_now(membership, plan, *, by, now):
    was = membership.plan
    invoices.bill_difference(membership, plan, now=now)
    membership.plan = plan
    _wait_for(membership, None, None, now=now)
    change = _tell(membership, Happening.PLAN, by=by, now=now, was=was.name, became=plan.name)
    _mail(membership, "plan-changed", change, was=was, later=False)


def _change_later(membership, plan, *, by, now):
    _wait_for(membership, plan, membership.paid_until + ONE, now=now)
    became = f"{plan.name} from {day(membership.next_plan_on)}"
    change = _tell(membership, Happening.NEXT_PLAN, by=by, now=now, was=membership.plan.name, became=became)
    _mail(membership, "plan-changed", change, was=membership.plan, later=True)


def _wait_for(membership, plan, since, *, now):
    membership.next_plan, membership.next_plan_on = plan, since
    membership.save()
    invoices.rebill(membership, now=now)


def fall_back(membership, *, now):
    """The difference to a dearer plan was not paid: the plan before it holds again. The caller holds the membership."""
    due = membership.invoices.due().filter(what=Charge.DIFFERENCE)
    first = due.order_by("issued_at").first()
    before = membership.changes.filter(at__lt=first.issued_at, plan__isnull=False).order_by("at", "pk").last()
    due.update(voided_at=now)
    if before and before.plan_id != membership.plan_id:
        was, membership.plan = membership.plan, before.plan
        _wait_for(membership, None, None, now=now)
        change = _tell(membership, Happening.PLAN, by=None, now=now, was=was.name, became=membership.plan.name)
        _mail(membership, "plan-changed", change, was=was, later=False)


def _check_pause(membership, first, last, today):
    if not membership.confirmed_at:
        raise Refused("There is nothing to pause yet: your membership begins when it is paid.")
    if membership.paused_from:
        raise Refused(f"There is a pause already, {pause_in_words(membership)}. End that one first.")
    if first < today:
        raise Refused("A pause begins today at the earliest.")
    if first > today + FARTHEST_AHEAD:
        raise Refused("That is more than a year ahead. Choose a nearer day.")
    if last and last < first:
        raise Refused("The last day comes before the first.")
    if last and months.count(first, last) > LONGEST_PAUSE:
        raise Refused(f"A pause has {LONGEST_PAUSE} days at most. Leave the last day empty if you do not know it yet.")


# ------------------------------------------------------------------ words and records
def pause_in_words(membership):
    """ "from 1 December 2026 to 12 December 2026"; "" without a pause."""
    if not membership.paused_from:
        return ""
    last = f"to {day(membership.paused_until)}" if membership.paused_until else "until you say"
    return f"from {day(membership.paused_from)} {last}"


def discs_out(member):
    """Names of the discs that `member` has at home or on the way, the eldest first."""
    rentals = Rental.objects.open().filter(member=member).select_related("copy__disc__release__title")
    discs = [rental.copy.disc for rental in rentals.order_by("allocated_at", "place")]
    return [f"{disc.release.title.name}{f', disc {disc.number}' if disc.number > 1 else ''}" for disc in discs]


def _paid(membership):
    until = membership.paid_until
    return f"{'free' if until == membership.trial_until else 'paid'} until {day(until)}" if until else ""


def _tell(membership, what, *, by, now, was="", became=""):
    return MembershipChange.objects.create(
        membership=membership, what=what, plan=membership.plan, by=by, at=now, was=was, became=became
    )


def _mail(membership, kind, change, **context):
    write(kind, f"{kind}-{change.pk}", member=membership.member, now=change.at, membership=membership, **context)
