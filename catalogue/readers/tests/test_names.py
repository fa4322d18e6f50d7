import pytest

from catalogue.names import fold, script_of, slug, sort_key, title_slug


@pytest.mark.parametrize(
    "spellings",
    [
        ["8½", "8 1/2", "8 ½"],
        ["The Test", "Test", "  test! "],
        ["L'Été", "L’ete", "l'été", "Ete"],
        ["Die Straße", "Strasse"],
        ["Love & Rockets", "Love and Rockets"],
        ["Æon", "Aeon"],
        ["Spider-Man", "Spiderman"],
        ["Finding ʻOhana", "Finding 'Ohana", "Finding Ohana"],
        ["Летят журавли", "ЛЕТЯТ ЖУРАВЛИ"],
    ],
)
def test_spellings_of_one_name_fold_alike(spellings):
    assert len({fold(spelling) for spelling in spellings}) == 1


def test_names_of_other_films_do_not_fold_alike():
    assert len({fold(name) for name in ["A", "The", "The The", "$", "!", "La", "8", "अपूर", "अपर"]}) == 9 - 1


def test_sort_keys_are_in_the_order_of_a_list():
    names = ["…And Then", "The 9 Steps", "39 Steps", "Élan", "L'Enfant", "Ennui", "The Zoo"]
    assert sorted(names, key=sort_key) == [
        "The 9 Steps",
        "39 Steps",
        "…And Then",
        "Élan",
        "L'Enfant",
        "Ennui",
        "The Zoo",
    ]


def test_an_article_of_another_language_is_a_word_of_an_english_name():
    assert [sort_key(name) for name in ["Die Hard", "La La Land", "L'Avventura"]] == [
        "die hard",
        "la la land",
        "avventura",
    ]


def test_thousands_are_numbers_to_sort_by():
    assert sort_key("20,000 Leagues") == "020000 leagues"


@pytest.mark.parametrize(
    "text, expected",
    [
        ("Don't Look & Now!", "dont-look-and-now"),
        ("Café  Noir", "cafe-noir"),
        ("9½ Weeks", "9-1-2-weeks"),
        ("Летят журавли", "letyat-zhuravli"),
        ("$", ""),
        ("x" * 500, "x" * 190),
    ],
)
def test_slugs_are_ascii(text, expected):
    assert slug(text) == expected


def test_a_title_without_letters_has_a_slug_all_the_same():
    assert title_slug("$", 1971) == "untitled-1971"


@pytest.mark.parametrize(
    "text, script",
    [
        ("Été", "Latn"),
        ("Журавли", "Cyrl"),
        ("生きる", "Jpan"),
        ("英雄", "Hani"),
        ("기생충", "Kore"),
        ("8½", None),
        ("aЖ", None),
    ],
)
def test_scripts_are_told_by_the_letters(text, script):
    assert script_of(text) == script
