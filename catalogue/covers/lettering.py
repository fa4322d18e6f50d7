"""The name of the film on its cover: which letters, which lines, how large and where.

Pillow measures and draws with the fonts in fonts/, cut to Latin-1 and a few
more signs. Lengths are cover units, or em where the size is still open.
"""

import textwrap
import unicodedata
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from PIL import ImageFont, features

from .shapes import HEIGHT, MARGIN, WIDTH

FONTS = Path(__file__).parent / "fonts"
# Every sign that all the fonts can draw.
COVERED = frozenset(map(chr, (*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)))) | frozenset(
    "ıŒœ–—‘’‚“”„•…‹›⁄€−"
)
# Signs that Unicode does not take apart into a plain one and an accent.
PLAINER = str.maketrans("ŁłĐđĦħŦŧʻʼ′‐‑", "LlDdHhTt‘’’--", "\N{SOFT HYPHEN}") | {ord("ẞ"): "SS"}
# Longer words are broken, longer names cut off, for they could not be read.
LONGEST_WORD, LONGEST_NAME = 24, 200


@dataclass(frozen=True)
class Face:
    """How a typeface is set. Sizes are cover units, the rest is em.

    `capital` is the height of a capital, `word_space` what the font's own space
    lacks at these sizes.
    """

    font: str
    tracking: float
    leading: float
    capital: float
    largest: float
    smallest: float = 0
    word_space: float = 0
    capitals_only: bool = False


FACES = {
    "clarendon": Face("clarendon", -0.022, 1.02, 0.72, largest=42, smallest=15),
    "grotesk": Face("grotesk", -0.028, 0.98, 0.69, largest=44, smallest=15, word_space=0.05),
    "condensed": Face("condensed", -0.002, 0.90, 0.69, largest=66, smallest=20, word_space=0.09, capitals_only=True),
    "wide": Face("wide", -0.03, 1.06, 0.69, largest=34, smallest=13),
}
# Names that would have to be smaller than their face allows are set in this one.
SMALL = Face("small", -0.005, 1.06, 0.69, largest=20, word_space=0.03)
# The block of lines is never larger than this, nor does it have more lines.
BLOCK_WIDTH, BLOCK_HEIGHT, MOST_LINES = WIDTH - 2 * MARGIN, 98, 8
# Where the capitals of a name on top begin, and where the last line of one below stands.
TOP, BOTTOM = MARGIN + 4, HEIGHT - MARGIN - 8


@dataclass(frozen=True)
class Line:
    """One line of a name, from the origin of its first letter at `x`, standing on `baseline`."""

    text: str
    x: float
    baseline: float


@dataclass(frozen=True)
class Lettering:
    """A name laid out in lines of one face and size."""

    face: Face
    size: float
    lines: tuple

    @property
    def box(self):
        """Left, top, right and bottom of all ink in cover units; None without lines."""
        boxes = [_ink_of(line, self.face, self.size) for line in self.lines]
        if not boxes:
            return None
        lefts, tops, rights, bottoms = zip(*boxes, strict=True)
        return min(lefts), min(tops), max(rights), max(bottoms)

    def draw(self, pen, scale, colour):
        """Draw with an ImageDraw at `scale` pixels to the unit."""
        font = _load(self.face.font, self.size * scale)
        for line in self.lines:
            for sign, offset in _spaced(line.text, self.face):
                position = ((line.x + offset * self.size) * scale, line.baseline * scale)
                pen.text(position, sign, font=font, fill=colour, anchor="ls")


def lay_out(name, face_name, *, on_top):
    """Lay a name out in one of FACES, at the top or the bottom of the cover, inside its margins.

    Without a sign the fonts can draw there are no lines.
    """
    words = drawable_words(name, capitals_only=FACES[face_name].capitals_only)
    face, size, texts = _fit(words, FACES[face_name])
    if size < face.smallest:
        face, size, texts = _fit(words, SMALL)
    baseline = TOP + face.capital * size if on_top else BOTTOM - (len(texts) - 1) * face.leading * size
    lines = tuple(_line(text, face, size, baseline + i * face.leading * size) for i, text in enumerate(texts))
    return _inside_margins(Lettering(face, size, lines))


def drawable_words(name, *, capitals_only=False):
    """The words of a name in signs the fonts have: without accents where need be, else left out."""
    text = unicodedata.normalize("NFC", name.upper() if capitals_only else name).translate(PLAINER)
    words = [(word, _drawable(word)) for word in text.split()]
    readable = [drawn for word, drawn in words if _has_letters(drawn) or drawn and not _has_letters(word)]
    broken = [part for word in readable for part in textwrap.wrap(word, LONGEST_WORD)]
    return textwrap.shorten(" ".join(broken), LONGEST_NAME, placeholder="…").split()


def _drawable(word):
    return "".join(sign if sign in COVERED else _without_accents(sign) for sign in word)


def _without_accents(sign):
    return "".join(part for part in unicodedata.normalize("NFKD", sign) if part in COVERED)


def _has_letters(word):
    return any(sign.isalnum() for sign in word)


def _fit(words, face):
    """The face, the size in cover units and the lines; more lines only where they gain 6% in size."""
    best = (face, face.largest, [])
    for number in range(1, min(MOST_LINES, len(words)) + 1):
        lines = _split(words, number, face)
        size = _size(lines, face)
        if number == 1 or size > best[1] * 1.06:
            best = (face, size, lines)
    return best


def _size(lines, face):
    """The largest size at which the lines keep to the block."""
    width = max(right - left for left, _, right, _ in (_ink(line, face) for line in lines))
    height = face.capital + (len(lines) - 1) * face.leading
    return min(face.largest, BLOCK_WIDTH / width, BLOCK_HEIGHT / height)


def _split(words, number, face):
    """The words in that many lines, the widest line as narrow as can be."""

    @cache
    def narrowest(end, number):
        """Width in em and first words of the lines up to word `end`."""
        if number == 1:
            return width(0, end), (0,)
        splits = (with_line_from(start, end, number) for start in range(number - 1, end))
        return min(splits, key=lambda split: split[0])

    def with_line_from(start, end, number):
        widest, starts = narrowest(start, number - 1)
        return max(widest, width(start, end)), (*starts, start)

    @cache
    def width(start, end):
        return sum(widths[start:end]) + (end - start - 1) * space

    widths = [_width(word, face) for word in words]
    space = _step(" ", "", face) + face.tracking
    _, starts = narrowest(len(words), number)
    return [" ".join(words[start:end]) for start, end in zip(starts, (*starts[1:], None), strict=True)]


def _line(text, face, size, baseline):
    """A line whose ink, not the white beside its first letter, begins at the margin."""
    left, *_ = _ink(text, face)
    return Line(text, MARGIN - left * size, baseline)


def _inside_margins(lettering):
    """Moved as far as accents or descenders stand out over a margin."""
    if not lettering.lines:
        return lettering
    _, top, _, bottom = lettering.box
    shift = max(0, MARGIN - top) - max(0, bottom - (HEIGHT - MARGIN))
    lines = tuple(replace(line, baseline=line.baseline + shift) for line in lettering.lines)
    return replace(lettering, lines=lines)


def _ink_of(line, face, size):
    """Left, top, right and bottom of a line's ink on the cover."""
    left, top, right, bottom = (edge * size for edge in _ink(line.text, face))
    return line.x + left, line.baseline + top, line.x + right, line.baseline + bottom


def _ink(text, face):
    """Left, top, right and bottom of a text's ink in em from the start of its baseline."""
    boxes = [(offset, *_letter_ink(letter, face.font)) for letter, offset in _spaced(text, face)]
    return (
        min(offset + left for offset, left, *_ in boxes),
        min(top for _, _, top, _, _ in boxes),
        max(offset + right for offset, _, _, right, _ in boxes),
        max(bottom for *_, bottom in boxes),
    )


def _spaced(text, face):
    """Each letter with its offset in em, kerned and tracked."""
    offset = 0
    for letter, following in _pairs(text):
        yield letter, offset
        offset += _step(letter, following, face)


def _width(text, face):
    """From the start of a text to the end of its last letter, in em."""
    return sum(_step(letter, following, face) for letter, following in _pairs(text)) - face.tracking


def _pairs(text):
    """Each letter and the one that follows, the last with an empty string."""
    return zip(text, (*text[1:], ""), strict=True)


def _step(letter, following, face):
    """From the start of a letter to the start of the next as this face is set, in em."""
    return _advance(letter, following, face.font) + face.tracking + (face.word_space if letter == " " else 0)


@cache
def _advance(letter, following, font):
    """From the start of a letter to the start of the one that follows, kerned, in em."""
    both, second = (_ruler(font).getlength(text, features=_NO_LIGATURES) for text in (letter + following, following))
    return (both - second) / _RULER


@cache
def _letter_ink(letter, font):
    """Left, top, right and bottom of a letter's ink in em from its origin. Pillow's getbbox has white in it."""
    mask, (x, y) = _ruler(font).getmask2(letter, mode="L", anchor="ls")
    left, top, right, bottom = mask.getbbox() or (0, 0, 0, 0)
    return tuple(edge / _RULER for edge in (x + left, y + top, x + right, y + bottom))


# Letters are drawn one by one, so "fi" must not be measured as one sign. Without Raqm Pillow knows neither
# ligatures nor these fonts' kerning.
_NO_LIGATURES = ["-liga"] if features.check("raqm") else None
# Pixels to the em when measuring; large, so that rounding to pixels does not matter.
_RULER = 500


@cache
def _ruler(font):
    return _load(font, _RULER)


def _load(font, size):
    """A font in pixels to the em."""
    return ImageFont.truetype(FONTS / f"{font}.ttf", size)
