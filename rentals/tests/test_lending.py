"""What happens to a disc between the shelf and its return: verbs, by the rows they leave."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from members.models import Message
from rentals import copies
from rentals.lending import (
    BACK,
    CLOSED,
    LOST,
    AlreadyReturned,
    Refused,
    arrive,
    cancel,
    check_in,
    check_in_many,
    dispatch,
    lend,
    lend_many,
    report,
    say_arrived,
    say_posted_back,
    settle,
    unsay_posted_back,
)
from rentals.models import Copy, Problem, QueueEntry, Rental
from tests.factories import (
    make_copy,
    make_disc,
    make_invoice,
    make_member,
    make_membership,
    make_plan,
    make_problem,
    make_queue_entry,
    make_release,
    make_rental,
    make_title,
)
from tests.refusals import refused_by

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)  # a Thursday
LATER = NOW + timedelta(days=3)


def renter(places=2, **membership):
    plan = make_plan(places_at_home=places, **membership.pop("plan", {}))
    return make_membership(plan=plan, **membership).member


def by_hand(member, copy=None, **options):
    return lend(member, copy or make_copy(), reason="A prize", now=NOW, **options)


def posted(**fields):
    return make_rental(allocated_at=NOW, posted_at=NOW, **fields)


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def refused(words, verb, *args, **options):
    """The verb is refused with those words, and not a row of the shop differs."""
    before = state()
    with pytest.raises(Refused, match=words):
        verb(*args, **options)
    assert state() == before


def state():
    return [list(model.objects.order_by("pk").values()) for model in (Rental, Copy, Problem, QueueEntry, Message)]


# ------------------------------------------------------------------ lent by hand
def test_staff_lend_a_copy_in_the_first_free_place_with_a_reason():
    member = renter(places=3)
    for place in (1, 3):
        make_rental(member=member, place=place)
    rental = by_hand(member)
    assert (rental.place, rental.reason, rental.allocated_at, rental.entry) == (2, "A prize", NOW, None)


def test_a_loan_closes_the_request_that_it_answers_most_exactly():
    member, copy = renter(), make_copy()
    title = copy.disc.release.title
    wishes = {"any": {}, "medium": {"medium": "dvd"}, "disc": {"disc": copy.disc}}
    entries = {name: make_queue_entry(member=member, title=title, **wish) for name, wish in wishes.items()}
    blu_ray = make_queue_entry(member=member, title=title, medium="blu-ray")
    assert by_hand(member, copy).entry == entries["disc"]
    assert fresh(entries["disc"]).sent_at == NOW
    assert {*member.queue.live()} == {entries["any"], entries["medium"], blu_ray}


def test_a_loan_closes_the_request_that_is_named():
    member, copy = renter(), make_copy()
    entry = make_queue_entry(member=member, title=copy.disc.release.title)
    make_queue_entry(member=member, title=entry.title, medium="dvd")
    assert by_hand(member, copy, entry=entry).entry == entry


def test_a_request_that_asks_for_another_disc_or_is_somebody_elses_is_refused():
    member, copy = renter(), make_copy()
    other = make_queue_entry(member=member)
    refused("not in the queue any more, or asks for another disc", by_hand, member, copy, entry=other)
    strange = make_queue_entry(title=copy.disc.release.title)
    refused("not in the queue any more", by_hand, member, copy, entry=strange)


@pytest.mark.parametrize(
    ("membership", "words"),
    [
        ({"confirmed_at": None}, "not confirmed"),
        ({"paid_until": date(2026, 11, 25)}, "not paid for today"),
        ({"paid_until": None}, "not paid for today"),
        ({"paused_from": date(2026, 11, 26)}, "is paused"),
        ({"paused_from": date(2026, 11, 20), "paused_until": date(2026, 11, 26)}, "is paused"),
        ({"ended_at": NOW}, "has no plan"),
    ],
)
def test_without_a_plan_that_runs_nothing_is_lent(membership, words):
    refused(words, by_hand, renter(**membership), make_copy())


@pytest.mark.parametrize(
    "membership",
    [
        {"paid_until": date(2026, 11, 26)},
        {"paused_from": date(2026, 11, 27)},
        {"paused_from": date(2026, 11, 20), "paused_until": date(2026, 11, 25)},
    ],
)
def test_the_first_and_the_last_day_count(membership):
    assert by_hand(renter(**membership))


def test_no_more_discs_than_the_plan_has_places():
    member = renter(places=1)
    by_hand(member)
    refused("Every place at home", by_hand, member, make_copy())


def test_a_smaller_plan_takes_places_as_they_come_free():
    member = renter(places=2)
    for place in (3, 4):
        make_rental(member=member, place=place)
    refused("Every place at home", by_hand, member, make_copy())
    Rental.objects.filter(place=3).update(posted_at=NOW, checked_in_at=NOW)
    assert by_hand(member).place == 1


def test_no_more_discs_in_a_month_than_the_plan_has():
    member = renter(places=4, plan={"discs_a_month": 2})
    posted(member=member, checked_in_at=NOW)
    membership = member.memberships.get()
    make_invoice(membership=membership, first_day=date(2026, 11, 5), last_day=date(2026, 12, 4), paid_at=NOW)
    make_rental(member=member, allocated_at=datetime(2026, 11, 4, 12, tzinfo=UTC))  # of the month before
    by_hand(member)
    refused("all discs of this month", by_hand, member, make_copy())


@pytest.mark.parametrize("state", ["withdrawn_at", "missing_at", "in_inspection_since"])
def test_a_copy_that_is_not_on_the_shelf_is_not_lent(state):
    refused("is not on the shelf", by_hand, renter(), make_copy(**{state: NOW}))


def test_a_copy_that_is_out_is_not_lent():
    refused("is not on the shelf", by_hand, renter(), make_rental().copy)


def test_an_edition_that_is_not_out_is_not_lent_and_one_of_today_is():
    for day, out in (("2026-11-27", False), ("2026-11-26", True)):
        copy = make_copy(disc=make_disc(release=make_release(released_on=day)))
        if out:
            assert by_hand(renter(), copy)
        else:
            refused("not out yet", by_hand, renter(), copy)


def test_a_medium_that_the_plan_has_not_is_refused():
    refused("plan has no 4K", by_hand, renter(), make_copy(disc=make_disc(release=make_release(medium="4k"))))


def test_discs_of_a_set_go_out_in_order():
    member, first = renter(places=4), make_disc()
    second = make_disc(release=first.release, number=2)
    entries = [make_queue_entry(member=member, title=first.release.title, disc=disc) for disc in (second, first)]
    refused("Disc 1 of this set is in the queue and goes first", by_hand, member, make_copy(disc=second))
    assert by_hand(member, make_copy(disc=first)).entry == entries[1]
    assert by_hand(member, make_copy(disc=second)).entry == entries[0]


def test_a_disc_that_was_taken_off_the_queue_holds_up_nobody():
    member, first = renter(), make_disc()
    make_queue_entry(member=member, title=first.release.title, disc=first, removed_at=NOW)
    assert by_hand(member, make_copy(disc=make_disc(release=first.release, number=2)))


def test_a_loan_by_hand_says_why():
    refused("Say why", lend, renter(), make_copy(), reason=" ", now=NOW)


# ------------------------------------------------------------------ many at once
def chosen(number):
    """(entry, copy, place) of that many members."""
    copies = [make_copy() for _ in range(number)]
    return [(make_queue_entry(title=copy.disc.release.title), copy, 1) for copy in copies]


def test_many_are_lent_in_as_many_statements_as_few():
    counts = []
    for number in (2, 20):
        assignments = chosen(number)
        with CaptureQueriesContext(connection) as captured:
            rentals = lend_many(assignments, now=NOW)
        counts.append(len(captured))
        assert [(r.entry, r.copy, r.place) for r in rentals] == assignments
        assert not QueueEntry.objects.live().exists()
    assert counts[0] == counts[1]


def test_of_many_all_are_lent_or_none():
    gone, out = chosen(2), chosen(2)
    QueueEntry.objects.filter(pk=gone[1][0].pk).update(removed_at=NOW)
    refused("not in its queue any more", lend_many, gone, now=NOW)
    make_rental(copy=out[1][1])
    refused("is not on the shelf", lend_many, out, now=NOW)


def test_of_many_a_place_twice_is_refused_by_the_database():
    entry, copy, place = chosen(1)[0]
    other = make_copy()
    second = make_queue_entry(member=entry.member, title=other.disc.release.title)
    with refused_by("rental_place_once"):
        lend_many([(entry, copy, place), (second, other, place)], now=NOW)


def test_nothing_is_lent_to_nobody():
    assert lend_many([], now=NOW) == []


# ------------------------------------------------------------------ posted, there
def test_a_rental_is_posted_once_and_its_member_is_told_once():
    rental, back = make_rental(allocated_at=NOW), posted(checked_in_at=NOW)
    assert dispatch([rental, back], at=NOW) == [rental]
    assert dispatch(Rental.objects.all(), at=LATER) == []
    assert fresh(rental).posted_at == NOW
    assert list(Message.objects.values_list("kind", "member")) == [("posted", rental.member_id)]


def test_no_letter_names_a_film_in_its_subject():
    rental = make_rental(title=make_title(name="Ran"), allocated_at=NOW)
    dispatch([rental], at=NOW)
    check_in(rental, at=LATER)
    letters = Message.objects.order_by("pk")
    assert [letter.kind for letter in letters] == ["posted", "received"]
    assert not any("Ran" in letter.subject for letter in letters) and all("Ran" in letter.text for letter in letters)


def test_what_is_made_up_of_the_past_writes_no_letters():
    dispatch([make_rental(allocated_at=NOW)], at=NOW, tell=False)
    check_in_many(Rental.objects.all(), at=LATER, tell=False)
    assert not Message.objects.exists()


def test_many_are_posted_and_back_in_as_many_statements_as_few():
    counts = []
    for number in (2, 20):
        rentals = [make_rental(allocated_at=NOW) for _ in range(number)]
        with CaptureQueriesContext(connection) as captured:
            dispatch(rentals, at=NOW, tell=False)
            arrive(rentals, at=LATER)
            returned, others = check_in_many(rentals, at=LATER, tell=False)
        counts.append(len(captured))
        assert (returned, others) == (rentals, [])
    assert counts[0] == counts[1]


def test_a_member_says_that_it_is_there_once_and_heals_what_was_said_of_the_post():
    rental = posted()
    problem = make_problem(rental=rental, kind="not arrived", reported_at=NOW)
    damage = make_problem(rental=rental, kind="damaged", reported_at=NOW)
    say_arrived(rental, at=LATER)
    assert fresh(rental).arrived_at == LATER
    assert (fresh(problem).settled_at, fresh(problem).outcome) == (LATER, "It arrived.")
    assert fresh(damage).settled_at is None
    refused("told us already that it is there", say_arrived, rental, at=LATER)


def test_a_member_says_that_it_is_posted_back_and_takes_it_back():
    rental = posted()
    say_posted_back(rental, at=LATER)
    assert fresh(rental).said_posted_at == LATER
    refused("told us already that you posted it back", say_posted_back, rental, at=LATER)
    unsay_posted_back(rental)
    assert fresh(rental).said_posted_at is None
    refused("nothing to undo", unsay_posted_back, rental)


@pytest.mark.parametrize("verb", [say_arrived, say_posted_back])
def test_what_is_not_posted_is_neither_there_nor_posted_back(verb):
    refused("not posted yet", verb, make_rental(), at=NOW)


@pytest.mark.parametrize("verb", [say_arrived, say_posted_back])
def test_of_what_is_back_or_was_not_sent_nothing_is_said(verb):
    refused("back already", verb, posted(checked_in_at=NOW), at=LATER)
    refused("not sent after all", verb, make_rental(allocated_at=NOW, cancelled_at=NOW), at=LATER)


# ------------------------------------------------------------------ back
def test_a_second_scan_changes_nothing_and_says_so():
    rental = posted()
    check_in(rental, at=NOW)
    assert fresh(rental).checked_in_at == NOW
    with pytest.raises(AlreadyReturned, match=f"Copy {rental.copy.barcode} was already checked in"):
        check_in(rental, at=LATER)
    assert fresh(rental).checked_in_at == NOW
    assert Message.objects.count() == 1


def test_what_was_not_posted_cannot_come_back():
    refused("was not posted", check_in, make_rental(), at=NOW)


def test_of_many_those_that_are_back_already_are_named():
    out, back = posted(), posted(checked_in_at=NOW)
    assert check_in_many([out, back], at=LATER) == ([out], [back])
    assert fresh(back).checked_in_at == NOW


def test_a_scan_heals_what_was_said_of_the_post_and_not_of_the_disc():
    rental = posted()
    problems = [
        make_problem(rental=rental, kind=kind, reported_at=NOW) for kind in ("not arrived", "not logged", "damaged")
    ]
    check_in(rental, at=LATER)
    assert [fresh(problem).outcome for problem in problems] == ["It is back.", "It is back.", ""]


def test_a_copy_reported_twice_is_looked_at_before_it_goes_out_again():
    copy = make_copy()
    for number, kind in enumerate(("damaged", "wrong disc")):
        rental = posted(copy=copy)
        report(rental, kind, at=NOW)
        check_in(rental, at=LATER)
        assert (fresh(copy).in_inspection_since == LATER) == bool(number)


def test_a_copy_that_was_reported_long_ago_goes_back_to_the_shelf():
    copy = make_copy()
    for _ in range(2):
        make_problem(rental=posted(copy=copy, checked_in_at=NOW), reported_at=NOW)
    check_in(posted(copy=copy), at=LATER)
    assert fresh(copy).in_inspection_since is None


# ------------------------------------------------------------------ not on the shelf
def test_what_is_missing_is_cancelled_and_its_request_comes_back_with_its_claim():
    member, copy = renter(), make_copy()
    first = make_queue_entry(member=member)
    entry = make_queue_entry(member=member, title=copy.disc.release.title, claim_at=NOW - timedelta(days=9))
    make_queue_entry(member=member)
    before = QueueEntry.objects.filter(pk=entry.pk).values().get()
    rental = by_hand(member, copy)
    cancel(rental, at=LATER, missing=True)
    assert (fresh(rental).cancelled_at, fresh(copy).missing_at) == (LATER, LATER)
    assert QueueEntry.objects.filter(pk=entry.pk).values().get() == before
    assert list(member.queue.in_order().values_list("pk", flat=True)[:2]) == [first.pk, entry.pk]
    refused("posted, back or cancelled already", cancel, rental, at=LATER, missing=True)


def test_a_copy_that_is_there_after_all_stays_in_service():
    rental = make_rental(allocated_at=NOW)
    cancel(rental, at=NOW, missing=False)
    assert Copy.objects.on_shelf().get() == rental.copy


def test_what_is_posted_is_not_cancelled():
    refused("posted, back or cancelled already", cancel, posted(), at=LATER, missing=True)


def test_a_request_that_was_made_again_meanwhile_is_not_there_twice():
    member, copy = renter(), make_copy()
    make_queue_entry(member=member, title=copy.disc.release.title)
    rental = by_hand(member, copy)
    again = make_queue_entry(member=member, title=copy.disc.release.title)
    cancel(rental, at=NOW, missing=True)
    assert list(member.queue.live()) == [again]


# ------------------------------------------------------------------ something is wrong
@pytest.mark.parametrize("kind", ["damaged", "wrong disc", "not logged"])
def test_a_problem_is_reported_once(kind):
    rental = posted()
    problem = report(rental, kind, note="Chapter 7", at=LATER)
    assert (problem.kind, problem.note, problem.reported_at) == (kind, "Chapter 7", LATER)
    refused("told us already", report, rental, kind, at=LATER)


def test_what_was_settled_can_be_reported_again():
    rental = posted()
    settle(report(rental, "damaged", at=LATER), outcome=CLOSED, at=LATER)
    assert report(rental, "damaged", at=LATER)


def test_that_a_disc_has_not_arrived_is_heard_after_five_business_days():
    rental = posted()  # on a Thursday
    refused("until Thursday 3 December", report, rental, "not arrived", at=datetime(2026, 12, 2, 12, tzinfo=UTC))
    assert report(rental, "not arrived", at=datetime(2026, 12, 3, 0, tzinfo=UTC))


@pytest.mark.parametrize("said", ["arrived_at", "said_posted_at"])
def test_what_was_there_has_arrived(said):
    refused("was with you", report, posted(**{said: LATER}), "not arrived", at=LATER + timedelta(days=30))


def test_of_what_is_not_at_home_nothing_is_reported():
    refused("not posted yet", report, make_rental(), "damaged", at=NOW)
    refused("back already", report, posted(checked_in_at=NOW), "damaged", at=LATER)


def test_what_was_sent_back_and_not_logged_counts_as_posted_back():
    rental = posted()
    report(rental, "not logged", at=LATER)
    assert fresh(rental).said_posted_at == LATER


def test_another_copy_is_asked_for_in_the_old_place():
    member, copy = renter(), make_copy()
    entry = make_queue_entry(member=member, title=copy.disc.release.title)
    make_queue_entry(member=member)
    rental = by_hand(member, copy)
    dispatch([rental], at=NOW)
    report(rental, "damaged", at=LATER, again=True)
    assert member.queue.in_order().first() == entry


def test_what_is_lost_frees_the_place_and_turns_up():
    rental = posted()
    problem, damage = (make_problem(rental=rental, kind=kind, reported_at=NOW) for kind in ("not arrived", "damaged"))
    assert settle(problem, outcome=LOST, at=LATER)
    assert (fresh(rental).checked_in_at, fresh(rental.copy).missing_at) == (LATER, LATER)
    assert fresh(damage).settled_at == LATER
    copies.find(rental.copy)
    assert Copy.objects.on_shelf().get() == rental.copy
    assert fresh(problem).outcome == copies.TURNED_UP
    with pytest.raises(AlreadyReturned):
        check_in(rental, at=LATER)


def test_staff_check_in_what_is_there_after_all():
    rental = posted()
    assert settle(report(rental, "not logged", at=NOW), outcome=BACK, at=LATER)
    assert fresh(rental).checked_in_at == LATER and Copy.objects.on_shelf().exists()


def test_a_problem_is_settled_once():
    rental = posted()
    problem = report(rental, "damaged", at=NOW)
    assert settle(problem, outcome=CLOSED, at=NOW)
    assert not settle(problem, outcome=LOST, at=LATER)
    assert fresh(rental).checked_in_at is None and fresh(problem).settled_at == NOW


def test_two_open_rentals_of_a_copy_are_refused_by_the_database():
    copy = make_rental().copy
    with pytest.raises(IntegrityError, match="rental_one_open_per_copy"):
        Rental.objects.create(copy=copy, member=make_member(), place=1, allocated_at=NOW)
