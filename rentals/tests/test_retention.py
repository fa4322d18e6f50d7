"""What is forgotten by the clock, and what stays true when it is."""

from datetime import timedelta

import pytest

from catalogue import invariants
from catalogue.similar.rebuild import rebuild_similar
from rentals.models import Problem, QueueEntry, Rental, Stock
from rentals.retention import forget_removed, unlink_history
from rentals.tastes import RENTED
from tests.factories import (
    NOON,
    make_copy,
    make_member,
    make_problem,
    make_queue_entry,
    make_rental,
    make_title,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
YEAR = 365 * DAY
BACK = NOON + 10 * DAY


def make_returned(member=None, **fields):
    """A rental that came back at BACK, with the request it came from."""
    entry = make_queue_entry(member=member or make_member(), sent_at=NOON)
    dates = {"posted_at": NOON, "checked_in_at": BACK}
    copy = make_copy(title=entry.title)
    return make_rental(member=entry.member, copy=copy, entry=entry, **{**dates, **fields})


def members_of_rentals():
    return list(Rental.objects.order_by("pk").values_list("member", flat=True))


def test_a_year_after_it_came_back_nobody_knows_who_had_a_disc():
    make_returned()
    assert unlink_history(now=BACK + YEAR) == 0
    assert unlink_history(now=BACK + YEAR + DAY) == 1
    assert members_of_rentals() == [None]


def test_the_request_it_came_from_goes_too():
    make_returned()
    unlink_history(now=BACK + YEAR + DAY)
    assert not QueueEntry.objects.exists() and Rental.objects.get().entry is None


def test_what_was_written_of_it_is_forgotten_and_what_it_was_stays():
    make_problem(rental=make_returned(), note="I was ill, and it skipped.", settled_at=BACK)
    unlink_history(now=BACK + YEAR + DAY)
    problem = Problem.objects.get()
    assert (problem.note, problem.kind) == ("", "damaged")


def test_a_member_who_keeps_the_history_keeps_all_of_it():
    member = make_member(keeps_history=True)
    make_problem(rental=make_returned(member), note="It skipped.", settled_at=BACK)
    assert unlink_history(now=BACK + 10 * YEAR) == 0
    assert members_of_rentals() == [member.pk]
    assert QueueEntry.objects.exists() and Problem.objects.get().note == "It skipped."


def test_a_disc_that_is_still_out_keeps_its_member_and_its_request():
    rental = make_returned(checked_in_at=None)
    assert unlink_history(now=BACK + 10 * YEAR) == 0
    assert members_of_rentals() == [rental.member_id] and QueueEntry.objects.exists()


def test_a_rental_that_was_called_off_is_forgotten_as_well():
    make_returned(posted_at=None, checked_in_at=None, cancelled_at=NOON)
    assert unlink_history(now=NOON + YEAR + DAY) == 1


def test_the_figures_stay_the_same():
    title = make_title()
    for _ in range(3):
        make_rental(copy=make_copy(title=title), posted_at=NOON, checked_in_at=BACK)
    make_rental(copy=make_copy(title=title), posted_at=NOON)
    make_queue_entry(title=title)
    before = Stock.objects.filter(title=title).values().get()
    assert before["rentals"] == 4 and before["waiting"] == 1
    assert unlink_history(now=BACK + YEAR + DAY) == 3
    assert Stock.objects.filter(title=title).values().get() == before
    assert Stock.objects.wrong() == [] and invariants.broken() == {}


def test_a_second_run_does_nothing():
    make_returned()
    unlink_history(now=BACK + YEAR + DAY)
    assert unlink_history(now=BACK + YEAR + DAY) == 0


def test_what_was_unlinked_tells_of_nobodys_taste():
    make_returned()
    assert RENTED.all().count() == 1
    unlink_history(now=BACK + YEAR + DAY)
    assert RENTED.all().count() == 0
    rebuild_similar()


def test_it_takes_as_many_statements_for_twenty_as_for_two(django_assert_max_num_queries):
    for _ in range(20):
        make_returned()
    with django_assert_max_num_queries(10):  # what rounds told of the requests goes with them
        assert unlink_history(now=BACK + YEAR + DAY) == 20


def test_what_was_taken_off_a_queue_can_be_had_back_for_thirty_days():
    make_queue_entry(removed_at=NOON)
    kept = make_queue_entry()
    assert forget_removed(now=NOON + 30 * DAY) == 0
    assert forget_removed(now=NOON + 30 * DAY + DAY) == 1
    assert QueueEntry.objects.get() == kept
