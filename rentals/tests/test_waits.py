"""How long members wait: the range, who stands where in line, what is learned."""

import random
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from rentals.models import Stock
from rentals.waits import Asked, estimate, for_entries, for_titles, learn_days_away, waits
from tests.factories import (
    NOON,
    make_copy,
    make_disc,
    make_member,
    make_membership,
    make_plan,
    make_player,
    make_queue_entry,
    make_release,
    make_rental,
    make_title,
)

PLACES, COPIES, DAYS = st.integers(1, 500), st.integers(1, 60), st.integers(1, 365)


# ------------------------------------------------------------------ the range
@given(PLACES, COPIES, DAYS)
def test_the_ends_of_a_range_are_in_order_and_round_the_mean(place, copies, days):
    wait = estimate(place, copies, 0, days)
    assert 1 <= wait.low_days <= wait.high_days
    assert wait.low_days <= max(1, place * days / copies) <= wait.high_days


@given(PLACES, COPIES, DAYS)
def test_who_stands_further_back_waits_no_less(place, copies, days):
    here, behind = estimate(place, copies, 0, days), estimate(place + 1, copies, 0, days)
    assert (here.low_days, here.high_days) <= (behind.low_days, behind.high_days)
    assert here.high_days <= behind.high_days


@given(PLACES, COPIES, DAYS)
def test_more_copies_mean_no_longer_wait(place, copies, days):
    few, more = estimate(place, copies, 0, days), estimate(place, copies + 1, 0, days)
    assert more.low_days <= few.low_days and more.high_days <= few.high_days


@given(PLACES, COPIES, DAYS)
def test_a_copy_on_the_shelf_is_in_stock_for_everybody(place, copies, days):
    wait = estimate(place, copies, 1, days)
    assert (wait.kind, wait.text, wait.low_days, wait.high_days) == ("in", "In stock", 0, 0)


def nth_return(place, copies, away):
    """Days from any instant until the return number `place` of `copies` that go out again as soon as they are back."""
    back = sorted(when for _ in range(copies) for when in returns(place, away))
    return back[place - 1]


def returns(number, away):
    """When one copy comes back, `number` times, from an instant long after it first went out."""
    now, instant = 0, 200
    while now <= instant:
        now += away()
    for _ in range(number):
        yield now - instant
        now += away()


KEPT = {
    "as long whatever the time it is away": lambda chance: chance.expovariate(1 / 12),
    "some days more or less": lambda chance: chance.gammavariate(3, 4),
}


@pytest.mark.parametrize("kept", KEPT)
@pytest.mark.parametrize(("place", "copies"), [(1, 1), (3, 1), (4, 2), (10, 5)])
def test_four_of_five_waits_or_more_lie_in_their_range_if_only_chance_moves_them(place, copies, kept):
    chance, runs = random.Random(1957), 1000
    wait = estimate(place, copies, 0, 12)
    waited = [nth_return(place, copies, lambda: KEPT[kept](chance)) for _ in range(runs)]
    assert sum(wait.low_days <= each <= wait.high_days for each in waited) / runs >= 0.77


WORDS = [
    ((4, 1, 0, 12), "long", "About 7 weeks", "1 copy, 3 waiting, members keep it about 9 days."),
    ((1, 1, 0, 12), "soon", "About 12 days", "1 copy, 0 waiting, members keep it about 9 days."),
    ((6, 2, 0, 7), "long", "About 3 weeks", "2 copies, 5 waiting, members keep it about 4 days."),
    ((1, 3, 2, 12), "in", "In stock", "3 copies, 2 on the shelf."),
    ((1, 12, 0, 6), "soon", "About a day", "12 copies, 0 waiting, members keep it about 3 days."),
    ((1, 0, 0, 12), "none", "Cannot be had", "No copy is in service: all are withdrawn or missing."),
]


@pytest.mark.parametrize(("asked", "kind", "text", "reason"), WORDS)
def test_a_wait_in_words(asked, kind, text, reason):
    wait = estimate(*asked)
    assert (wait.kind, wait.text, wait.reason) == (kind, text, reason)


def test_a_range_in_words():
    assert estimate(1, 1, 0, 9).range == "1 to 26 days"
    assert estimate(3, 1, 0, 12).range == "3 days to 12 weeks"
    assert estimate(8, 1, 0, 12).range == "4 to 25 weeks"
    assert estimate(1, 1, 1, 9).range == ""


# ------------------------------------------------------------------ the line
db = pytest.mark.django_db


def title_with(**copies):
    """A title with so many copies in each medium, all of them away."""
    title = make_title()
    for medium, number in copies.items():
        disc = make_disc(release=make_release(title=title, medium=medium.replace("_", "-")))
        for _ in range(number):
            make_rental(copy=make_copy(disc=disc))
    return title


def waited_for(member, title, **wish):
    return waits([Asked(title.pk, member.pk, **wish)])[0]


@db
def test_the_older_claim_stands_in_front_and_then_who_asked_first():
    title = title_with(dvd=1)
    later = make_queue_entry(title=title, asked_at=NOON + timedelta(days=1))
    first = make_queue_entry(title=title)
    claimed = make_queue_entry(title=title, asked_at=NOON + timedelta(days=2), claim_at=NOON + timedelta(days=3))
    found = for_entries([later, first, claimed])
    assert "you are 1st" in found[claimed.pk].reason
    assert "you are 2nd" in found[first.pk].reason
    assert "you are 3rd" in found[later.pk].reason
    assert all("1 copy, 3 waiting" in wait.reason for wait in found.values())


@db
def test_paused_removed_and_sent_entries_do_not_stand_in_line():
    title = title_with(dvd=1)
    for gone in ("paused_at", "removed_at", "sent_at"):
        make_queue_entry(title=title, **{gone: NOON})
    entry = make_queue_entry(title=title, asked_at=NOON + timedelta(days=1))
    assert "1 copy, 1 waiting, you are 1st" in for_entries([entry])[entry.pk].reason


@db
def test_who_would_ask_now_is_last_and_does_not_wait_for_oneself():
    title, member = title_with(dvd=1), make_member()
    make_queue_entry(title=title, member=member)
    make_queue_entry(title=title)
    assert for_titles([title.pk], member)[title.pk].reason.startswith("1 copy, 1 waiting, members")


@db
def test_a_medium_has_a_line_and_copies_of_its_own():
    title, member = title_with(dvd=1, blu_ray=3), make_member()
    make_queue_entry(title=title, medium="dvd")
    make_queue_entry(title=title, medium="dvd")
    make_queue_entry(title=title)
    assert waited_for(member, title, medium="dvd").reason.startswith("1 copy, 3 waiting")
    assert waited_for(member, title, medium="blu-ray").reason.startswith("3 copies, 1 waiting")
    assert waited_for(member, title).reason.startswith("4 copies, 3 waiting")


@db
def test_a_disc_of_a_set_has_a_line_of_its_own():
    title, member = make_title(kind="series"), make_member()
    release = make_release(title=title)
    one, two = make_disc(release=release), make_disc(release=release, number=2)
    for disc in (one, two):
        make_rental(copy=make_copy(disc=disc))
    make_queue_entry(title=title)
    make_queue_entry(title=title, disc=two)
    make_queue_entry(title=title, disc=two)
    assert "1 copy, 1 waiting" in waited_for(member, title, disc=one.pk).reason
    assert "1 copy, 2 waiting" in waited_for(member, title, disc=two.pk).reason


@db
def test_any_edition_means_one_that_plays_and_that_the_plan_has():
    title, member = title_with(dvd=1, blu_ray=2), make_member()
    make_player(member=member, medium="dvd", regions=[])
    make_player(member=member, medium="blu-ray", regions=[])
    make_membership(member=member, plan=make_plan(media=["dvd"]))
    assert waited_for(member, title).reason.startswith("1 copy,")
    assert waited_for(member, title, medium="blu-ray").reason.startswith("2 copies,")


@db
def test_what_cannot_be_had_says_why():
    member = make_member()
    assert waited_for(member, make_title()).reason == "There is no disc of it that you can play and your plan has."
    held = make_title()
    disc = make_disc(release=make_release(title=held))
    assert waited_for(member, held).reason == "We have no copy of it yet."
    make_copy(disc=disc, missing_at=NOON)
    assert waited_for(member, held).reason.startswith("No copy is in service")


@db
@pytest.mark.parametrize(("day", "said"), [("2099-03-02", "on 2 March 2099"), ("2099-03", "in March 2099")])
def test_what_is_not_out_is_reserved(day, said):
    title = make_release(released_on=day).title
    wait = waited_for(make_member(), title)
    assert (wait.kind, wait.text, wait.reason) == ("reserved", "Reserved", f"It comes out on disc {said}.")


@db
def test_one_query_for_100_titles_and_none_for_none():
    member = make_member()
    titles = [title_with(dvd=1).pk for _ in range(20)]
    with CaptureQueriesContext(connection) as captured:
        assert len(for_titles(titles, member)) == 20
    assert len(captured) == 1
    with CaptureQueriesContext(connection) as captured:
        assert for_entries([]) == {}
    assert len(captured) == 0


# ------------------------------------------------------------------ what is learned
def came_back(title, days):
    disc = make_disc(release=make_release(title=title))
    since = NOON - timedelta(days=days)
    make_rental(copy=make_copy(disc=disc), allocated_at=since, posted_at=since, checked_in_at=NOON)


def learned(title):
    return Stock.objects.get(title=title).days_away


@db
def test_a_title_with_many_rentals_goes_by_its_own_and_others_by_the_mean():
    slow, quick, unknown = make_title(), make_title(), make_title()
    for _ in range(30):
        came_back(slow, 20)
        came_back(quick, 4)
    learn_days_away(NOON)
    assert learned(unknown) == 12  # the mean of 20 and 4
    assert learned(slow) == 18  # (30 × 20 + 10 × 12) / 40
    assert learned(quick) == 6


@db
def test_nothing_is_written_that_was_known():
    came_back(make_title(), 30)
    assert learn_days_away(NOON) == 1
    assert learn_days_away(NOON) == 0


@db
def test_what_is_long_past_or_not_back_teaches_nothing():
    title = make_title()
    came_back(title, 90)
    make_rental(title=title)
    assert learn_days_away(NOON + timedelta(days=3 * 365)) == 0
    assert learned(title) == 12
