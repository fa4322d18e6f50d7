"""What a text that readers write may hold: letters that others can see, in the order in which they were typed.

Nothing is marked up, so nothing is stripped of its marks: a text is kept and printed as it was typed. What cannot be
seen is dropped where that changes nothing, and refused with a reason where it would mislead who reads.
"""

import re
import unicodedata

from django import forms
from django.core.exceptions import ValidationError

MOST_MARKS = 4  # on one letter: as many as any living script stacks
MOST_UNSEEN = 10  # times as many letters as there is room for may be typed, since what cannot be seen does not count
# Putting marks in order takes time that grows with the square of how many stand together: more than any script has are
# refused before (Unicode Standard Annex 15, Stream-Safe Text Format).
MOST_TOGETHER = 30
NEW_LINES = re.compile("\r\n|[\r\x85\u2028\u2029]")
MISLEADING = re.compile("[\u202a-\u202e\u2066-\u2069]")  # they turn the direction of writing round
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufff9-\ufffb]")
UNSEEN = re.compile("[\u00ad\u180e\u200b\u2060-\u2065\u206a-\u206f\ufeff]")
JOINERS = re.compile("[\u200c\u200d]")
# Flags of England, Scotland and Wales are a black flag and letters that cannot be seen; elsewhere these hide words.
TAGS = re.compile("(\U0001f3f4[\U000e0020-\U000e007f]{1,8})|[\U000e0000-\U000e007f]")
BLANKS = "\u115f\u1160\u2800\u3164\uffa0"  # letters that print nothing
EMOJI = ("So", "Sk")
ARROWS = "\u2194\u2195"  # an emoji that shakes its head is joined to one of these


def clean(text, *, lines, most):
    """`text` as it is kept: in NFC, its lines parted by "\\n", or in one line without `lines`; "" if nothing shows.

    Raises ValidationError with a reason that its writer can act on.
    """
    if len(text) > MOST_UNSEEN * most:
        raise _too_long(text, most)
    _refuse_what_misleads(text)
    _refuse_towers(text, MOST_TOGETHER)
    text = unicodedata.normalize("NFC", _in_lines(_without_the_unseen(text), lines))
    if len(text) > most:
        raise _too_long(text, most)
    _refuse_towers(text)
    return text if any(map(_shows, text)) else ""


def _too_long(text, most):
    return ValidationError(f"{len(text):,} letters; {most:,} at most.", code="max_length")


def _without_the_unseen(text):
    """NFC first and last: a joiner is judged by what it stands between, and what it parted may join when it goes."""
    text = TAGS.sub(r"\1", UNSEEN.sub("", unicodedata.normalize("NFC", text)))
    return JOINERS.sub(lambda found: found[0] if _joins(text, found.start()) else "", text)


def _in_lines(text, lines):
    text = NEW_LINES.sub("\n", text).replace("\t", " ")
    if not lines:
        return re.sub("[ \n]+", " ", text).strip()
    return re.sub("\n{3,}", "\n\n", "\n".join(line.rstrip() for line in text.split("\n"))).strip()


def _joins(text, at):
    """Whether what stands at `at` has a letter or an emoji on both sides."""
    before, after = text[max(at - 1, 0) : at], text[at + 1 : at + 2]
    return _is_joined(before, "LM") and _is_joined(after, "L")


def _is_joined(sign, kinds):
    kind = unicodedata.category(sign) if sign else "none"
    return kind[0] in kinds or kind in EMOJI or sign in ARROWS and sign != ""


def _refuse_what_misleads(text):
    if found := MISLEADING.search(text):
        raise ValidationError(
            f"It holds {_called(found[0])}, which turns the direction of writing round. Take it out, or type the "
            "text anew.",
            code="misleading",
        )
    if found := CONTROLS.search(text):
        raise ValidationError(
            f"It holds {_called(found[0])}, which cannot be printed. Take it out, or type the text anew.",
            code="control",
        )


def _called(sign):
    """ "RIGHT-TO-LEFT OVERRIDE (U+202E)"; signs without a name by their number alone."""
    number = f"U+{ord(sign):04X}"
    name = unicodedata.name(sign, "")
    return f"{name} ({number})" if name else f"a control character ({number})"


def _refuse_towers(text, most=MOST_MARKS):
    marks = 0
    for sign in text:
        marks = marks + 1 if _is_mark(sign) else 0
        if marks > most:
            raise ValidationError(
                f"One letter has more than {MOST_MARKS} marks on it, which would cover the lines around it.",
                code="marks",
            )


def _is_mark(sign):
    return sign > "\u02ff" and (unicodedata.combining(sign) or unicodedata.category(sign) in ("Mn", "Me"))


def _shows(sign):
    return unicodedata.category(sign)[0] not in "ZCM" and sign not in BLANKS


class Words(forms.CharField):
    """What somebody writes for others to read, as `clean` lets it be."""

    def __init__(self, *, most, lines=False, **options):
        super().__init__(strip=False, **options)
        self.most, self.lines = most, lines

    def to_python(self, value):
        return clean(super().to_python(value), lines=self.lines, most=self.most)
