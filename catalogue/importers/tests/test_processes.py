"""Imports as processes: killed at any point, two at once, and how much memory they take."""

import json
import random
import subprocess
import time

import pytest

from catalogue.importers.tests.conftest import CANNES_COLUMNS
from catalogue.importers.tests.samples import credit, title, us_film

TITLES = "SELECT count(*), count(DISTINCT slug) FROM catalogue_title"
IMPORTERS = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
BUSY = f"SELECT 1 {IMPORTERS} AND state IN ('active', 'idle in transaction') AND backend_xid IS NOT NULL"


def film(number):
    names = [f"Person {(number * 7 + place) % 9973}" for place in range(6)]
    cast = [credit(name, "actor", character=f"Part {place}") for place, name in enumerate(names)]
    release = {"slug": "dvd", "medium": "dvd", "regions": ["2"], "discs": [{"number": 1}]}
    return title(f"film-{number}", f"Film {number}", year=1950, genres=["Drama"], credits=cast, releases=[release])


@pytest.fixture(scope="module")
def films(tmp_path_factory):
    """Makes files of many films."""

    def make(number):
        path = tmp_path_factory.mktemp("films") / f"{number}.jsonl"
        with path.open("w") as file:
            file.writelines(json.dumps(film(n)) + "\n" for n in range(number))
        return path

    return make


def counts_of(done):
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def wait_until_busy(database, process, seconds=60):
    """Until the import has written something that is not committed."""
    deadline = time.monotonic() + seconds
    while not database.query(BUSY):
        assert process.poll() is None and time.monotonic() < deadline, "the import did not begin to write"
        time.sleep(0.02)


def wait_until_alone(database):
    while database.query(f"SELECT 1 {IMPORTERS} AND backend_type = 'client backend'"):
        time.sleep(0.02)


def check_killed(database, path, number, kill, after):
    before = database.row_counts()
    process = database.start("import_titles", path)
    wait_until_busy(database, process)
    time.sleep(after)
    assert process.poll() is None, "it was over before it could be killed"
    kill(process)
    _, err = process.communicate()
    assert process.returncode != 0
    wait_until_alone(database)
    assert database.row_counts() == before
    return err


def test_an_import_that_is_killed_changes_nothing_and_the_next_one_completes(database, films):
    path = films(3000)
    check_killed(database, path, 3000, subprocess.Popen.kill, after=0.3)
    assert counts_of(database.manage("import_titles", path))["created"] == 3000
    assert database.query(TITLES) == [(3000, 3000)]


@pytest.mark.long
def test_an_import_of_many_films_may_be_killed_at_any_moment(database, films):
    path, moments = films(20_000), random.Random(7)
    database.manage("import_titles", films(100))
    for _ in range(5):
        check_killed(database, path, 20_000, subprocess.Popen.kill, after=moments.uniform(0, 4))
    counts = counts_of(database.manage("import_titles", path))
    assert (counts["created"], counts["unchanged"]) == (19_900, 100)


def test_an_import_whose_session_ends_changes_nothing_and_says_so(database, films):
    def terminate(process):
        database.query(f"SELECT pg_terminate_backend(pid) {IMPORTERS}")

    path = films(3000)
    err = check_killed(database, path, 3000, terminate, after=0.1)
    assert "Traceback" not in err and "Nothing of this file was taken" in err
    assert counts_of(database.manage("import_titles", path))["created"] == 3000


# ------------------------------------------------------------------ two at once
@pytest.fixture
def two_lists(tmp_path):
    """Two files that say different things of the same 4,000 films."""
    us, cannes = tmp_path / "us.json", tmp_path / "cannes.csv"
    us.write_text(json.dumps([us_film(f"Film {n}", 1950) for n in range(4000)]))
    rows = [f"1951,Film {n},,Ann Bee,,,1h 30m," for n in range(4000)]
    cannes.write_text("\n".join([CANNES_COLUMNS, *rows, ""]))
    return us, cannes


def import_at_once(database, paths, code=None):
    """Run an import of each path, all at the same time."""
    processes = [database.start("import_titles", path, code=code) for path in paths]
    ends = [process.communicate() for process in processes]
    return [
        subprocess.CompletedProcess(process.args, process.returncode, *end)
        for process, end in zip(processes, ends, strict=True)
    ]


@pytest.mark.race
def test_two_imports_of_one_file_at_once_make_each_title_once(database, films):
    counts = [counts_of(done) for done in import_at_once(database, [films(2000)] * 2)]
    assert sorted((said["created"], said["unchanged"]) for said in counts) == [(0, 2000), (2000, 0)]
    assert database.query(TITLES) == [(2000, 2000)]


@pytest.mark.race
def test_two_imports_of_the_same_films_take_turns(database, two_lists):
    counts = [counts_of(done) for done in import_at_once(database, two_lists)]
    assert sorted((said["created"], said["updated"]) for said in counts) == [(0, 4000), (4000, 0)]
    assert database.query(TITLES) == [(4000, 4000)]


WITHOUT_TURNS = """
import sys
import django
django.setup()
from django.core.management import call_command
from catalogue.importers import run
run.wait_for_turn = lambda: None
call_command(*sys.argv[1:])
"""


@pytest.mark.race
@pytest.mark.long
def test_control_without_turns_films_are_made_twice(database, two_lists):
    import_at_once(database, two_lists, code=WITHOUT_TURNS)
    assert database.query("SELECT count(*) > 4000 FROM catalogue_title") == [(True,)]


# ------------------------------------------------------------------ memory
@pytest.mark.long
def test_memory_stays_flat_for_many_films(database, films):
    assert database.peak_megabytes("import_titles", films(100_000)) < 300


@pytest.mark.long
def test_memory_stays_flat_for_many_files(database, tmp_path):
    for number in range(2000):
        (tmp_path / f"{number}.jsonl").write_text(json.dumps(film(number)) + "\n")
    assert database.peak_megabytes("import_titles", tmp_path) < 200
    assert database.query(TITLES) == [(2000, 2000)]


@pytest.mark.long
def test_memory_stays_flat_for_records_with_very_many_ratings(database, tmp_path):
    ratings = [[f"member-{n}", n % 10 + 1, "2024-01-01"] for n in range(20_000)]
    path = tmp_path / "rated.jsonl"
    with path.open("w") as file:
        for number in range(30):
            file.write(json.dumps(title(f"film-{number}", f"Film {number}", ratings=ratings)) + "\n")
    assert database.peak_megabytes("import_titles", path) < 300
    assert database.query("SELECT count(*) FROM reviews_rating") == [(600_000,)]


@pytest.mark.long
def test_memory_stays_flat_when_every_row_is_bad(database, tmp_path):
    path = tmp_path / "bad.jsonl"
    with path.open("w") as file:
        file.writelines(json.dumps(title(f"x-{n}", f"X {n}", year=1)) + "\n" for n in range(100_000))
    assert database.peak_megabytes("import_titles", path, "--rejects", tmp_path / "rejects.csv") < 300


def test_one_record_holds_very_many_ratings(database, write):
    ratings = [[f"member-{n}", n % 10 + 1, "2024-01-01"] for n in range(20_000)]
    done = database.manage("import_titles", write(title(ratings=ratings)))
    assert counts_of(done)["created"] == 1
    assert database.query("SELECT histogram[1], histogram[10] FROM reviews_scoresummary") == [(2000, 2000)]
