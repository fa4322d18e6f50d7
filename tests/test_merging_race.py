"""A merge meets members, rounds, desks and other staff, in threads of their own; afterwards all is as the rows say.

One holds its transaction open until the other waits for it, so that they always meet. The control takes the merge's
locks away, and then stock that nobody has is counted.
"""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event
from time import monotonic, sleep
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from catalogue import invariants, merging
from catalogue.merging import verbs
from catalogue.models import Deed, FormerTitleSlug, Title
from rentals import lending, queue, rounds
from rentals.models import QueueEntry
from reviews.models import Rating
from tests.factories import (
    make_copy,
    make_disc,
    make_member,
    make_membership,
    make_queue_entry,
    make_rating,
    make_release,
    make_rental,
    make_staff,
    make_title,
)

pytestmark = pytest.mark.race
BEHIND = "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid)))"
LONG = 10
NOW = timezone.now()


@pytest.fixture
def pages(scratch):
    """The same film twice, each with an edition and a copy on the shelf."""
    both = [make_title(name="A film", year=1950), make_title(name="A film", year=1951)]
    for title in both:
        title.copy = make_copy(disc=make_disc(release=make_release(title=title, slug="dvd", released_on="2001")))
        make_rating(title=title)
    return both


def one_after_the_other(first, second):
    """What `first` and `second` gave or raised: the first commits once the second waits for it, or is done."""
    begun, over = Event(), Event()

    def holding():
        with transaction.atomic():
            given = first()
            begun.set()
            _wait_for_somebody_behind_us(over)
            return given

    def behind():
        begun.wait(LONG)
        try:
            return second()
        finally:
            over.set()

    with ThreadPoolExecutor(2) as threads:
        return list(threads.map(_outcome, (holding, behind)))


def _outcome(work):
    try:
        return work()
    except (IntegrityError, merging.Refused, merging.Busy, Title.DoesNotExist) as error:
        return error
    finally:
        connection.close()


def _wait_for_somebody_behind_us(over):
    end = monotonic() + LONG
    while monotonic() < end and not over.is_set():
        with connection.cursor() as cursor:
            cursor.execute(BEHIND)
            if cursor.fetchone()[0]:
                return
        sleep(0.01)


def merges(gone, stays):
    """Made beforehand, so that the thread does nothing else."""
    staff = make_member(is_staff=True)
    return lambda: merging.merge(gone, stays, by=staff)


# ------------------------------------------------------------------ what meets a merge
def rates_the_one_that_goes(gone, stays):
    member = make_member()
    return lambda: Rating.objects.record(title=gone, member=member, half_stars=9, on=NOW.date())


def rates_the_one_that_stays(gone, stays):
    member = gone.ratings.get().member
    return lambda: Rating.objects.record(title=stays, member=member, half_stars=9, on=NOW.date())


def asks_for_the_one_that_goes(gone, stays):
    member = make_member()
    return lambda: queue.enqueue(member, gone, now=NOW)


def asks_for_the_one_that_stays_too(gone, stays):
    member = make_queue_entry(title=gone).member
    return lambda: queue.enqueue(member, stays, now=NOW)


def takes_off(gone, stays):
    entry = make_queue_entry(title=gone)
    return lambda: queue.remove(entry, now=NOW)


def a_round(gone, stays):
    make_queue_entry(member=make_membership().member, title=gone)
    at = NOW.replace(microsecond=0)
    return lambda: rounds.make_round(at, now=at)


def a_scan(gone, stays):
    then = NOW - timedelta(days=5)
    rental = make_rental(copy=gone.copy, member=make_member(), allocated_at=then, posted_at=then)
    return lambda: lending.check_in(rental, at=NOW)


def a_delivery(gone, stays):
    disc = gone.copy.disc
    return lambda: make_copy(disc=disc)


def the_other_way_round(gone, stays):
    return merges(stays, gone)


def the_same_again(gone, stays):
    return merges(gone, stays)


def a_form_of_the_one_that_goes(gone, stays):
    return _saving(gone)


def a_form_of_the_one_that_stays(gone, stays):
    return _saving(stays)


def _saving(title):
    client, url = Client(), reverse("admin:catalogue_title_change", args=[title.pk])
    client.force_login(make_staff(is_superuser=True))
    page = client.get(url).context
    formsets = [inline.formset for inline in page["inline_admin_formsets"]]
    forms = [page["adminform"].form, *(form for each in formsets for form in (each.management_form, *each.forms))]
    values = {field.html_name: field.value() for form in forms for field in form}
    values = {name: value for name, value in values.items() if value is not None and value is not False}
    return lambda: client.post(url, values | {"lead": "Said anew."}).status_code


MEETS = [
    rates_the_one_that_goes,
    rates_the_one_that_stays,
    asks_for_the_one_that_goes,
    asks_for_the_one_that_stays_too,
    takes_off,
    a_round,
    a_scan,
    a_delivery,
    the_other_way_round,
    the_same_again,
    a_form_of_the_one_that_goes,
    a_form_of_the_one_that_stays,
]


@pytest.mark.parametrize("meets", MEETS)
def test_the_merge_comes_first(pages, meets):
    other = meets(*pages)
    done, _ = one_after_the_other(merges(*pages), other)
    assert Deed.objects.filter(pk=done).exists()
    check(pages)


@pytest.mark.parametrize("meets", MEETS)
def test_the_merge_comes_second(pages, meets):
    other = meets(*pages)
    _, done = one_after_the_other(other, merges(*pages))
    assert not isinstance(done, IntegrityError)
    check(pages)


def check(pages):
    """One of the two is left, with the rows of both."""
    title = Title.objects.get()
    assert title in pages and FormerTitleSlug.objects.get().title == title
    assert title.releases.count() == 2 and title.stock.copies >= 2
    assert title.ratings.count() >= 2 and not QueueEntry.objects.exclude(title=title).exists()
    assert invariants.broken() == {}


def test_without_its_locks_a_scan_is_not_counted(pages, monkeypatch):
    other = a_scan(*pages)
    monkeypatch.setattr(verbs, "hold", lambda model, keys: None)
    one_after_the_other(merges(*pages), other)
    assert invariants.broken() != {}


def test_who_rates_what_goes_at_that_moment_is_told(pages):
    gone, stays = pages
    client = Client()
    client.force_login(make_member())
    sent = {"half_stars": 9, "form_key": uuid4()}
    done, answer = one_after_the_other(
        merges(gone, stays), lambda: client.post(f"/titles/{gone.slug}/rate/", sent, follow=True)
    )
    assert Deed.objects.filter(pk=done).exists()
    assert answer.redirect_chain[-1][0] == stays.get_absolute_url()
    assert "deleted or merged at the same moment" in answer.content.decode()
    check(pages)
