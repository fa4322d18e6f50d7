"""Two at once: desks, lenders, members. Each race also runs without the lock, to show that it can be lost.

What is read before a decision is held up for a moment, so that without a lock both always read the same.
"""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier
from time import sleep

import pytest
from django.db import IntegrityError, connection
from django.db.models import QuerySet
from django.utils import timezone

from catalogue.invariants import broken
from members.models import Message
from rentals import lending, lost, rounds
from rentals.models import Problem, Rental
from tests.factories import (
    make_copy,
    make_member,
    make_membership,
    make_plan,
    make_queue_entry,
    make_rental,
)

pytestmark = pytest.mark.race
NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
FORTNIGHT = timedelta(days=14)
MOMENT = 0.3


def race(*works):
    """What each of `works` returned or raised, all begun at once, each on a connection of its own."""
    start = Barrier(len(works))

    def run(work):
        try:
            start.wait(10)
            return work()
        except (lending.Refused, IntegrityError) as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as threads:
        return list(threads.map(run, works))


def kinds(results):
    return sorted(type(result).__name__ for result in results)


@pytest.fixture
def without_locks(monkeypatch):
    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **options: rows.all())


def held_up(monkeypatch, name):
    """The function of lending waits a moment before it gives back what it read."""
    real = getattr(lending, name)

    def slow(*args):
        found = real(*args)
        sleep(MOMENT)
        return found

    monkeypatch.setattr(lending, name, slow)


def renter(places=2):
    return make_membership(plan=make_plan(places_at_home=places)).member


def lend(member, copy):
    return lambda: lending.lend(member, copy, reason="A prize", now=NOW)


# ------------------------------------------------------------------ two desks
@pytest.fixture
def slow_desks(monkeypatch):
    real = QuerySet.update

    def slow(rows, **fields):
        if "checked_in_at" in fields:
            sleep(MOMENT)
        return real(rows, **fields)

    monkeypatch.setattr(QuerySet, "update", slow)


def scans():
    rental = make_rental(allocated_at=NOW, posted_at=NOW)
    return rental, race(*[lambda: lending.check_in_many([rental], at=NOW)] * 2)


def test_two_desks_scan_one_copy_and_one_of_them_checks_it_in(scratch, slow_desks):
    _, results = scans()
    assert sorted(len(returned) for returned, _ in results) == [0, 1]
    assert Message.objects.count() == 1 and not broken()


def test_without_the_lock_both_desks_think_it_was_them(scratch, slow_desks, without_locks):
    _, results = scans()
    assert [len(returned) for returned, _ in results] == [1, 1]


def test_the_form_of_one_copy_says_so_to_the_second_desk(scratch, slow_desks):
    rental = make_rental(allocated_at=NOW, posted_at=NOW)
    assert kinds(race(*[lambda: lending.check_in(rental, at=NOW)] * 2)) == ["AlreadyReturned", "NoneType"]


# ------------------------------------------------------------------ one copy, two members
def two_members_one_copy(monkeypatch):
    held_up(monkeypatch, "_on_shelf")
    copy, members = make_copy(), [renter(), renter()]
    entries = [make_queue_entry(member=member, title=copy.disc.release.title) for member in members]
    return entries, race(*[lend(member, copy) for member in members])


def test_one_copy_goes_to_one_of_two_members(scratch, monkeypatch):
    entries, results = two_members_one_copy(monkeypatch)
    assert kinds(results) == ["Refused", "Rental"]
    (lent,) = (result for result in results if isinstance(result, Rental))
    assert [entry.pk for entry in entries if not type(entry).objects.live().filter(pk=entry.pk)] == [lent.entry_id]
    assert not broken()


def test_without_the_lock_the_database_refuses_the_second(scratch, monkeypatch, without_locks):
    _, results = two_members_one_copy(monkeypatch)
    assert kinds(results) == ["IntegrityError", "Rental"]
    assert Rental.objects.open().count() == 1 and not broken()


# ------------------------------------------------------------------ the places of a plan
def two_copies_one_member(monkeypatch, places):
    held_up(monkeypatch, "places_of")
    member = renter(places)
    return member, race(*[lend(member, make_copy()) for _ in range(2)])


def test_two_discs_take_two_places(scratch, monkeypatch):
    member, results = two_copies_one_member(monkeypatch, places=2)
    assert sorted(rental.place for rental in results) == [1, 2]


def test_the_last_place_is_taken_once(scratch, monkeypatch):
    member, results = two_copies_one_member(monkeypatch, places=1)
    assert kinds(results) == ["Refused", "Rental"]
    assert member.rentals.open().count() == 1 and not broken()


def test_without_the_lock_both_want_the_same_place(scratch, monkeypatch, without_locks):
    member, results = two_copies_one_member(monkeypatch, places=2)
    assert kinds(results) == ["IntegrityError", "Rental"]
    assert member.rentals.open().count() == 1


# ------------------------------------------------------------------ a member twice
def test_a_problem_reported_twice_at_once_is_one(scratch):
    rental = make_rental(allocated_at=NOW, posted_at=NOW)
    assert kinds(race(*[lambda: lending.report(rental, "damaged", at=NOW)] * 2)) == ["Problem", "Refused"]
    assert Problem.objects.count() == 1


def test_a_scan_and_a_settlement_at_once_do_not_wait_for_each_other_for_ever(scratch):
    for _ in range(5):
        rental = make_rental(member=make_member(), allocated_at=NOW, posted_at=NOW)
        problem = lending.report(rental, "not logged", at=NOW)
        results = race(
            lambda rental=rental: lending.check_in_many([rental], at=NOW, tell=False),
            lambda problem=problem: lending.settle(problem, outcome=lending.LOST, at=NOW),
        )
        assert not any(isinstance(result, Exception) for result in results)
    assert not Rental.objects.open().exists() and not broken()


def test_a_cancelled_rental_and_a_dispatch_at_once_are_one_or_the_other(scratch):
    for _ in range(5):
        member, copy = renter(), make_copy()
        entry = make_queue_entry(member=member, title=copy.disc.release.title)
        rental = lend(member, copy)()
        race(
            lambda rental=rental: lending.dispatch([rental], at=NOW),
            lambda rental=rental: lending.cancel(rental, at=NOW, missing=True),
        )
        rental.refresh_from_db()
        assert (rental.posted_at is None) != (rental.cancelled_at is None)
        entry.refresh_from_db()
        assert (entry.sent_at is None) == (rental.posted_at is None)
    assert not broken()


# ------------------------------------------------------------------ what the post lost
def not_arrived(member):
    """A rental that the member could say of that it has not arrived."""
    return make_rental(member=member, allocated_at=NOW - FORTNIGHT, posted_at=NOW - FORTNIGHT)


def test_what_was_lost_comes_after_all_while_a_round_fills_its_place(scratch):
    for _ in range(5):
        member = renter(places=1)
        rental = not_arrived(member)
        make_copy(title=make_queue_entry(member=member).title)
        lending.report(rental, "not arrived", at=NOW)
        results = race(
            lambda rental=rental: lost.came_after_all(rental, at=NOW),
            lambda: rounds.make_round(timezone.now(), now=timezone.now(), by=None),
        )
        assert not any(isinstance(result, Exception) for result in results), results
        assert member.rentals.open().count() == 1 and not broken()


def test_a_disc_is_scanned_while_it_is_said_not_to_have_arrived(scratch):
    for _ in range(5):
        rental = not_arrived(make_member())
        results = race(
            lambda rental=rental: lending.report(rental, "not arrived", at=NOW),
            lambda rental=rental: lending.check_in_many([rental], at=NOW, tell=False),
        )
        assert kinds(results) in (["Problem", "tuple"], ["Refused", "tuple"])
    assert not Rental.objects.open().exists() and not broken()
