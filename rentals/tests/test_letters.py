"""What we write to members of their discs and queues, and when."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from members.models import Message
from rentals import letters
from tests.factories import (
    NOON,
    make_copy,
    make_member,
    make_membership,
    make_message,
    make_muted_mail,
    make_queue_entry,
    make_release,
    make_rental,
    make_title,
)

pytestmark = pytest.mark.django_db
NOW = NOON + timedelta(days=2)


def films(member, number, **fields):
    return [make_queue_entry(member=member, **fields) for _ in range(number)]


# ------------------------------------------------------------------ of a disc
def test_posted_names_the_film_the_medium_and_the_day_but_not_in_the_subject():
    rental = make_rental(title=make_title(name="Solaris"), posted_at=NOON)
    message = letters.tell_posted(rental, expected=date(2026, 1, 8), now=NOW)
    assert "Solaris (DVD)" in message.text and "Thursday 8 January" in message.text
    assert "Solaris" not in message.subject and message.member == rental.member
    assert letters.tell_posted(rental, expected=date(2026, 1, 8), now=NOW) is None


def test_received_has_links_that_need_no_login():
    rental = make_rental(title=make_title(name="Solaris"), posted_at=NOON)
    message = letters.tell_received(rental, now=NOW)
    assert "Solaris" in message.text and "Solaris" not in message.subject
    assert message.text.count("/rate/") == 2 and message.html.count("/rate/") == 2


# ------------------------------------------------------------------ a short queue
def test_who_rents_and_has_few_films_waiting_is_told_once_in_two_weeks():
    member = make_membership().member
    films(member, 4)
    films(member, 3, paused_at=NOON)
    assert letters.tell_short_queues(now=NOW) == 1
    assert "4 films" in Message.objects.get().text
    for days in (0, 1, 13):
        assert letters.tell_short_queues(now=NOW + timedelta(days=days)) == 0
    assert letters.tell_short_queues(now=NOW + timedelta(days=15)) == 1


def test_an_empty_queue_is_short():
    make_membership()
    assert letters.tell_short_queues(now=NOW) == 1
    assert "no film waiting" in Message.objects.get().text


def enough():
    films(make_membership().member, 5)


def muted():
    make_muted_mail(member=make_membership().member, kind="short")


def paused():
    make_membership(paused_from=date(2026, 1, 1))


def cancelled():
    make_membership(cancelled_at=NOON, ends_on=date(2026, 12, 1))


def unpaid():
    make_membership(paid_until=date(2026, 1, 5))


def left():
    make_membership(member=make_member(is_active=False))


@pytest.mark.parametrize("who", [enough, muted, paused, cancelled, unpaid, left, make_member])
def test_nobody_else_is_told(who):
    who()
    assert letters.tell_short_queues(now=NOW) == 0


def test_the_number_of_members_with_enough_costs_no_queries(django_assert_max_num_queries):
    for _ in range(20):
        enough()
    with django_assert_max_num_queries(1):
        letters.tell_short_queues(now=NOW)


# ------------------------------------------------------------------ a film that is out
def reserved(*, released_on="2026-01-06", acquired_on=date(2026, 1, 6), **copy):
    """An entry of 5 January for a film of which we have a copy."""
    entry = make_queue_entry(asked_at=NOON, title=make_title(name="Solaris"))
    release = make_release(title=entry.title, released_on=released_on)
    make_copy(disc=release.discs.first() or release.discs.create(number=1), acquired_on=acquired_on, **copy)
    return entry


def test_who_reserved_a_film_is_told_once_when_we_have_it():
    entry = reserved()
    assert letters.tell_films_out(now=NOW) == 1
    message = Message.objects.get()
    assert message.member == entry.member and entry.title.name in message.text
    assert entry.title.name not in message.subject
    assert letters.tell_films_out(now=NOW + timedelta(days=1)) == 0


@pytest.mark.parametrize(
    "case",
    [
        {"released_on": "2025-12-01"},  # was out when it was asked for
        {"released_on": "1957"},
        {"released_on": ""},  # nobody knows whether it was
        {"released_on": "2026-03-01"},  # is not out yet
        {"withdrawn_at": NOON},  # we have none
        {"acquired_on": date(2026, 2, 1)},
    ],
)
def test_nothing_is_told_of_other_films(case):
    reserved(**case)
    assert letters.tell_films_out(now=NOW) == 0


def test_old_news_is_not_told_when_its_message_is_forgotten():
    reserved()
    letters.tell_films_out(now=NOW)
    Message.objects.all().delete()
    assert letters.tell_films_out(now=NOW + timedelta(days=30)) == 0


def test_entries_that_left_the_queue_are_not_told():
    entry = reserved()
    entry.removed_at = NOON
    entry.save()
    assert letters.tell_films_out(now=NOW) == 0


def test_a_short_queue_told_lately_is_not_told_at_the_turn_of_the_fortnight():
    member = make_membership().member
    make_message(member=member, kind="short", key="short-other", written_at=NOW - timedelta(days=3))
    assert letters.tell_short_queues(now=NOW) == 0
    assert timezone.is_aware(NOW)
