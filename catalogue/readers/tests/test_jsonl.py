import json

import pytest

from catalogue.readers import jsonl

TITLE = {"record": "title", "slug": "test", "name": "Test"}
DIRECTOR = {"role": "director", "name": "Ann Bee"}


@pytest.fixture
def read(sample):
    def rows(*records):
        return list(jsonl.read(sample("\n".join(json.dumps(record) for record in records))))

    return rows


def test_every_kind_of_record_passes_as_it_is(read):
    records = [
        TITLE | {"year": 1957, "ratings": [["ann", 9, "2020-01-02"]]},
        {"record": "person", "slug": "ann-bee", "name": "Ann Bee", "has_page": False},
        {"record": "member", "handle": "ann", "shown_as": "A. B."},
        {"record": "collection", "slug": "best", "name": "Best"},
        {
            "record": "plan",
            "slug": "one",
            "name": "One",
            "places_at_home": 1,
            "media": ["dvd"],
            "price_pence": 599,
            "position": 1,
        },
    ]
    assert [row.record for row in read(*records)] == records


@pytest.mark.parametrize(
    "record, said",
    [
        (
            TITLE | {"credits": [DIRECTOR, {"role": "star", "name": "B"}]},
            "title.credits[1].role must be one of",
        ),
        (TITLE | {"colour": "red"}, "colour"),
        (TITLE | {"year": 1}, "title.year must be bigger"),
        (TITLE | {"year": "1957"}, "title.year must be integer"),
        ({"record": "title", "slug": "test"}, "title must contain ['name']"),
        ({"record": "film"}, '"record" must be one of title, person'),
        ({"record": ["title"]}, '"record" must be one of'),
        ({"slug": "test"}, '"record" must be one of'),
        ([TITLE], "not a record"),
        (TITLE | {"name": "a\0b"}, "NUL"),
        (TITLE | {"lead": ["\ud800"]}, "surrogate"),
        (TITLE | {"\udfff": 1}, "surrogate"),
        (TITLE | {"year": float("nan")}, "NaN"),
        (TITLE | {"year": float("-inf")}, "-Infinity"),
        (TITLE | {"x" * 5000: 1}, "…"),
    ],
)
def test_a_record_that_breaks_a_rule_is_rejected_with_its_path(read, record, said):
    bad, good = read(record, TITLE)
    assert bad.record is None and said in bad.problem and len(bad.problem) < 400
    assert good == (2, TITLE, None)


@pytest.mark.parametrize(
    "line",
    [
        '{"record": "title", "slug": "test", "name": "Test", "name": "Other"}',
        '{"record": "title", "slug": "test", "name": "Test", "cover": {"name": 1, "name": 1}}',
    ],
)
def test_a_key_that_stands_twice_is_rejected(sample, line):
    [row] = jsonl.read(sample(line))
    assert row.record is None and '"name" stands twice' in row.problem


def test_blank_lines_and_a_byte_order_mark_are_no_records(sample):
    text = f"\ufeff\n{json.dumps(TITLE)}\r\n  \n\n\t{json.dumps(TITLE)}  "
    assert [row.number for row in jsonl.read(sample(text))] == [2, 5]


def test_whole_numbers_may_be_written_with_a_point(sample):
    [row] = jsonl.read(sample('{"record": "title", "slug": "test", "name": "Test", "year": 1957.0}'))
    assert repr(row.record["year"]) == "1957"


def test_a_pair_of_surrogates_is_one_character(read):
    assert read(TITLE | {"name": "🎬"})[0].record["name"] == "🎬"
