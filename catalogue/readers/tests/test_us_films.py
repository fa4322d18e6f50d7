import json

import pytest

from catalogue.readers import us_films


@pytest.fixture
def read(sample):
    """Reads one film, made of the keys given on top of the least that a film needs."""

    def one(**keys):
        [row] = us_films.read(sample(json.dumps([{"title": "Test", "year": 1950, **keys}])))
        return row

    return one


def test_a_film_is_a_title(read):
    film = {
        "title": "The Test",
        "cast": ["Ann Bee"],
        "genres": ["Noir", "Science Fiction"],
        "href": "The_Test%27s",
    }
    assert read(**film).record == {
        "record": "title",
        "slug": "the-test-1950",
        "name": "The Test",
        "kind": "film",
        "year": 1950,
        "countries": ["US"],
        "genres": ["Film noir", "Sci-fi"],
        "credits": [{"role": "actor", "name": "Ann Bee"}],
        "identifiers": [{"scheme": "wikipedia-en", "value": "The_Test's"}],
    }


@pytest.mark.parametrize(
    "title, name",
    [
        ("The Test[5]", "The Test"),
        ("The Test [a][12]", "The Test"),
        ("The Test †", "The Test"),
        ("The Test (film)", "The Test"),
        ("The Test (1925 silent film)", "The Test"),
        ("The Test (1950)", "The Test"),
        ("The Test (1951)", "The Test (1951)"),
        ("Love &amp; Test", "Love & Test"),
        ("  The\xa0Test\n[fr] ", "The Test"),
        ("(500) Days (Part One)", "(500) Days (Part One)"),
        ("61*", "61*"),
        ("[Rec]", "[Rec]"),
        (
            "Test .mw-parser-output .frac{white-space:nowrap}.mw-parser-output .num{top:0}33+1⁄3",
            "Test 33 1⁄3",
        ),
    ],
)
def test_titles_lose_what_belongs_to_the_article(read, title, name):
    assert read(title=title).record["name"] == name


@pytest.mark.parametrize(
    "cast, people",
    [
        (["Ann Bee", "and", "(", "nominee)", "with", "1999", "", ".", "Cy Dee"], ["Ann Bee", "Cy Dee"]),
        (["Ann Bee", "Ann Bee", "ann bee"], ["Ann Bee"]),
        ([" Ann  Bee (actor)", "and Cy Dee"], ["Ann Bee", "Cy Dee"]),
        ([". Ed Eff", "Flo Gee[2]"], ["Ed Eff", "Flo Gee"]),
        (["Ann Bee", "(", "Academy Award for Best Actress", ")", "Cy Dee"], ["Ann Bee", "Cy Dee"]),
        (["Ann Bee", "(narrator)", "Narrated by", "the life of", "Footage of"], ["Ann Bee"]),
        (["Ann Bee", "(", "The Bees", ")", "Cy Dee"], ["Ann Bee", "Cy Dee"]),
        (["Wri Ter", "(novel)", "Ann Bee"], ["Ann Bee"]),
        (["Di Rector (Director)", "Cast:", "Ann Bee"], ["Ann Bee"]),
        (["Novella Bee", "Booker T. Dee", "will.i.am"], ["Novella Bee", "Booker T. Dee", "will.i.am"]),
        (['Ann "Buzz" Bee', "Bob & Ann", "王"], ['Ann "Buzz" Bee', "Bob & Ann"]),
        ([7, None, "Ann Bee"], ["Ann Bee"]),
        ([], []),
    ],
)
def test_only_people_are_cast(read, cast, people):
    assert [credit["name"] for credit in read(cast=cast).record.get("credits", [])] == people


@pytest.mark.parametrize("href", [None, "", 5, "Test_(play)#Film"])
def test_what_does_not_name_the_film_s_article_is_no_identifier(read, href):
    assert "identifiers" not in read(href=href).record


@pytest.mark.parametrize(
    "keys, said",
    [
        ({"title": None}, "no title"),
        ({"title": " "}, "title is empty"),
        ({"title": "x" * 400}, "title.name must be shorter"),
        ({"title": "x" * 4000}, "far too long"),
        ({"title": 813}, "no title"),
        ({"year": None}, "no year"),
        ({"year": True}, "no year"),
        ({"year": "1950"}, "no year"),
        ({"year": 1869}, "1869"),
        ({"year": 10**30}, "out of range"),
        ({"cast": "Ann Bee"}, '"cast" must be a list'),
    ],
)
def test_a_film_that_cannot_be_told_is_rejected(read, keys, said):
    row = read(**keys)
    assert row.record is None and said in row.problem


def test_rows_are_counted_over_rejects(sample):
    films = [{"year": 1950}, {"title": "One", "year": 1950}, {"title": "Two", "year": 1950.0}]
    rows = list(us_films.read(sample(json.dumps(films, indent=1))))
    assert [(row.number, bool(row.problem)) for row in rows] == [(1, True), (2, False), (3, False)]


def test_films_larger_than_a_chunk_are_put_together(sample):
    films = [{"title": f"Tëst {n}", "year": 1950, "notes": "é\\" * 40_000} for n in range(5)]
    rows = us_films.read(sample(json.dumps(films, ensure_ascii=False)))
    assert [row.record["name"] for row in rows] == [film["title"] for film in films]
