"""What becomes of a membership: joined, paid, changed, paused, cancelled, kept; and how many discs it lets out."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from catalogue import invariants
from members.models import Message
from rentals import memberships, months, renewals
from rentals.memberships import (
    cancel,
    change_plan,
    confirm,
    current,
    join,
    keep,
    pause,
    resume,
)
from rentals.models import Invoice, Membership
from rentals.places import places_of
from rentals.refused import Refused
from tests.factories import make_member, make_plan, make_rental, make_title

pytestmark = pytest.mark.django_db
TODAY = date(2026, 1, 5)


def at(day, hour=12):
    """Noon of a day, given as a date or as days from TODAY."""
    day = day if isinstance(day, date) else TODAY + timedelta(days=day)
    return timezone.make_aware(datetime.combine(day, datetime.min.time().replace(hour=hour)))


def places(member, today):
    """How many more discs may go out."""
    return len(places_of(member, today).free)


def paid_member(now=None, **plan):
    """(a member, the membership) joined and paid on TODAY: until 4 February."""
    member = make_member()
    membership = join(member, make_plan(**plan), now=now or at(0))
    confirm(membership.invoices.get(), by=None, now=now or at(0))
    return member, current(member)


def happened(membership):
    return list(membership.changes.order_by("at", "pk").values_list("what", flat=True))


@pytest.fixture(autouse=True)
def nothing_broken():
    yield
    assert invariants.broken() == {}


# ------------------------------------------------------------------ joining and paying
def test_joining_writes_an_invoice_and_opens_nothing_until_it_is_paid():
    member = make_member()
    membership = join(member, make_plan(name="Two", price_pence=1499, places_at_home=2), now=at(0))
    invoice = membership.invoices.get()
    assert (invoice.amount_pence, invoice.for_what, invoice.first_day) == (1499, "Two, a month", TODAY)
    assert places(member, TODAY) == 0
    assert confirm(invoice, by=make_member(), now=at(2))
    assert places(member, TODAY + timedelta(2)) == 2
    assert happened(membership) == ["asked", "confirmed"]
    assert list(Message.objects.order_by("pk").values_list("kind", flat=True)) == ["invoice", "membership-confirmed"]


def test_the_month_begins_when_the_money_is_seen():
    member = make_member()
    invoice = join(member, make_plan(), now=at(0)).invoices.get()
    confirm(invoice, by=None, now=at(3))
    membership = current(member)
    assert (membership.paid_until, membership.pay_day) == (date(2026, 2, 7), 8)


def test_a_payment_is_confirmed_once():
    staff, member = make_member(), make_member()
    invoice = join(member, make_plan(), now=at(0)).invoices.get()
    assert confirm(invoice, by=staff, now=at(0))
    assert not confirm(invoice, by=staff, now=at(1))
    assert current(member).paid_until == date(2026, 2, 4)


def test_a_free_trial_opens_at_once_and_comes_once_in_a_life():
    member, plan = make_member(), make_plan(trial_days=14)
    membership = join(member, plan, now=at(0))
    assert (membership.trial_until, membership.invoices.count()) == (date(2026, 1, 18), 0)
    assert places(member, TODAY) == 1
    cancel(membership, by=member, now=at(1))
    renewals.renew_memberships(now=at(14))
    again = join(member, plan, now=at(20))
    assert (again.trial_until, again.invoices.get().amount_pence) == (None, plan.price_pence)


def test_nobody_joins_twice_or_a_withdrawn_plan():
    member = make_member()
    gone = make_plan(withdrawn_on=TODAY)
    with pytest.raises(Refused, match="not offered any more"):
        join(member, gone, now=at(0))
    join(member, make_plan(), now=at(0))
    with pytest.raises(Refused, match="You have a plan already"):
        join(member, make_plan(), now=at(0))


@pytest.mark.parametrize(
    ("first", "pay_day", "expected"),
    [
        (date(2026, 1, 5), 5, date(2026, 2, 4)),
        (date(2026, 1, 31), 31, date(2026, 2, 27)),
        (date(2026, 2, 28), 31, date(2026, 3, 30)),
        (date(2026, 12, 15), 15, date(2027, 1, 14)),
        (date(2028, 1, 30), 30, date(2028, 2, 28)),
    ],
)
def test_a_month_ends_before_its_day_comes_again(first, pay_day, expected):
    assert months.last_day(first, pay_day) == expected


# ------------------------------------------------------------------ how many discs
def test_places_are_those_of_the_plan_less_what_is_out():
    member, _ = paid_member(places_at_home=2)
    make_rental(member=member, allocated_at=at(1))
    assert places(member, TODAY) == 1
    assert places(make_member(), TODAY) == 0


def test_a_cap_counts_the_discs_of_this_month():
    member, membership = paid_member(places_at_home=4, discs_a_month=2)
    make_rental(member=member, allocated_at=at(-1), posted_at=at(-1), checked_in_at=at(0))
    make_rental(member=member, allocated_at=at(1), posted_at=at(1), checked_in_at=at(4))
    make_rental(member=member, allocated_at=at(5), cancelled_at=at(5))
    assert places(member, date(2026, 1, 20)) == 1
    make_rental(member=member, allocated_at=at(7))
    assert places(member, date(2026, 1, 20)) == 0
    renewals.renew_memberships(now=at(28))
    confirm(membership.invoices.due().get(), by=None, now=at(28))
    assert places(member, date(2026, 2, 5)) == 2


def test_nothing_goes_out_when_the_paid_days_are_over():
    member, _ = paid_member()
    assert places(member, date(2026, 2, 4)) == 1
    assert places(member, date(2026, 2, 5)) == 0


# ------------------------------------------------------------------ changing
def test_a_dearer_plan_holds_at_once_and_the_difference_is_for_the_days_left():
    member, membership = paid_member(price_pence=999)
    bigger = make_plan(price_pence=1499, places_at_home=2)
    change_plan(membership, bigger, by=member, now=at(date(2026, 1, 20)))
    invoice = membership.invoices.due().get()
    # 16 of the 31 days that a month from 20 January has, of £5.00
    assert (invoice.what, invoice.amount_pence) == ("difference", 258)
    assert places(member, date(2026, 1, 20)) == 2
    confirm(invoice, by=None, now=at(date(2026, 1, 21)))
    assert current(member).paid_until == date(2026, 2, 4)


def test_a_difference_that_is_not_paid_gives_the_plan_before_back():
    member, membership = paid_member(price_pence=999)
    before = membership.plan
    change_plan(membership, make_plan(price_pence=1499), by=member, now=at(1))
    renewals.renew_memberships(now=at(14))
    assert current(member).plan != before
    renewals.renew_memberships(now=at(16))
    assert current(member).plan == before
    assert not membership.invoices.due().exists()


def test_a_cheaper_plan_waits_for_the_paid_days_and_costs_its_own_price():
    member, membership = paid_member(price_pence=1499, places_at_home=2)
    smaller = make_plan(price_pence=999, places_at_home=1)
    change_plan(membership, smaller, by=member, now=at(1))
    assert places(member, date(2026, 2, 4)) == 2
    renewals.renew_memberships(now=at(date(2026, 1, 29)))
    invoice = membership.invoices.due().get()
    assert invoice.amount_pence == 999
    confirm(invoice, by=None, now=at(date(2026, 1, 30)))
    assert places(member, date(2026, 2, 4)) == 2
    assert places(member, date(2026, 2, 5)) == 1
    renewals.renew_memberships(now=at(date(2026, 2, 5)))
    assert Membership.objects.get().plan == smaller
    assert happened(membership)[-1] == "plan"


def test_a_smaller_plan_never_makes_discs_illegal():
    member, membership = paid_member(price_pence=1499, places_at_home=2)
    rentals = [make_rental(member=member, allocated_at=at(1)) for _ in range(2)]
    change_plan(membership, make_plan(price_pence=999), by=member, now=at(1))
    renewals.renew_memberships(now=at(date(2026, 1, 29)))
    confirm(membership.invoices.due().get(), by=None, now=at(date(2026, 1, 30)))
    renewals.renew_memberships(now=at(date(2026, 2, 6)))
    assert places(member, date(2026, 2, 6)) == 0
    for left, rental in enumerate(rentals):
        rental.posted_at = rental.checked_in_at = at(date(2026, 2, 7))
        rental.save()
        assert places(member, date(2026, 2, 7)) == left


def test_the_invoice_that_is_due_follows_the_plan():
    member, membership = paid_member(price_pence=1499)
    renewals.renew_memberships(now=at(date(2026, 1, 29)))
    change_plan(membership, make_plan(price_pence=999), by=member, now=at(date(2026, 1, 30)))
    assert membership.invoices.due().get().amount_pence == 999
    assert Invoice.objects.filter(voided_at__isnull=False).count() == 1
    change_plan(membership, membership.plan, by=member, now=at(date(2026, 1, 31)))
    assert membership.invoices.due().get().amount_pence == 1499


def test_a_plan_that_waits_is_taken_back():
    member, membership = paid_member(price_pence=1499)
    change_plan(membership, make_plan(price_pence=999), by=member, now=at(1))
    change_plan(membership, membership.plan, by=member, now=at(2))
    assert current(member).next_plan is None
    assert happened(membership) == ["asked", "confirmed", "next plan", "next plan"]


def test_before_the_first_payment_every_change_holds_at_once():
    member, bigger, smaller = make_member(), make_plan(price_pence=1499), make_plan(price_pence=999)
    membership = join(member, bigger, now=at(0))
    change_plan(membership, smaller, by=member, now=at(1))
    assert current(member).plan == smaller
    assert membership.invoices.due().get().amount_pence == 999


def test_a_trial_goes_on_with_a_dearer_plan_that_has_one_and_others_wait():
    member = make_member()
    membership = join(member, make_plan(trial_days=14), now=at(0))
    change_plan(membership, make_plan(price_pence=1499, trial_days=7), by=member, now=at(1))
    assert (current(member).plan.price_pence, membership.invoices.count()) == (1499, 0)
    change_plan(membership, make_plan(price_pence=2499), by=member, now=at(2))
    assert current(member).next_plan_on == date(2026, 1, 19)


def test_what_cannot_be_changed_to_is_refused():
    member, membership = paid_member(price_pence=1499)
    smaller = make_plan(price_pence=999)
    with pytest.raises(Refused, match="is your plan already"):
        change_plan(membership, membership.plan, by=member, now=at(1))
    with pytest.raises(Refused, match="not offered any more"):
        change_plan(membership, make_plan(withdrawn_on=TODAY), by=member, now=at(1))
    change_plan(membership, smaller, by=member, now=at(1))
    with pytest.raises(Refused, match="is to be your plan already, from 5 February 2026"):
        change_plan(membership, smaller, by=member, now=at(1))
    cancel(membership, by=member, now=at(20))
    with pytest.raises(Refused, match="Take the cancellation back first"):
        change_plan(membership, smaller, by=member, now=at(20))


# ------------------------------------------------------------------ pausing
def test_the_days_of_a_pause_come_after_those_that_are_paid():
    member, membership = paid_member()
    pause(membership, first=date(2026, 1, 10), last=date(2026, 1, 19), by=member, now=at(0))
    assert [places(member, date(2026, 1, day)) for day in (9, 10, 19, 20)] == [1, 0, 0, 1]
    assert places(member, date(2026, 2, 14)) == 1
    assert places(member, date(2026, 2, 15)) == 0
    renewals.renew_memberships(now=at(date(2026, 1, 20)))
    assert Membership.objects.get().paid_until == date(2026, 2, 14)
    assert happened(membership)[-2:] == ["paused", "resumed"]


def test_a_pause_without_an_end_lasts_until_it_is_ended_and_nothing_is_billed():
    member, membership = paid_member()
    pause(membership, first=date(2026, 1, 25), last=None, by=member, now=at(1))
    for day in range(0, 90, 5):
        renewals.renew_memberships(now=at(day))
    assert not membership.invoices.due().exists()
    resume(membership, by=member, now=at(date(2026, 4, 10)))
    # 11 days were left on 25 January: they begin again on 10 April
    assert current(member).paid_until == date(2026, 4, 20)
    assert places(member, date(2026, 4, 20)) == 1


def test_a_pause_to_come_is_dropped_and_takes_nothing():
    member, membership = paid_member()
    pause(membership, first=date(2026, 1, 20), last=date(2026, 1, 25), by=member, now=at(1))
    resume(membership, by=member, now=at(2))
    assert (current(member).paused_from, current(member).paid_until) == (None, date(2026, 2, 4))


def test_what_is_paid_in_a_pause_loses_no_day():
    member, membership = paid_member()
    renewals.renew_memberships(now=at(date(2026, 1, 29)))
    pause(membership, first=date(2026, 2, 1), last=date(2026, 2, 28), by=member, now=at(date(2026, 1, 30)))
    confirm(membership.invoices.due().get(), by=None, now=at(date(2026, 2, 20)))
    renewals.renew_memberships(now=at(date(2026, 3, 1)))
    # 4 days of the first month and the 28 of February's, after the pause
    assert current(member).paid_until == date(2026, 3, 1) + timedelta(days=31)


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (-1, 3, "begins today at the earliest"),
        (5, 4, "The last day comes before the first."),
        (5, 5 + 184, "184 days at most"),
        (400, None, "more than a year ahead"),
    ],
)
def test_a_wrong_pause_is_refused(first, last, words):
    member, membership = paid_member()
    days = {"first": TODAY + timedelta(first), "last": None if last is None else TODAY + timedelta(last)}
    with pytest.raises(Refused, match=words):
        pause(membership, **days, by=member, now=at(0))
    assert happened(membership) == ["asked", "confirmed"]


def test_a_second_pause_and_one_before_paying_are_refused():
    member, membership = paid_member()
    pause(membership, first=TODAY, last=None, by=member, now=at(0))
    with pytest.raises(Refused, match="There is a pause already"):
        pause(membership, first=TODAY, last=None, by=member, now=at(0))
    unpaid = join(make_member(), make_plan(), now=at(0))
    with pytest.raises(Refused, match="nothing to pause yet"):
        pause(unpaid, first=TODAY, last=None, by=None, now=at(0))
    with pytest.raises(Refused, match="no pause to end"):
        resume(unpaid, by=None, now=at(0))


# ------------------------------------------------------------------ leaving
def test_a_cancellation_holds_when_the_paid_days_end_and_lists_the_discs():
    member, membership = paid_member()
    make_rental(member=member, title=make_title(name="Ocean's 8"), allocated_at=at(2))
    cancelled = cancel(membership, by=member, now=at(20))
    assert (cancelled.ends_on, cancelled.ended_at) == (date(2026, 2, 4), None)
    told = Message.objects.get(kind="membership-ends")
    assert "- Ocean's 8" in told.text and "Ocean" not in told.subject
    renewals.renew_memberships(now=at(date(2026, 2, 4)))
    assert current(member)
    renewals.renew_memberships(now=at(date(2026, 2, 5)))
    assert current(member) is None


def test_within_14_days_of_paying_it_ends_at_once_and_is_paid_back():
    member, membership = paid_member(price_pence=999)
    gone = cancel(membership, by=member, now=at(14))
    invoice = membership.invoices.get()
    assert gone.ended_at and invoice.refund_asked_at and not invoice.refunded_at
    assert "£9.99 back" in Message.objects.get(kind="membership-ends").text
    assert memberships.confirm_refund(invoice, by=None, now=at(15))
    assert not memberships.confirm_refund(invoice, by=None, now=at(15))
    assert happened(membership)[-3:] == ["cancelled", "ended", "repaid"]


def test_an_account_that_goes_takes_its_membership_and_is_paid_back_within_14_days():
    member, membership = paid_member(price_pence=999)
    memberships.close(member, now=at(3))
    memberships.close(member, now=at(3))
    assert current(member) is None
    assert membership.invoices.to_repay().count() == 1
    assert happened(membership) == ["asked", "confirmed", "ended"]


def test_what_was_never_paid_ends_at_once_and_nothing_is_owed():
    member = make_member()
    membership = join(member, make_plan(), now=at(0))
    assert cancel(membership, by=member, now=at(1)).ended_at
    assert not Invoice.objects.due().exists()
    assert not confirm(membership.invoices.get(), by=None, now=at(2))


def test_what_was_paid_long_ago_is_not_paid_back_though_it_ends_at_once():
    member, membership = paid_member()
    assert cancel(membership, by=member, now=at(35)).ended_at
    assert not Invoice.objects.to_repay().exists()


def test_a_trial_that_is_cancelled_runs_to_its_last_day():
    member = make_member()
    membership = join(member, make_plan(trial_days=14), now=at(0))
    assert cancel(membership, by=member, now=at(2)).ends_on == date(2026, 1, 18)
    assert places(member, date(2026, 1, 18)) == 1


def test_a_cancellation_ends_a_pause_and_a_plan_that_waits():
    member, membership = paid_member(price_pence=1499)
    change_plan(membership, make_plan(price_pence=999), by=member, now=at(1))
    pause(membership, first=date(2026, 1, 21), last=None, by=member, now=at(1))
    gone = cancel(membership, by=member, now=at(date(2026, 1, 31)))
    assert (gone.ends_on, gone.next_plan, gone.paused_from) == (date(2026, 2, 14), None, None)


def test_a_cancellation_is_taken_back():
    member, membership = paid_member()
    cancel(membership, by=member, now=at(20))
    with pytest.raises(Refused, match="cancelled already"):
        cancel(membership, by=member, now=at(20))
    keep(membership, by=member, now=at(21))
    with pytest.raises(Refused, match="not cancelled"):
        keep(membership, by=member, now=at(21))
    renewals.renew_memberships(now=at(date(2026, 1, 30)))
    assert membership.invoices.due().count() == 1


def test_nothing_can_be_done_to_what_has_ended():
    member, membership = paid_member()
    cancel(membership, by=member, now=at(1))
    for verb in (cancel, keep, resume):
        with pytest.raises(Refused, match="has ended"):
            verb(membership, by=member, now=at(2))


def test_a_voided_invoice_is_neither_paid_nor_voided_again():
    invoice = join(make_member(), make_plan(), now=at(0)).invoices.get()
    assert memberships.void(invoice, by=None, now=at(1))
    assert not memberships.void(invoice, by=None, now=at(1))
    assert not confirm(invoice, by=None, now=at(1))
