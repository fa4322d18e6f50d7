"""Spreadsheets of the catalogue: what goes out comes back the same."""

import csv
import io

import pytest
from django.utils import timezone

from catalogue import history, invariants
from catalogue.models import SheetImport, Title
from catalogue.sheets import runs
from catalogue.sheets.cells import plain
from catalogue.sheets.kinds import SHEETS
from catalogue.tests.sheet_files import as_csv, carried_out, exported, imported, looked_at
from tests.databases import connected_to, copy_of
from tests.factories import make_staff


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.STATE_DIR = tmp_path


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("kind", list(SHEETS))
def test_the_demo_comes_back_unchanged(demo, kind, form):
    run = looked_at(kind, exported(kind, form), make_staff())
    assert (run.failure, run.new, run.changed, run.refused) == ("", 0, 0, 0)
    assert run.unchanged == SHEETS[kind].model.objects.count() > 0


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_an_unchanged_demo_brought_in_again_writes_nothing(demo, form):
    """Its texts are read once more, as those of a file with another column changed are: no row of any table changes."""
    staff, before = make_staff(), {kind: exported(kind) for kind in SHEETS}
    for kind in SHEETS:
        run = looked_at(kind, exported(kind, form), staff)
        SheetImport.objects.filter(pk=run.pk).update(confirmed_at=run.looked_at)
        run = carried_out(run)
        assert history.changes_of_deed(run.deed) == []
    assert {kind: exported(kind) for kind in SHEETS} == before
    assert invariants.broken() == {}


def test_every_row_of_the_demo_can_be_changed_and_put_back(demo):
    """One letter more in each name, and all of it undone: the same bytes as before."""
    staff, before = make_staff(), exported("titles")
    rows = list(csv.reader(io.StringIO(before.decode("utf-8-sig"), newline="")))
    changed = as_csv(rows[0], *([row[0], f"{plain(row[1])}!", *row[2:]] for row in rows[1:]))
    run = imported("titles", changed, staff)
    assert run.changed == Title.objects.filter(name__endswith="!").count() == len(rows) - 1
    assert invariants.broken() == {}
    runs.undo(run, by=staff, now=timezone.now())
    assert exported("titles") == before
    assert invariants.broken() == {}


IN_ORDER = ("people", "titles", "releases", "credits")


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_an_empty_catalogue_gets_it_all_back(demo_database, empty_database, django_db_blocker, form):
    """People first, titles next: the other two name them."""
    with django_db_blocker.unblock(), connected_to(demo_database):
        went_out = {kind: exported(kind, form) for kind in IN_ORDER}
        expected = {kind: exported(kind) for kind in IN_ORDER}
    with django_db_blocker.unblock(), copy_of(empty_database) as name, connected_to(name):
        staff = make_staff()
        for kind in IN_ORDER:
            imported(kind, went_out[kind], staff)
        assert {kind: exported(kind) for kind in IN_ORDER} == expected
        assert invariants.broken() == {}
