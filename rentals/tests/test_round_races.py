"""A round, and what members and staff do meanwhile. Each race also runs without the locks, to show that it can be lost.

The other begins when the round has read everything and written nothing, and the round goes on when the other has ended
or a moment is over: held up by a lock, the other cannot end before it.
"""

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event
from time import monotonic, sleep

import pytest
from django.conf import settings
from django.db import IntegrityError, connection
from django.utils import timezone

from catalogue.invariants import broken
from rentals import lending, memberships, queue
from rentals.models import Copy, IdlePlace, PassedOver, QueueEntry, Rental, Round
from rentals.refused import Refused
from rentals.rounds import look, make_round, making
from rentals.tests.test_rounds import AT, SOON, TODAY, make_renter, wants
from tests.factories import make_copy, make_membership_change, make_plan, make_title

pytestmark = pytest.mark.race
MOMENT = 1.0
PATIENCE = 30


@pytest.fixture
def without_locks(monkeypatch):
    real = making.load
    monkeypatch.setattr(making, "load", lambda today, lock: real(today, lock=False))


def meet(monkeypatch, other):
    """(what the round came to, what `other` did, whether the round's rentals were there when `other` had ended)"""
    half, ended, seen = Event(), Event(), []
    real = making._matched

    def held_up(market):
        half.set()
        ended.wait(MOMENT)
        return real(market)

    def run_other():
        half.wait(PATIENCE)
        try:
            return other()
        finally:
            seen.append(Round.objects.exists())
            ended.set()

    monkeypatch.setattr(making, "_matched", held_up)
    with ThreadPoolExecutor(2) as threads:
        results = list(threads.map(_outcome, [lambda: make_round(AT, now=SOON), run_other]))
    return *results, seen[0]


def _outcome(work):
    try:
        return work()
    except (Refused, IntegrityError, AssertionError) as error:
        return error
    finally:
        connection.close()


# ------------------------------------------------------------------ queues
def a_queue():
    """A member with one place, and two entries whose films are on the shelf."""
    member = make_renter()
    titles = [make_title(), make_title()]
    for title in titles:
        make_copy(title=title)
    return wants(member, *titles)


def test_who_moves_a_film_waits_for_the_round(scratch, monkeypatch):
    first, second = a_queue()
    _, place, round_was_over = meet(monkeypatch, lambda: queue.move(second, 1))
    assert Rental.objects.get().entry == first
    assert round_was_over and place == 1 and not broken()


def test_without_the_lock_a_film_is_sent_that_is_not_on_top(scratch, monkeypatch, without_locks):
    first, second = a_queue()
    _, _, round_was_over = meet(monkeypatch, lambda: queue.move(second, 1))
    assert Rental.objects.get().entry == first
    assert not round_was_over, "the other stood on top before anything was sent"


def test_who_takes_a_film_off_is_too_late(scratch, monkeypatch):
    first, _ = a_queue()
    _, removed, _ = meet(monkeypatch, lambda: queue.remove(first, now=SOON))
    assert removed is False
    assert Rental.objects.get().entry == first and not broken()


def test_without_the_lock_a_round_fails_over_a_film_taken_off(scratch, monkeypatch, without_locks):
    first, _ = a_queue()
    made, removed, _ = meet(monkeypatch, lambda: queue.remove(first, now=SOON))
    assert removed and isinstance(made, AssertionError)
    assert not Rental.objects.exists() and not broken()


# ------------------------------------------------------------------ memberships
def pausing(member):
    membership = member.memberships.get()
    return lambda: memberships.pause(membership, first=TODAY, last=None, by=member, now=SOON)


def test_who_pauses_waits_for_the_round(scratch, monkeypatch):
    first, _ = a_queue()
    _, paused, round_was_over = meet(monkeypatch, pausing(first.member))
    assert paused.paused_from == TODAY and round_was_over
    assert Rental.objects.count() == 1 and not broken()


def test_without_the_lock_a_paused_plan_gets_a_disc(scratch, monkeypatch, without_locks):
    first, _ = a_queue()
    _, paused, round_was_over = meet(monkeypatch, pausing(first.member))
    assert paused.paused_from == TODAY and not round_was_over
    assert Rental.objects.count() == 1


def changing_to_fewer_places(member):
    """From two places to one that costs more, so that it holds at once."""
    membership = member.memberships.get()
    membership.plan = make_plan(places_at_home=2)
    membership.save()
    make_membership_change(membership=membership, plan=membership.plan)
    dearer = make_plan(places_at_home=1, price_pence=membership.plan.price_pence + 1)
    return lambda: memberships.change_plan(membership, dearer, by=member, now=SOON)


def test_who_changes_to_fewer_places_waits_for_the_round(scratch, monkeypatch):
    first, _ = a_queue()
    _, changed, round_was_over = meet(monkeypatch, changing_to_fewer_places(first.member))
    assert changed.plan.places_at_home == 1 and round_was_over
    assert Rental.objects.count() == 2 and not broken()


def test_without_the_lock_more_is_sent_than_the_plan_allows_by_then(scratch, monkeypatch, without_locks):
    first, _ = a_queue()
    _, changed, round_was_over = meet(monkeypatch, changing_to_fewer_places(first.member))
    assert changed.plan.places_at_home == 1 and not round_was_over
    assert Rental.objects.count() == 2


# ------------------------------------------------------------------ copies
def withdraw(copies):
    return Copy.objects.filter(pk__in=copies).update(withdrawn_at=SOON)


def test_who_withdraws_a_copy_waits_for_the_round(scratch, monkeypatch):
    first, _ = a_queue()
    copies = list(Copy.objects.values_list("pk", flat=True))
    _, _, round_was_over = meet(monkeypatch, lambda: withdraw(copies))
    assert round_was_over and Rental.objects.count() == 1


def test_without_the_lock_a_withdrawn_copy_is_sent(scratch, monkeypatch, without_locks):
    a_queue()
    copies = list(Copy.objects.values_list("pk", flat=True))
    _, _, round_was_over = meet(monkeypatch, lambda: withdraw(copies))
    assert not round_was_over and Rental.objects.get().copy.withdrawn_at


def by_hand(copy):
    member = make_renter()
    return lambda: lending.lend(member, copy, reason="A prize", now=SOON)


def test_a_loan_by_hand_finds_the_copy_gone(scratch, monkeypatch):
    first, _ = a_queue()
    lend = by_hand(Copy.objects.earliest("pk"))
    _, refused, _ = meet(monkeypatch, lend)
    assert isinstance(refused, Refused) and "not on the shelf" in str(refused)
    assert Rental.objects.get().entry == first and not broken()


def test_without_the_lock_the_database_refuses_the_round(scratch, monkeypatch, without_locks):
    a_queue()
    lend = by_hand(Copy.objects.earliest("pk"))
    made, lent, _ = meet(monkeypatch, lend)
    assert isinstance(made, IntegrityError) and isinstance(lent, Rental)
    assert not Round.objects.exists() and not broken()


# ------------------------------------------------------------------ two rounds
def test_of_two_rounds_at_once_one_is_made(scratch, monkeypatch):
    a_queue()
    made, other, _ = meet(monkeypatch, lambda: make_round(AT, now=SOON))
    assert isinstance(other, Refused) and made.round == Round.objects.get()
    assert Rental.objects.count() == 1 and not broken()


def test_without_the_turn_the_database_refuses_the_second(scratch, monkeypatch):
    a_queue()
    monkeypatch.setattr(making, "_take_turn", lambda: None)
    results = meet(monkeypatch, lambda: make_round(AT, now=SOON))[:2]
    assert sum(isinstance(result, IntegrityError) for result in results) == 1
    assert Rental.objects.count() == 1 and not broken()


# ------------------------------------------------------------------ killed
WAIT = """
CREATE FUNCTION wait_here() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(600); RETURN NULL; END $$;
CREATE TRIGGER wait_here AFTER {what} ON {table} FOR EACH STATEMENT EXECUTE FUNCTION wait_here();
"""
GO_ON = "DROP TRIGGER wait_here ON {table}; DROP FUNCTION wait_here();"
WAITS = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep'"
POINTS = {
    "the round": (Round, "INSERT"),
    "rentals": (Rental, "INSERT"),
    "requests": (QueueEntry, "UPDATE"),
    "passed over": (PassedOver, "INSERT"),
    "idle places": (IdlePlace, "INSERT"),
}


def a_shop():
    titles = [make_title() for _ in range(4)]
    for title in titles:
        make_copy(title=title)
    for number in range(6):
        wants(
            make_renter(paid_until=timezone.localdate() + timedelta(days=9)), *(titles[number % 4 :] + titles[:1])[:3]
        )


def start():
    """A process that makes a round."""
    database = connection.settings_dict
    host, port = database["HOST"], database["PORT"]
    url = f"postgresql://{database['USER']}@{host.replace('/', '%2F')}{f':{port}' if port else ''}/{database['NAME']}"
    environment = os.environ | {"DATABASE_URL": url}
    command = [sys.executable, "manage.py", "allocate"]
    return subprocess.Popen(
        command, cwd=settings.BASE_DIR, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def sleepers():
    with connection.cursor() as cursor:
        cursor.execute(WAITS)
        return cursor.fetchone()[0]


def until(number):
    end = monotonic() + PATIENCE
    while sleepers() != number:
        assert monotonic() < end, f"{sleepers()} wait, not {number}"
        sleep(0.05)


def run_sql(template, model, what=""):
    with connection.cursor() as cursor:
        cursor.execute(template.format(table=model._meta.db_table, what=what))


def end_sleepers():
    with connection.cursor() as cursor:
        cursor.execute(WAITS.replace("count(*)", "pg_terminate_backend(pid)"))


@pytest.mark.parametrize("point", POINTS)
def test_a_round_that_is_killed_leaves_nothing_and_is_made_again_the_same(scratch, point):
    a_shop()
    foreseen = sorted(zip(look(timezone.now()).result.sent.entry.tolist(), strict=True))
    run_sql(WAIT, *POINTS[point])
    process = start()
    until(1)
    process.send_signal(signal.SIGKILL)
    process.wait(PATIENCE)
    end_sleepers()
    until(0)
    run_sql(GO_ON, POINTS[point][0])
    assert not Rental.objects.exists() and not Round.objects.exists() and not PassedOver.objects.exists()
    assert not QueueEntry.objects.exclude(claim_at=None, sent_at=None).exists() and not broken()
    again = start()
    assert again.wait(PATIENCE) == 0, again.stderr.read()
    assert sorted(Rental.objects.values_list("entry")) == foreseen and not broken()
