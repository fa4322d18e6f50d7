"""Any life of a membership: one open at most, paid days only move on, no place below none, every change told."""

from datetime import date, datetime, timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from catalogue import invariants
from rentals import memberships, renewals
from rentals.models import Invoice, Membership, MembershipChange
from rentals.places import places_of
from rentals.refused import Refused
from tests.factories import make_member, make_plan, make_rental

FIRST = date(2026, 1, 29)  # near the end of a month, before a short one
# What of a membership a change must tell of, should it differ.
TOLD = ("plan_id", "next_plan_id", "confirmed_at", "paid_until", "paused_from", "cancelled_at", "ended_at")


class Life(RuleBasedStateMachine):
    """One member, three plans, a clock that only goes forward."""

    @initialize()
    def begin(self):
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.member, self.now = make_member(), timezone.make_aware(datetime(2026, 1, 29, 12))
        self.plans = [
            make_plan(price_pence=999, places_at_home=1, discs_a_month=3),
            make_plan(price_pence=1499, places_at_home=2, trial_days=14),
            make_plan(price_pence=2499, places_at_home=4),
        ]
        self.seen, self.told = {}, 0

    def teardown(self):
        if hasattr(self, "undo"):
            transaction.set_rollback(True)
            self.undo.__exit__(None, None, None)

    @property
    def today(self):
        return timezone.localdate(self.now)

    def last(self):
        return Membership.objects.filter(member=self.member).order_by("pk").last()

    def try_to(self, verb, *args, **kwargs):
        try:
            verb(*args, **kwargs, now=self.now)
        except Refused as refusal:
            assert str(refusal).endswith(".")

    @rule(number=st.integers(0, 2))
    def join(self, number):
        self.try_to(memberships.join, self.member, self.plans[number])

    @precondition(lambda self: self.last())
    @rule(number=st.integers(0, 2))
    def change(self, number):
        self.try_to(memberships.change_plan, self.last(), self.plans[number], by=self.member)

    @precondition(lambda self: self.last())
    @rule(first=st.integers(-1, 40), days=st.one_of(st.none(), st.integers(-1, 60)))
    def pause(self, first, days):
        begins = self.today + timedelta(days=first)
        ends = None if days is None else begins + timedelta(days=days)
        self.try_to(memberships.pause, self.last(), first=begins, last=ends, by=self.member)

    @precondition(lambda self: self.last())
    @rule(verb=st.sampled_from([memberships.resume, memberships.cancel, memberships.keep]))
    def do(self, verb):
        self.try_to(verb, self.last(), by=self.member)

    @rule()
    def pay(self):
        for invoice in Invoice.objects.due().filter(membership__member=self.member):
            assert memberships.confirm(invoice, by=None, now=self.now)

    @rule(back=st.booleans())
    def send_or_take_back(self, back):
        out = self.member.rentals.filter(checked_in_at=None)
        if back and out.exists():
            out.filter(pk=out.first().pk).update(posted_at=self.now, checked_in_at=self.now)
        elif places_of(self.member, self.today).free:
            taken = set(out.values_list("place", flat=True))
            make_rental(member=self.member, allocated_at=self.now, place=min({1, 2, 3, 4} - taken))

    @rule(days=st.sampled_from([1, 1, 3, 8, 16, 33]), clock=st.booleans())
    def time_passes(self, days, clock):
        self.now += timedelta(days=days)
        if clock:
            before = places_of(self.member, self.today).free
            renewals.settle(now=self.now)
            assert places_of(self.member, self.today).free == before
            renewals.renew_memberships(now=self.now)

    @invariant()
    def everything_holds(self):
        if not hasattr(self, "member"):
            return
        assert Membership.objects.open().filter(member=self.member).count() <= 1
        told = MembershipChange.objects.filter(membership__member=self.member).count()
        for membership in Membership.objects.filter(member=self.member):
            now, before = {name: getattr(membership, name) for name in TOLD}, self.seen.get(membership.pk, {})
            assert now == before or told > self.told, "A change without a row."
            if before.get("paid_until"):
                assert now["paid_until"] >= before["paid_until"]
            self.seen[membership.pk] = now
        self.told = told
        assert invariants.broken() == {}


@pytest.mark.django_db
def test_any_life_of_a_membership_keeps_the_rules():
    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=25,
            stateful_step_count=20,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
