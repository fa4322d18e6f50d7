"""The list is as true as the database at each request, in every process, whatever commits when."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from catalogue.browse import bits, declared, fresh
from catalogue.browse.index import Index
from catalogue.browse.tests.asking import counts, names
from catalogue.models import BrowseVersion, Genre, Title
from tests import factories as make

LONG = 10


@pytest.fixture
def client(scratch):
    """A reader of a database of the test's own, where things really commit."""
    make.make_title(name="First", year=1950)
    client = Client()
    assert names(client) == ["First"]
    return client


def test_a_new_title_is_there(client):
    make.make_title(name="Second")
    assert set(names(client)) == {"First", "Second"}
    assert names(client, decade="1950s", sort="name") == ["First", "Second"]


def test_a_title_that_changes_is_found_by_what_it_is_now(client):
    Title.objects.update(year=1960)
    assert names(client, decade="1950s") == []
    assert names(client, decade="1960s") == ["First"]


def test_a_row_that_hangs_on_a_title_counts_at_once(client):
    make.make_title_genre(title=Title.objects.get(), genre=make.make_genre(slug="war"))
    assert counts(client, "genre") == {"war": 1}


def test_a_deleted_title_is_gone(client):
    Title.objects.all().delete()
    assert names(client) == []
    assert counts(client, "decade") == {}


def test_a_title_with_the_key_of_one_that_was_deleted_is_there(client):
    key = Title.objects.get().pk
    Title.objects.all().delete()
    assert names(client) == []
    make.make_title(pk=key, name="Again", year=1970)
    assert names(client, decade="1970s") == ["Again"]


def test_what_is_rolled_back_was_never_there(client):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        make.make_title(name="Never")
        raise ZeroDivisionError
    assert names(client) == ["First"]


def test_a_renamed_word_is_read_anew(client):
    genre = make.make_genre(slug="war", name="War")
    make.make_title_genre(title=Title.objects.get(), genre=genre)
    assert client.get("/titles/").context["facets"][-1]["values"][0]["label"] == "War"
    Genre.objects.update(name="Battle")
    assert client.get("/titles/").context["facets"][-1]["values"][0]["label"] == "Battle"


def test_what_no_page_shows_is_noted_too(client):
    """How often a title was rented is on no page, but an order."""
    often = make.make_title(name="Often")
    assert names(client, sort="rented") == ["First", "Often"]
    type(often.stock).objects.filter(pk=often.pk).update(rentals=5)
    assert BrowseVersion.objects.filter(title_id=often.pk).exists()
    assert names(client, sort="rented") == ["Often", "First"]


def test_nothing_is_read_again_if_nothing_has_changed(client):
    with CaptureQueriesContext(connection) as captured:
        fresh.current()
    assert len(captured) == 1


@pytest.mark.race
def test_a_transaction_that_began_before_a_look_and_committed_after_is_not_missed(client):
    """And neither is one that began and ended between two looks while the old one was running."""
    changed, looked = Event(), Event()

    def slow():
        with transaction.atomic():
            make.make_title(name="Slow")
            changed.set()
            looked.wait(LONG)
        connection.close()

    with ThreadPoolExecutor(1) as threads:
        running = threads.submit(slow)
        changed.wait(LONG)
        assert names(client) == ["First"]
        make.make_title(name="Quick")
        assert set(names(client)) == {"First", "Quick"}
        looked.set()
        running.result(LONG)
    assert set(names(client)) == {"First", "Quick", "Slow"}


@pytest.mark.race
def test_threads_that_ask_while_others_write_end_with_the_truth(client):
    def write(number):
        try:
            for year in range(1951, 1961):
                make.make_title(name=f"{number} {year}", year=year)
                Title.objects.filter(name=f"{number} 1951").update(year=1900 + year % 50)
        finally:
            connection.close()

    def ask(_):
        try:
            for _ in range(10):
                names(Client())
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda work: work[0](work[1]), [(write, 1), (ask, 0), (write, 2), (ask, 0)]))
    assert len(fresh.current()[0]) == Title.objects.count() == 21
    same_as_read_anew()


# ------------------------------------------------------------------ patched or read anew
def same_as_read_anew():
    """The index of this process answers as one that has just been read."""
    patched, anew = fresh.current()[0], Index.load()
    for facet in declared.facets():
        assert count(patched, facet.name) == count(anew, facet.name), facet.name
    for order in anew.orders:
        assert patched.page(patched.there, order, 0, 10**6) == anew.page(anew.there, order, 0, 10**6), order


def count(index, name):
    values, numbers = index.counts(name, index.there)
    return {value: number for value, number in zip(values.tolist(), numbers.tolist(), strict=True) if number}


def change_a_lot():
    """Edits of all kinds, in some ten transactions with a look between."""
    titles = [make.make_title(name=f"{'The ' * (n % 2)}Film {n % 7}", year=1900 + n * 7 % 120) for n in range(30)]
    fresh.current()
    for title in titles[::2]:
        release = make.make_release(title=title, medium="4k", colour="both")
        make.make_audio_track(release=release, language_id="ru")
        make.make_title_country(title=title, country_id="FR")
        make.make_credit(title=title)
    fresh.current()
    Title.objects.filter(pk__in=[title.pk for title in titles[::3]]).update(year=None, runtime_minutes=90)
    for title in titles[::5]:
        title.name = f"Another {title.pk}"
        title.save()
    fresh.current()
    for title in titles[::4]:
        title.delete()
    for title in titles[1::4]:
        make.make_rating(title=title, half_stars=9)
        type(title.score_summary).objects.rebuild([title.pk])
        type(title.stock).objects.filter(pk=title.pk).update(rentals=title.pk % 5, copies=2, on_shelf=title.pk % 2)
    fresh.current()


def test_patches_leave_what_reading_anew_gives(client):
    change_a_lot()
    same_as_read_anew()


def test_an_index_that_is_full_grows(client, monkeypatch):
    fresh.forget()
    monkeypatch.setattr("catalogue.browse.index.SPARE", 1)
    fresh.current()
    for number in range(100):
        make.make_title(name=f"Title {number}", year=1900 + number)
    assert fresh.current()[0].capacity >= 101
    same_as_read_anew()
    change_a_lot()
    same_as_read_anew()


def test_sets_and_pairs_answer_alike(client, monkeypatch):
    change_a_lot()
    for factor, form in ((-1, bits.Pairs), (10**9, bits.Sets)):
        monkeypatch.setattr(bits, "PAIRS_PER_WORD", factor)
        fresh.forget()
        facets = fresh.current()[0].facets.values()
        assert {type(facet) for facet in facets if len(facet.values)} == {form}
        change_a_lot()
        same_as_read_anew()
