"""What the clock does to memberships: once, however often it runs."""

from datetime import date, timedelta

import pytest

from catalogue import invariants
from members.models import Message
from rentals import renewals
from rentals.memberships import cancel, confirm, current, join, pause
from rentals.models import Membership
from rentals.tests.test_memberships import TODAY, at, paid_member
from tests.factories import make_member, make_plan

pytestmark = pytest.mark.django_db
END = date(2026, 2, 4)  # of what `paid_member` paid


def days_before_the_end(days):
    return at(END - timedelta(days=days))


def test_the_next_month_is_billed_a_week_before_the_paid_days_end_and_once():
    _, membership = paid_member()
    assert renewals.renew(now=days_before_the_end(8)) == 0
    assert [renewals.renew(now=days_before_the_end(days)) for days in (7, 7, 3)] == [1, 0, 0]
    invoice = membership.invoices.due().get()
    assert (invoice.first_day, invoice.last_day) == (date(2026, 2, 5), date(2026, 3, 4))
    assert Message.objects.filter(kind="invoice").count() == 2


def test_a_month_that_is_paid_in_time_follows_the_one_before():
    member, membership = paid_member()
    for ends in (date(2026, 2, 4), date(2026, 3, 4), date(2026, 4, 4)):
        assert current(member).paid_until == ends
        renewals.run(now=at(ends - timedelta(days=7)))
        confirm(membership.invoices.due().get(), by=None, now=at(ends - timedelta(days=1)))
    assert invariants.broken() == {}


def test_a_month_that_is_paid_late_begins_then():
    member, membership = paid_member()
    renewals.run(now=days_before_the_end(7))
    confirm(membership.invoices.due().get(), by=None, now=at(END + timedelta(days=10)))
    assert current(member).paid_until == date(2026, 3, 13)


def test_the_31st_is_kept_over_short_months():
    member, membership = paid_member(now=at(date(2026, 1, 31)))
    ends = []
    for _ in range(3):
        paid_until = current(member).paid_until
        renewals.run(now=at(paid_until))
        confirm(membership.invoices.due().get(), by=None, now=at(paid_until))
        ends.append(current(member).paid_until)
    assert ends == [date(2026, 3, 30), date(2026, 4, 29), date(2026, 5, 30)]


def test_an_unpaid_membership_ends_after_two_weeks_with_an_e_mail():
    member, membership = paid_member()
    renewals.run(now=days_before_the_end(0))
    assert renewals.end_over(now=at(END + timedelta(days=14))) == 0
    assert renewals.end_over(now=at(END + timedelta(days=15))) == 1
    assert renewals.end_over(now=at(END + timedelta(days=15))) == 0
    assert "because it was not paid" in Message.objects.get(kind="membership-ends").text
    assert current(member) is None and not membership.invoices.due().exists()


def test_what_was_never_paid_ends_after_two_weeks():
    join(make_member(), make_plan(), now=at(0))
    assert [renewals.end_over(now=at(days)) for days in (14, 15)] == [0, 1]


def test_a_cancelled_or_paused_membership_is_not_billed():
    member, membership = paid_member()
    cancel(membership, by=member, now=at(20))
    other, paused = paid_member()
    pause(paused, first=TODAY, last=None, by=other, now=at(0))
    assert renewals.renew(now=days_before_the_end(1)) == 0


def test_a_reminder_comes_three_days_before_a_trial_ends_and_once():
    member = make_member()
    join(member, make_plan(name="Two", trial_days=14, price_pence=1499), now=at(0))
    done = [renewals.remind(now=at(days)) for days in (9, 10, 10, 11, 14)]
    assert done == [0, 1, 0, 0, 0]
    message = Message.objects.get(kind="trial-ends")
    assert message.subject == "Your free trial ends on 18 January"
    assert "Two costs £14.99 a month" in message.text and "/account/plan/cancel/" in message.html


def test_a_cancelled_trial_is_not_reminded():
    member = make_member()
    cancel(join(member, make_plan(trial_days=14), now=at(0)), by=member, now=at(1))
    assert renewals.remind(now=at(11)) == 0


def test_running_everything_again_changes_nothing():
    paid_member()
    join(make_member(), make_plan(trial_days=14), now=at(0))
    for day in range(60):
        renewals.run(now=at(day))
        assert set(renewals.run(now=at(day)).values()) == {0}
    assert not Membership.objects.open().exists()
    assert invariants.broken() == {}
