"""What a person's page says: life, films by part, who else is in them, what they won, the line of years."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalogue.lifeline import LEVELS, MOST_DOTS, lifeline
from catalogue.models import Award, Person
from reviews.models import ScoreSummary
from tests.factories import (
    make_award,
    make_award_body,
    make_credit,
    make_person,
    make_person_alias,
    make_rating,
    make_release,
    make_title,
    make_title_name,
)
from tests.pages import by_id, get, links, of_class, structured_data, text

pytestmark = pytest.mark.django_db


def page_of(client, person):
    return get(client, person.get_absolute_url())


def head(page):
    return text(of_class(page, "page-head")[0])


def rows(page, part="director"):
    """[(year, name, line, availability)] of a list of films."""
    return [
        tuple(
            text(found) if (found := row.find(path)) is not None else "" for path in ("time", ".//h3", ".//small", "p")
        )
        for row in by_id(page, part).findall("./ol/li")
    ]


def make_film(person, role="director", *, held=True, printed_name=None, character="", detail="", **fields):
    title = make_title(**fields)
    if held:
        make_release(title=title)
    name = printed_name or person.name
    make_credit(title=title, person=person, role=role, printed_name=name, character=character, detail=detail)
    return title


@pytest.fixture
def person():
    return make_person(name="Ann Bee", has_page=True)


# ------------------------------------------------------------------ life
BORN = "Born on 28 December 1903"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, ""),
        ({"born_on": "1903"}, "Born in 1903."),
        ({"born_on": "1903-12-28", "birthplace": "Tiflis"}, "Born in Tiflis on 28 December 1903."),
        ({"birthplace": "Tiflis"}, "Born in Tiflis."),
        ({"died_on": "1973-03"}, "Died in March 1973."),
        ({"born_on": "1903-12-28", "died_on": "1973-03"}, f"{BORN}, died in March 1973."),
        ({"born_on": "1903-12-28", "died_on": "1973-12-27"}, f"{BORN}, died on 27 December 1973, aged 69."),
        ({"born_on": "1903-12-28", "died_on": "1973-12-28"}, f"{BORN}, died on 28 December 1973, aged 70."),
        ({"born_on": "1903", "died_on": "1973"}, "Born in 1903, died in 1973."),
    ],
)  # fmt: skip
def test_life_is_told_as_far_as_it_is_known(client, fields, words):
    page = page_of(client, make_person(name="Ann Bee", has_page=True, **fields))
    assert head(page) == f"Ann Bee {words}".strip()


def test_the_head_says_what_somebody_mostly_did(client, person):
    for _ in range(3):
        make_film(person, "cinematographer")
    for _ in range(2):
        make_film(person, "director")
    make_film(person, "self")
    make_film(person, "writer")
    assert "Cinematographer, director, writer." in head(page_of(client, person))


def test_aliases_stand_in_their_language(client, person):
    make_person_alias(person=person, name="Энн Би", language_id="ru", script="Cyrl")
    make_person_alias(person=person, name="Enn Bi", language_id="ru", script="Latn")
    make_person_alias(person=person, name="Annie Bee")
    page = page_of(client, person)
    assert [(alias.get("lang"), alias.text) for alias in page.iter("bdi")] == [
        ("ru", "Энн Би"), ("ru-Latn", "Enn Bi"), (None, "Annie Bee"),
    ]  # fmt: skip


def test_a_person_without_films_has_a_page_that_says_so(client, person):
    assert "We have no film with Ann Bee yet." in text(page_of(client, person))


def test_a_name_of_300_letters_is_set_smaller(client):
    page = page_of(client, make_person(name="Wolfe" * 60, has_page=True))
    assert page.find(".//h1").get("data-len") == "long"


# ------------------------------------------------------------------ films
def test_films_stand_by_part_the_longest_list_first_and_the_latest_on_top(client, person):
    make_film(person, "writer", name="Written", year=1950)
    make_film(person, name="Early", year=1930)
    make_film(person, name="Undated", year=None)
    make_film(person, name="Late", year=1960)
    page = page_of(client, person)
    assert [text(link) for link in of_class(page, "chips")[0].iter("a")] == ["Director 3", "Writer 1"]
    assert [row[1] for row in rows(page)] == ["Late", "Early", "Undated"]
    assert links(of_class(page, "chips")[0]) == ["#director", "#writer"]


LINES = {
    "a character": ("actor", {"character": "Cook"}, "as Cook"),
    "nobody in particular": ("actor", {}, ""),
    "a detail": ("writer", {"detail": "screenplay"}, "screenplay"),
    "another spelling": ("actor", {"character": "Cook", "printed_name": "A. Bee"}, "as Cook, credited as A. Bee"),
}


@pytest.mark.parametrize(("role", "fields", "line"), LINES.values(), ids=LINES)
def test_a_row_says_what_the_part_was(client, person, role, fields, line):
    make_film(person, role, **fields)
    assert rows(page_of(client, person), role)[0][2] == line


def test_two_characters_in_one_film_are_one_row(client, person):
    title = make_film(person, "actor", character="Cook")
    make_credit(title=title, person=person, role="actor", printed_name=person.name, character="Thief")
    (row,) = rows(page_of(client, person), "actor")
    assert row[2] == "as Cook and Thief"


def test_a_director_s_row_names_the_prize_or_else_the_cast_or_else_another_name(client, person):
    won, played, plain = (make_film(person, year=year) for year in (1960, 1950, 1940))
    make_award(title=won, body=make_award_body(name="Cannes"), prize="Palme d'Or", year=1961)
    make_award(title=played, won=False)
    make_award(title=played, recipient="Somebody else")
    for name in ("Cy Dee", "Ed Eff", "Gee Aitch"):
        make_credit(title=played, role="actor", printed_name=name)
    make_title_name(title=plain, name="Plainly")
    assert [row[2] for row in rows(page_of(client, person))] == [
        "Palme d'Or, Cannes 1961", "with Cy Dee and Ed Eff", "also known as Plainly",
    ]  # fmt: skip


def test_a_writer_s_row_names_the_director_unless_it_is_the_writer(client, person):
    own, other = make_film(person, "writer", year=1960), make_film(person, "writer", year=1950)
    make_credit(title=own, person=person, printed_name=person.name)
    make_credit(title=other, printed_name="Cy Dee")
    assert [row[2] for row in rows(page_of(client, person), "writer")] == ["", "directed by Cy Dee"]


def test_a_row_says_whether_we_hold_the_film(client, person):
    held = make_film(person, year=1960)
    make_release(title=held, medium="blu-ray")
    make_film(person, year=1950, held=False)
    page = page_of(client, person)
    assert [row[3] for row in rows(page)] == ["Not here yet", "Not on UK disc"]
    assert ["away" in img.get("class") for img in by_id(page, "director").iter("img")] == [False, True]


def test_covers_show_what_we_hold_and_members_rated_most(client, person):
    titles = [make_film(person, name=f"Film {number}") for number in range(7)]
    make_film(person, name="Not held", held=False)
    make_rating(title=titles[3])
    ScoreSummary.objects.rebuild([titles[3].pk])
    shown = [text(card.find(".//h3")) for card in of_class(page_of(client, person), "card")]
    assert len(shown) == 6 and shown[0] == "Film 3" and "Not held" not in shown


# ------------------------------------------------------------------ others
def with_(person, other, number, role="actor", **fields):
    for _ in range(number):
        make_credit(title=make_film(person, **fields), person=other, role=role, printed_name=other.name)


def test_who_is_in_two_of_the_same_films_worked_with_them_often(client, person):
    often, twice, once = (make_person(name=name) for name in ("Cy Dee", "Ed Eff", "Gee Aitch"))
    with_(person, twice, 2)
    with_(person, often, 3, "cinematographer")
    with_(person, once, 1)
    panel = of_class(page_of(client, person), "panel")[0]
    assert [text(row) for row in panel.iter("li")] == ["Cy Dee, photography, 3 titles", "Ed Eff, actor, 2 titles"]
    assert links(panel) == [often.get_absolute_url(), twice.get_absolute_url()]


def test_two_parts_in_one_film_are_not_two_films(client, person):
    other = make_person(name="Cy Dee")
    title = make_film(person)
    for role in ("actor", "writer"):
        make_credit(title=title, person=other, role=role)
    assert of_class(page_of(client, person), "panel") == []


def test_somebody_whom_staff_give_no_page_is_plain_text(client, person):
    with_(person, make_person(name="Cy Dee", has_page=False), 2)
    panel = of_class(page_of(client, person), "panel")[0]
    assert text(panel.find(".//li")) == "Cy Dee, actor, 2 titles" and links(panel) == []


# ------------------------------------------------------------------ awards
def test_awards_are_those_the_person_took_and_those_of_the_film_itself(client, person):
    make_person_alias(person=person, name="Anna Bee")
    title = make_film(person, name="The film")
    for year, recipient, won in (
        (1961, "ANN BEE", True), (1962, "Anna Bee", True), (1963, "", True), (1964, "Cy Dee", True), (1965, "", False),
    ):  # fmt: skip
        make_award(title=title, year=year, recipient=recipient, won=won, prize=f"Prize of {year}")
    page = page_of(client, person)
    listed = [(text(row.find("time")), text(row.find(".//small"))) for row in by_id(page, "awards").iter("li")]
    assert listed == [
        ("1963", "to The film"), ("1962", "to Ann Bee for The film"), ("1961", "to Ann Bee for The film"),
    ]  # fmt: skip
    assert Award.objects.count() == 5


# ------------------------------------------------------------------ the line of years
def row(year, held=True, ratings=0, name="A film"):
    return {"year": year, "held": held, "ratings": ratings, "name": name}


@pytest.mark.parametrize(
    "years", [[], [1950], [1950, 1951], [1950, 1950, 1950], [None, 1950, None, 1951]], ids=lambda years: str(len(years))
)
def test_too_few_years_make_no_line(years):
    assert lifeline([row(year) for year in years]) is None


@pytest.mark.parametrize("last", [1951, 1957, 1969, 2100])
def test_dots_and_names_keep_to_the_drawing(last):
    line = lifeline([row(1950), row(1950, held=False), *(row(year, name="N" * 300) for year in (last, 1951))])
    assert all(0 < dot["x"] < line["width"] for dot in line["dots"])
    assert all(label["text_x"] + 26 * 7.6 <= line["width"] for label in line["labels"])
    assert any(tick["year"] for tick in line["ticks"])


def test_dots_of_one_year_stand_one_above_the_other():
    line = lifeline([row(1950, held=number % 2) for number in range(20)] + [row(1960)])
    first = [dot for dot in line["dots"] if dot["x"] == line["dots"][0]["x"]]
    assert len(first) == MOST_DOTS == len({dot["y"] for dot in first})
    assert all(dot["held"] for dot in first), "those to rent lie nearest to the line"


def test_no_name_is_crossed_by_the_line_of_another():
    years = [1950, 1951, 1952, 1953, 1954, 1960, 1990]
    labels = lifeline([row(year, name="A name of some length", ratings=year) for year in years])["labels"]
    assert len(labels) > 3 and max(label["level"] for label in labels) < LEVELS
    for label in labels:
        end = label["text_x"] + len(label["name"]) * 7.6
        crossing = [other for other in labels if label["x"] < other["x"] <= end and other["level"] >= label["level"]]
        assert crossing == []


def test_the_line_is_told_in_words(client, person):
    for year, held in ((1950, True), (1955, False), (1960, True)):
        make_film(person, year=year, held=held)
    drawing = of_class(page_of(client, person), "years")[0]
    assert drawing.get("aria-label") == (
        "Time line: 3 titles from 1950 to 1960, 2 of them to rent. All are listed below."
    )
    assert [circle.get("class") for circle in drawing.iter("circle")] == ["has", "not", "has"]


# ------------------------------------------------------------------ the whole
def queries(client, url):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_300_credits_take_as_many_queries_as_two(client):
    def full(number):
        person, other = make_person(has_page=True), make_person()
        with_(person, other, number)
        for credit in person.credits.all():
            make_award(title=credit.title)
        return person.get_absolute_url()

    assert queries(client, full(2)) == queries(client, full(300)) == 6


def test_structured_data_says_what_the_page_says(client):
    person = make_person(
        name="Ann </script> Bee", born_on="1903-12-28", died_on="1973", birthplace="Tiflis", biography="Lived.\n\nDied."
    )
    make_person_alias(person=person, name="Энн Би")
    make_film(person)
    page = page_of(client, person)
    data = structured_data(page)
    assert data | {"image": ""} == {
        "@context": "https://schema.org",
        "@type": "Person",
        "name": "Ann </script> Bee",
        "url": f"http://testserver{person.get_absolute_url()}",
        "image": "",
        "alternateName": ["Энн Би"],
        "jobTitle": "Director",
        "birthDate": "1903-12-28",
        "birthPlace": "Tiflis",
        "deathDate": "1973",
        "description": "Lived.",
    }
    assert page.find("head/link[@rel='canonical']").get("href") == data["url"]
    assert data["image"].startswith("http://testserver/portraits/")


def test_visitors_sign_in_before_they_queue_all(client, person):
    make_film(person)
    page = page_of(client, person)
    assert f"/sign-in/?next={person.get_absolute_url()}" in links(page.find(".//main"))
    assert Person.objects.get(pk=person.pk).name == "Ann Bee"
