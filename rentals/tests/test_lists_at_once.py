"""Lists and imports that are changed by several at once; each lock with a control that shows what it is for."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import IntegrityError, connection

from rentals import lists, ranks
from rentals.models import ListEntry, MemberList
from rentals.transfer.preview import Wish
from rentals.transfer.putting import put_in_queue
from tests.factories import NOON, make_copy, make_list, make_list_entry, make_member, make_title

pytestmark = pytest.mark.race
THREADS = 8


def at_once(work, rows):
    """What `work(row)` gives for each of `rows`, all begun together, each in a thread that commits."""
    together = Barrier(len(rows))

    def one(row):
        try:
            together.wait(10)
            return work(row)
        except (IntegrityError, lists.NameTaken, MemberList.DoesNotExist) as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(rows)) as threads:
        return list(threads.map(one, rows))


def add_without_lock(member_list, title):
    """The control: what `add` would be without its lock."""
    rank = ranks.last(ListEntry.objects.filter(list=member_list))
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(0.05)")
    return ListEntry.objects.create(list=member_list, title=title, rank=rank, added_at=NOON)


def test_films_put_at_once_get_a_place_each(scratch):
    mine, titles = make_list(), [make_title() for _ in range(THREADS)]
    assert at_once(lambda title: lists.add(mine, title, now=NOON), titles) == [True] * THREADS
    assert mine.entries.count() == THREADS


def test_without_the_lock_they_get_the_same_place(scratch):
    mine, titles = make_list(), [make_title() for _ in range(THREADS)]
    done = at_once(lambda title: add_without_lock(mine, title), titles)
    assert any(isinstance(result, IntegrityError) for result in done)


def test_a_film_put_twice_at_once_is_there_once(scratch):
    mine, title = make_list(), make_title()
    done = at_once(lambda _: lists.add(mine, title, now=NOON), range(THREADS))
    assert (done.count(True), mine.entries.count()) == (1, 1)


def test_films_moved_and_taken_off_at_once_leave_the_others(scratch):
    mine = make_list()
    titles = [make_list_entry(list=mine).title_id for _ in range(THREADS)]

    def work(number):
        title = titles[number]
        return lists.take_off(mine, title) if number % 3 == 0 else lists.move(mine, title, lambda _: THREADS - number)

    assert not any(isinstance(result, Exception) for result in at_once(work, range(THREADS)))
    left = set(mine.entries.values_list("title", flat=True))
    assert left == {title for number, title in enumerate(titles) if number % 3}


def test_a_list_that_is_deleted_meanwhile_takes_nothing_and_breaks_nothing(scratch):
    mine, titles = make_list(), [make_title() for _ in range(THREADS - 1)]
    work = [lambda title=title: lists.add(mine, title, now=NOON) for title in titles] + [lambda: lists.delete(mine)]
    done = at_once(lambda each: each(), work)
    assert not any(isinstance(result, IntegrityError) for result in done)
    assert not ListEntry.objects.exists()


def test_one_name_asked_for_at_once_is_given_once(scratch):
    member = make_member()
    done = at_once(lambda _: lists.make(member, name="Trains", now=NOON), range(THREADS))
    assert sum(isinstance(result, MemberList) for result in done) == member.lists.count() == 1


def test_two_imports_at_once_put_each_film_once(scratch):
    member = make_member()
    wishes = [Wish(make_copy(title=make_title()).disc.release.title_id, "", None, False) for _ in range(20)]
    orders = [wishes[n:] + wishes[:n] for n in range(THREADS)]
    done = at_once(lambda order: put_in_queue(member, order, now=NOON).added, orders)
    assert sum(done) == 20
    assert list(member.queue.in_order().values_list("position", flat=True)) == list(range(1, 21))
