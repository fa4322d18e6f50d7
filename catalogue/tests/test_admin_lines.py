"""A release's lists as text: what is written reads back as the same rows, and what is misread says what to do."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.admin import lines
from catalogue.models.releases import AudioKind, ExtraKind

# A name that is another's code, one that two share, one with edges and one that looks like a remark.
LANGUAGES = lines.Languages(
    {
        "en": "English",
        "ga": "Irish",
        "gaa": "Ga",
        "fr": "French",
        "xx": "French",
        "yy": " Odd ",
        "zz": "(en)",
        "qq": "A, B",
    }.items()
)
SIGNS = st.characters(exclude_categories=["Cs"], exclude_characters="\0")


def text(longest, **options):
    words = st.sampled_from(["commentary", "Disc 2", "25 min", "1.37:1", "-", "|", "\\", " ", "dub", "\n", "16:9"])
    return st.one_of(words, st.text(SIGNS, max_size=longest, **options)).filter(lambda said: len(said) <= longest)


LANGUAGE = st.sampled_from(list(LANGUAGES.names))
RATIO = st.decimals(Decimal("0.5"), Decimal(5), places=2)
ROWS = {
    "aspect_ratios": st.fixed_dictionaries({"printed": text(100, min_size=1), "ratio": st.none() | RATIO}),
    "audio_tracks": st.fixed_dictionaries(
        {
            "language_id": st.none() | LANGUAGE,
            "codec": text(60),
            "channels": text(30),
            "kind": st.sampled_from(AudioKind.values),
            "note": text(200),
        }
    ),
    "subtitle_tracks": st.fixed_dictionaries({"language_id": LANGUAGE, "hard_of_hearing": st.booleans()}),
    "discs": st.fixed_dictionaries({"number": st.integers(1, 200), "label": text(200)}),
    "extras": st.fixed_dictionaries(
        {
            "name": text(500, min_size=1),
            "kind": st.sampled_from(ExtraKind.values),
            "year": st.none() | st.integers(1870, 2100),
            "minutes": st.none() | st.integers(1, 6000),
            "disc_number": st.none() | st.integers(1, 200),
        }
    ),
    "identifiers": st.fixed_dictionaries(
        {"scheme": st.sampled_from(["ean", "upc", "EAN", "asin"]), "value": text(300, min_size=1)}
    ),
}


@pytest.mark.parametrize("name", ROWS)
@given(data=st.data())
def test_what_is_written_reads_back_as_the_same_rows(name, data):
    once = lines.LISTS[name].once
    rows = data.draw(st.lists(ROWS[name], max_size=6, unique_by=lambda row: tuple(row[f] for f in once) or id(row)))
    written = lines.written(name, rows, LANGUAGES)
    assert lines.parse(name, written.replace("\n", "\r\n"), LANGUAGES) == (rows, [])


def read(name, said):
    rows, mistakes = lines.parse(name, said, LANGUAGES)
    return [list(row.values()) for row in rows] or mistakes


@pytest.mark.parametrize(
    ("name", "said", "row"),
    [
        ("audio_tracks", "English | LPCM | 1.0 | commentary | with the director",
         ["en", "LPCM", "1.0", "commentary", "with the director"]),
        ("audio_tracks", "english|commentary|with the director", ["en", "", "", "commentary", "with the director"]),
        ("audio_tracks", "fr | Dolby Digital", ["fr", "Dolby Digital", "", "original", ""]),
        ("subtitle_tracks", "English for the hard of hearing", ["en", True]),
        ("subtitle_tracks", "English (SDH)", ["en", True]),
        ("discs", "Bonus", [1, "Bonus"]),
        ("discs", "disc 3", [3, ""]),
        ("extras", "Making of | featurette | 2004 | 25 min | disc 2", ["Making of", "featurette", 2004, 25, 2]),
        ("extras", "Making of | disc 2 | 25 minutes", ["Making of", "other", None, 25, 2]),
        ("aspect_ratios", "16:9 anamorphic", ["16:9 anamorphic", Decimal("1.78")]),
        ("aspect_ratios", "Academy | 1,37", ["Academy", Decimal("1.37")]),
        ("identifiers", "EAN: 5 050582 415876", ["ean", "5050582415876"]),
    ],
)  # fmt: skip
def test_people_write_it_shorter(name, said, row):
    assert read(name, said) == [row]


def test_languages_with_commas_between_are_several_subtitles():
    assert read("subtitle_tracks", "English, Irish; Ga") == [["en", False], ["ga", False], ["gaa", False]]


@pytest.mark.parametrize(
    ("name", "said", "sentence"),
    [
        ("audio_tracks", "English\nEnglsh", "Line 2: no language is called “Englsh”. Did you mean English?"),
        ("audio_tracks", "English | a | b | c | d", "Line 1: “c” is no kind of sound track"),
        ("audio_tracks", "English | a | b | dub | d | e", "Line 1: there are too many bars"),
        ("audio_tracks", f"English | {'a' * 61}", "Line 1: the codec does not fit: Ensure this value has at most 60"),
        ("subtitle_tracks", "\n\n(SDH)", "Line 3: name the language first"),
        ("subtitle_tracks", "English\nEnglish", "Line 2: these subtitles are there already"),
        ("discs", "Bonus | Disc 2", "Line 1: write the number before the label"),
        ("discs", "Disc 201", "Line 1: discs are numbered from 1 to 200."),
        ("discs", "A\nDisc 1", "Line 2: there is a disc of that number already"),
        ("extras", "Trailer | 1066", "Line 1: “1066” is not between 1870 and 2100"),
        ("extras", "Trailer | nonsense", "Line 1: “nonsense” is no kind"),
        ("extras", "Trailer | 2004 | 2005", "Line 1: it says one thing twice"),
        ("extras", "| 2004", "Line 1: write the name of the extra first."),
        ("aspect_ratios", "wide | 9", "Line 1: a picture is between 0.5 and 5 times"),
        ("aspect_ratios", "wide | very", "Line 1: “very” is no number"),
        ("identifiers", "12345", "Line 1: an EAN has 13 digits and a UPC 12"),
    ],
)
def test_a_line_misread_says_what_to_do(name, said, sentence):
    assert [said for said in lines.parse(name, said, LANGUAGES)[1] if said.startswith(sentence)]
