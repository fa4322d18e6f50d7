"""The search index is true when a transaction ends, however it ends and whoever else writes."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from importlib import import_module
from io import StringIO
from threading import Barrier, BrokenBarrierError

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from catalogue.invariants import broken
from catalogue.models import Credit, Person, SearchDocument, SearchTerm, SearchWord, Title
from catalogue.search import find
from tests.factories import make_credit, make_person, make_person_alias, make_staff, make_title, make_title_name

LONG = 20  # seconds after which nobody comes any more


def found(query):
    return [hit.name for hit in find(query).hits]


def test_an_edit_is_found_when_it_is_committed_and_not_before(scratch):
    with transaction.atomic():
        make_title(name="Ikiru")
        assert found("ikiru") == []
    assert found("ikiru") == ["Ikiru"]
    assert broken() == {}


def test_an_edit_rolled_back_leaves_the_index_as_it_was(scratch):
    title = make_title(name="Ikiru")
    before = list(SearchTerm.objects.values_list())
    with transaction.atomic():
        Title.objects.filter(pk=title.pk).update(name="Ran", sounds="ran")
        connection.check_constraints()
        assert found("ran") == ["Ran"]
        transaction.set_rollback(True)
    assert list(SearchTerm.objects.values_list()) == before
    assert broken() == {}


def test_an_edit_by_staff_is_found(scratch, sign_in):
    person = make_person(name="Akira Kurosawa", has_page=True)
    staff = sign_in(make_staff(is_superuser=True))
    title = make_title(name="Ikiru")
    make_credit(title=title, person=person)
    Person.objects.get(pk=person.pk)
    address = f"/admin/catalogue/person/{person.pk}/change/"
    form = staff.get(address).context["adminform"].form
    said = {name: "" if value is None else value for name, value in form.initial.items()}
    said |= {"name": "Kurosawa Akira-san", "has_page": "true"}
    for part in ("aliases", "identifiers", "former_slugs"):
        said |= {f"{part}-TOTAL_FORMS": 0, f"{part}-INITIAL_FORMS": 0}
    assert staff.post(address, said).status_code == 302
    assert found("akira san") == ["Kurosawa Akira-san", "Ikiru"]
    assert broken() == {}


def test_an_import_is_found_and_one_that_only_tries_is_not(scratch, tmp_path):
    path = tmp_path / "films.jsonl"
    path.write_text('{"record":"title","slug":"ikiru-1952","name":"Ikiru","year":1952}\n')
    call_command("import_titles", path, dry_run=True, stdout=StringIO())
    assert found("ikiru") == []
    call_command("import_titles", path, stdout=StringIO())
    assert found("ikiru 1952") == ["Ikiru"]
    assert broken() == {}


def spoil(table):
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM catalogue_search{table}")


@pytest.mark.parametrize("table", ["term", "document", "word"])
def test_a_rebuilt_index_is_true_again(scratch, table):
    make_credit(title=make_title(name="Ikiru"), person=make_person(name="Akira Kurosawa"))
    whole = [list(model.objects.values_list()) for model in (SearchTerm, SearchDocument)]
    spoil(table)
    assert len(broken()) >= 1
    call_command("rebuild_search", stdout=StringIO())
    assert broken() == {}
    assert [len(rows) for rows in whole] == [SearchTerm.objects.count(), SearchDocument.objects.count()]
    assert SearchWord.objects.count() == 3


def test_a_rebuild_writes_the_forms_of_names_that_were_copied_in_without(scratch):
    title = make_title(name="Ikiru")
    Title.objects.filter(pk=title.pk).update(sounds="")
    call_command("rebuild_search", stdout=StringIO())
    assert found("ikiru") == ["Ikiru"]
    assert broken() == {}


# ------------------------------------------------------------------ two at once
def at_once(*works):
    """Run `works` in transactions that each really commit, if they can when all have done their work."""
    started, done = Barrier(len(works)), Barrier(len(works))

    def run(work):
        try:
            with transaction.atomic():
                started.wait(LONG)
                work()
                with suppress(BrokenBarrierError):  # one waits for the other to commit
                    done.wait(0.5)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as threads:
        for each in [threads.submit(run, work) for work in works]:
            each.result(LONG)


def rename(person):
    person.name = "Kurosawa-san"
    person.save()


PAIRS = {
    "two other names": lambda title, person: (
        lambda: make_title_name(title=title, name="Living", position=1),
        lambda: make_title_name(title=title, name="To Live", position=2),
    ),
    "a name and a year": lambda title, person: (
        lambda: make_title_name(title=title, name="Living"),
        lambda: Title.objects.filter(pk=title.pk).update(year=1952),
    ),
    "an alias and a credit": lambda title, person: (
        lambda: make_person_alias(person=person, name="Kurosawa-san"),
        lambda: make_credit(title=title, person=person, role="writer"),
    ),
    "a person renamed and a credit": lambda title, person: (
        lambda: rename(person),
        lambda: make_credit(title=title, person=person, role="writer"),
    ),
    "an alias and a credit less": lambda title, person: (
        lambda: make_person_alias(person=person, name="Kurosawa-san"),
        lambda: Credit.objects.filter(title=title).delete(),
    ),
    "two new titles of the same new words": lambda title, person: (
        lambda: make_title(name="Wholly new", slug="one"),
        lambda: make_title(name="Wholly new", slug="other"),
    ),
}


@pytest.mark.race
@pytest.mark.parametrize("pair", PAIRS.values(), ids=PAIRS)
def test_two_edits_at_once_leave_a_true_index(scratch, pair):
    title, person = make_title(name="Ikiru", year=1951), make_person(name="Akira Kurosawa", has_page=True)
    make_credit(title=title, person=person)
    at_once(*pair(title, person))
    assert broken() == {}


# ------------------------------------------------------------------ how much is read for it
BY_SET = import_module("catalogue.migrations.0019_search_index_by_set")
READ = "SELECT sum(seq_tup_read + idx_tup_fetch) FROM pg_stat_xact_user_tables WHERE relname = 'catalogue_title'"


def read_to_index_one():
    """Rows of titles that are read to index one of them among 400."""
    Title.objects.bulk_create(Title(slug=f"film-{n}", name=f"Film {n}") for n in range(400))
    connection.check_constraints()
    last = Title.objects.latest("pk")
    with connection.cursor() as cursor:
        before = _read(cursor)
        cursor.execute("SELECT catalogue_search_index(1::smallint, %s)", [[last.pk]])
        return _read(cursor) - before


def _read(cursor):
    cursor.execute(READ)
    return cursor.fetchone()[0]


@pytest.mark.django_db
def test_indexing_a_title_does_not_read_the_others():
    assert 0 < read_to_index_one() < 40


@pytest.mark.django_db
def test_reading_them_all_would_be_seen():
    with connection.cursor() as cursor:
        cursor.execute(BY_SET.INDEX.format(forget=BY_SET.ONE_BY_ONE))
    assert read_to_index_one() > 400
