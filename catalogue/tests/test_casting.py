"""Cast lists as people paste them."""

import pytest

from catalogue import casting


def read(text):
    return [(line.role, line.sides[0] if line.sides else None) for line in casting.read(text, "actor")]


@pytest.mark.parametrize(
    "line",
    [
        "Tatiana Samoilova as Veronica",
        "Tatiana Samoilova as  Veronica ",
        "Veronica ..... Tatiana Samoilova",
        "Veronica . . . . . Tatiana Samoilova",
        "Tatiana Samoilova ... Veronica",
        "Tatiana Samoilova - Veronica",
        "Tatiana Samoilova – Veronica",
        "Tatiana Samoilova\tVeronica",
        "Tatiana Samoilova\t...\tVeronica",
        "Veronica: Tatiana Samoilova",
        "1. Tatiana Samoilova as Veronica",
        "12) Tatiana Samoilova as Veronica",
        "• Tatiana Samoilova as Veronica",
        "- Tatiana Samoilova as Veronica",
        "Tatiana Samoilova as Veronica (voice)",
    ],
)
def test_a_line_names_an_actor_and_a_character(line):
    assert read(line) == [("actor", ("Tatiana Samoilova", "Veronica"))]


@pytest.mark.parametrize(
    ("line", "role", "names"),
    [
        ("Directed by Mikhail Kalatozov", "director", ["Mikhail Kalatozov"]),
        ("Director: Mikhail Kalatozov", "director", ["Mikhail Kalatozov"]),
        ("Written by Viktor Rozov and Ada Lovelace", "writer", ["Viktor Rozov", "Ada Lovelace"]),
        ("Producers: A. One, B. Two", "producer", ["A. One", "B. Two"]),
        ("Music by Moisey Vaynberg", "composer", ["Moisey Vaynberg"]),
        ("Starring: Tatiana Samoilova, Aleksei Batalov", "actor", ["Tatiana Samoilova", "Aleksei Batalov"]),
        ("Татьяна Самойлова", "actor", ["Татьяна Самойлова"]),
        ("Jean-Pierre Léaud", "actor", ["Jean-Pierre Léaud"]),
    ],
)
def test_a_line_names_people_in_a_role(line, role, names):
    assert read(line) == [(role, (name, "")) for name in names]


def test_a_heading_is_of_the_lines_after_it():
    text = "Cast:\nTatiana Samoilova\n\nWritten by:\nViktor Rozov\nDirectors\nMikhail Kalatozov\n"
    assert [(role, side[0]) for role, side in read(text)] == [
        ("actor", "Tatiana Samoilova"),
        ("writer", "Viktor Rozov"),
        ("director", "Mikhail Kalatozov"),
    ]


def test_remarks_are_told_apart_from_names():
    (line,) = casting.read("Tatyana Samoylova as Veronika (as T. Samoylova) (voice) (uncredited)", "actor")
    assert (line.sides[0], line.printed) == (("Tatyana Samoylova", "Veronika"), "T. Samoylova")
    assert line.voice and line.uncredited


@pytest.mark.parametrize(
    "line", ["1957", "-----x9"[:5] + "!", "https://example.org/a", "a@b.example", "a " * 60, "%%%"]
)
def test_a_line_without_a_name_is_not_read(line):
    assert read(line) in ([("actor", None)], [])


def test_blank_lines_are_nothing():
    assert read("\n \n\t\n•\n---\n") == []
