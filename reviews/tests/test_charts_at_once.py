"""Charts that are made anew twice at once, and while a title is deleted; the lock with a control."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Event
from time import monotonic, sleep

import pytest
from django.db import IntegrityError, connection, transaction

from catalogue.models import Title
from reviews import charts
from reviews.models import ChartPlace
from tests.factories import make_rating, make_title

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


def test_a_title_is_deleted_while_the_charts_are_made(titles):
    gone, there = titles
    assert one_after_the_other(rebuild, Title.objects.get(pk=gone.pk).delete)[0] is None
    assert [place.title for place in ChartPlace.objects.all()] == [there]
