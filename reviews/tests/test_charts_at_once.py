"""Charts that are made anew twice at once, while a title is deleted, while an account is closed; controls."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Event
from time import monotonic, sleep

import pytest
from django.db import IntegrityError, connection, transaction

from catalogue.models import Title
from members import closing
from members.models import Member
from reviews import charts
from reviews.models import ChartPlace
from tests.factories import make_invoice, make_membership, make_rating, make_review, make_title, make_vote

pytestmark = pytest.mark.race
NOW = datetime(2026, 3, 2, 14, 0, tzinfo=UTC)
LONG = 10  # seconds after which nobody comes any more
BEHIND = "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid)))"


@pytest.fixture
def titles(scratch):
    """Two titles that have a place among the best rated."""
    both = [make_title(), make_title()]
    for title in both:
        for _ in range(5):
            make_rating(title=title)
    charts.rebuild_charts(now=NOW)
    assert ChartPlace.objects.count() == 2
    return both


def one_after_the_other(first, second):
    """What `first` and `second` raise (None: nothing): the first commits only when the second waits for it."""
    done = Event()

    def holding():
        with transaction.atomic():
            first()
            done.set()
            _wait_for_somebody_behind_us()

    def behind():
        done.wait(LONG)
        second()

    with ThreadPoolExecutor(2) as threads:
        return list(threads.map(_raised, (holding, behind)))


def _raised(work):
    try:
        return work()
    except IntegrityError as error:
        return error
    finally:
        connection.close()


def _wait_for_somebody_behind_us():
    end = monotonic() + LONG
    while monotonic() < end:
        with connection.cursor() as cursor:
            cursor.execute(BEHIND)
            if cursor.fetchone()[0]:
                return
        sleep(0.01)
    raise AssertionError("nobody waits")


def rebuild():
    charts.rebuild_charts(now=NOW)


def test_two_rebuilds_at_once_wait_for_each_other(titles):
    assert one_after_the_other(rebuild, rebuild) == [None, None]
    assert ChartPlace.objects.count() == 2


def test_without_the_lock_they_take_the_same_places(titles, monkeypatch):
    monkeypatch.setattr(charts, "ONE_AT_A_TIME", "SELECT 1")
    first, second = one_after_the_other(rebuild, rebuild)
    assert first is None and isinstance(second, IntegrityError)


def test_a_title_that_is_deleted_meanwhile_gets_no_place(titles):
    gone, there = titles
    assert one_after_the_other(Title.objects.get(pk=gone.pk).delete, rebuild)[1] is None
    assert [place.title for place in ChartPlace.objects.all()] == [there]


def test_without_the_hold_the_database_refuses_the_place_of_a_deleted_title(titles, monkeypatch):
    bare = {key: hold.replace("FOR KEY SHARE", "") for key, hold in charts.HOLD.items()}
    monkeypatch.setattr(charts, "HOLD", bare)
    deleting = Title.objects.get(pk=titles[0].pk).delete
    assert isinstance(one_after_the_other(deleting, rebuild)[1], IntegrityError)


@pytest.fixture
def author(scratch):
    """A member with a place among the most helpful reviewers."""
    review = make_review()
    for _ in range(5):
        make_vote(review=review)
    charts.rebuild_charts(now=NOW)
    return ChartPlace.objects.get().member


def closing_of(author):
    return lambda: closing.close(author, now=NOW) and None


def test_an_account_is_closed_while_the_charts_are_made(author):
    assert one_after_the_other(rebuild, closing_of(author)) == [None, None]
    assert not ChartPlace.objects.exists() and not Member.objects.filter(pk=author.pk).exists()


def test_the_charts_are_made_while_an_account_is_closed(author):
    assert one_after_the_other(closing_of(author), rebuild) == [None, None]
    assert not ChartPlace.objects.exists()


def test_a_closed_account_of_which_something_stays_has_no_place(author):
    make_invoice(membership=make_membership(member=author))
    assert one_after_the_other(rebuild, closing_of(author)) == [None, None]
    assert Member.objects.filter(pk=author.pk).exists() and not ChartPlace.objects.exists()
