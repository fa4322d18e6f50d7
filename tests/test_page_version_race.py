"""Two transactions that change one page at the same time."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event
from time import monotonic, sleep

import pytest
from django.db import connection, transaction

from catalogue.models import Person, Title
from catalogue.pages import version_of
from members.models import Member
from tests.factories import make_credit, make_person, make_review, make_title

LONG = 10  # seconds after which nobody comes any more


def committed(work, *args):
    """What `work` returns, in a transaction on this thread's own connection."""
    try:
        with transaction.atomic():
            return work(*args)
    finally:
        connection.close()


def tidy():
    Title.objects.all().delete()
    Person.objects.all().delete()
    Member.objects.all().delete()


@pytest.fixture
def start(db):
    """Starts work in a thread that really commits; all it made is deleted in the end.

    The test's own connection only looks on. A `transaction=True` test would be followed by a flush, which also takes
    the languages and countries that migrations brought.
    """
    with ThreadPoolExecutor(2) as threads:
        yield lambda work, *args: threads.submit(committed, work, *args)
        threads.submit(committed, tidy).result(LONG)


def wait_for_somebody_behind_us():
    """Return when another transaction waits for this one to end."""
    behind = "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid)))"
    end = monotonic() + LONG
    while monotonic() < end:
        with connection.cursor() as cursor:
            cursor.execute(behind)
            if cursor.fetchone()[0]:
                return
        sleep(0.01)
    raise AssertionError("nobody waits")


def take_a_number(numbered):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()")
    numbered.set()


def change_first(title, numbered, go, changed):
    take_a_number(numbered)
    go.wait(LONG)
    Title.objects.filter(pk=title.pk).update(lead="War parts two lovers.")
    changed.set()
    wait_for_somebody_behind_us()
    return version_of(title.slug)


def review_second(title, numbered, changed):
    take_a_number(numbered)
    changed.wait(LONG)
    make_review(title=title)
    return version_of(title.slug)


@pytest.mark.race
@pytest.mark.parametrize("elder", ["first", "second"])
def test_two_transactions_at_once_leave_versions_of_their_own(start, elder):
    """Also if the one that commits last began first, so that the number goes down."""
    title = start(make_title).result(LONG)
    before = version_of(title.slug)
    numbered, go, changed = {"first": Event(), "second": Event()}, Event(), Event()
    work = {
        "first": (change_first, title, numbered["first"], go, changed),
        "second": (review_second, title, numbered["second"], changed),
    }
    done = {}
    for name in sorted(work, key=lambda name: name != elder):
        done[name] = start(*work[name])
        numbered[name].wait(LONG)
    go.set()
    first, last = done["first"].result(LONG), done["second"].result(LONG)
    assert len({before, first, last}) == 3
    assert version_of(title.slug) == last


# ------------------------------------------------------------------ changes that overlook each other
def credit_and_wait(title, person, made):
    make_credit(title=title, person=person)
    made.set()
    wait_for_somebody_behind_us()
    return version_of(title.slug)


def after(made, work):
    made.wait(LONG)
    work()


@pytest.mark.race
def test_two_first_credits_at_once_give_the_person_a_page_on_both_titles(start):
    """Each alone is a first credit; only who waits for the other can see that together they are two."""
    person, made = start(make_person).result(LONG), Event()
    titles = [start(make_title).result(LONG) for _ in "ab"]
    first = start(credit_and_wait, titles[0], person, made)
    second = start(after, made, lambda: make_credit(title=titles[1], person=person))
    alone = first.result(LONG)
    second.result(LONG)
    assert version_of(titles[0].slug) != alone


@pytest.mark.race
def test_a_person_is_renamed_while_a_credit_is_added(start):
    person, title, made = start(make_person).result(LONG), start(make_title).result(LONG), Event()
    first = start(credit_and_wait, title, person, made)
    second = start(after, made, lambda: Person.objects.filter(pk=person.pk).update(name="Another name"))
    before = first.result(LONG)
    second.result(LONG)
    assert version_of(title.slug) != before
