"""What a motif is, the register of motifs, and geometry they share."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from ..shapes import WIDTH

CENTRE = WIDTH / 2
# Every motif by name.
MOTIFS = {}


@dataclass(frozen=True)
class Motif:
    """A way to fill a cover; `name_on_top` says which end is left for the name."""

    draw: Callable
    name_on_top: bool


def under_the_name(draw):
    """Register a motif that leaves the top of the cover free."""
    MOTIFS[draw.__name__] = Motif(draw, name_on_top=True)
    return draw


def over_the_name(draw):
    """Register a motif that leaves the bottom of the cover free."""
    MOTIFS[draw.__name__] = Motif(draw, name_on_top=False)
    return draw


def mirror(x, side):
    """`x` itself for side 1, mirrored in the middle of the cover for side -1."""
    return CENTRE + side * (x - CENTRE)


def polar(x, y, radius, radians):
    """The point at an angle and distance from (x, y)."""
    return x + radius * math.cos(radians), y + radius * math.sin(radians)


def arc(centre, radius, start, end):
    """Points on a circle from one angle in radians to another, close enough to look round."""
    for step in range(81):
        yield polar(*centre, radius, start + (end - start) * step / 80)
