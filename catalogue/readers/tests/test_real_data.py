"""The real files beside the repository, read whole."""

import json
import subprocess
import sys
from collections import Counter

import pytest

from catalogue.readers import cannes, dvd_profiler, jsonl, us_films
from catalogue.readers.formats import FORMATS, detect, files_in
from catalogue.readers.schema import problem_in

from .conftest import ROOT
from .profiles import export, profile


def read_all(folder):
    return [row for path in files_in([folder]) for row in FORMATS[detect(path)](path)]


def test_all_us_films_are_taken_over(shared):
    rows = read_all(shared / "us-films")
    assert len(rows) == 36_273
    assert [row.problem for row in rows if row.problem] == []
    assert not any(problem_in(row.record) for row in rows)


def test_all_films_of_cannes_are_taken_over(shared):
    rows = read_all(shared / "cannes-films")
    assert len(rows) == 1873
    assert [row.problem for row in rows if row.problem] == []
    assert not any(problem_in(row.record) for row in rows)


def test_a_real_collection_is_taken_over(shared):
    rows = read_all(shared / "dvd-profiler")
    kinds = Counter(row.record["record"] if row.record else row.problem for row in rows)
    assert kinds == {"title": 31, "person": 12, None: 1}
    boxes = Counter(row.record["releases"][0].get("box_set") for row in rows if (row.record or {}).get("releases"))
    assert boxes == {None: 28, "The Mummy Collector's Set": 3}


FILM = {"title": "Test of a Name", "year": 1950, "cast": ["Ann Bee", "Cy Dee", "Ed Eff"], "genres": ["Drama"]}
RECORD = {
    "record": "title",
    "slug": "test",
    "name": "Test",
    "credits": [{"role": "actor", "name": "Ann Bee"}] * 5,
}


def write_films(file):
    file.write("[")
    file.write(",\n".join([json.dumps(FILM)] * 300_000))
    file.write("]")


def write_records(file):
    file.writelines([json.dumps(RECORD) + "\n"] * 300_000)


def write_csv(file):
    file.write("year,title,original_title,director,languages,countries_of_origin,run_time,imdb_url\n")
    file.writelines(["1958,Test,Essai,Ann Bee,fr,FR,1h 35m,https://www.imdb.com/title/tt0000001/\n"] * 300_000)


def write_profiles(file):
    actors = '<Actor FirstName="Ann" LastName="Bee" Role="Cook"/>' * 10
    one = profile(inside=f"<Actors>{actors}</Actors>")
    file.write(export(*[one] * 5_000).decode())


# In a process of its own: the peak of this one is that of the tests before.
COUNT = """
import importlib, re, sys
read = importlib.import_module(sys.argv[1]).read
print(sum(1 for row in read(sys.argv[2]) if row.record))
print(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1])
"""


@pytest.mark.long
@pytest.mark.parametrize(
    "format, write, films",
    [
        (us_films, write_films, 300_000),
        (jsonl, write_records, 300_000),
        (cannes, write_csv, 300_000),
        (dvd_profiler, write_profiles, 5_000),
    ],
)
def test_memory_stays_flat_whatever_the_size(tmp_path, format, write, films):
    path = tmp_path / "large"
    with path.open("w", encoding="utf-8") as file:
        write(file)
    done = subprocess.run([sys.executable, "-c", COUNT, format.__name__, path], capture_output=True, cwd=ROOT)
    rows, peak_kb = map(int, done.stdout.split())
    assert rows == films and peak_kb < 150 << 10
