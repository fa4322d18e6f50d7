"""What an import does to titles that are there: our own format replaces, another source only fills."""

import json

import pytest

from catalogue.importers.tests.conftest import exported
from catalogue.importers.tests.samples import EVERY_KEY, EVERY_KIND, cannes_film, credit, person, title, us_film
from catalogue.models import Disc, FormerTitleSlug, Person, Release, Title
from catalogue.readers.tests.profiles import export, profile
from members.models import Member
from reviews.models import HelpfulVote, Rating, Review, ScoreSummary
from tests.factories import make_copy, make_order

pytestmark = pytest.mark.django_db
DVD = {"slug": "dvd", "medium": "dvd", "discs": [{"number": 1}, {"number": 2}]}
BLU_RAY = {"slug": "blu-ray", "medium": "blu-ray", "discs": [{"number": 1}]}


def counts(report):
    return report.created, report.updated, report.unchanged


@pytest.mark.parametrize("has", [lambda disc: make_copy(disc=disc), lambda disc: make_order(release=disc.release)])
def test_a_release_that_we_have_copies_of_or_ordered_is_not_taken_away(take, has):
    take(title(releases=[DVD, BLU_RAY]))
    has(Disc.objects.get(release__slug="blu-ray"))
    report = take(title(releases=[DVD]))
    assert report.rejected == 1
    assert Release.objects.count() == 2
    assert counts(take(title(releases=[BLU_RAY]))) == (0, 1, 0)


# ------------------------------------------------------------------ another source fills
def test_another_source_never_overwrites(take, take_bytes):
    said = title(
        year=1951,
        synopsis="Of the staff.",
        runtime_minutes=90,
        countries=["SU"],
        genres=["War"],
        credits=[credit("Ann Bee", "actor")],
        certificate={"system": "BBFC", "value": "12"},
    )
    take(said)
    overview = "<Overview>Of the box.</Overview><Genres><Genre>Drama</Genre></Genres>"
    cast = '<Actors><Actor FirstName="Cy" LastName="Dee"/></Actors>'
    country = "<CountryOfOrigin>France</CountryOfOrigin>"
    take_bytes(export(profile(inside=overview + cast + country, ProductionYear="1950", RunningTime="99")))
    film = Title.objects.get()
    assert (film.year, film.synopsis, film.runtime_minutes) == (1951, "Of the staff.", 90)
    assert film.certificate.system == "BBFC"
    assert [row.country_id for row in film.title_countries.all()] == ["SU"]
    assert [row.genre.name for row in film.title_genres.all()] == ["War"]
    assert [row.printed_name for row in film.credits.all()] == ["Ann Bee"]
    assert [row.slug for row in film.releases.all()] == ["dvd"]


def test_another_source_fills_what_is_missing(take, take_cannes):
    take(
        title(
            credits=[credit("Ann Bee", "actor")],
            names=[{"name": "Essai"}],
            events=[{"kind": "premiere", "date": "1950"}],
        )
    )
    report = take_cannes(
        cannes_film(
            original_title="La Prova",
            director="Cy Dee",
            run_time="1h 35m",
            languages="it",
            countries_of_origin="IT",
            imdb="tt0000001",
        )
    )
    film = Title.objects.get()
    assert counts(report) == (0, 1, 0)
    assert film.runtime_minutes == 95
    assert [row.language_id for row in film.title_languages.all()] == ["it"]
    assert list(film.names.order_by("position").values_list("name", "position")) == [("Essai", 1), ("La Prova", 2)]
    assert film.credits.count() == 2 and film.identifiers.get().value == "tt0000001"


def test_another_source_that_says_nothing_new_changes_nothing(take, take_us):
    take(title(year=1950, countries=["US"], credits=[credit("Ann Bee", "actor")], genres=["War"]))
    before = exported()
    report = take_us(us_film(cast=["Cy Dee"], genres=["Drama"]))
    assert counts(report) == (0, 0, 1) and exported() == before


def test_two_rows_that_fill_one_title_both_go_in(take, take_us):
    take(title(year=1950, names=[{"name": "Essai"}]))
    report = take_us(us_film(cast=["Ann Bee"]), us_film("Essai", genres=["Drama"], cast=["Cy Dee"]))
    film = Title.objects.get()
    assert report.notes == []
    assert [row.printed_name for row in film.credits.all()] == ["Ann Bee"]
    assert [row.genre.name for row in film.title_genres.all()] == ["Drama"]


def test_the_same_film_again_is_unchanged(take_us):
    films = [us_film(cast=["Ann Bee"]), us_film("Other", 1960, href="Other")]
    assert counts(take_us(*films)) == (2, 0, 0)
    assert counts(take_us(*films)) == (0, 0, 2)


# ------------------------------------------------------------------ our own format replaces
def test_a_changed_record_replaces_and_the_same_is_unchanged(take):
    first, second = title(lead="First.", genres=["War", "Drama"]), title(lead="Second.", genres=["Drama", "War"])
    assert counts(take(first)) == (1, 0, 0)
    assert counts(take(second)) == (0, 1, 0)
    assert exported() == title_line(second)
    assert counts(take(second)) == (0, 0, 1)


def title_line(record):
    return json.dumps(record, separators=(",", ":")) + "\n"


def test_what_a_record_no_longer_says_goes(take):
    take(*EVERY_KIND)
    mine = ("record", "slug", "name", "kind")
    take({key: EVERY_KEY[key] for key in mine})
    film = Title.objects.get()
    assert (film.year, film.lead, film.certificate) == (None, "", None)
    assert not film.credits.exists() and not film.releases.exists() and not film.awards.exists()
    assert not film.critic_reviews.exists() and not film.outside_scores.exists() and not film.outside_reviews.exists()
    assert film.ratings.count() == 2 and film.score_summary.critic_reviews == 0


def test_a_replaced_title_keeps_its_releases_and_discs(take):
    take(title(releases=[DVD, BLU_RAY]))
    film, releases, discs = (set(model.objects.values_list("pk", flat=True)) for model in (Title, Release, Disc))
    changed = DVD | {"edition": "New", "discs": [{"number": 1, "label": "Film"}, {"number": 2}]}
    take(title(releases=[BLU_RAY, changed]))
    assert [set(model.objects.values_list("pk", flat=True)) for model in (Title, Release, Disc)] == [
        film,
        releases,
        discs,
    ]
    assert list(Release.objects.order_by("position").values_list("slug", "edition")) == [
        ("blu-ray", ""),
        ("dvd", "New"),
    ]
    assert Disc.objects.get(release__slug="dvd", number=1).label == "Film"


def test_a_release_gets_discs_that_are_new(take):
    take(title(releases=[BLU_RAY]))
    take(title(releases=[BLU_RAY | {"discs": [{"number": 1}, {"number": 2, "label": "Extras"}]}]))
    assert list(Disc.objects.order_by("number").values_list("number", "label")) == [(1, ""), (2, "Extras")]


def test_a_release_that_the_record_no_longer_names_goes(take):
    take(title(releases=[DVD, BLU_RAY]))
    take(title(releases=[BLU_RAY]))
    assert Release.objects.get().slug == "blu-ray"


def test_what_members_wrote_since_stays(take):
    take(*EVERY_KIND)
    film, ali = Title.objects.get(), Member.objects.create_user("ali@example.org", handle="ali", shown_as="Ali")
    Rating.objects.create(title=film, member=ali, half_stars=10, rated_on="2024-03-01")
    Review.objects.create(title=film, author=ali, headline="Mine", body="Mine.", written_on="2024-03-01")
    HelpfulVote.objects.create(review=Review.objects.get(author__handle="kit"), voter=ali, helpful=True)
    take(EVERY_KEY | {"lead": "Changed.", "ratings": [["kit", 2, "2024-01-31"]]})
    assert dict(Rating.objects.values_list("member__handle", "half_stars")) == {"kit": 2, "sam": 1, "ali": 10}
    assert Review.objects.count() == 2 and HelpfulVote.objects.count() == 2
    assert ScoreSummary.objects.get().ratings == 3 and not ScoreSummary.objects.all().wrong()


def test_reviews_elsewhere_are_printed_in_the_order_of_the_record(take):
    [first] = EVERY_KEY["outside_reviews"]
    second = first | {"author": "Al", "source": "another"}
    for order in ([first, second], [second, first]):
        take(EVERY_KEY | {"outside_reviews": order})
        assert json.loads(exported().split("\n")[-2])["outside_reviews"] == order


def test_a_renamed_title_is_found_and_sorted_by_its_new_name(take, take_us):
    take(title(name="The Test", year=1950))
    take(title(name="A Trial", year=1950))
    assert Title.objects.get().sort_key == "trial"
    assert counts(take_us(us_film("Trial")))[0] == 0


def test_a_person_known_to_the_catalogue_is_not_changed_by_another_source(take, take_bytes):
    take(person("cy-dee", "Cy Dee", biography="Of the staff.", aliases=[{"name": "C. D."}]))
    cast = '<Actors><Actor FirstName="Cy" LastName="Dee" CreditedAs="Sy Dee"/></Actors>'
    take_bytes(export(profile(inside=cast, ProductionYear="1950")))
    somebody = Person.objects.get()
    assert (somebody.biography, somebody.aliases.get().name) == ("Of the staff.", "C. D.")
    assert somebody.credits.get().printed_name == "Sy Dee"


def test_a_title_edited_by_staff_stays_edited_when_the_same_record_comes_again(take):
    take(title(lead="Ours."))
    Title.objects.update(lead="The staff's.")
    assert counts(take(title(lead="Ours."))) == (0, 0, 1)
    assert Title.objects.get().lead == "The staff's."


def test_a_title_that_was_deleted_comes_again(take):
    take(title())
    Title.objects.all().delete()
    assert counts(take(title())) == (1, 0, 0)


def test_a_title_that_staff_moved_is_found_again(take):
    take(title())
    Title.objects.get().move_to("the-trial-1950")
    take(title(lead="New."))
    assert Title.objects.get().slug == "the-test-1950"
    assert FormerTitleSlug.objects.get().slug == "the-trial-1950"


# ------------------------------------------------------------------ other records
def test_a_person_is_replaced(take):
    take(person(born_on="1903", birthplace="Tbilisi", has_page=False, aliases=[{"name": "Anna"}, {"name": "Annie"}]))
    report = take(person(name="Anne Bee", aliases=[{"name": "Annie"}]))
    somebody = Person.objects.get()
    assert counts(report) == (0, 1, 0)
    assert (somebody.name, somebody.born_on, somebody.has_page, somebody.folded) == ("Anne Bee", "", None, "annebee")
    assert [alias.name for alias in somebody.aliases.all()] == ["Annie"]


@pytest.mark.parametrize("keys", [{"aliases": []}, {"biography": ""}, {"former_slugs": ["z", "a"]}])
def test_a_person_written_in_another_way_is_unchanged_the_second_time(take, keys):
    assert counts(take(person(**keys))) == (1, 0, 0)
    assert counts(take(person(**keys))) == (0, 0, 1)


@pytest.mark.parametrize("record", EVERY_KIND[:-1], ids=lambda record: record["record"])
def test_every_kind_of_record_is_created_updated_and_unchanged(take, record):
    name = next(key for key in ("name", "shown_as", "text") if key in record)
    changed = record | {name: "Changed"}
    assert counts(take(record)) == (1, 0, 0)
    assert counts(take(record)) == (0, 0, 1)
    assert counts(take(changed)) == (0, 1, 0)
    assert counts(take(changed)) == (0, 0, 1)


def test_one_record_twice_in_a_file_is_written_in_order(take):
    report = take(person(born_on="1903"), person(born_on="1904"))
    assert counts(report) == (1, 1, 0) and Person.objects.get().born_on == "1904"


def test_a_collection_that_a_title_named_takes_the_record_s_slug(take):
    take(
        title(collections=["The Thaw"]),
        {"record": "collection", "slug": "thaw-films", "name": "The Thaw", "text": "One."},
    )
    assert Title.objects.get().title_collections.get().collection.slug == "thaw-films"
