"""A broken file changes nothing and says where it is broken."""

import json

import pytest

from catalogue.importers.tests.conftest import row_counts
from catalogue.importers.tests.samples import title, us_film
from catalogue.models import Title
from catalogue.readers.tests.profiles import export, profile

pytestmark = pytest.mark.django_db
GOOD = "".join(json.dumps(title(slug, slug)) + "\n" for slug in ("one", "two"))
BAD_ROW = json.dumps(title("three", languages=["xq"])) + "\n"
DOCTYPE = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
LAUGHS = f'<?xml version="1.0"?>\n{DOCTYPE}\n<Collection><DVD>&b;</DVD></Collection>'

BROKEN = {
    "bad JSON after good rows": ("x.jsonl", f"{GOOD}{{oops\n", "line 3, column 2"),
    "bad JSON after a thousand rows": ("x.jsonl", f"{GOOD * 600}{{oops\n", "line 1201, column 2"),
    "truncated XML": ("x.xml", export(profile(), profile(id="2"))[:-20], "line 4"),
    "wrong encoding": ("x.jsonl", GOOD.encode() + b'{"name": "caf\xe9"}', "line 3, byte 14"),
    "entity bomb": ("x.xml", LAUGHS, "line 2"),
    "a value of 10 MB": ("x.jsonl", f'{GOOD}{{"name": "{"x" * (10 << 20)}"}}\n', "line 3"),
    "a value of 10 MB in JSON": ("x.json", json.dumps([us_film(), us_film("x" * (10 << 20))]), "line 1"),
    "empty": ("x.jsonl", "", "line 1: the file is empty"),
    "something else": ("x.jsonl", "Dear Sir or Madam\n", "line 1: not a file that can be imported"),
}


def write(folder, name, content):
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize("name, content, place", BROKEN.values(), ids=BROKEN)
def test_a_broken_file_changes_nothing(tmp_path, import_titles, name, content, place):
    path, before = write(tmp_path, name, content), row_counts()
    ran = import_titles(path)
    assert ran.code == 1
    assert ran.counts == {"created": 0, "updated": 0, "unchanged": 0, "rejected": 0}
    assert f"{path}" in ran.err and place in ran.err and "Nothing of this file was taken." in ran.err
    assert row_counts() == before


def test_bad_rows_of_a_broken_file_are_not_counted(tmp_path, import_titles):
    ran = import_titles(write(tmp_path, "x.jsonl", f"{GOOD}{BAD_ROW}{{oops\n"))
    assert ran.counts == {"created": 0, "updated": 0, "unchanged": 0, "rejected": 0}
    assert "xq" not in ran.err


def test_the_good_file_of_a_folder_goes_in_and_the_broken_one_does_not(tmp_path, import_titles):
    write(tmp_path, "1-broken.jsonl", f"{json.dumps(title('of-the-broken'))}\n{{oops")
    write(tmp_path, "2-good.jsonl", GOOD)
    ran = import_titles(tmp_path)
    assert ran.code == 1 and "1 of the files could not be read" in ran.err
    assert ran.counts["created"] == 2
    assert sorted(Title.objects.values_list("slug", flat=True)) == ["one", "two"]


def test_a_folder_without_files_is_an_error(tmp_path, import_titles):
    write(tmp_path, "notes.txt", "Buy milk.")
    ran = import_titles(tmp_path)
    assert ran.code == 1 and "There is no .jsonl, .json, .xml or .csv file in there." in ran.err


def test_a_path_that_is_not_there_is_an_error_and_nothing_is_read(tmp_path, import_titles):
    ran = import_titles(write(tmp_path, "good.jsonl", GOOD), tmp_path / "missing.jsonl")
    assert ran.code == 1 and f"No such file or folder: {tmp_path / 'missing.jsonl'}" in ran.err
    assert not Title.objects.exists()


def test_a_rejects_file_that_cannot_be_written_is_told_before_anything_is_read(tmp_path, import_titles):
    ran = import_titles(write(tmp_path, "good.jsonl", GOOD), "--rejects", tmp_path / "no" / "rejects.csv")
    assert ran.code == 1 and "rejects.csv" in ran.err
    assert not Title.objects.exists()


# ------------------------------------------------------------------ --dry-run
def test_a_dry_run_changes_nothing_and_counts_the_same(demo, write, import_titles):
    from catalogue.importers.tests.conftest import exported

    bad = write(title("bad", languages=["xq"]), title("good"))
    import_titles(write(title(), title("second"), name="before.jsonl"))
    before = row_counts(), exported()
    dry = import_titles("--dry-run", demo, bad)
    assert (row_counts(), exported()) == before
    assert dry.counts["created"] > 2000 and dry.counts["rejected"] == 1
    assert import_titles(demo, bad).counts == dry.counts
