"""Imports of critics' reviews as processes: memory, two at once, killed; and taste among very many reviews."""

import csv
import json
import time
from contextlib import contextmanager

import psycopg
import pytest
from django.db import connections

from catalogue.importers.tests.samples import title
from catalogue.importers.tests.scratch import database
from reviews.agreement import LIKE_MINDED

TITLES, CRITICS = 2000, 50
REVIEWS = "SELECT count(*), count(DISTINCT critic_id) FROM reviews_criticreview"
SUMS = "SELECT sum(critic_reviews), sum(fresh_reviews), sum(top_critic_reviews) FROM reviews_scoresummary"


@pytest.fixture(scope="module")
def films(empty_database, tmp_path_factory):
    """A Database of 2,000 films, half of which one member rated."""
    path = tmp_path_factory.mktemp("films") / "films.jsonl"
    with path.open("w") as file:
        for n in range(TITLES):
            ratings = [["keen", n % 10 + 1, "2024-01-01"]] if n % 2 else []
            file.write(json.dumps(title(f"film-{n}", f"Film {n}", ratings=ratings)) + "\n")
    connections.close_all()  # a template must have none
    with database(empty_database) as made:
        done = made.manage("import_titles", path)
        assert done.returncode == 0, done.stderr
        yield made


@pytest.fixture
def fresh(films):
    """The same with nothing that critics said."""
    with database(films.name) as made:
        yield made


def sheet(path, titles, critics, slug="film-{}"):
    with path.open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["title", "critic", "publication", "fresh", "quote", "top"])
        for n in range(titles):
            words = "Worth every minute of it. " * 8
            rows.writerows(
                [slug.format(n), f"Critic {c}", f"Paper {c % 7}", ("for", "against")[(n + c) % 3 == 0], words, ""]
                for c in range(critics)
            )
    return path


def counts(done):
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout.splitlines()[-1])
    return said["created"], said["updated"], said["unchanged"], said["rejected"]


@contextmanager
def held(made):
    """A film's sums are locked, so that an import waits with all done but its last step."""
    with psycopg.connect(made.url) as session:
        session.execute("SELECT FROM reviews_scoresummary ORDER BY title_id LIMIT 1 FOR UPDATE")
        yield


def wait_for_waiting(made, number):
    deadline = time.monotonic() + 60
    while made.query("SELECT count(DISTINCT pid) FROM pg_locks WHERE NOT granted") != [(number,)]:
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_two_at_once_take_turns(fresh, tmp_path):
    path = sheet(tmp_path / "critics.csv", 200, 10)
    with held(fresh):
        both = [fresh.start("import_critics", path) for _ in range(2)]
        wait_for_waiting(fresh, 2)
    said = [json.loads(one.communicate()[0].splitlines()[-1]) for one in both]
    assert sorted((one["created"], one["unchanged"]) for one in said) == [(0, 2000), (2000, 0)]
    assert fresh.query(REVIEWS) == [(2000, 10)]


def test_killed_it_changes_nothing(fresh, tmp_path):
    path, before = sheet(tmp_path / "critics.csv", TITLES, 20), fresh.row_counts()
    with held(fresh):
        process = fresh.start("import_critics", path)
        wait_for_waiting(fresh, 1)
        process.kill()
        process.communicate()
    assert fresh.row_counts() == before


@pytest.mark.long
def test_100_000_rows_in_flat_memory_and_again_without_a_change(films, tmp_path):
    few, path = sheet(tmp_path / "few.csv", 10, 1), sheet(tmp_path / "critics.csv", TITLES, CRITICS)
    least = films.peak_megabytes("import_critics", few, "--dry-run")
    assert films.peak_megabytes("import_critics", path) < least + 20
    assert films.query(REVIEWS) == [(100_000, CRITICS)]
    assert films.query(SUMS)[0][0] == 100_000
    assert counts(films.manage("import_critics", path)) == (0, 0, 100_000, 0)
    bad = sheet(tmp_path / "bad.csv", TITLES, CRITICS, slug="no-film-{}")
    assert films.peak_megabytes("import_critics", bad, "--rejects", tmp_path / "rejects.csv") < least + 20
    assert sum(1 for _ in (tmp_path / "rejects.csv").open()) == 100_001
    with psycopg.connect(films.url) as session:  # who shares the taste of a member with 1,000 ratings
        session.execute("ANALYZE")
        member = session.execute("SELECT id FROM members_member WHERE handle = 'keen'").fetchone()[0]
        began = time.monotonic()
        assert len(session.execute(LIKE_MINDED, [member, 10]).fetchall()) == 10
        assert time.monotonic() - began < 0.5
