"""Two at the desk at once: a disc under two scanners, a scan on two lines, a return undone while a round is made."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from catalogue.invariants import broken
from members.models import Message
from rentals.desk import scans, steps
from rentals.models import Rental, Scan
from rentals.rounds import make_round
from rentals.tests.test_lending_races import race, slow_desks, without_locks  # noqa: F401 - fixtures
from rentals.tests.test_rounds import make_renter, wants
from tests.factories import make_address, make_copy, make_rental, make_staff

pytestmark = pytest.mark.race


def sent():
    now = timezone.now()
    return make_rental(member=make_address().member, allocated_at=now, posted_at=now)


def scan(rental, key, by):
    now = timezone.now()
    return scans.scan(rental.copy.barcode, key=key, station="desk", by=by, at=now, now=now)


def steps_of(results):
    return sorted(result.step for result in results)


def test_two_desks_scan_one_disc_and_one_of_them_takes_it_back(scratch, slow_desks):  # noqa: F811
    rental, hands = sent(), [make_staff(), make_staff()]
    results = race(*[lambda by=by: scan(rental, uuid4(), by) for by in hands])
    assert steps_of(results) == ["nothing", "returned"]
    assert Message.objects.count() == 1 and not broken()


def test_without_the_lock_both_desks_take_it_back(scratch, slow_desks, without_locks):  # noqa: F811
    rental, hands = sent(), [make_staff(), make_staff()]
    results = race(*[lambda by=by: scan(rental, uuid4(), by) for by in hands])
    assert steps_of(results) != ["nothing", "returned"]


def test_one_scan_on_two_lines_is_one(scratch, slow_desks):  # noqa: F811
    rental, by, key = sent(), make_staff(), uuid4()
    results = race(*[lambda: scan(rental, key, by)] * 2)
    assert steps_of(results) == ["returned", "returned"] and Scan.objects.count() == 1
    assert Message.objects.count() == 1 and not broken()


def test_a_scan_is_undone_once(scratch):
    rental, by = sent(), make_staff()
    made = scan(rental, uuid4(), by)
    undo = [lambda: scans.undo(made, key=uuid4(), by=by, now=timezone.now())] * 2
    assert steps_of(race(*undo)) == ["nothing", "undone"]
    assert Rental.objects.open().count() == 1 and not broken()


@pytest.mark.parametrize("time", range(5))
def test_a_return_is_undone_or_its_disc_goes_out_again_and_never_both(scratch, time):
    rental, now = sent(), timezone.now()
    steps.take_back(rental, at=now)
    wants(make_renter(paid_until=timezone.localdate() + timedelta(days=30)), rental.copy.disc.release.title)
    race(lambda: steps.not_back(rental), lambda: make_round(now, now=timezone.now()))
    assert Rental.objects.open().filter(copy=rental.copy).count() == 1 and not broken()


def test_two_pack_one_disc(scratch):
    rental = make_rental(copy=make_copy(), member=make_address().member, allocated_at=timezone.now())
    found = race(*[lambda: steps.pack(rental, at=timezone.now())] * 2)
    assert sorted(found) == [False, True] and not broken()
