"""Files that cannot be read on. Each message names the file, the place and what to do."""

import json
import re
import tracemalloc

import pytest

from catalogue.readers import cannes, dvd_profiler, jsonl, us_films
from catalogue.readers.formats import FORMATS, detect
from catalogue.readers.rows import BrokenFile

from .profiles import export, profile

HEADER = "year,title,original_title,director,languages,countries_of_origin,run_time,imdb_url\n"
FILM = '{"title": "Test", "year": 1950}'
RECORD = '{"record": "title", "slug": "test", "name": "Test"}'
HUGE = "x" * (10 << 20)
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
XML = '<?xml version="1.0"?>\n'

BAD = {
    "json: no list": (us_films, FILM, "line 1, column 1", "should be ["),
    "json: broken": (
        us_films,
        f'[\n{FILM},\n{{"title": "x",, "year": 1950}}]',
        "line 3, column 15",
        "correct",
    ),
    "json: no comma": (us_films, f"[{FILM} {FILM}]", "line 1, column 34", "should be"),
    "json: comma at the end": (us_films, f"[{FILM},]", "line 1, column 34", "object in braces"),
    "json: cut short": (us_films, f'[{FILM},\n{{"title": "Te', "line 2", "cut short"),
    "json: no end": (us_films, f"[{FILM}\n", "line 2", "cut short"),
    "json: more behind": (us_films, f"[{FILM}]\n]", "line 2, column 1", "take it out"),
    "json: no object": (us_films, f"[{FILM},\n 5]", "line 2, column 2", "object in braces"),
    "json: encoding": (us_films, b'[\n{"title": "caf\xe9"}]', "line 2, byte 17", "not UTF-8"),
    "json: cut character": (us_films, b'[{"title": "caf\xc3', "line 1", "not UTF-8"),
    "json: utf-16": (us_films, f"[{FILM}]".encode("utf-16"), "line 1, byte", "UTF-8"),
    "json: nul": (us_films, b'[\n{"title": "a\0b"}]', "line 2, byte 15", "NUL"),
    "json: huge value": (us_films, f'[{FILM},\n{{"title": "{HUGE}"}}]', "line 2", "1 MB"),
    "json: deep": (us_films, '[{"cast": ' + "[" * 100_000, "line 1, column 2", "nested too deep"),
    "json: endless number": (
        us_films,
        '[{"year": ' + "9" * 100_000 + "}]",
        "line 1, column 2",
        "too many digits",
    ),
    "jsonl: broken": (jsonl, f"{RECORD}\n{{oops}}\n", "line 2, column 2", "correct the line"),
    "jsonl: cut short": (jsonl, f"{RECORD}\n{RECORD[:-9]}", "line 2", "cut short"),
    "jsonl: more behind": (jsonl, f"{RECORD} {RECORD}", "line 1, column 53", "line of its own"),
    "jsonl: encoding": (jsonl, RECORD.encode() + b'\n{"name": "caf\xe9"}', "line 2, byte 14", "not UTF-8"),
    "jsonl: utf-16": (jsonl, RECORD.encode("utf-16"), "line 1, byte", "UTF-8"),
    "jsonl: nul": (jsonl, f"{RECORD}\n{{\0}}", "line 2, byte 2", "NUL"),
    "jsonl: huge line": (jsonl, f'{RECORD}\n{{"name": "{HUGE}"}}', "line 2", "8 MB"),
    "jsonl: huge value": (jsonl, f'{{"name": "{HUGE[: 2 << 20]}"}}', "line 1", "1 MB"),
    "jsonl: crowd": (jsonl, f'{{"name": [{"[]," * 300_000}[]]}}', "line 1", "lists in one record"),
    "jsonl: deep": (jsonl, f"{RECORD}\n{'[' * 100_000}", "line 2, column 1", "nested too deep"),
    "jsonl: endless number": (jsonl, f"{RECORD}\n{'9' * 5000}", "line 2, column 1", "too many digits"),
    "csv: empty": (cannes, "", "line 1", "missing: year"),
    "csv: columns": (cannes, "year,title\n1958,Test\n", "line 1", "missing: original_title"),
    "csv: quote": (cannes, f'{HEADER}1958,"Test,,,,,,\n', "line 2", "quotation mark"),
    "csv: text behind a quote": (cannes, f'{HEADER}1958,"Te"st,,,,,,\n', "line 2", "quotation mark"),
    "csv: cut short": (cannes, f"{HEADER}1958,Test,,,,,,\n1959,Ne", "line 3", "cut short"),
    "csv: encoding": (cannes, HEADER.encode() + b"1958,caf\xe9,,,,,,\n", "line 2, byte 9", "not UTF-8"),
    "csv: nul": (cannes, f"{HEADER}1958,\0,,,,,,\n", "line 2, byte 6", "NUL"),
    "csv: huge line": (cannes, f"{HEADER}1958,{HUGE},,,,,,\n", "line 2", "1 MB"),
    "csv: huge value": (cannes, f'{HEADER}1958,"{"line" * 9}{chr(10) * 500_000}",,,,,,\n', "line", "limit"),
    "xml: broken": (
        dvd_profiler,
        f"{XML}<Collection>\n<DVD></Collection>",
        "line 3, column 8",
        "mismatched tag",
    ),
    "xml: cut short": (dvd_profiler, export(profile())[:-40], "line 3", "cut short"),
    "xml: empty": (dvd_profiler, "", "line 1", "no element"),
    "xml: more behind": (dvd_profiler, export(profile()) + b"<DVD/>", "line 5", "correct"),
    "xml: other root": (dvd_profiler, f"{XML}<rss/>", "line 2", "not <Collection>"),
    "xml: encoding": (
        dvd_profiler,
        export(profile("caf\xe9")).replace(b"windows-1252", b"utf-8"),
        "line 3",
        "correct",
    ),
    "xml: unknown encoding": (
        dvd_profiler,
        export(profile()).replace(b"windows", b"klingon"),
        "line 1",
        "encoding",
    ),
    "xml: wide encoding": (
        dvd_profiler,
        export(profile()).replace(b"windows-1252", b"shift_jis"),
        "line 1",
        "encoding",
    ),
    "xml: nul": (dvd_profiler, export(profile("a\0b")), "line 3", "correct"),
    "xml: surrogate": (
        dvd_profiler,
        f"{XML}<Collection>&#xD800;</Collection>",
        "line 2",
        "invalid character",
    ),
    "xml: huge value": (dvd_profiler, export(profile(), profile(HUGE)), "line 4", "1 MB"),
    "xml: huge value unread": (dvd_profiler, export(profile(Notes=HUGE)), "line 3", "1 MB"),
    "xml: huge attribute": (dvd_profiler, f'<Collection><DVD a="{HUGE}"/></Collection>', "line 1", "1 MB"),
    "xml: huge comment": (dvd_profiler, f"<Collection><!--{HUGE}--></Collection>", "line 1", "1 MB"),
    "xml: huge profile": (dvd_profiler, export(profile(inside="<Actors/>" * 50_000)), "line 3", "8 MB"),
    "xml: laughs": (
        dvd_profiler,
        f'{XML}<!DOCTYPE Collection [<!ENTITY l0 "ha">{LAUGHS}]>\n<Collection>&l9;</Collection>',
        "line 2",
        "remove the declaration",
    ),
    "xml: external entity": (
        dvd_profiler,
        f'{XML}<!DOCTYPE Collection [<!ENTITY x SYSTEM "file:///etc/passwd">]><Collection>&x;</Collection>',
        "line 2",
        "remove the declaration",
    ),
    "xml: external subset": (
        dvd_profiler,
        f'{XML}<!DOCTYPE Collection SYSTEM "http://localhost/x.dtd"><Collection/>',
        "line 2",
        "remove the declaration",
    ),
    "xml: undeclared entity": (dvd_profiler, "<Collection>&x;</Collection>", "line 1", "undefined entity"),
    "xml: deep": (dvd_profiler, "<Collection>" + "<DVD>" * 100_000, "line 1", "nested too deep"),
}


@pytest.mark.parametrize("format, content, place, said", BAD.values(), ids=BAD)
def test_a_broken_file_says_where_and_what_to_do(sample, format, content, place, said):
    path = sample(content, "broken.bin")
    tracemalloc.start()
    try:
        with pytest.raises(BrokenFile, match=re.escape(said)) as broken:
            list(format.read(path))
        assert tracemalloc.get_traced_memory()[1] < 60 << 20
    finally:
        tracemalloc.stop()
    assert str(broken.value).startswith(f"{path}, {place}")
    assert str(broken.value).endswith(".") and len(str(broken.value)) < 500


def test_rows_before_the_break_have_been_read(sample):
    rows = jsonl.read(sample(f"{RECORD}\n{{oops}}"))
    assert next(rows).record == json.loads(RECORD)


def test_values_that_cannot_be_stored_reject_the_film_alone(sample):
    bad = [
        '{"title": "a\\u0000", "year": 1950}',
        '{"title": "\\ud800", "year": 1950}',
        '{"title": "A", "title": "B"}',
        '{"title": "A", "year": NaN}',
    ]
    rows = list(us_films.read(sample(f"[{','.join([*bad, FILM])}]")))
    said = ["NUL", "surrogate", '"title" stands twice', "NaN"]
    assert all(word in row.problem for word, row in zip(said, rows, strict=False))
    assert [bool(row.record) for row in rows] == [False] * 4 + [True]


@pytest.mark.parametrize("read", [detect, *FORMATS.values()])
def test_a_file_that_is_not_there_is_said_so(tmp_path, read):
    with pytest.raises(BrokenFile, match="cannot be opened"):
        list(read(tmp_path / "none.json"))
    with pytest.raises(BrokenFile, match="cannot be opened"):
        list(read(tmp_path))
