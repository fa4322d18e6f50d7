import pytest

from catalogue.readers import cannes

HEADER = "year,title,original_title,director,languages,countries_of_origin,run_time,imdb_url\n"


@pytest.fixture
def read(sample):
    """Reads one line, made of the columns given."""

    def one(year="1958", **columns):
        columns = {"year": year, "title": "Test", **columns}
        quoted = ",".join(f'"{columns.get(name, "")}"' for name in HEADER.strip().split(","))
        [row] = cannes.read(sample("\ufeff" + HEADER + quoted))
        return row

    return one


def test_a_film_is_a_title_with_an_event_but_no_year(read):
    row = read(
        title="The Cranes",
        original_title="Летят журавли",
        director="Ann Bee, Cy Dee Jr.",
        languages="ru",
        countries_of_origin="SU,FR",
        run_time="1h 35m",
        imdb_url="https://www.imdb.com/title/tt0000001/",
    )
    assert row == (
        2,
        {
            "record": "title",
            "slug": "the-cranes",
            "name": "The Cranes",
            "kind": "film",
            "runtime_minutes": 95,
            "languages": ["ru"],
            "countries": ["SU", "FR"],
            "names": [{"name": "Летят журавли", "language": "ru", "script": "Cyrl", "kind": "original"}],
            "credits": [{"role": "director", "name": "Ann Bee"}, {"role": "director", "name": "Cy Dee Jr."}],
            "events": [{"kind": "festival", "date": "1958", "note": "Cannes, in competition"}],
            "identifiers": [{"scheme": "imdb", "value": "tt0000001"}],
        },
        None,
    )


@pytest.mark.parametrize(
    "text, codes",
    [
        ("wol,tgl,cos,fil", ["wo", "tl", "co", "fil"]),
        ("fr, fr,fra,", ["fr"]),
        ("und,xx,mul,?,français", []),
    ],
)
def test_languages_are_codes_each_once(read, text, codes):
    assert read(languages=text).record.get("languages", []) == codes


@pytest.mark.parametrize("text, people", [("A B, Jr., C D", ["A B, Jr.", "C D"]), ("A B,A B,", ["A B"]), ("", [])])
def test_commas_part_directors_but_not_their_names(read, text, people):
    assert [credit["name"] for credit in read(director=text).record.get("credits", [])] == people


@pytest.mark.parametrize("text, minutes", [("2h", 120), ("45m", 45), ("", None), ("long", None), ("0m", None)])
def test_run_time_is_minutes(read, text, minutes):
    assert read(run_time=text).record.get("runtime_minutes") == minutes


def test_an_original_title_in_several_languages_has_no_language(read):
    [name] = read(original_title="Été", languages="fr,en").record["names"]
    assert name == {"name": "Été", "script": "Latn", "kind": "original"}


@pytest.mark.parametrize(
    "columns, said", [({"title": ""}, "no title"), ({"year": "58"}, '"58"'), ({"year": "1٠58"}, "year")]
)
def test_a_film_that_cannot_be_told_is_rejected(read, columns, said):  # fmt: skip
    assert said in read(**columns).problem


def test_rows_are_numbered_by_the_line_where_they_begin(sample):
    path = sample(HEADER + '1958,"Two\nlines",,,,,,\n\n1958,too,short\n1959,Next,,,,,,\n')
    assert [(row.number, bool(row.problem)) for row in cannes.read(path)] == [
        (2, False),
        (5, True),
        (6, False),
    ]
