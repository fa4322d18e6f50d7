"""The colours of the covers: thirty-four palettes of five colours each.

They are written in OKLCH, where equal steps look equal, so a palette can be
judged from its numbers: lightness 0-1, chroma 0-0.4, hue in degrees.
"""

import math
from typing import NamedTuple

_TABLE = """
name          ground        figure        second        third         lettering
bone-red      .93 .025 85   .56 .2 29     .24 .012 60   .74 .05 75    .24 .012 60
bone-indigo   .92 .022 95   .38 .1 268    .62 .19 30    .76 .06 90    .26 .06 268
sky-cream     .8 .07 228    .96 .015 90   .42 .1 255    .68 .17 35    .28 .07 255
blush-wine    .88 .045 25   .4 .13 12     .66 .15 28    .95 .02 60    .3 .09 12
sage-plum     .86 .04 140   .36 .08 330   .56 .09 150   .94 .03 100   .28 .06 330
sand-teal     .89 .04 80    .46 .08 200   .66 .15 50    .3 .04 220    .28 .04 220
lemon-ink     .9 .13 98     .25 .02 280   .62 .2 30     .97 .04 100   .22 .02 280
ice-black     .9 .02 235    .2 .01 250    .6 .05 240    .98 .005 235  .2 .01 250
pistachio     .9 .06 125    .47 .11 150   .7 .16 25     .97 .03 110   .29 .06 155
mauve         .84 .05 310   .4 .11 300    .72 .13 60    .95 .02 310   .28 .08 300
vermilion     .57 .2 30     .95 .03 85    .22 .02 40    .8 .13 75     .97 .02 85
saffron       .8 .155 76    .44 .15 20    .96 .05 95    .34 .08 300   .27 .06 20
cobalt        .45 .17 262   .94 .03 90    .72 .16 45    .74 .1 245    .97 .02 90
jade          .46 .09 165   .93 .04 95    .73 .15 55    .66 .1 165    .97 .02 95
rust          .5 .13 42     .92 .05 85    .27 .05 30    .74 .12 65    .97 .03 85
turquoise     .66 .09 195   .96 .03 90    .3 .07 230    .72 .16 50    .22 .05 230
rose          .66 .16 12    .96 .03 60    .33 .11 350   .85 .1 70     .23 .07 350
ochre         .7 .13 80     .3 .05 50     .95 .04 90    .5 .14 40     .23 .04 50
grass         .62 .12 145   .96 .05 105   .3 .06 160    .78 .15 90    .2 .04 160
soot-red      .17 .008 60   .6 .21 29     .9 .02 85     .42 .02 60    .95 .02 85
midnight      .24 .06 265   .82 .12 85    .52 .12 262   .92 .03 90    .95 .03 90
bottle        .27 .045 165  .82 .1 95     .5 .08 165    .93 .03 100   .95 .03 100
aubergine     .26 .07 330   .74 .14 40    .52 .13 340   .93 .03 70    .95 .03 70
coal-acid     .22 .012 120  .9 .18 110    .55 .03 120   .95 .02 110   .96 .03 110
petrol        .3 .055 220   .74 .14 50    .58 .08 215   .92 .03 90    .95 .03 90
oxblood       .3 .1 20      .84 .09 70    .56 .18 28    .95 .03 80    .95 .03 80
ink-blush     .25 .03 280   .82 .08 25    .56 .13 15    .94 .02 60    .95 .02 60
pine-coral    .33 .05 180   .75 .14 35    .9 .05 95     .55 .07 180   .95 .03 95
paper-green   .94 .03 100   .5 .11 158    .28 .04 170   .74 .15 60    .27 .04 170
paper-blue    .93 .02 90    .5 .16 258    .26 .05 265   .7 .17 40     .26 .05 265
peach-navy    .86 .08 60    .34 .09 262   .62 .17 32    .97 .03 80    .27 .08 262
powder        .85 .04 200   .5 .16 25     .3 .06 215    .96 .02 100   .27 .05 215
slate-ice     .32 .02 245   .88 .04 225   .58 .05 240   .72 .15 40    .96 .01 230
cocoa         .27 .04 50    .8 .11 75     .54 .12 40    .93 .04 85    .95 .03 85
"""


class Palette(NamedTuple):
    """Five colours as "#rrggbb"; art is drawn in the first four, the name of the film in the last."""

    ground: str
    figure: str
    second: str
    third: str
    lettering: str


def contrast(one, other):
    """WCAG contrast ratio of two colours, 1 (the same) to 21 (black and white)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def tint(name):
    """The page tint, one of TINTS, that goes with a cover in the palette of this name.

    It follows the ground or, where that is black, white or grey, the figure on it.
    """
    ground, figure, *_ = _OKLCH[name]
    hue = next((hue for _, chroma, hue in (ground, figure) if chroma >= _COLOURFUL), None)
    return "slate" if hue is None else next((tint for tint, end in _TINT_ENDS.items() if hue < end), "red")


def _luminance(colour):
    """Relative luminance as WCAG defines it, 0 (black) to 1 (white)."""
    red, green, blue = (_decoded(int(colour[i : i + 2], 16) / 255) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _hex(lightness, chroma, hue):
    """OKLCH as "#rrggbb"."""
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    return "#" + "".join(f"{_encoded(channel):02x}" for channel in _linear_rgb(lightness, a, b))


def _linear_rgb(lightness, a, b):
    """OKLab as linear-light RGB, by Björn Ottosson's matrices (bottosson.github.io/posts/oklab)."""
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def _encoded(channel):
    """A linear channel as an sRGB byte; what sRGB cannot show is clipped."""
    channel = max(0, channel)
    curved = 12.92 * channel if channel <= 0.0031308 else 1.055 * channel ** (1 / 2.4) - 0.055
    return round(255 * min(1, curved))


def _decoded(channel):
    """An sRGB channel, 0-1, as linear light, 0-1."""
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def _read(row):
    """A row of the table: the name, and five (lightness, chroma, hue)."""
    name, *numbers = row.split()
    numbers = [float(number) for number in numbers]
    return name, tuple(zip(numbers[0::3], numbers[1::3], numbers[2::3], strict=True))


_OKLCH = dict(_read(row) for row in _TABLE.strip().splitlines()[1:])
PALETTES = {name: Palette(*(_hex(*colour) for colour in colours)) for name, colours in _OKLCH.items()}

TINTS = ("red", "gold", "green", "teal", "blue", "plum", "slate")
# The hue in degrees at which a tint ends; red comes again after plum.
_TINT_ENDS = {"red": 48, "gold": 112, "green": 178, "teal": 226, "blue": 285, "plum": 350}
# Colours with less chroma read as black, white or grey.
_COLOURFUL = 0.045
