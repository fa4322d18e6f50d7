"""Two at once on one membership take turns: what each does is right after the other."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from catalogue import invariants
from members.models import Member, Message
from rentals import invoices, memberships, renewals
from rentals.memberships import cancel, change_plan, confirm, current, join
from rentals.models import Invoice, Membership
from rentals.refused import Refused
from rentals.tests.test_queue import at_once
from tests.factories import NOON, make_member, make_plan

pytestmark = pytest.mark.race
THREADS = 6
WEEK_BEFORE = NOON + timedelta(days=29)


def told(work):
    """`work` whose refusal is its answer."""

    def one(row):
        try:
            return work(row)
        except Refused as refusal:
            return refusal

    return one


def paid():
    membership = join(make_member(), make_plan(price_pence=1499), now=NOON)
    confirm(membership.invoices.get(), by=None, now=NOON)
    return current(membership.member)


@pytest.fixture
def no_lock(monkeypatch):
    """The control: the verbs as they would be without their lock, with time to meet."""

    def only_look(member):
        Member.objects.get(pk=member)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(0.05)")

    monkeypatch.setattr(Member.objects, "lock", only_look)


@pytest.fixture
def slow(monkeypatch):
    """Time between reading and writing, so that two that do not wait for each other meet."""
    write = invoices._issue

    def late(*args, **kwargs):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(0.05)")
        return write(*args, **kwargs)

    monkeypatch.setattr(invoices, "_issue", late)


def join_at_once():
    member, plan = make_member(), make_plan()
    return at_once(told(lambda _: join(member, plan, now=NOON)), range(THREADS))


def test_joining_twice_at_once_joins_once_and_the_others_are_told(scratch):
    done = join_at_once()
    assert sum(isinstance(result, Membership) for result in done) == Membership.objects.count() == 1
    assert sum(isinstance(result, Refused) for result in done) == THREADS - 1
    assert Invoice.objects.count() == 1 and invariants.broken() == {}


def test_without_the_lock_only_the_database_stands_between(scratch, no_lock):
    assert any(isinstance(result, IntegrityError) for result in join_at_once())


def confirm_at_once():
    invoice = join(make_member(), make_plan(), now=NOON).invoices.get()
    return at_once(lambda _: confirm(invoice, by=None, now=NOON), range(THREADS))


def test_confirming_at_once_counts_the_money_once(scratch):
    assert sorted(confirm_at_once()) == [False] * (THREADS - 1) + [True]
    assert list(Membership.objects.get().changes.values_list("what", flat=True)) == ["asked", "confirmed"]
    assert Message.objects.filter(kind="membership-confirmed").count() == 1
    assert invariants.broken() == {}


def test_without_the_lock_money_counts_more_than_once(scratch, no_lock):
    assert sum(result is True for result in confirm_at_once()) > 1


def change_at_once():
    membership = paid()
    plans = [make_plan(price_pence=1600 + n, places_at_home=1 + n) for n in range(THREADS)]
    done = at_once(told(lambda plan: change_plan(membership, plan, by=None, now=NOON)), plans)
    return membership, done


def chain(membership):
    """Whether each change of plan began with the plan that the one before ended with."""
    told_of = list(membership.changes.filter(what="plan").order_by("pk").values_list("was", "became"))
    return all(before[1] == after[0] for before, after in zip(told_of, told_of[1:], strict=False))


def test_changes_of_plan_at_once_follow_one_another(scratch):
    membership, done = change_at_once()
    assert not any(isinstance(result, IntegrityError) for result in done)
    assert chain(membership) and invariants.broken() == {}
    assert current(membership.member).plan.name == membership.changes.filter(what="plan").order_by("pk").last().became


def test_without_the_lock_changes_do_not_know_of_each_other(scratch, no_lock, slow):
    assert not chain(change_at_once()[0])


def cancel_and_renew():
    """A cancellation while the clock bills: the membership, and what was said."""
    membership = paid()
    works = [
        lambda: cancel(membership, by=None, now=WEEK_BEFORE),
        *[lambda: renewals.renew(now=WEEK_BEFORE)] * 3,
    ]
    return membership, at_once(told(lambda work: work()), works)


def test_a_cancellation_and_the_clock_at_once_leave_nothing_owed(scratch):
    for _ in range(5):
        membership, done = cancel_and_renew()
        assert not any(isinstance(result, Exception) for result in done)
        assert not membership.invoices.due().exists()
    assert invariants.broken() == {}


def test_without_the_lock_a_cancelled_membership_may_be_billed_or_billed_twice(scratch, no_lock, slow):
    outcomes = []
    for _ in range(5):
        membership, done = cancel_and_renew()
        outcomes.append(membership.invoices.due().exists() or any(isinstance(r, IntegrityError) for r in done))
    assert any(outcomes)


def test_a_verb_that_fails_in_the_middle_leaves_what_was(scratch, monkeypatch):
    membership = paid()

    def fails(*args, **kwargs):
        raise ConnectionError

    monkeypatch.setattr(memberships, "write", fails)
    with pytest.raises(ConnectionError):
        cancel(membership, by=None, now=timezone.now())
    assert Membership.objects.get().cancelled_at is None
    assert membership.changes.count() == 2
    assert not transaction.get_connection().in_atomic_block
