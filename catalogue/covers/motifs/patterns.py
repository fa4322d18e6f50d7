"""Motifs that are a pattern or play of form."""

import math

from ..palettes import contrast
from ..shapes import HEIGHT, MARGIN, WIDTH, Disc, Line, Polygon, Rect, Sector
from .motif import CENTRE, arc, mirror, over_the_name, under_the_name


@under_the_name
def spiral(dice, ink, number):
    """Rings inside one another, drifting off the centre."""
    x, y, radius = dice.pick([150, 176, 124]), 304, dice.between(146, 156)
    drift = dice.between(-3.6, 3.6)
    ring = 0
    while radius > 12:
        colour, step = ((ink.figure, 17), (ink.ground, 12))[ring % 2]
        yield Disc(x, y, radius, colour)
        x, y, radius, ring = x + drift, y - step * 0.16, radius - step, ring + 1
    yield Disc(x, y, 9, ink.second)


@under_the_name
def pair(dice, ink, number):
    """Two discs; where they meet is a third colour."""
    radius = dice.between(84, 98)
    dx, y = radius * dice.between(0.52, 0.66), dice.between(286, 300)
    dy = dice.between(-26, 26)
    left, right = (CENTRE - dx, y - dy), (CENTRE + dx, y + dy)
    yield Disc(*left, radius, ink.figure)
    yield Disc(*right, radius, ink.second)
    yield Polygon(tuple(_overlap(left, right, radius)), ink.third)


def _overlap(left, right, radius):
    """The outline of what two discs of one radius share."""
    half = math.acos(min(1, math.dist(left, right) / 2 / radius))
    tilt = math.atan2(right[1] - left[1], right[0] - left[0])
    radius += 0.3  # a hair more, or the discs show round the edge
    yield from arc(left, radius, tilt - half, tilt + half)
    yield from arc(right, radius, tilt + math.pi - half, tilt + math.pi + half)


@over_the_name
def slats(dice, ink, number):
    """A disc seen through a blind: inside it the slats are shifted half a pitch."""
    x, y, radius = dice.pick([150, 184, 116]), 162, dice.between(104, 112)
    pitch, thickness, bottom = 24, 10.5, 304
    for top in range(MARGIN, bottom, pitch):
        half = _half_chord(radius, top + thickness / 2 - y)
        yield Rect(0, top, x - half, thickness, ink.figure)
        yield Rect(x + half, top, WIDTH - x - half, thickness, ink.figure)
        between = top + pitch / 2
        if between + thickness < bottom:
            half = _half_chord(radius, between + thickness / 2 - y)
            yield Rect(x - half, between, 2 * half, thickness, ink.second)


def _half_chord(radius, distance):
    """Half the width of a disc at a distance from its centre; 0 outside it."""
    return math.sqrt(max(0, radius * radius - distance * distance))


@under_the_name
def halves(dice, ink, number):
    """A disc cut in two, the halves slipped along the cut."""
    radius, slip, y = dice.between(104, 116), dice.between(34, 58), 296
    if dice.whole(0, 1):
        yield Sector(CENTRE - 1, y - slip / 2, radius, 90, 270, ink.figure)
        yield Sector(CENTRE + 1, y + slip / 2, radius, -90, 90, ink.second)
        yield Disc(CENTRE + radius * 0.45, y + slip / 2, 12, ink.third)
    else:
        yield Sector(CENTRE - slip / 2, y - 1, radius, 180, 360, ink.figure)
        yield Sector(CENTRE + slip / 2, y + 1, radius, 0, 180, ink.second)
        yield Disc(CENTRE + radius * 0.5, y - radius * 0.42, 12, ink.third)


@under_the_name
def cut(dice, ink, number):
    """Torn paper: three slabs across and three scraps on them."""
    side = dice.pick([1, -1])
    yield _slab(dice, side, -30, 196, 196, 92, dice.between(20, 44), ink.figure)
    yield _slab(dice, side, 96, 302, 240, 84, dice.between(-46, -20), ink.figure)
    yield _slab(dice, side, -20, 404, 190, 80, dice.between(10, 30), ink.figure)
    yield _slab(dice, side, 188, 178, 58, dice.between(84, 106), dice.between(8, 26), ink.second)
    yield _slab(dice, side, 34, 316, dice.between(38, 52), 66, dice.between(-16, 6), ink.third)
    yield _slab(dice, side, 196, 400, 130, 70, dice.between(4, 16), ink.second)


def _slab(dice, side, x, y, width, height, lean, colour):
    """A box from its lower left corner's x, its top leaning over, every corner a little off."""
    corners = ((x + lean, y), (x + width + lean, y), (x + width, y + height), (x, y + height))
    torn = [(x + dice.between(-9, 9), y + dice.between(-9, 9)) for x, y in corners]
    return Polygon(tuple((mirror(x, side), y) for x, y in torn), colour)


@under_the_name
def tiles(dice, ink, number):
    """Square tiles with quarter circles, discs and dots."""
    columns = dice.pick([3, 4])
    size, rows = WIDTH / columns, columns
    for row in range(rows):
        for column in range(columns):
            pattern, colour = dice.whole(0, 5), dice.pick([ink.figure, ink.second, ink.third])
            yield from _tile(column * size, HEIGHT + (row - rows) * size, size, pattern, colour, ink.ground)


def _tile(x, y, size, pattern, colour, ground):
    """Pattern 0 is a disc, 5 a square with a dot, 1 to 4 a quarter circle round each corner."""
    middle = (x + size / 2, y + size / 2)
    if pattern == 0:
        yield Disc(*middle, size / 2, colour)
    elif pattern == 5:
        yield Rect(x, y, size + 0.4, size + 0.4, colour)
        yield Disc(*middle, size * 0.26, ground)
    else:
        corner = ((x, y), (x + size, y), (x + size, y + size), (x, y + size))[pattern - 1]
        yield Sector(*corner, size, (pattern - 1) * 90, pattern * 90, colour)


@under_the_name
def arcs(dice, ink, number):
    """A rainbow of half or quarter rings on the lower edge."""
    x = dice.pick([0, 150, 300])
    radius, band, gap = (150, 25, 9) if x == 150 else (264, 36, 12)
    colours = (ink.figure, ink.second, ink.third, ink.figure)
    ring = 0
    while radius > 20:
        yield Disc(x, HEIGHT, radius, colours[ring % 4])
        if radius - band > 20:
            yield Disc(x, HEIGHT, radius - band, ink.ground)
        radius, ring = radius - band - gap, ring + 1


@under_the_name
def strings(dice, ink, number):
    """Two fans of straight threads that make curves, and a disc between them."""
    threads, flipped = dice.pick([13, 15, 18]), dice.whole(0, 1)
    side = -1 if flipped else 1
    far = ink.third if contrast(ink.third, ink.ground) > 2 else ink.second
    top, bottom, left, right = 178, HEIGHT - MARGIN, MARGIN, WIDTH - MARGIN
    for thread in range(threads + 1):
        down, along = (bottom - top) * thread / threads, (right - left) * thread / threads
        yield _thread((left, top + down), (left + along, bottom), side, ink.figure)
        yield _thread((right, bottom - down), (right - along, top), side, far)
    yield Disc(CENTRE, (top + bottom) / 2, 18, ink.second)


def _thread(start, end, side, colour):
    start, end = ((mirror(x, side), y) for x, y in (start, end))
    return Line(start, end, 2.2, colour)


@under_the_name
def halftone(dice, ink, number):
    """A dot screen with a light in it."""
    light = dice.between(90, 210), dice.between(280, 320)
    pitch, reach = 20, 150
    for row in range(14):
        for column in range(15):
            x, y = 10 + column * pitch + row % 2 * pitch / 2, 182 + row * pitch * 0.98
            radius = 9.6 * (1 - math.dist((x, y), light) / reach * 0.86)
            if radius > 0.9 and y < HEIGHT + 8:
                yield Disc(x, y, radius, ink.figure if radius < 8.2 else ink.second)
