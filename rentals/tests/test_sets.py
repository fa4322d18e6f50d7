"""Sets of discs in a queue: in order whatever the member does, each held behind the one before."""

from datetime import timedelta

import pytest

from rentals import queue
from rentals.models import TwoAtOnce
from rentals.queue import QueueFull, enqueue, enqueue_set, move, put_in_order, remove, renumber, restore, step
from rentals.sets import held, pause_set, resume_set, send_one_at_a_time, send_two_at_once
from tests.factories import NOON, make_copy, make_disc, make_member, make_queue_entry, make_release, make_rental

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=1)


def make_set(discs=3):
    release = make_release()
    for number in range(1, discs + 1):
        make_disc(release=release, number=number)
    return release


def discs(member):
    """The queue as text: the numbers of discs, a dot for anything else."""
    numbers = member.queue.in_order().values_list("disc__number", flat=True)
    return "".join(str(number or ".") for number in numbers)


@pytest.fixture
def release():
    return make_set()


@pytest.fixture
def member(release):
    """With a queue of a film, three discs of a set and another film."""
    member = make_member()
    make_queue_entry(member=member)
    enqueue_set(member, release, now=NOON)
    make_queue_entry(member=member)
    return member


def entry_of(member, number):
    return member.queue.select_related("disc").get(disc__number=number)


# ------------------------------------------------------------------ asking
def test_a_set_is_asked_for_disc_by_disc_and_once(member, release):
    assert discs(member) == ".123."
    assert enqueue_set(member, release, now=LATER) == 0


def test_what_is_at_home_of_a_set_is_not_asked_for(release):
    member = make_member()
    make_rental(member=member, copy=make_copy(disc=release.discs.get(number=1)))
    assert enqueue_set(member, release, now=NOON) == 2
    assert discs(member) == "23"


def test_a_set_that_does_not_fit_is_not_asked_for(release, monkeypatch):
    monkeypatch.setattr(queue, "MOST", 2)
    member = make_member()
    with pytest.raises(QueueFull):
        enqueue_set(member, release, now=NOON)
    assert not member.queue.exists()


def test_a_disc_that_is_asked_for_late_comes_before_those_that_follow_it(member, release):
    first = entry_of(member, 1)
    remove(first, now=LATER)
    first.delete()
    assert enqueue(member, release.title, disc=release.discs.get(number=1), now=LATER).position == 2
    assert discs(member) == ".12.3"


# ------------------------------------------------------------------ order
def test_a_disc_that_is_moved_before_another_takes_its_place_and_the_set_stays_in_order(member):
    assert move(entry_of(member, 3), 1) == 4
    assert discs(member) == "1.23."
    assert step(entry_of(member, 1), "bottom") == 2
    assert discs(member) == ".12.3"


def test_numbers_and_orders_keep_a_set_in_order(member):
    renumber(member, {entry_of(member, 3).pk: 1, entry_of(member, 1).pk: 5})
    assert discs(member) == "1.2.3"
    keys = list(member.queue.order_by("-rank").values_list("pk", flat=True))
    put_in_order(member, keys)
    assert discs(member) == "1.2.3"


def test_a_disc_comes_back_into_its_turn(member):
    first = entry_of(member, 1)
    remove(first, now=LATER)
    move(entry_of(member, 3), 1)
    assert discs(member) == "2.3."
    restore(first)
    assert discs(member) == "1.23."


def test_two_sets_are_in_order_each_for_itself(member, release):
    enqueue_set(member, make_set(2), now=NOON)
    order = list(member.queue.order_by("-rank").values_list("pk", flat=True))
    put_in_order(member, order)
    numbers = list(member.queue.live().exclude(disc=None).order_by("rank").values_list("disc__release", "disc__number"))
    assert [n for pk, n in numbers if pk == release.pk] == [1, 2, 3]
    assert [n for pk, n in numbers if pk != release.pk] == [1, 2]


# ------------------------------------------------------------------ held
HELD = [  # wanted, out, two at once; which are held and why
    ([1, 2, 3], [], False, {2: "After disc 1", 3: "After disc 2"}),
    ([3, 4], [2], False, {3: "Held for you until disc 2 is back", 4: "After disc 3"}),
    ([3, 4], [2], True, {4: "After disc 3"}),
    ([3, 4], [1, 2], True, {3: "Held for you until disc 1 is back", 4: "After disc 3"}),
    ([2], [], False, {}),
]


@pytest.mark.parametrize(("wanted", "out", "two", "expected"), HELD)
def test_a_disc_waits_for_the_one_before(wanted, out, two, expected):
    assert held(wanted, out, two) == expected


def test_two_at_once_is_asked_for_once_and_taken_back(member, release):
    assert send_two_at_once(member, release, now=NOON) and not send_two_at_once(member, release, now=LATER)
    assert send_one_at_a_time(member, release) and not send_one_at_a_time(member, release)
    assert not TwoAtOnce.objects.exists()


def test_a_set_is_paused_as_a_whole(member, release):
    assert pause_set(member, release, now=LATER) == 3 and pause_set(member, release, now=LATER) == 0
    assert member.queue.waiting().count() == 2
    assert resume_set(member, release) == 3
    assert discs(member) == ".123."
