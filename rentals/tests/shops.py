"""Shops as folders of CSV files, for tests of their import."""

import csv
import json
import os
from pathlib import Path

import pytest
from django.core.management import call_command

ROOT = Path(__file__).resolve().parents[2]
SHOP = {
    "titles": [{"id": "T1", "name": "The Cranes Are Flying", "year": "1957", "minutes": "97", "language": "ru"}],
    "copies": [{"id": "C1", "title": "T1", "barcode": "LX-1", "shelf": "B-014", "acquired_on": "2020-01-02"}],
    "members": [
        {
            "id": "M1",
            "email": "Ada@Example.org",
            "name": "Ada King",
            "line_1": "4 Mill Bank",
            "town": "Leeds",
            "postcode": "ls61aa",
            "joined_on": "2019-05-06",
        }
    ],
    "rentals": [
        {"id": "R1", "copy": "C1", "member": "M1", "rented_at": "2024-05-01 10:00", "returned_at": "2024-05-04 16:30"},
        {"id": "R2", "copy": "C1", "member": "M1", "rented_at": "2024-06-01", "returned_at": ""},
    ],
}


def write_shop(folder, **files):
    """Write SHOP with other rows for some of its files; a row may lack columns. The folder."""
    folder.mkdir(exist_ok=True)
    for name, rows in (SHOP | files).items():
        if rows is not None:
            _write(folder / f"{name}.csv", rows)
    return folder


def _write(path, rows):
    columns = list(dict.fromkeys(column for row in rows for column in row))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)


def with_row(file, **cells):
    """The rows of a file of SHOP, and one more that is like the first but for `cells`."""
    return {file: [*SHOP[file], SHOP[file][0] | cells]}


class Importer:
    """Runs the command; what its last line said, and the list of rejects as dicts."""

    def __init__(self, capsys, rejects):
        self.capsys, self.path = capsys, rejects

    def __call__(self, path, format="csv", **options):
        self.capsys.readouterr()
        call_command("import_shop", str(path), format=format, rejects=self.path, **options)
        self.out = self.capsys.readouterr().out
        with self.path.open(newline="") as file:
            self.rejects = list(csv.DictReader(file))
        return json.loads(self.out.splitlines()[-1])


@pytest.fixture
def import_shop(capsys, tmp_path):
    return Importer(capsys, tmp_path / "rejects.csv")


@pytest.fixture
def dumps():
    """The folder of dumps beside the repository; without it the test is skipped."""
    folder = Path(os.environ.get("KINOPOST_SHARED", ROOT.parent / "shared")) / "data"
    if not (folder / "sakila").is_dir() or not (folder / "pagila").is_dir():
        pytest.skip("Sakila and Pagila are not here")
    return folder
