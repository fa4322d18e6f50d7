import json
import os
from contextlib import contextmanager
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from catalogue.importers.export import export_lines
from catalogue.importers.run import Report, import_file
from catalogue.importers.tests import scratch

ROOT = Path(__file__).resolve().parents[3]
CANNES_COLUMNS = "year,title,original_title,director,languages,countries_of_origin,run_time,imdb_url"


@pytest.fixture
def write(tmp_path):
    """Writes records as a file of our own format, and returns its path."""

    def write(*records, name="records.jsonl"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records))
        return path

    return write


@pytest.fixture
def take(write):
    """Imports records of our own format; returns the Report."""
    return lambda *records: taken(write(*records))


@pytest.fixture
def take_us(tmp_path):
    """Imports films of the US list."""

    def take(*films):
        path = tmp_path / "us.json"
        path.write_text(json.dumps(films))
        return taken(path)

    return take


@pytest.fixture
def take_cannes(tmp_path):
    """Imports films of the list of Cannes, given as dicts of its columns."""

    def take(*films):
        path = tmp_path / "cannes.csv"
        rows = [",".join(f'"{film.get(column, "")}"' for column in CANNES_COLUMNS.split(",")) for film in films]
        path.write_text("\n".join([CANNES_COLUMNS, *rows, ""]))
        return taken(path)

    return take


@pytest.fixture
def take_bytes(tmp_path):
    """Imports a file of the given bytes."""

    def take(content, name="file"):
        path = tmp_path / name
        path.write_bytes(content)
        return taken(path)

    return take


def taken(path):
    report = Report()
    import_file(path, report)
    return report


@dataclass
class Ran:
    """What a command printed; `code` is the exit code that a shell sees."""

    code: int
    out: str
    err: str

    @property
    def counts(self):
        return {key: value for key, value in json.loads(self.out.splitlines()[-1]).items() if key != "seconds"}


@pytest.fixture
def import_titles():
    """Runs `manage.py import_titles` in this process."""

    def run(*arguments):
        out, err, code = StringIO(), StringIO(), 0
        try:
            call_command("import_titles", *map(str, arguments), stdout=out, stderr=err)
        except CommandError as error:
            code = error.returncode
            err.write(str(error))
        return Ran(code, out.getvalue(), err.getvalue())

    return run


def exported():
    return "".join(export_lines())


@contextmanager
def undone():
    """What happens inside never happened."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def row_counts():
    """{table: rows} of all tables."""
    with connection.cursor() as cursor:
        return scratch.row_counts(cursor)


@pytest.fixture(scope="session")
def demo():
    """The path of the demo catalogue."""
    return ROOT / "fixtures" / "demo.jsonl"


@pytest.fixture
def shared():
    """The folder of real data beside the repository; without it the test is skipped."""
    folder = Path(os.environ.get("KINOPOST_SHARED", ROOT.parent / "shared")) / "data"
    if not folder.is_dir():
        pytest.skip("the folder of real data is not here")
    return folder


@pytest.fixture(scope="session")
def migrated(django_db_setup):
    """The name of a migrated, empty database to copy from."""
    with scratch.database() as empty:
        empty.manage("migrate", "-v0").check_returncode()
        yield empty.name


@pytest.fixture
def database(migrated):
    """An empty database of its own, for commands that run as processes."""
    with scratch.database(template=migrated) as copy:
        yield copy
