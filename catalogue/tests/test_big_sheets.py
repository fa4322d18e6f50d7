"""A sheet of 100,000 rows goes in, is taken back, and memory stays flat; two imports take turns."""

import tracemalloc
from threading import Thread

import pytest
from django.db import connection
from django.utils import timezone

from catalogue import invariants
from catalogue.models import Title
from catalogue.sheets import runs, workbook
from catalogue.tests.sheet_files import as_csv, carried_out, looked_at
from tests.factories import make_staff, make_title

MOST = 150 * 1024 * 1024
HEADINGS = ["Address", "Name", "Year", "Genres", "Countries", "Other names", "Lead"]
pytestmark = pytest.mark.long


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.STATE_DIR = tmp_path


def rows(number):
    for n in range(number):
        yield [
            f"big-{n}",
            f"A Film of {n}",
            str(1900 + n % 120),
            "Drama\nWar",
            "SU",
            f"Ein Film {n} | aka | de",
            "x" * 200,
        ]


def as_workbook(number):
    with workbook.written("titles", HEADINGS, rows(number)) as file:
        return file.read()


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_hundred_thousand_rows_go_in_and_back_in_bounded_memory(scratch, form):
    data = as_csv(HEADINGS, *rows(100_000)) if form == "csv" else as_workbook(100_000)
    staff = make_staff()
    tracemalloc.start()
    run = looked_at("titles", data, staff)
    assert (run.failure, run.new) == ("", 100_000)
    runs.confirm(run, now=timezone.now())
    run = carried_out(run)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < MOST
    assert (run.failure, Title.objects.count()) == ("", 100_000)
    assert looked_at("titles", data, staff).unchanged == 100_000
    runs.undo(run, by=staff, now=timezone.now())
    assert Title.objects.count() == 0


@pytest.mark.race
def test_two_imports_of_one_row_take_turns(scratch):
    """Both were looked at when it was as it was: the second to write finds it changed, and leaves it."""
    staff, title = make_staff(), make_title(slug="cranes", name="Cranes")
    both = [looked_at("titles", as_csv(["Address", "Name"], ["cranes", name]), staff) for name in ("Storks", "Herons")]
    for run in both:
        runs.confirm(run, now=timezone.now())
    threads = [Thread(target=_carried_out, args=[run]) for run in both]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    title.refresh_from_db()
    for run in both:
        run.refresh_from_db()
    assert sorted(run.overtaken for run in both) == [0, 1]
    assert title.name == next(name for run, name in zip(both, ("Storks", "Herons"), strict=True) if not run.overtaken)
    assert invariants.broken() == {}


def _carried_out(run):
    carried_out(run)
    connection.close()
