"""The made-up catalogue that speed is measured with."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from catalogue.invariants import broken
from catalogue.models import Credit, Person, Release, Title, TitleName
from catalogue.synthetic.make import COLUMNS, make
from reviews.models import ScoreSummary

DAY = date(2026, 6, 1)
TITLES = 300
SUMS_ALONE = {
    "Score summaries are what their rows say.",
    "Stock is what its rows say.",
    "A copy is what its events made of it, from the one by which it was acquired.",
}


@pytest.fixture(scope="module")
def big(django_db_setup, django_db_blocker):
    """A catalogue of 300, made once and rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("make_big", titles=TITLES, day=DAY, stdout=StringIO())
        yield
        transaction.set_rollback(True)


def rows_of(query):
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchall()


def test_it_makes_as_many_titles_as_were_asked_for(big):
    assert Title.objects.count() == TITLES
    assert 6 * TITLES < Credit.objects.count() < 10 * TITLES
    assert 0.5 * TITLES < Title.objects.exclude(releases=None).count() < 0.7 * TITLES


def test_only_sums_have_no_rows_behind_them(big):
    assert set(broken()) == SUMS_ALONE


@pytest.mark.parametrize("model", COLUMNS, ids=lambda model: model.__name__)
def test_every_row_is_one_that_a_form_would_take(big, model):
    for row in model.objects.all()[:100]:
        row.full_clean()


def test_names_come_in_several_scripts(big):
    assert {"Cyrl", "Deva", "Hani", "Kore", "Latn"} <= set(TitleName.objects.values_list("script", flat=True))


def test_few_titles_have_most_of_the_ratings(big):
    ratings = sorted((summary.ratings for summary in ScoreSummary.objects.all()), reverse=True)
    assert sum(ratings[: TITLES // 10]) > sum(ratings) / 3


def test_rows_written_afterwards_get_numbers_of_their_own(big):
    with transaction.atomic():
        title = Title.objects.create(slug="one-more", name="One more")
        assert title.pk == TITLES + 1
        assert ScoreSummary.objects.filter(title=title).exists(), "the triggers are back"
        transaction.set_rollback(True)


INDEXES = "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1"
CONSTRAINTS = "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint ORDER BY 1, 2"
TRIGGERS = "SELECT tgrelid::regclass::text, tgname, tgenabled FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1, 2"


@pytest.mark.django_db
@pytest.mark.parametrize("what", [INDEXES, CONSTRAINTS, TRIGGERS])
def test_indexes_keys_and_triggers_are_what_they_were(what):
    before = rows_of(what)
    make(5, seed=1, day=DAY)
    assert rows_of(what) == before


def contents(**options):
    """A sample of what is made, which is then undone."""
    with transaction.atomic():
        make(60, day=DAY, **options)
        rows = [list(model.objects.order_by("pk").values_list()) for model in (Title, Person, Release)]
        transaction.set_rollback(True)
    return rows


@pytest.mark.django_db
def test_the_same_seed_makes_the_same_rows():
    assert contents(seed=7) == contents(seed=7)
    assert contents(seed=7) != contents(seed=8)


@pytest.mark.django_db
def test_it_refuses_a_database_that_holds_titles():
    Title.objects.create(slug="m-1931", name="M", year=1931)
    with pytest.raises(CommandError, match="holds titles already"):
        call_command("make_big", "--titles", "5")
    assert Title.objects.count() == 1


@pytest.mark.django_db
def test_nothing_is_not_a_number_of_titles():
    with pytest.raises(CommandError):
        call_command("make_big", "--titles", "0")
