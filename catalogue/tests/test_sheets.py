"""Spreadsheets of the catalogue: what goes out comes back the same."""

import pytest

from catalogue import invariants
from catalogue.sheets.kinds import SHEETS
from catalogue.tests.sheet_files import exported, imported, looked_at
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
