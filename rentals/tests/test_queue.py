"""What members do to their queues: places stay 1 to n whatever they do, also at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import DatabaseError, connection

from members.models import Member
from rentals import queue, ranks
from rentals.models import QueueEntry
from rentals.queue import (
    NoSuchPlace,
    QueueFull,
    ask_for,
    clear,
    enqueue,
    enqueue_all,
    forget_removed,
    move,
    pause,
    put_in_order,
    remove,
    renumber,
    restore,
    restore_all,
    resume,
    step,
)
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
MOVES = [("a", 1, "abcd"), ("a", 3, "bcad"), ("d", 1, "dabc"), ("c", 2, "acbd"), ("b", 4, "acdb"), ("b", 2, "abcd")]


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "to", "expected"), MOVES)
def test_an_entry_moves_and_the_others_close_up(name, to, expected):
    member, entries = make_queue("abcd")
    place = move(entries[name], to)
    assert names(member) == expected
    assert place == expected.index(name) + 1


@pytest.mark.django_db
@pytest.mark.parametrize("to", [0, -1, 5, 10**9, -(10**9)])
def test_there_is_no_place_before_the_first_or_behind_the_last(to):
    member, entries = make_queue("abcd")
    with pytest.raises(NoSuchPlace) as refused:
        move(entries["b"], to)
    assert refused.value.length == 4
    assert names(member) == "abcd"


STEPS = [("b", "top", "bacd"), ("b", "up", "bacd"), ("b", "down", "acbd"), ("b", "bottom", "acdb")]


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "way", "expected"), [*STEPS, ("a", "up", "abcd"), ("d", "down", "abcd")])
def test_a_step_goes_no_farther_than_the_ends(name, way, expected):
    member, entries = make_queue("abcd")
    assert step(entries[name], way) == expected.index(name) + 1
    assert names(member) == expected


RENUMBERED = [
    ({"d": 1}, "dabc"),
    ({"d": 1, "a": 4}, "dbca"),
    ({"a": 2, "b": 1}, "bacd"),
    ({"a": 3, "b": 3}, "cdab"),
    ({"a": 4, "b": 4}, "cdab"),
    ({"c": 1, "d": 1}, "cdab"),
    ({"a": 4, "c": 4, "d": 4, "b": 1}, "bacd"),
    ({"a": 4, "b": 3, "c": 2, "d": 1}, "dcba"),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("wanted", "expected"), RENUMBERED)
def test_several_get_their_numbers_at_once(wanted, expected):
    member, entries = make_queue("abcd")
    renumber(member, {entries[name].pk: place for name, place in wanted.items()})
    assert names(member) == expected


@pytest.mark.django_db
def test_one_wrong_number_and_nothing_moves():
    member, entries = make_queue("abcd")
    with pytest.raises(NoSuchPlace):
        renumber(member, {entries["a"].pk: 4, entries["b"].pk: 5})
    assert names(member) == "abcd"


@pytest.mark.django_db
def test_an_order_is_put_in_place_and_undone_with_what_came_since():
    member, entries = make_queue("abcd")
    before = put_in_order(member, [entries[name].pk for name in "dbc"])
    assert names(member) == "dbca"
    enqueue(member, make_title(name="e"), now=LATER)
    remove(entries["b"], now=LATER)
    put_in_order(member, before)
    assert names(member) == "acde"


@pytest.mark.django_db
def test_a_move_writes_one_row_and_60_moves_into_one_spot_find_room():
    member, entries = make_queue("abcdefghij")
    before = dict(member.queue.values_list("pk", "rank"))
    move(entries["j"], 2)
    assert sum(before[pk] != rank for pk, rank in member.queue.values_list("pk", "rank")) == 1
    for number in range(60):
        move(entries["cj"[number % 2]], 2)
    assert sorted(names(member)) == sorted("abcdefghij") and names(member)[:2] == "aj"


# ------------------------------------------------------------------ wishes, pauses
@pytest.mark.django_db
def test_another_edition_is_asked_for_in_the_same_place():
    member, entries = make_queue("abc")
    assert ask_for(entries["b"], "dvd")
    assert names(member) == "abc"
    assert not member.queue.exclude(asked_at=NOON).exists()
    assert enqueue(member, entries["b"].title, now=LATER).position == 4
    assert not ask_for(entries["b"], "")
    assert member.queue.get(pk=entries["b"].pk).medium == "dvd"


@pytest.mark.django_db
def test_a_disc_of_a_set_and_what_is_gone_have_no_edition_to_choose():
    member, entries = make_queue("a")
    disc = make_queue_entry(member=member, disc=make_disc())
    remove(entries["a"], now=LATER)
    assert not ask_for(disc, "dvd") and not ask_for(entries["a"], "dvd")


@pytest.mark.django_db
def test_a_pause_keeps_the_place():
    member, entries = make_queue("abc")
    assert pause(entries["b"], now=LATER) and not pause(entries["b"], now=LATER)
    assert names(member) == "abc"
    assert [entry.title.name for entry in member.queue.waiting().order_by("rank")] == ["a", "c"]
    assert resume(entries["b"]) and not resume(entries["b"])


# ------------------------------------------------------------------ taking off
@pytest.mark.django_db
def test_a_cleared_queue_comes_back_whole():
    member, entries = make_queue("abcd")
    remove(entries["c"], now=LATER)
    cleared = LATER + timedelta(hours=1)
    assert clear(member, now=cleared) == 3
    again = enqueue(member, entries["a"].title, now=cleared)
    assert again.position == 1
    assert restore_all(member, cleared) == 2
    assert names(member) == "bda"


@pytest.mark.django_db
def test_a_full_queue_takes_nothing_back(monkeypatch):
    member, _ = make_queue("ab")
    clear(member, now=LATER)
    enqueue(member, make_title(name="c"), now=LATER)
    monkeypatch.setattr(queue, "MOST", 2)
    with pytest.raises(QueueFull):
        restore_all(member, LATER)
    assert names(member) == "c"


@pytest.mark.django_db
def test_what_was_taken_off_is_kept_for_30_days():
    member, entries = make_queue("abc")
    remove(entries["a"], now=LATER)
    remove(entries["b"], now=LATER + timedelta(days=1))
    assert forget_removed(LATER + timedelta(days=30)) == 0
    assert forget_removed(LATER + timedelta(days=30, seconds=1)) == 1
    assert set(member.queue.values_list("title__name", flat=True)) == {"b", "c"}
    assert restore(entries["a"]) is None


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
        except DatabaseError as error:
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
    assert any(isinstance(result, DatabaseError) for result in done)


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
        return remove(entry, now=LATER) if number % 3 == 0 else move(entry, min(8 - number, 5))

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
