"""What readers' texts may hold."""

import unicodedata
from time import monotonic

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from members import texts

MOST_LETTERS = 20_000
TRICKY = "\u200b\u200c\u200d\ufeff\u2060\u00ad\u202e\u2066\u0301\u0345\ufe0f\u2028\x85\r\n\t \u00a0\u3164"
TRICKY += "\U0001f3f4\U000e0067"
ANY_TEXT = st.text(max_size=60) | st.text("ae\u1100\u1161\u0915\u094d\U0001f468\U0001f469" + TRICKY, max_size=30)


def clean(text, lines=True, most=MOST_LETTERS):
    return texts.clean(text, lines=lines, most=most)


def reason(text, **options):
    with pytest.raises(ValidationError) as refusal:
        clean(text, **options)
    return refusal.value.messages[0]


@pytest.mark.parametrize(
    "typed, kept",
    [
        ("One.\r\n\r\nTwo.\rThree.", "One.\n\nTwo.\nThree."),
        ("One.\n \n\t\n\nTwo.  \n", "One.\n\nTwo."),
        ("One.\u2028Two.\u2029Three.\x85Four.", "One.\nTwo.\nThree.\nFour."),
        ("Ame\u0301lie", "Am\u00e9lie"),
        ("in\u200bvis\ufeffi\u2060ble\u00ad", "invisible"),
        ("<b>5 < 6 &amp; {{ x }}</b>", "<b>5 < 6 &amp; {{ x }}</b>"),
        ("\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"),
        ("\u0915\u094d\u200d\u0937", "\u0915\u094d\u200d\u0937"),
        ("\U0001f468\u200d\U0001f469\u200d\U0001f467", "\U0001f468\u200d\U0001f469\u200d\U0001f467"),
        ("\U0001f3f3\ufe0f\u200d\U0001f308", "\U0001f3f3\ufe0f\u200d\U0001f308"),
        ("\U0001f642\u200d\u2194\ufe0f", "\U0001f642\u200d\u2194\ufe0f"),
        ("1\u200d2 \u200cx\u200d", "12 x"),
        ("a\u200d\u200db", "ab"),
        ("\U0001f3f4\U000e0067\U000e0062\U000e007f", "\U0001f3f4\U000e0067\U000e0062\U000e007f"),
        ("plain\U000e0068\U000e0069", "plain"),
        ("\u05e9\u05dc\u05d5\u05dd \u200e(1957)\u200f", "\u05e9\u05dc\u05d5\u05dd \u200e(1957)\u200f"),
    ],
)
def test_a_text_is_kept_as_it_was_typed_without_what_nobody_can_see(typed, kept):
    assert clean(typed) == kept


@pytest.mark.parametrize("typed, kept", [(" A\r\nhead\tline ", "A head line"), ("a \u200b b", "a b")])
def test_a_headline_is_one_line(typed, kept):
    assert clean(typed, lines=False) == kept


@pytest.mark.parametrize(
    "blank", ["", " \n\t", "\u200b\ufeff", "\u3164\u3164", "\u2800", "\u00a0\u2003", "\u0301", "\ufe0f"]
)
def test_a_text_of_which_nothing_shows_is_empty(blank):
    assert clean(blank) == clean(blank, lines=False) == ""


@pytest.mark.parametrize("sign", "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
def test_a_sign_that_turns_the_writing_round_is_refused_by_name(sign):
    said = reason(f"The killer is {sign}rotcod eht")
    assert unicodedata.name(sign) in said and f"U+{ord(sign):04X}" in said


@pytest.mark.parametrize("sign", ["\0", "\x07", "\x1b", "\x0b", "\x7f", "\x9f", "\ud800", "\ufffa"])
@pytest.mark.parametrize("lines", [True, False])
def test_a_control_character_is_refused_by_number(sign, lines):
    assert f"(U+{ord(sign):04X})" in reason(f"a{sign}b", lines=lines)


def test_a_long_text_is_refused_with_its_count():
    assert clean("a" * MOST_LETTERS)
    assert reason("a" * 21_345) == "21,345 letters; 20,000 at most."
    assert reason("a" * 130, lines=False, most=120) == "130 letters; 120 at most."


def test_what_is_dropped_does_not_count():
    assert clean("a\u200b" * MOST_LETTERS) == "a" * MOST_LETTERS


@pytest.mark.parametrize(
    "text", ["a" * 2**20, "\u200b" * 2**20, "a\u0301\u0323" * 100_000, "a" + "\u0301\u0323" * 90_000]
)
def test_a_megabyte_is_refused_at_once(text):
    began = monotonic()
    assert "at most." in reason(text) or "marks" in reason(text)
    assert monotonic() - began < 0.5


def test_many_marks_are_refused_before_they_are_put_in_order():
    began = monotonic()
    assert "more than 4 marks" in reason("a" + "\u0301\u0323" * 10_000)
    assert monotonic() - began < 0.5


def test_a_letter_carries_four_marks():
    assert clean("z\u0336\u0334\u0335\u0337")
    assert "more than 4 marks" in reason("z\u0336\u0334\u0335\u0337\u0338")
    assert "more than 4 marks" in reason("z" + "\u0336\u200d" * 5)


@given(ANY_TEXT, st.booleans())
def test_cleaning_twice_changes_nothing_and_never_breaks(text, lines):
    try:
        once = clean(text, lines=lines)
    except ValidationError as refusal:
        assert refusal.messages[0].endswith(".")
        return
    assert clean(once, lines=lines) == once == unicodedata.normalize("NFC", once).strip()
    once.encode()
    assert lines or "\n" not in once
