"""Portraits drawn for people of whom there is no photograph: the same name always gets the same picture.

A head and shoulders before a simple ground, in one of the covers' palettes, with the person's initials: plainly a
drawing, so that nobody takes it for a likeness.
"""

from PIL import Image, ImageDraw

from .lettering import FACES, Lettering, Line, drawable_words
from .palettes import PALETTES
from .plan import Dice, words_of
from .shapes import MARGIN, WIDTH, Disc, Polygon, Rect, Ring, Sector

# Goes up whenever the same name would get another picture.
PORTRAIT_VERSION = 1
HEIGHT = 375
OVERSAMPLING = 3
MIDDLE, HEAD_Y, HEAD = WIDTH / 2, 176, 56
SHOULDERS, NECK = 118, 24
INITIALS, SIZE, CAPITALS = 2, 46, "clarendon"


def draw_portrait(name, *, width=640):
    """Draw somebody's portrait: an RGB image `width` pixels wide and a quarter higher."""
    dice = Dice(f"portrait {' '.join(words_of(name)) or name}")
    ink = PALETTES[dice.pick(sorted(PALETTES))]
    shapes = [*dice.pick(GROUNDS)(dice, ink), *_sitter(dice, ink)]
    scale = width * OVERSAMPLING / WIDTH
    image = Image.new("RGB", (width * OVERSAMPLING, width * OVERSAMPLING * HEIGHT // WIDTH), ink.ground)
    pen = ImageDraw.Draw(image)
    for shape in shapes:
        shape.draw(pen, scale)
    _lettering(initials(name)).draw(pen, scale, ink.lettering)
    return image.reduce(OVERSAMPLING)


def initials(name):
    """The first letters of the first and the last word: "MK"; "" if our fonts draw none of them."""
    words = [word for word in drawable_words(name) if word[0].isalpha()]
    first_and_last = words[:1] + words[1:][-1:]
    return "".join(word[0].upper() for word in first_and_last)[:INITIALS]


def _lettering(text):
    face = FACES[CAPITALS]
    baseline = MARGIN + face.capital * SIZE
    return Lettering(face, SIZE, (Line(text, MARGIN, baseline),) if text else ())


# ------------------------------------------------------------------ what stands behind
def _sun(dice, ink):
    return [Disc(MIDDLE + dice.between(-24, 34), HEAD_Y + 8, dice.between(100, 112), ink.second)]


def _arch(dice, ink):
    half = dice.between(92, 106)
    return [
        Disc(MIDDLE, HEAD_Y, half, ink.second),
        Rect(MIDDLE - half, HEAD_Y, 2 * half, HEIGHT - HEAD_Y, ink.second),
    ]


def _rings(dice, ink):
    step = dice.between(17, 20)
    return [Ring(MIDDLE, HEAD_Y, HEAD + 15 + number * step, step * 0.45, ink.second) for number in range(3)]


def _rays(dice, ink):
    number, turn = 2 * dice.whole(7, 10), dice.between(0, 20)
    wide = 360 / number
    starts = [turn + i * wide for i in range(0, number, 2)]
    return [Sector(MIDDLE, HEAD_Y + 8, 116, start, start + wide, ink.second) for start in starts]


def _slope(dice, ink):
    left, right = dice.between(110, 300), dice.between(110, 300)
    return [Polygon(((0, left), (WIDTH, right), (WIDTH, HEIGHT), (0, HEIGHT)), ink.second)]


GROUNDS = (_sun, _arch, _rings, _rays, _slope)


# ------------------------------------------------------------------ who sits
def _sitter(dice, ink):
    """A silhouette, sometimes lit from one side. No hair, no hat, no colour of skin: the name tells none of them."""
    x, top = MIDDLE + dice.between(-10, 10), HEAD_Y + HEAD + 20
    whole = [
        Disc(x, top + SHOULDERS, SHOULDERS, ink.figure),
        Rect(x - NECK, HEAD_Y + 20, 2 * NECK, HEAD + 14, ink.figure),
        Disc(x, HEAD_Y, HEAD, ink.figure),
    ]
    return [*whole, *dice.pick((_plain, _lit, _lit))(dice, ink, x, top)]


def _plain(dice, ink, x, top):
    return []


def _lit(dice, ink, x, top):
    """The half of the silhouette that the light falls on."""
    start, left = dice.pick(((90, x - NECK), (270, x)))
    return [
        Sector(x, top + SHOULDERS, SHOULDERS, start, start + 180, ink.third),
        Rect(left, HEAD_Y + 20, NECK, HEAD + 14, ink.third),
        Sector(x, HEAD_Y, HEAD, start, start + 180, ink.third),
    ]
