"""Two people receive the same barcode at once: one wins, the other reads a sentence."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import IntegrityError, connection
from django.utils import timezone

from catalogue.invariants import broken
from rentals.desk import deliveries
from rentals.desk.deliveries import Arrival
from rentals.models import Copy
from rentals.refused import Refused
from tests.factories import make_disc, make_staff

pytestmark = pytest.mark.race


CODES = [["A-1", "A-2", "A-3"], ["A-3", "A-2", "A-0"]]


def both():
    """What each came to, of two who receive CODES at once: the copies, or what was said."""
    disc, people, start = make_disc(), [make_staff(), make_staff()], Barrier(2)

    def receive(member, codes):
        try:
            start.wait(10)
            return deliveries.receive([Arrival(disc.pk, code) for code in codes], by=member, at=timezone.now())
        except (Refused, IntegrityError) as refusal:
            return str(refusal)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        return list(threads.map(receive, people, CODES))


@pytest.mark.parametrize("time", range(3))
def test_one_wins_and_the_other_is_told(scratch, time):
    told = [result for result in both() if isinstance(result, str)]
    assert told == [deliveries.AT_ONCE.format(codes="A-2 and A-3")]
    assert Copy.objects.count() == 3 and broken() == {}


def test_two_long_deliveries_in_opposite_orders_do_not_wait_for_each_other(scratch, monkeypatch):
    codes = [f"L-{number:04}" for number in range(3000)]
    monkeypatch.setattr("rentals.tests.test_delivery_race.CODES", [codes, codes[::-1]])
    results = both()
    assert sorted(type(result).__name__ for result in results) == ["list", "str"]
    assert Copy.objects.count() == len(codes) and broken() == {}
