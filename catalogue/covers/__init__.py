"""Covers drawn for films: the same film always gets the same picture.

A film's record decides on palette, motif and typeface (`plan`, by the tables in
`choices`), a motif turns them into shapes (`motifs`), and the name is set in
the space it leaves (`lettering`). Keep covers by their inputs and RULES_VERSION.
"""

from PIL import Image, ImageDraw

from . import motifs, palettes
from .lettering import lay_out
from .plan import make_plan
from .shapes import HEIGHT, WIDTH

# Goes up whenever the same film would get another picture.
RULES_VERSION = 1
PALETTES = tuple(palettes.PALETTES)
MOTIFS = tuple(motifs.MOTIFS)
TINTS = palettes.TINTS

__all__ = ["MOTIFS", "PALETTES", "RULES_VERSION", "TINTS", "cover_tint", "draw_cover"]

# Shapes have hard edges: they are drawn this many times too large, then reduced.
_OVERSAMPLING = 3


def draw_cover(name, year, countries, genres, *, width=640, short_name="", palette="", motif=""):
    """Draw the cover of a film: an RGB image `width` pixels wide and half as high again.

    `countries` and `genres` are English names, the most important first;
    unknown ones do no harm, and `year` may be None. `short_name` is printed
    instead of the name. `palette` and `motif` pin what the record would
    decide; ValueError for a pin that is not in PALETTES or MOTIFS.
    """
    plan = make_plan(name, year, tuple(countries), tuple(genres))
    ink = palettes.PALETTES[_pinned(palette, PALETTES, "palette") or plan.palette]
    art = motifs.MOTIFS[_pinned(motif, MOTIFS, "motif") or plan.motif]
    shapes = art.draw(plan.dice, ink, plan.count)
    return _paint(shapes, lay_out(short_name or name, plan.face, on_top=art.name_on_top), ink, width)


def cover_tint(name, year, countries, genres, palette=""):
    """The tint, one of TINTS, for the page of a film: that of its cover. ValueError for an unknown palette."""
    plan = make_plan(name, year, tuple(countries), tuple(genres))
    return palettes.tint(_pinned(palette, PALETTES, "palette") or plan.palette)


def _pinned(pin, known, kind):
    if pin and pin not in known:
        raise ValueError(f"There is no {kind} {pin!r}; choose one of {', '.join(known)}.")
    return pin


def _paint(shapes, lettering, ink, width):
    size = (width, round(width * HEIGHT / WIDTH))
    image = Image.new("RGB", tuple(side * _OVERSAMPLING for side in size), ink.ground)
    pen, scale = ImageDraw.Draw(image), width * _OVERSAMPLING / WIDTH
    for shape in shapes:
        shape.draw(pen, scale)
    lettering.draw(pen, scale, ink.lettering)
    return image.reduce(_OVERSAMPLING)
