"""The shapes covers are made of. Each knows how to draw itself.

Coordinates are cover units: a cover is WIDTH by HEIGHT, x to the right and y
down. Angles are degrees clockwise from three o'clock, as Pillow has them.
"""

from dataclasses import dataclass

WIDTH, HEIGHT, MARGIN = 300, 450, 22


@dataclass(frozen=True)
class Rect:
    """A rectangle from its top left corner."""

    x: float
    y: float
    width: float
    height: float
    colour: str

    def draw(self, pen, scale):
        """Draw with an ImageDraw at `scale` pixels to the unit; less than a pixel is nothing."""
        right, bottom = (self.x + self.width) * scale - 1, (self.y + self.height) * scale - 1
        if right >= self.x * scale and bottom >= self.y * scale:
            pen.rectangle((self.x * scale, self.y * scale, right, bottom), fill=self.colour)


@dataclass(frozen=True)
class Disc:
    """A filled circle."""

    x: float
    y: float
    radius: float
    colour: str

    def draw(self, pen, scale):
        """Draw with an ImageDraw at `scale` pixels to the unit."""
        pen.ellipse(_around(self.x, self.y, self.radius, scale), fill=self.colour)


@dataclass(frozen=True)
class Ring:
    """A circular line, `thickness` wide, half of it on either side of the radius."""

    x: float
    y: float
    radius: float
    thickness: float
    colour: str

    def draw(self, pen, scale):
        """Draw with an ImageDraw at `scale` pixels to the unit."""
        box = _around(self.x, self.y, self.radius + self.thickness / 2, scale)
        pen.ellipse(box, outline=self.colour, width=round(self.thickness * scale))


@dataclass(frozen=True)
class Sector:
    """A slice of a disc from angle `start` to angle `end`."""

    x: float
    y: float
    radius: float
    start: float
    end: float
    colour: str

    def draw(self, pen, scale):
        """Draw with an ImageDraw at `scale` pixels to the unit."""
        pen.pieslice(_around(self.x, self.y, self.radius, scale), self.start, self.end, fill=self.colour)


@dataclass(frozen=True)
class Polygon:
    """An area with straight edges, from its corners as (x, y)."""

    corners: tuple
    colour: str

    def draw(self, pen, scale):
        """Draw with an ImageDraw at `scale` pixels to the unit."""
        pen.polygon([(x * scale, y * scale) for x, y in self.corners], fill=self.colour)


@dataclass(frozen=True)
class Line:
    """A straight line between two points (x, y)."""

    start: tuple
    end: tuple
    thickness: float
    colour: str

    def draw(self, pen, scale):
        """Draw with an ImageDraw at `scale` pixels to the unit."""
        ends = [(x * scale, y * scale) for x, y in (self.start, self.end)]
        pen.line(ends, fill=self.colour, width=max(1, round(self.thickness * scale)))


def _around(x, y, radius, scale):
    """The square round a circle, as Pillow wants it."""
    return ((x - radius) * scale, (y - radius) * scale, (x + radius) * scale, (y + radius) * scale)
