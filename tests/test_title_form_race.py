"""Two staff save the form of one title at the same moment, in transactions of their own.

The second begins when the first has saved and not committed yet. As it is, the second waits, then sees what the first
changed and saves nothing. The controls take the lock, or the look at the number behind it, away: then the second writes
over what the first did, and nobody is told.
"""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from catalogue import history
from catalogue.admin import conflicts, preview
from catalogue.models import Title
from catalogue.tests.test_drafts import opened
from tests.factories import make_rating, make_staff, make_title
from tests.test_page_version_race import LONG, committed, wait_for_somebody_behind_us

pytestmark = pytest.mark.race


@pytest.fixture
def title(scratch, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return make_title(name="Cranes", year=1957, lead="War.")


def at(page, title):
    return reverse(f"admin:catalogue_title_{page}", args=[title.pk])


def form(title):
    """(client, what its browser would send) of one of the staff who has the form open."""
    client = Client()
    client.force_login(make_staff(is_superuser=True))
    return client, opened(client, title)


def first(work, done):
    """The answer of `work`, whose transaction stays open until somebody waits behind it."""
    try:
        with transaction.atomic():
            response = work()
            done.set()
            wait_for_somebody_behind_us()
        return response
    finally:
        connection.close()


def second(work, done):
    done.wait(LONG)
    try:
        return work()
    finally:
        connection.close()


def meet(one, other):
    """What the two answer; `other` begins when `one` is done and not committed."""
    done = Event()
    with ThreadPoolExecutor(2) as threads:
        answers = threads.submit(first, one, done), threads.submit(second, other, done)
        return [answer.result(LONG * 2) for answer in answers]


def both_save(title):
    """Ann writes the lead, Ruth the year; both opened the form before. Their answers' statuses, and what is saved."""
    (ann, her), (ruth, hers) = form(title), form(title)
    answers = meet(
        lambda: ann.post(at("change", title), her | {"lead": "Love."}),
        lambda: ruth.post(at("change", title), hers | {"year": "1958"}),
    )
    return [answer.status_code for answer in answers], Title.objects.values_list("lead", "year").get()


def test_the_second_to_save_is_told_and_writes_over_nothing(title):
    assert both_save(title) == ([302, 200], ("Love.", 1957))


def test_without_the_lock_the_second_writes_over_the_first(title, monkeypatch):
    monkeypatch.setattr(conflicts, "_lock", lambda title: None)
    assert both_save(title) == ([302, 302], ("War.", 1958))


def test_without_the_number_the_second_writes_over_the_first(title, monkeypatch):
    monkeypatch.setattr(history, "latest", lambda row: 1)
    assert both_save(title) == ([302, 302], ("War.", 1958))


def test_a_preview_lets_go_of_all_that_it_locked(title):
    """Also if what it runs in goes on: a rating of the same title is not kept waiting."""
    ann, hers = form(title)
    with ThreadPoolExecutor(1) as threads, transaction.atomic():
        shown = ann.post(at("preview", title), hers | {"lead": "Love."})
        rating = threads.submit(committed, lambda: make_rating(title=title)).result(LONG)
    assert "Love." in shown.content.decode()
    assert list(title.ratings.all()) == [rating]


def test_a_preview_waits_for_nobody_for_long(title, monkeypatch):
    monkeypatch.setattr(preview, "PATIENCE", "100ms")
    ann, hers = form(title)
    with ThreadPoolExecutor(1) as threads, transaction.atomic():
        Title.objects.update(lead="Saved by somebody else.")
        post = lambda: ann.post(at("preview", title), hers | {"lead": "Love."})  # noqa: E731
        shown = threads.submit(committed, post).result(LONG)
    assert preview.BUSY in shown.content.decode()
