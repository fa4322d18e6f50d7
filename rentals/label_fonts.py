"""The letters on labels in PDF.

Besley for titles and Archivo for shelves, as on covers; Noto Sans for other alphabets, Noto Sans JP for kana and kanji.
What none of them has is printed in Latin letters, so that every label can be read.
"""

from functools import cache
from importlib.resources import files

from anyascii import anyascii
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.units import inch
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from catalogue.covers.lettering import FONTS

DPI = 600  # of letters that are drawn as a picture
NO_LETTER = "\uffff"
DESCENT = 0.3  # em


class Outlined:
    """A font that the PDF carries."""

    def __init__(self, name, path):
        self.name = name
        self.font = TTFont(name, str(path))
        pdfmetrics.registerFont(self.font)

    def has(self, text):
        return all(ord(sign) in self.font.face.charToGlyph for sign in text)

    def width(self, text, size):
        return self.font.stringWidth(text, size)

    def draw(self, canvas, x, y, text, size):
        canvas.setFont(self.name, size)
        canvas.drawString(x, y, text)


class Pictured:
    """A font whose outlines reportlab cannot carry (PostScript ones): its letters are pictures, fine as any printer."""

    def __init__(self, path):
        self.path = str(path)

    def has(self, text):
        return all(sign.isspace() or _drawn(self.path, sign) != _drawn(self.path, NO_LETTER) for sign in text)

    def width(self, text, size):
        return _font(self.path, size).getlength(text) * inch / DPI

    def draw(self, canvas, x, y, text, size):
        font, height = _font(self.path, size), size * (1 + DESCENT)
        picture = Image.new("1", (round(font.getlength(text)) or 1, _dots(height)), 1)
        ImageDraw.Draw(picture).text((0, _dots(size)), text, font=font, fill=0, anchor="ls")
        canvas.drawImage(ImageReader(picture), x, y - size * DESCENT, self.width(text, size), height)


def _dots(points):
    return round(points * DPI / inch)


@cache
def _font(path, size):
    return ImageFont.truetype(path, _dots(size))


def _drawn(path, sign):
    mask = _font(path, 2).getmask(sign)
    return mask.size, bytes(mask)


@cache
def _fonts():
    noto = files("fontpkg_noto_sans") / "files" / "NotoSans[wdth,wght].ttf"
    japanese = files("pylopdf_fonts_jp") / "NotoSansJP-Regular.otf"
    own = {name: Outlined(name, FONTS / f"{name}.ttf") for name in ("clarendon", "grotesk")}
    return own | {"noto": Outlined("noto", noto), "japanese": Pictured(japanese)}


def titles(text):
    """The font for a title, and the title with the letters it has."""
    return _fitting(text, "clarendon")


def bold(text):
    return _fitting(text, "grotesk")


def small(text):
    return _fitting(text, "noto")


def _fitting(text, first):
    fonts = _fonts()
    for name in (first, "noto", "japanese"):
        if fonts[name].has(text):
            return fonts[name], text
    return fonts["noto"], anyascii(text)


def lines(font, text, size, width, most):
    """`text` in at most so many lines no wider than `width`, cut with an ellipsis where it is longer."""
    found = []
    while text and len(found) < most:
        line = _line(font, text, size, width)
        found.append(line.strip())
        text = text[len(line) :].lstrip()
    if text and found:
        found[-1] = _cut(font, found[-1], size, width)
    return found


def _line(font, text, size, width):
    """As much of the beginning of `text` as fits, up to the end of a word if there is one."""
    fits = next(n for n in range(len(text), -1, -1) if n <= 1 or font.width(text[:n], size) <= width)
    if fits == len(text) or text[fits].isspace():
        return text[:fits]
    return text[: text.rfind(" ", 0, fits) + 1 or fits]


def _cut(font, text, size, width):
    while text and font.width(f"{text}…", size) > width:
        text = text[:-1]
    return f"{text.rstrip()}…"
