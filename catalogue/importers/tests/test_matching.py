"""Which title of the catalogue a record is about, and which people it names."""

import pytest

from catalogue.importers.tests.samples import cannes_film, credit, imdb, person, title, us_film
from catalogue.models import Credit, ExtraPerson, Person, Release, Title, TitleIdentifier
from catalogue.readers.tests.profiles import export, profile

pytestmark = pytest.mark.django_db


def slugs():
    return sorted(Title.objects.values_list("slug", flat=True))


def people():
    return sorted(Person.objects.values_list("slug", flat=True))


# ------------------------------------------------------------------ titles
def test_an_outside_identifier_tells_the_title(take, take_cannes):
    take(title(year=1950, identifiers=imdb("tt0000001")))
    report = take_cannes(cannes_film("Something Else", "1980", "tt0000001"))
    assert slugs() == ["the-test-1950"] and report.updated == 1


def test_a_slug_tells_the_title(take):
    take(title(name="The Test", year=1950))
    take(title(name="Something Else", year=1980))
    assert list(Title.objects.values_list("name", flat=True)) == ["Something Else"]


def test_a_former_slug_tells_the_title(take):
    take(title("a-test", former_slugs=["the-test"]))
    take(title("the-test", lead="New."))
    assert Title.objects.get().lead == "New."


@pytest.mark.parametrize("name", ["the test", "Test", "THE TÉST!"])
def test_a_name_tells_the_title_however_it_is_spelled(take, take_us, name):
    take(title(year=1950))
    take_us(us_film(name))
    assert slugs() == ["the-test-1950"]


@pytest.mark.parametrize("kind", ["original", "aka"])
def test_another_name_tells_the_title(take, take_us, kind):
    take(title(year=1950, names=[{"name": "L'Épreuve", "kind": kind}]))
    take_us(us_film("L'epreuve"))
    assert slugs() == ["the-test-1950"]


def test_the_original_name_in_another_source_tells_the_title(take, take_cannes):
    take(title(year=1950))
    take_cannes(cannes_film("The Trial", "1951", original_title="The Test"))
    assert slugs() == ["the-test-1950"]


@pytest.mark.parametrize("year, same", [(1948, False), (1949, True), (1950, True), (1951, True), (1952, False)])
def test_years_may_differ_by_one(take, take_us, year, same):
    take(title(year=1950))
    take_us(us_film(year=year))
    assert Title.objects.count() == (1 if same else 2)


@pytest.mark.parametrize(
    "ours, theirs, same",
    [("Ann Bee", "Cy Dee", False), ("Ann Bee", "Ann Bée", True), ("", "Cy Dee", True), ("Ann Bee", "", True)],
)
def test_films_of_different_directors_are_different(take, take_cannes, ours, theirs, same):
    take(title(year=1950, credits=[credit(ours)] if ours else []))
    take_cannes(cannes_film(director=theirs))
    assert Title.objects.count() == (1 if same else 2)


def test_a_director_goes_by_an_alias(take, take_cannes):
    take(person(aliases=[{"name": "Anna Beeson"}]), title(year=1950, credits=[credit("Ann Bee")]))
    take_cannes(cannes_film(director="Anna Beeson"))
    assert slugs() == ["the-test-1950"]


def test_another_identifier_of_the_same_scheme_is_another_film(take, take_cannes):
    take(title(year=1950, identifiers=imdb("tt0000001")))
    take_cannes(cannes_film(imdb="tt0000002"))
    assert slugs() == ["the-test", "the-test-1950"]


def test_an_identifier_of_another_scheme_is_no_obstacle(take, take_cannes):
    take(title(year=1950, identifiers=[{"scheme": "wikidata", "value": "Q1"}]))
    take_cannes(cannes_film(imdb="tt0000002"))
    assert slugs() == ["the-test-1950"]


def test_a_film_that_could_be_several_is_kept_apart_and_listed(take, take_us):
    take(title("the-test-1949", year=1949), title("the-test-1951", year=1951))
    report = take_us(us_film("Other", 1990), us_film(year=1950))
    assert slugs() == ["other-1990", "the-test-1949", "the-test-1950", "the-test-1951"]
    [note] = report.notes
    assert (note.row, note.what) == (2, "kept apart")
    assert note.reason == ("The Test is now the-test-1950, because it could be any of: the-test-1949, the-test-1951.")


@pytest.mark.parametrize("there", [True, False])
def test_two_editions_of_a_film_in_one_file_are_two_releases_of_one_title(take_bytes, take_us, there):
    if there:
        take_us(us_film())
    year = {"ProductionYear": "1950"}
    report = take_bytes(export(profile(id="1", UPC="111111111111", **year), profile(id="2", UPC="2" * 12, **year)))
    assert report.notes == []
    assert slugs() == ["the-test-1950"]
    releases = Release.objects.filter(identifiers__scheme="upc").order_by("position")
    assert list(releases.values_list("slug", "position", "identifiers__value")) == [
        ("dvd", 1, "1" * 12),
        ("dvd-2", 2, "2" * 12),
    ]


def test_a_film_of_cannes_meets_the_us_film_of_the_year_before(take_us, take_cannes):
    take_us(us_film(year=1957))
    take_cannes(cannes_film(year="1958", director="Ann Bee", imdb="tt0000001"))
    assert slugs() == ["the-test-1957"]
    assert Credit.objects.get().person.name == "Ann Bee"


def test_a_us_film_meets_the_film_of_cannes_of_the_year_after(take_us, take_cannes):
    take_cannes(cannes_film(year="1958"))
    take_us(us_film(year=1957))
    assert Title.objects.get().year == 1957


def test_one_article_for_two_films_belongs_to_the_first(take_us):
    report = take_us(us_film("One", href="Both"), us_film("Two", href="Both"), us_film("Three", href="Both"))
    assert slugs() == ["one-1950", "three-1950", "two-1950"] and report.created == 3
    assert TitleIdentifier.objects.get().title.name == "One"


def test_a_film_twice_in_one_file_is_one_title(take_us):
    film = us_film(href="The_Test")
    report = take_us(film, film)
    assert slugs() == ["the-test-1950"] and (report.created, report.unchanged) == (1, 1)


def test_a_row_that_says_nothing_new_of_its_film_is_listed(take_us):
    report = take_us(us_film(), us_film("Other"), us_film())
    assert (report.created, report.rejected) == (2, 1)
    assert report.notes[0].row == 3 and "An earlier row of this file" in report.notes[0].reason


def test_two_records_of_our_own_with_one_slug_are_listed(take):
    report = take(title(lead="First."), title(lead="Second."))
    assert Title.objects.get().lead == "First."
    assert [(note.row, note.what) for note in report.notes] == [(2, "rejected")]


@pytest.mark.parametrize("between", [0, 1500])
def test_two_records_of_our_own_never_become_one(take, between):
    others = [title(f"other-{number}", f"Other {number}") for number in range(between)]
    report = take(title("one", "One", identifiers=imdb()), *others, title("two", "Two", identifiers=imdb()))
    assert Title.objects.get(slug="one").name == "One"
    assert [note.row for note in report.notes] == [between + 2]
    assert "imdb tt0000001" in report.notes[0].reason


def test_a_later_file_of_our_own_gives_a_title_of_another_source_its_slug(take, take_cannes):
    take_cannes(cannes_film(imdb="tt0000001"))
    take(title(year=1950, identifiers=imdb("tt0000001")))
    assert Title.objects.get().slug == "the-test-1950"
    assert Title.objects.get().former_slugs.get().slug == "the-test"


def test_a_new_title_gets_a_free_slug(take, take_us):
    take(title("the-test-1950", "Something Else", year=1950))
    take_us(us_film())
    assert slugs() == ["the-test-1950", "the-test-1950-2"]


# ------------------------------------------------------------------ people
def test_a_person_is_found_by_slug(take):
    take(person("ann-bee", "Ann Bee"), title(credits=[credit("A. B.", person="ann-bee")]))
    assert people() == ["ann-bee"] and Credit.objects.get().printed_name == "A. B."


@pytest.mark.parametrize("name", ["ann bee", "Ánn Bee", "Энн Би"])
def test_a_person_is_found_by_name_or_alias(take, name):
    take(person("x", "Ann Bee", aliases=[{"name": "Энн Би"}]), title(credits=[credit(name)]))
    assert people() == ["x"]


def test_a_person_of_another_slug_and_the_same_name_is_somebody_else(take):
    take(title(credits=[credit("Ann Bee", person="ann-bee-2"), credit("Ann Bee", person="ann-bee")]))
    assert people() == ["ann-bee", "ann-bee-2"]


@pytest.mark.parametrize(
    ("plain", "slug", "called", "people"),
    [
        ("0", "0", "0", {"0": "0"}),
        ("Cher", "cher", "Cher", {"cher": "Cher"}),
        ("cher", "cher", "Cherilyn Sarkisian", {"cher": "Cherilyn Sarkisian"}),
        ("Ann", "ann", "Ann Bee", {"ann": "Ann Bee", "ann-2": "Ann"}),
    ],
)
@pytest.mark.parametrize("plain_first", [True, False])
def test_new_people_named_with_a_slug_and_without_in_one_file(take, plain, slug, called, people, plain_first):
    credits = [credit(plain, "actor"), credit(called, "director", person=slug)]
    report = take(title(credits=credits if plain_first else credits[::-1]))
    assert report.rejected == 0, report.notes
    assert dict(Person.objects.values_list("slug", "name")) == people


def test_a_person_may_be_described_after_the_title(take):
    take(title(credits=[credit("A. B.", person="ann-bee")]), person("ann-bee", "Ann Bee", born_on="1903"))
    assert Person.objects.get().born_on == "1903"


def test_a_person_spelled_in_two_ways_in_one_cast_is_named_once(take_us):
    take_us(us_film(cast=["Ann Bee", "Cy Dee", "Ánn Bee"]))
    credits = Credit.objects.order_by("position").values_list("printed_name", "position")
    assert list(credits) == [("Ann Bee", 1), ("Cy Dee", 2)]


def test_a_person_spelled_in_two_ways_at_one_extra_is_named_once(take):
    extra = {"name": "Talk", "people": ["Ann Bee", "Cy Dee", "Ánn Bee"]}
    report = take(title(releases=[{"slug": "dvd", "medium": "dvd", "extras": [extra]}]))
    assert report.notes == []
    named = ExtraPerson.objects.order_by("position").values_list("person__name", "position")
    assert list(named) == [("Ann Bee", 1), ("Cy Dee", 2)]


def test_two_parts_of_one_person_in_a_film_are_two_credits(take):
    take(title(credits=[credit("Ann Bee", "actor", character=name) for name in ("Cook", "Thief", "Cook")]))
    assert Credit.objects.count() == 2
