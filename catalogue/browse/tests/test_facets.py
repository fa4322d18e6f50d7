"""Each facet finds the titles that have what it says, and counts them."""

import pytest

from catalogue.browse.tests.asking import counts, names, page
from catalogue.models import Title
from reviews.models import ScoreSummary
from tests import factories as make

pytestmark = pytest.mark.django_db


def on_release(part, **fields):
    return lambda title: part(release=make.make_release(title=title), **fields)


def rated(*half_stars):
    def rate(title):
        for each in half_stars:
            make.make_rating(title=title, half_stars=each)
        ScoreSummary.objects.rebuild([title.pk])

    return rate


def reviewed(*fresh):
    def review(title):
        for each in fresh:
            make.make_critic_review(title=title, fresh=each)
        ScoreSummary.objects.rebuild([title.pk])

    return review


def field(**values):
    return lambda title: Title.objects.filter(pk=title.pk).update(**values)


def certified(value, system="BBFC"):
    return lambda title: field(certificate=make.make_certificate(system=system, value=value))(title)


def directed(slug, role="director"):
    return lambda title: make.make_credit(title=title, role=role, person=make.make_person(slug=slug))


def stocked(**fields):
    """The shop's row of the title says so."""
    return lambda title: type(title.stock).objects.filter(pk=title.pk).update(**fields)


# parameter, key, what makes a title have it, what almost does
CASES = [
    ("kind", "series", field(kind="series"), field(kind="film")),
    ("decade", "1950s", field(year=1959), field(year=1960)),
    ("decade", "1950s", field(year=1950), field(year=None)),
    ("year_from", "1957", field(year=1957), field(year=1956)),
    ("year_to", "1957", field(year=1957), field(year=1958)),
    (
        "country",
        "SU",
        lambda title: make.make_title_country(title=title, country_id="SU"),
        lambda title: make.make_title_country(title=title, country_id="SE"),
    ),
    (
        "genre",
        "war",
        lambda title: make.make_title_genre(title=title, genre=make.make_genre(slug="war")),
        lambda title: make.make_title_genre(title=title),
    ),
    (
        "collection",
        "thaw",
        lambda title: make.make_title_collection(title=title, collection=make.make_collection(slug="thaw")),
        lambda title: make.make_title_collection(title=title),
    ),
    (
        "company",
        "mosfilm",
        lambda title: make.make_title_company(title=title, company=make.make_company(slug="mosfilm")),
        lambda title: make.make_title_company(title=title),
    ),
    (
        "award",
        "cannes",
        lambda title: make.make_award(title=title, body=make.make_award_body(slug="cannes")),
        lambda title: make.make_award(title=title, won=False),
    ),
    (
        "format",
        "4k",
        lambda title: make.make_release(title=title, medium="4k"),
        lambda title: make.make_release(title=title, medium="blu-ray"),
    ),
    ("certificate", "bbfc-12", certified("12"), certified("12", system="FSK")),
    ("director", "kalatozov", directed("kalatozov"), directed("urusevsky", role="cinematographer")),
    ("person", "samojlova", directed("samojlova", role="actor"), directed("batalov", role="actor")),
    (
        "audio",
        "ru",
        on_release(make.make_audio_track, language_id="ru"),
        on_release(make.make_audio_track, language_id="ru", kind="commentary"),
    ),
    (
        "subtitles",
        "en",
        on_release(make.make_subtitle_track, language_id="en"),
        on_release(make.make_subtitle_track, language_id="de"),
    ),
    (
        "sdh",
        "en",
        on_release(make.make_subtitle_track, language_id="en", hard_of_hearing=True),
        on_release(make.make_subtitle_track, language_id="en"),
    ),
    (
        "ad",
        "en",
        on_release(make.make_audio_track, language_id="en", kind="audio description"),
        on_release(make.make_audio_track, language_id="en", kind="dub"),
    ),
    (
        "colour",
        "black-and-white",
        lambda title: make.make_release(title=title, colour="both"),
        lambda title: make.make_release(title=title, colour="colour"),
    ),
    (
        "ratio",
        "academy",
        on_release(make.make_aspect_ratio, ratio="1.37"),
        on_release(make.make_aspect_ratio, ratio="1.66"),
    ),
    ("rating", "4", rated(8, 8, 8, 8, 8), rated(10, 10, 10, 10)),
    ("rating", "4", rated(*[8] * 9, 7), rated(8, 8, 8, 7, 7)),  # 3.95 is printed as 4.0
    ("critics", "75", reviewed(True, True, True, True, False), reviewed(True, True, True, True)),
    ("stock", "now", stocked(copies=2, on_shelf=1), stocked(copies=2)),
    ("stock", "soon", stocked(copies=9, waiting=1), stocked(copies=1, waiting=9)),
]


@pytest.mark.parametrize(("parameter", "key", "has", "almost"), CASES, ids=[f"{c[0]}={c[1]}" for c in CASES])
def test_a_facet_finds_the_titles_that_have_it(client, parameter, key, has, almost):
    fits, other = make.make_title(name="It fits"), make.make_title(name="Almost")
    make.make_title(name="Nothing of the kind", year=None)
    has(fits)
    almost(other)
    assert names(client, **{parameter: key}) == ["It fits"]
    if not parameter.startswith(("year", "person")):
        assert counts(client, parameter)[key] == 1


def two_genres():
    war, love = make.make_genre(slug="war", name="War"), make.make_genre(slug="love", name="Love")
    for name, genres, country in (("A", [war], "SU"), ("B", [love], "SU"), ("C", [war, love], "FR"), ("D", [], "FR")):
        title = make.make_title(name=name)
        make.make_title_country(title=title, country_id=country)
        for genre in genres:
            make.make_title_genre(title=title, genre=genre)


def test_within_a_facet_any_choice_fits(client):
    two_genres()
    assert names(client, genre=["war", "love"]) == ["A", "B", "C"]


def test_between_facets_all_must_fit(client):
    two_genres()
    assert names(client, genre=["war", "love"], country="FR") == ["C"]


def test_a_count_is_what_a_click_finds(client):
    two_genres()
    assert counts(client, "genre") == {"war": 2, "love": 2}
    assert counts(client, "country", genre="war") == {"SU": 1, "FR": 1}


def test_counts_of_a_facet_do_not_depend_on_what_is_chosen_in_it(client):
    """Another choice adds its titles to those found."""
    two_genres()
    assert counts(client, "genre", genre="war") == {"war": 2, "love": 2}
    assert counts(client, "genre", genre="war", country="SU") == {"war": 1, "love": 1}


def test_a_value_that_nothing_has_left_is_shown_and_cannot_be_chosen(client):
    two_genres()
    make.make_title_genre(title=make.make_title(), genre=make.make_genre(slug="spy"))
    facet = next(each for each in page(client, country="FR")["facets"] if each["name"] == "genre")
    assert {value["key"]: value["off"] for value in facet["values"]} == {"war": False, "love": False, "spy": True}


def test_a_long_facet_shows_the_most_frequent_values_and_those_chosen(client):
    for number in range(10):
        genre = make.make_genre(slug=f"genre-{number}")
        for _ in range(10 - number):
            make.make_title_genre(title=make.make_title(), genre=genre)
    genres = next(each for each in page(client, genre="genre-9")["facets"] if each["name"] == "genre")
    assert [value["key"] for value in genres["values"]] == [*(f"genre-{n}" for n in range(6)), "genre-9"]
    assert genres["more"]["label"] == "All 10 genres"
    assert len(counts(client, "genre")) == 10


def test_what_a_member_has_rented_can_be_left_out(sign_in):
    member = make.make_member()
    rented, other = make.make_title(name="Had"), make.make_title(name="Not yet")
    copy = make.make_copy(disc=make.make_disc(release=make.make_release(title=rented)))
    make.make_rental(member=member, copy=copy)
    assert names(sign_in(member), unrented="1") == ["Not yet"]
    assert set(names(sign_in(make.make_member()), unrented="1")) == {"Had", "Not yet"}
    assert other.pk


def test_a_visitor_has_rented_nothing(client):
    make.make_title(name="All")
    assert names(client, unrented="1") == ["All"]
