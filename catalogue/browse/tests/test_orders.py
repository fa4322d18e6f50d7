"""Lists are in the order that was asked for; equals are in order of name, and what is not known comes last."""

import pytest

from catalogue.browse.tests.asking import names
from catalogue.models import Title, TitleLanguage
from reviews.models import ScoreSummary
from tests import factories as make

pytestmark = pytest.mark.django_db


def titles(column, values):
    for name, value in values.items():
        make.make_title(name=name, **{"year": None, column: value})


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("year", ["New", "A", "B", "Old", "None"]),
        ("oldest", ["Old", "A", "B", "New", "None"]),
    ],
)
def test_by_year(client, sort, expected):
    titles("year", {"B": 1960, "Old": 1910, "None": None, "A": 1960, "New": 2020})
    assert names(client, sort=sort) == expected


@pytest.mark.parametrize(
    ("sort", "expected"), [("longest", ["Long", "Short", "None"]), ("shortest", ["Short", "Long", "None"])]
)
def test_by_length(client, sort, expected):
    titles("runtime_minutes", {"Short": 9, "None": None, "Long": 300})
    assert names(client, sort=sort) == expected


def test_by_what_was_added_last(client):
    for name, day in {"Second": "2026-02-01", "First": "2026-01-01", "Third": "2026-03-01"}.items():
        Title.objects.filter(pk=make.make_title(name=name).pk).update(added_at=f"{day}T12:00Z")
    assert names(client, sort="added") == ["Third", "Second", "First"]


def stock(values, column):
    for name, value in values.items():
        title = make.make_title(name=name)
        type(title.stock).objects.filter(pk=title.pk).update(**{column: value})


def test_by_how_often_it_was_rented_which_goes_without_saying(client):
    stock({"Never": 0, "Often": 9, "At times": 3}, "rentals")
    assert names(client) == names(client, sort="rented") == ["Often", "At times", "Never"]


def test_by_how_long_we_have_it(client):
    stock({"Lately": "2026-01-01", "Not": None, "Long since": "2010-01-01"}, "held_since")
    assert names(client, sort="new") == ["Lately", "Long since", "Not"]


def test_two_who_love_it_do_not_outweigh_thirty_who_like_it(client):
    for name, ratings in {
        "Loved by two": [10] * 2,
        "Liked by thirty": [9] * 30,
        "Disliked": [2] * 9,
        "Unrated": [],
    }.items():
        title = make.make_title(name=name)
        for half_stars in ratings:
            make.make_rating(title=title, half_stars=half_stars)
        ScoreSummary.objects.rebuild([title.pk])
    assert names(client, sort="rating") == ["Liked by thirty", "Loved by two", "Disliked", "Unrated"]


def test_by_critics(client):
    for name, fresh in {"Mixed": [True, False] * 3, "Praised": [True] * 5, "Too few": [True] * 4}.items():
        title = make.make_title(name=name)
        for each in fresh:
            make.make_critic_review(title=title, fresh=each)
        ScoreSummary.objects.rebuild([title.pk])
    assert names(client, sort="critics") == ["Praised", "Mixed", "Too few"]


# ------------------------------------------------------------------ from A to Z
NAMES = [
    ("Die Hard", "en"),
    ("Das Boot", "de"),
    ("The Crowd", "en"),
    ("La Haine", "fr"),
    ("Émilie", "fr"),
    ("La La Land", "en"),
]
LISTED = ["Das Boot", "The Crowd", "Die Hard", "Émilie", "La Haine", "La La Land"]


def in_languages(names):
    for name, language in names:
        make.make_title_language(title=make.make_title(name=name), language_id=language)


def test_the_article_of_a_films_own_language_counts_for_nothing(client):
    in_languages(NAMES)
    assert names(client, sort="name") == LISTED


def test_a_language_that_a_film_is_only_partly_in_has_no_say():
    title = make.make_title(name="Die Hard")
    for language in ("en", "de"):
        make.make_title_language(title=title, language_id=language)
    assert Title.objects.get().sort_key == "die hard"


def test_the_place_follows_the_language_and_the_name():
    title = make.make_title(name="Die Nibelungen")
    language = make.make_title_language(title=title, language_id="de")
    title.save()
    assert Title.objects.get().sort_key == "nibelungen"
    TitleLanguage.objects.filter(pk=language.pk).update(language="en")
    assert Title.objects.get().sort_key == "die nibelungen"
    language.delete()
    Title.objects.update(name="x", name_key="das boot")
    assert Title.objects.get().sort_key == "das boot"


def test_the_last_page_goes_on_where_the_one_before_ended(client):
    for number in range(100):
        make.make_title(name=f"Film {number:03}")
    pages = [names(client, sort="name", page=page) for page in (1, 2, 3)]
    assert sum(pages, []) == [f"Film {number:03}" for number in range(100)]
