"""A change of plan against adding: after it, nothing is asked for that the new plan does not have."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from rentals import asking, memberships
from rentals.asking import ask
from rentals.models import Membership, QueueEntry
from rentals.queue import locked
from rentals.refused import Refused
from tests.factories import make_copy, make_disc, make_member, make_membership, make_plan, make_release, make_title

ROUNDS, LONG = 30, 30


@pytest.fixture
def member(scratch):
    return make_member()


def film_in_4k():
    title = make_title()
    make_copy(disc=make_disc(release=make_release(title=title, medium="4k")))
    return title


def at_once(*works):
    """What each of `works` returns or raises, all started together, each on a connection of its own."""
    together = Barrier(len(works))

    def run(work):
        together.wait(LONG)
        try:
            return work()
        except Refused as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as threads:
        return [done.result(LONG) for done in [threads.submit(run, work) for work in works]]


def outside_the_plan(member):
    """Rounds of a member who goes from a plan with 4K to one without while a film in 4K is asked for.

    The change takes the lock of the queue and then looks whether the film is in it: asked for before, it may stay.
    Returns in how many rounds it was asked for after.
    """
    small, large = make_plan(media=["dvd"]), make_plan(media=["dvd", "4k"])
    membership = make_membership(member=member, plan=large)
    mine, wrong = Membership.objects.filter(pk=membership.pk), 0
    for _ in range(ROUNDS):
        mine.update(plan=large)
        title = film_in_4k()

        def change(title=title):
            with locked(member) as entries:
                memberships.change_plan(mine.get(), small, by=member, now=timezone.now())
                return entries.live().filter(title=title).exists()

        before, _ = at_once(change, lambda title=title: ask(member, title, now=timezone.now()))
        wrong += QueueEntry.objects.filter(title=title).exists() and not before
    return wrong


def test_nothing_is_asked_for_after_the_change_that_the_plan_does_not_have(member):
    assert outside_the_plan(member) == 0


def test_the_race_is_lost_without_the_lock(member, monkeypatch):
    """The control: who looks at the plan before taking the lock asks for what it does not have any more."""
    monkeypatch.setattr(asking, "locked", lambda member: nullcontext(member.queue.all()))
    assert outside_the_plan(member) > 0
