"""What the spellings of a name have in common."""

import pytest

from catalogue.sounds import forms, sounds, words

SAME = [
    ("Samoilova", "Samoylova", "Самойлова"),
    ("Tatyana", "Tatiana", "Tatjana", "Татьяна"),
    ("Tarkovsky", "Tarkovskiy", "Tarkovskij", "Tarkovskii", "Тарковский"),
    ("Letyat zhuravli", "Letjat zhuravli", "Летят журавли"),
    ("8½", "8 1/2", "8  1/2!"),
    ("WALL·E", "Wall-E", "wall e"),
    ("Amélie", "AMELIE", "amelie"),
    ("If....", "if"),
    ("Höstsonaten", "Hostsonaten"),
    ("Alexander", "Aleksander"),
    ("Khrustalyov", "Hrustaljov"),
    ("Stephen", "Stefen"),
    ("Back", "Bak"),
    ("Fanny & Alexander", "Fanny and Alexander"),
    ("Singin' in the Rain", "Singin’ in the Rain"),
    ("ＡＢＣ", "abc"),
]
APART = [("Rocky II", "Rocky III"), ("M", "N"), ("1984", "1948"), ("Up", "Ups")]


@pytest.mark.parametrize("spellings", SAME, ids=lambda names: names[0])
def test_spellings_of_one_name_sound_the_same(spellings):
    assert len({tuple(sounds(name)) for name in spellings}) == 1


@pytest.mark.parametrize("names", APART)
def test_other_names_do_not(names):
    assert len({tuple(sounds(name)) for name in names}) == 2


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("Ikiru", "ikiru"),
        ("La Haine", "la haine|haine"),
        ("L'avventura", "laventura|aventura"),
        ("Die Brücke", "die bruke|bruke|die brueke|brueke"),
        ("Андрей Рублёв", "andrei rublev|andrei rubliov"),
        ("The Way of the Sea: Home", "the vai of the sea home|vai of the sea home|=tvots|=vots"),
        ("七人の侍", "qi ren no shi"),
        ("The", "the"),
        ("...", ""),
    ],
)  # fmt: skip
def test_a_name_has_these_forms(name, made):
    assert forms(name) == made


@pytest.mark.parametrize("text", ["", "\0", "\ud800", "😀" * 50, "\u0301", "￿", "a" * 10_000])
def test_any_text_has_plain_words(text):
    assert all(word.isascii() and word.isalnum() for word in words(text))
