"""What members do to their queues: places stay 1 to n whatever they do, also at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import IntegrityError, connection

from members.models import Member
from rentals import queue, ranks
from rentals.models import QueueEntry
from rentals.queue import QueueFull, enqueue, enqueue_all, move, remove, restore
from tests.factories import NOON, make_disc, make_member, make_queue_entry, make_release, make_rental, make_title

LATER = NOON + timedelta(days=1)


def names(member):
    """The queue as letters; its places must be 1 to n."""
    entries = list(QueueEntry.objects.filter(member=member).in_order().select_related("title"))
    assert [entry.position for entry in entries] == list(range(1, len(entries) + 1))
    return "".join(entry.title.name for entry in entries)


def make_queue(letters):
    """(a member, {letter: entry})"""
    member = make_member()
    return member, {name: make_queue_entry(member=member, title=make_title(name=name)) for name in letters}


# ------------------------------------------------------------------ asking
@pytest.mark.django_db
def test_a_title_is_asked_for_at_the_end():
    member, _ = make_queue("ab")
    entry = enqueue(member, make_title(name="c"), now=LATER)
    assert names(member) == "abc"
    assert (entry.position, entry.asked_at) == (3, LATER)


@pytest.mark.django_db
def test_the_same_thing_twice_is_told():
    member, entries = make_queue("ab")
    assert enqueue(member, entries["a"].title, now=LATER) is None
    assert names(member) == "ab"


@pytest.mark.django_db
def test_another_edition_or_disc_of_a_title_is_another_thing():
    member, entries = make_queue("a")
    title = entries["a"].title
    disc = make_disc(release=make_release(title=title))
    assert enqueue(member, title, now=LATER, medium="dvd").position == 2
    assert enqueue(member, title, now=LATER, disc=disc).position == 3
    assert enqueue(member, title, now=LATER, disc=disc) is None


@pytest.mark.django_db
def test_a_full_queue_takes_no_more(monkeypatch):
    monkeypatch.setattr(queue, "MOST", 2)
    member, _ = make_queue("ab")
    with pytest.raises(QueueFull):
        enqueue(member, make_title(), now=LATER)
    assert enqueue_all(member, [make_title().pk], now=LATER) == 0


@pytest.mark.django_db
def test_a_list_is_asked_for_in_its_order_but_not_what_is_known():
    member, entries = make_queue("ab")
    at_home, had, given_up, new, other = (make_title(name=name) for name in "hdgxy")
    make_rental(member=member, title=at_home)
    make_rental(member=member, title=had, posted_at=NOON, checked_in_at=LATER)
    make_rental(member=member, title=given_up, cancelled_at=LATER)
    titles = [other, entries["a"].title, at_home, new, had, given_up, new]
    assert enqueue_all(member, [title.pk for title in titles], now=LATER) == 3
    assert names(member) == "abyxg"


# ------------------------------------------------------------------ moving and removing
MOVES = [("a", 1, "abcd"), ("a", 3, "bcad"), ("d", 1, "dabc"), ("c", 2, "acbd"), ("b", 4, "acdb"), ("b", 99, "acdb")]


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "to", "expected"), [*MOVES, ("c", -5, "cabd"), ("c", 0, "cabd")])
def test_an_entry_moves_and_the_others_close_up(name, to, expected):
    member, entries = make_queue("abcd")
    place = move(entries[name], to)
    assert names(member) == expected
    assert place == expected.index(name) + 1


@pytest.mark.django_db
def test_what_is_gone_neither_moves_nor_is_removed_again():
    member, entries = make_queue("abc")
    remove(entries["b"], now=LATER)
    remove(entries["b"], now=LATER)
    assert move(entries["b"], 1) is None
    assert names(member) == "ac"


@pytest.mark.django_db
def test_what_is_removed_comes_back_to_its_place_with_its_day():
    member, entries = make_queue("abcd")
    gone = entries["b"]
    assert remove(gone, now=LATER)
    assert restore(gone) == 2
    assert names(member) == "abcd"
    assert QueueEntry.objects.get(title=gone.title).asked_at == gone.asked_at
    assert restore(gone) is None


@pytest.mark.django_db
def test_a_place_among_others_that_are_gone_too_is_the_nearest():
    member, entries = make_queue("abc")
    for entry in entries.values():
        remove(entry, now=LATER)
    assert [restore(entries[name]) for name in "cab"] == [1, 1, 2]
    assert names(member) == "abc"


@pytest.mark.django_db
def test_nobody_else_is_moved():
    (_, entries), (other, _) = make_queue("abc"), make_queue("xyz")
    move(entries["c"], 1)
    remove(entries["a"], now=LATER)
    assert names(other) == "xyz"


# ------------------------------------------------------------------ at once
THREADS = 8


def at_once(work, rows):
    """What `work(row)` gives for each of `rows`, all begun together, each in a thread that commits."""
    together = Barrier(len(rows))

    def one(row):
        try:
            together.wait(10)
            return work(row)
        except IntegrityError as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(rows)) as threads:
        return list(threads.map(one, rows))


def enqueue_without_lock(member, title):
    """The control: what `enqueue` would be without its lock."""
    rank = ranks.last(QueueEntry.objects.filter(member=member))
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(0.05)")
    return QueueEntry.objects.create(member=member, title=title, rank=rank, asked_at=NOON)


@pytest.mark.race
def test_requests_at_once_get_a_place_each(scratch):
    member, titles = make_member(), [make_title(name=str(n)) for n in range(THREADS)]
    assert all(at_once(lambda title: enqueue(member, title, now=NOON), titles))
    assert sorted(names(member)) == sorted("01234567")


@pytest.mark.race
def test_without_the_lock_they_get_the_same_place(scratch):
    member, titles = make_member(), [make_title() for _ in range(THREADS)]
    done = at_once(lambda title: enqueue_without_lock(member, title), titles)
    assert any(isinstance(result, IntegrityError) for result in done)


@pytest.mark.race
def test_a_double_click_asks_once(scratch):
    member, title = make_member(), make_title()
    done = at_once(lambda _: enqueue(member, title, now=NOON), range(THREADS))
    assert sum(entry is not None for entry in done) == QueueEntry.objects.count() == 1


@pytest.mark.race
def test_moves_and_removals_at_once_leave_no_gap(scratch):
    member, entries = make_queue("abcdefgh")

    def work(item):
        number, entry = item
        return remove(entry, now=LATER) if number % 3 == 0 else move(entry, 8 - number)

    assert not any(isinstance(result, Exception) for result in at_once(work, list(enumerate(entries.values()))))
    assert sorted(names(member)) == list("bcefh")


@pytest.mark.race
def test_many_members_ask_for_the_same_titles_in_their_own_orders(scratch):
    """Each adds to the same stocks: they take turns and nobody waits in a circle."""
    titles = [make_title().pk for _ in range(20)]
    members = [make_member() for _ in range(THREADS)]
    orders = [(member, titles[n:] + titles[:n]) for n, member in enumerate(members)]
    assert at_once(lambda order: enqueue_all(*order, now=NOON), orders) == [20] * THREADS
    assert set(Member.objects.get(pk=members[0].pk).queue.values_list("title__stock__waiting", flat=True)) == {THREADS}
