"""Two deliveries of what is on order at once: each copy counts once, and no more than was ordered."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from catalogue.invariants import broken
from rentals.desk import deliveries, orders
from rentals.desk.deliveries import Arrival
from rentals.models import Copy, Order
from rentals.models.orders import OrderQuerySet
from rentals.refused import Refused
from tests.factories import make_disc, make_order, make_staff

pytestmark = pytest.mark.race


def at_once(*deeds):
    """Do them at once, on connections of their own; what each came to, or what was said."""
    start = Barrier(len(deeds))

    def do(deed):
        try:
            start.wait(10)
            return deed()
        except Refused as refusal:
            return str(refusal)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as threads:
        return list(threads.map(do, deeds))


def delivery(disc, copies):
    member = make_staff()
    return lambda: deliveries.receive([Arrival(disc.pk)] * copies, by=member, at=timezone.now())


def received():
    return list(Order.objects.in_order().values_list("received", flat=True))


@pytest.mark.parametrize("time", range(3))
def test_each_copy_counts_once_and_the_oldest_order_is_filled_first(scratch, time):
    disc = make_disc()
    make_order(release=disc.release, quantity=3), make_order(release=disc.release, quantity=4)
    at_once(*[delivery(disc, 2) for _ in range(3)])
    assert received() == [3, 3] and Copy.objects.count() == 6 and broken() == {}


def test_more_than_was_ordered_counts_as_all(scratch):
    disc = make_disc()
    make_order(release=disc.release, quantity=3)
    at_once(delivery(disc, 2), delivery(disc, 2))
    assert received() == [3] and Copy.objects.count() == 4


@pytest.mark.parametrize("time", range(3))
def test_a_delivery_and_cancelling_the_rest_take_turns(scratch, time):
    disc = make_disc()
    order = make_order(release=disc.release, quantity=2)
    _, said = at_once(delivery(disc, 2), lambda: orders.cancel_rest(order, on=timezone.localdate()))
    order.refresh_from_db()
    assert (order.received, bool(order.closed_on), bool(said)) in {(2, False, True), (0, True, False)}


def test_without_turns_copies_are_lost_count_of(scratch, monkeypatch):
    """The control: what the lock is for."""
    disc, read = make_disc(), Barrier(2)
    make_order(release=disc.release, quantity=9)

    def unlocked(query, **_):
        found = list(query)
        read.wait(10)
        return found

    monkeypatch.setattr(OrderQuerySet, "select_for_update", unlocked)
    at_once(delivery(disc, 2), delivery(disc, 2))
    assert received() == [2] and Copy.objects.count() == 4
