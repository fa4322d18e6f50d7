"""Motifs that picture a thing: birds, suns, stairs, eyes."""

import math

from ..palettes import contrast
from ..shapes import HEIGHT, MARGIN, WIDTH, Disc, Polygon, Rect, Ring, Sector
from .motif import CENTRE, arc, mirror, over_the_name, polar, under_the_name

# Where art over a name ends.
ART_FLOOR = 308


@over_the_name
def skein(dice, ink, number):
    """Seven cranes in a V before a sun."""
    side = dice.pick([1, -1])
    radius = dice.between(92, 106)
    x = CENTRE + side * dice.between(-46, -22)
    yield Disc(x, dice.between(158, 172), radius, ink.figure)
    colour = _clearest((ink.lettering, ink.second, ink.third), on=(ink.ground, ink.figure))
    for bird in range(7):
        place = (bird + 1) // 2
        behind, below = (60, 20) if bird % 2 else (27, 64)
        x, y = CENTRE + side * (78 - place * behind), 58 + place * below
        yield from _crane(x, y, 23 - place * 1.8, side, colour)


def _clearest(colours, on):
    """The colour that stands out best from all the colours it lies on."""
    return max(colours, key=lambda colour: min(contrast(colour, ground) for ground in on))


# One long body and two bent wings, in wing lengths from the shoulder.
_CRANE = (
    ((1.62, -0.16), (0.5, -0.13), (-0.9, 0.02), (-1.35, 0.16), (-0.9, 0.15), (0.4, 0.10), (1.0, -0.04)),
    ((0.42, -0.06), (0.52, -0.78), (-0.62, -1.62), (0.02, -0.74), (-0.34, 0.02)),
    ((0.30, 0.02), (0.02, 0.56), (-1.10, 0.98), (-0.34, 0.44), (-0.46, 0.04)),
)


def _crane(x, y, size, side, colour):
    for part in _CRANE:
        yield Polygon(tuple((x + side * dx * size, y + dy * size) for dx, dy in part), colour)


@under_the_name
def orb(dice, ink, number):
    """A sun sinking behind bars that grow, and its moon."""
    x, radius, y = dice.pick([150, 196, 104]), dice.between(104, 124), dice.between(268, 292)
    yield Disc(x, y, radius, ink.figure)
    bar_y = y - radius * 0.05
    for bar in range(dice.whole(4, 6)):
        thickness = 4 + bar * 4.2
        yield Rect(0, bar_y, WIDTH, thickness, ink.ground)
        bar_y += thickness + 15
    moon_side = {150: dice.pick([-1, 1]), 196: -1, 104: 1}[x]
    yield Disc(x + radius * moon_side * 0.98, y - radius * 0.92, 13, ink.second)


@under_the_name
def waves(dice, ink, number):
    """Seven rows of swell under a sun."""
    top, rows = 196, 7
    pitch = (HEIGHT - top) / (rows - 1.4)
    figure, second, third = ink.figure, ink.second, ink.third
    sun, crest, foam = dice.pick([(figure, second, third), (second, figure, third), (second, third, figure)])
    yield Disc(dice.pick([84, 216]), top - 26, 46, sun)
    length, phase = dice.pick([100, 75, 150]), dice.between(0, 6)
    for row, colour in enumerate((crest, ink.ground, foam, crest, ink.ground, foam, crest)):
        y = top + row * pitch * 0.92
        yield _swell(y, pitch * 0.42, length, phase + row * math.pi * 0.62, colour)


def _swell(y, amplitude, length, phase, colour):
    """Everything below a sine curve."""
    xs = range(0, WIDTH + 1, 6)
    curve = [(x, y + amplitude * math.sin(2 * math.pi * x / length + phase)) for x in xs]
    return Polygon((*curve, (WIDTH, HEIGHT), (0, HEIGHT)), colour)


@under_the_name
def peaks(dice, ink, number):
    """Three ridges, the far one first, and a sun between them."""
    yield Disc(dice.between(190, 225), dice.between(190, 210), 38, ink.figure)
    ridges = ((262, ink.third), (318, ink.second), (378, ink.lettering))
    for nearness, (y, colour) in enumerate(ridges):
        yield Polygon(tuple(_ridge(dice, y, 1 - nearness * 0.18)), colour)


def _ridge(dice, y, steepness):
    x = -60 + dice.between(-30, 20)
    yield (-60, HEIGHT + 10)
    while x < WIDTH + 80:
        width = dice.between(90, 150)
        yield (x, y + dice.between(30, 58))
        yield (x + width * 0.5, y - dice.between(26, 62) * steepness)
        x += width
    yield (x, y + 50)
    yield (WIDTH + 80, HEIGHT + 10)


@under_the_name
def road(dice, ink, number):
    """A road to a point on the horizon, where a sun stands."""
    x, horizon_y = dice.between(110, 190), 222
    yield Disc(x + dice.pick([-62, 62]), horizon_y, 44, ink.figure)
    yield Rect(0, horizon_y, WIDTH, HEIGHT - horizon_y, ink.second)
    tarmac = ink.ground if contrast(ink.second, ink.ground) > 2 else ink.lettering
    corners = ((x - 3, horizon_y), (x + 3, horizon_y), (WIDTH + 40, HEIGHT), (-40, HEIGHT))
    yield Polygon(corners, tarmac)
    paint = ink.figure if contrast(ink.figure, tarmac) > 1.8 else ink.lettering
    yield from _dashes(x, horizon_y, paint)


def _dashes(x, horizon_y, colour):
    """The broken line in the middle of a road that comes from (x, horizon_y)."""
    y, length = horizon_y + 10, 4
    while y <= HEIGHT:
        far, near = _nearness(y, horizon_y), _nearness(min(y + length, HEIGHT), horizon_y)
        far_x, near_x = x + (CENTRE - x) * far, x + (CENTRE - x) * near
        left = (far_x - 7 * far, y), (near_x - 7 * near, y + length)
        right = (near_x + 7 * near, y + length), (far_x + 7 * far, y)
        yield Polygon((*left, *right), colour)
        y, length = y + length * 1.9 + 5, length * 1.55


def _nearness(y, horizon_y):
    """0 on the horizon, 1 at the lower edge of the cover."""
    return (y - horizon_y) / (HEIGHT - horizon_y)


@under_the_name
def city(dice, ink, number):
    """A row of blocks, some with lit windows, and two times in three a sun."""
    colours = (ink.figure, ink.second, ink.third)
    colour, sky = dice.whole(0, 2), dice.whole(0, 2)
    if sky < 2:
        x, y, radius = dice.between(70, 230), dice.between(196, 214), dice.between(26, 34)
        yield Disc(x, y, radius, dice.pick([ink.figure, ink.second]))
    x = 0
    while x < WIDTH:
        width = _block_width(dice, WIDTH - x)
        height = dice.between(84, 246)
        yield Rect(x, HEIGHT - height, width + 0.6, height, colours[colour % 3])
        if dice.whole(0, 2) and width > 33:
            yield from _windows(x, width, height, ink.ground)
        x, colour = x + width, colour + dice.whole(1, 2)


def _block_width(dice, room):
    """A width that leaves no sliver of `room` behind."""
    width = dice.pick([30, 38, 46, 54])
    return room if room - width < 24 else width


def _windows(x, width, height, colour):
    columns = int((width - 8) // 13)
    gap = (width - columns * 6) / (columns + 1)
    for y in range(int(HEIGHT - height + 12), HEIGHT - 8, 20):
        for column in range(columns):
            yield Rect(x + gap + column * (6 + gap), y, 6, 10, colour)


@under_the_name
def doors(dice, ink, number):
    """A door in a door in a door, square or arched, seen a little from the side."""
    x = dice.pick([150, 150, 178, 122])
    opening = _arch if dice.whole(0, 1) else _doorway
    width, height = 250, 300
    for colour in (ink.figure, ink.ground, ink.second, ink.third, ink.lettering):
        yield from opening(x, width, height, colour)
        width, height, x = width * 0.74, height * 0.82, x + (x - CENTRE) * 0.12


def _doorway(x, width, height, colour):
    yield Rect(x - width / 2, HEIGHT - height, width, height, colour)


def _arch(x, width, height, colour):
    spring_y = HEIGHT - height + width / 2
    yield Disc(x, spring_y, width / 2, colour)
    yield Rect(x - width / 2, spring_y, width, height - width / 2, colour)


@under_the_name
def eye(dice, ink, number):
    """One open eye with lashes."""
    y = 290
    yield Polygon(tuple(_lens(CENTRE, y, radius=168, offset=108)), ink.figure)
    x = CENTRE + dice.pick([-22, 0, 22])
    yield Disc(x, y, 50, ink.second)
    yield Disc(x, y, 24, ink.ground)
    yield Disc(x + 14, y - 14, 8, ink.figure)
    for degrees in range(-48, 49, 16):
        yield _lash(y, math.radians(degrees), ink.third)


def _lens(x, y, radius, offset):
    """The area two circles have in common, their centres `offset` above and below (x, y)."""
    half = math.acos(offset / radius)
    yield from arc((x, y + offset), radius, -math.pi / 2 - half, -math.pi / 2 + half)
    yield from arc((x, y - offset), radius, math.pi / 2 - half, math.pi / 2 + half)


def _lash(y, angle, colour):
    """A tapered stroke over an eye at height `y`; the angle is from upright, in radians."""
    rise = 30 * math.cos(angle)
    tip_x, root_x = CENTRE + 150 * math.sin(angle), CENTRE + 128 * math.sin(angle)
    tip_y, root_y = y - 70 - rise, y - 48 - rise
    corners = ((tip_x - 3, tip_y), (tip_x + 3, tip_y), (root_x + 2, root_y), (root_x - 2, root_y))
    return Polygon(corners, colour)


@under_the_name
def count(dice, ink, number):
    """As many figures (3 to 7) or dots as the number says, one of them another colour; 3 without a number."""
    half, whole = isinstance(number, float), int(number or 3)
    odd_one = dice.whole(0, whole - 1)
    if half:
        yield from _dots_and_a_half(whole, ink)
    elif 3 <= whole <= 7:
        yield from _figures(dice, whole, odd_one, ink)
    else:
        yield from _dots(whole, odd_one, ink)


# The room for dots and figures.
_COUNT_TOP = 178


def _figures(dice, number, odd_one, ink):
    """Standing figures of uneven height from edge to edge."""
    gap = 8
    width = (WIDTH - 2 * MARGIN - gap * (number - 1)) / number
    tallest = HEIGHT - _COUNT_TOP - width - 6
    for place in range(number):
        height = tallest * (0.72 + 0.28 * abs(math.sin(1.7 * place + dice.between(0, 1.2))))
        colour, x = ink.second if place == odd_one else ink.figure, MARGIN + place * (width + gap)
        yield Rect(x, HEIGHT - height, width, height, colour)
        yield Disc(x + width / 2, HEIGHT - height - width * 0.5 - 6, width * 0.5, colour)


def _dots(number, odd_one, ink):
    for place, (x, y, radius) in enumerate(_grid(number)):
        yield Disc(x, y, radius, ink.second if place == odd_one else ink.figure)


def _dots_and_a_half(number, ink):
    *dots, (x, y, radius) = _grid(number + 1)
    for dot in dots:
        yield Disc(*dot, ink.figure)
    yield Sector(x, y, radius, 180, 360, ink.second)


def _grid(number):
    """(x, y, radius) of that many dots in rows, as large as the room allows, on the bottom margin."""
    columns = max(range(2, 7), key=lambda columns: (_cell(number, columns), -_gaps(number, columns)))
    cell = _cell(number, columns)
    radius = cell * 0.44
    top = HEIGHT - MARGIN - _rows(number, columns) * cell
    for place in range(number):
        row, column = divmod(place, columns)
        yield MARGIN + radius + column * cell, top + cell - radius + row * cell, radius


def _rows(number, columns):
    return math.ceil(number / columns)


def _gaps(number, columns):
    """Places left empty in the last row."""
    return columns * _rows(number, columns) - number


def _cell(number, columns):
    """The side of a dot's square in so many columns."""
    return min((WIDTH - 2 * MARGIN) / columns, (HEIGHT - MARGIN - _COUNT_TOP) / _rows(number, columns))


@over_the_name
def rays(dice, ink, number):
    """A sun with rays, cut off by the name."""
    x, y, slices = dice.pick([150, 40, 260]), dice.pick([250, 262]), dice.pick([15, 18, 21])
    turn = dice.between(0, 20)
    for place in range(slices):
        start = turn + place * 360 / slices
        yield Sector(x, y, 560, start, start + 180 / slices, ink.figure)
    yield Disc(x, y, 78, ink.ground)
    yield Disc(x, y, 64, ink.second)
    yield Rect(0, ART_FLOOR, WIDTH, HEIGHT - ART_FLOOR + 1, ink.ground)


@under_the_name
def petals(dice, ink, number):
    """A flower of discs with a ringed heart."""
    x, y, leaves = dice.pick([150, 196, 104]), dice.between(286, 300), dice.pick([6, 7, 8, 9])
    reach = dice.between(82, 92)
    for leaf in range(leaves):
        centre = polar(x, y, reach, 2 * math.pi * leaf / leaves + dice.between(0, 0.02))
        colour = ink.figure if leaf % 2 or leaves % 2 else ink.third
        yield Disc(*centre, reach * math.sin(math.pi / leaves) * 1.06, colour)
    heart = reach * 0.62
    yield Disc(x, y, heart, ink.second)
    yield Ring(x, y, heart - 9, 2.2, ink.ground)
    yield Ring(x, y, heart - 19, 2.2, ink.ground)
    yield Disc(x, y, 10, ink.ground)


@under_the_name
def blades(dice, ink, number):
    """Five or six leaning blades, one of another colour, before a sun."""
    number_of_blades, side = dice.pick([5, 6]), dice.pick([1, -1])
    odd_one = dice.whole(1, number_of_blades - 2)
    sun = ink.third if contrast(ink.third, ink.ground) > 1.6 else ink.second
    yield Disc(mirror(dice.between(84, 110), side), 300, dice.between(58, 70), sun)
    pitch = WIDTH / (number_of_blades - 0.4)
    for place in range(number_of_blades + 1):
        colour = ink.second if place == odd_one else ink.figure
        yield _blade(place * pitch - 10, dice.between(172, 250), pitch * 0.36, side, colour)


def _blade(x, top, width, side, colour):
    """A blade standing at `x` on the lower edge; the higher it is the more it leans."""
    lean = 92 * (HEIGHT - top) / 270
    corners = (
        (x + lean + width * 0.2, top + 26),
        (x + lean + width * 1.25, top - 16),
        (x + width, HEIGHT + 4),
        (x, HEIGHT + 4),
    )
    return Polygon(tuple((mirror(x, side), y) for x, y in corners), colour)


@under_the_name
def stairs(dice, ink, number):
    """Stairs up to the right or left, and a ball on the top step."""
    steps, side = dice.pick([6, 7, 8]), dice.pick([-1, 1])
    width, height = WIDTH / steps, 246 / steps
    for step in range(steps):
        left = mirror((step + 0.5) * width, side) - width / 2
        y = HEIGHT - (step + 1) * height
        yield Rect(left, y, width + 0.6, HEIGHT - y, ink.figure)
        yield Rect(left, y, width, 5, ink.third)
    yield Disc(mirror((steps - 0.5) * width, side), HEIGHT - steps * height - 15, 15, ink.second)


@under_the_name
def beam(dice, ink, number):
    """The cone of light from a projector in a lower corner."""
    x, y, far = dice.pick([(266, 412, 0), (34, 412, WIDTH)])
    yield Polygon(((x, y), (far, 158), (far, 388)), ink.figure)
    yield Polygon(((x, y), (far, 226), (far, 322)), ink.third)
    yield Disc(x, y, 30, ink.second)
    yield Disc(x, y, 11, ink.ground)


@under_the_name
def horizon(dice, ink, number):
    """Half a sun on four bands of land."""
    y, x = dice.between(300, 320), dice.pick([150, 98, 202])
    yield Sector(x, y, dice.between(92, 112), 180, 360, ink.figure)
    bands = ((16, 7, ink.second), (26, 9, ink.third), (40, 11, ink.second), (90, 0, ink.lettering))
    for thickness, gap, colour in bands:
        yield Rect(0, y, WIDTH, thickness + 1, colour)
        y += thickness + gap
