"""The labels of copies: what they say, how wide their bars are, and which sheets there are. Lengths are mm."""

from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby

from barcode.codex import Code128
from barcode.errors import BarcodeError

from rentals.barcodes import OF_A_SLEEVE, OF_OURS, sleeve_of

DOT = 25.4 / 203  # of a label printer; bars that are whole dots wide are even
DOTS = (3, 2)  # a narrow bar, the wider the better: hand scanners read both
QUIET = 10  # narrow bars that stay white on either side
BAR_HEIGHT = 8
PARTS = {"disc": "The disc", "sleeve": "Its sleeve"}


@dataclass(frozen=True)
class Sheet:
    """A sheet of labels: its size, its rows and columns, the first label's corner, and from label to label."""

    name: str
    page: tuple
    columns: int
    rows: int
    label: tuple
    corner: tuple = (0, 0)
    pitch: tuple = (0, 0)

    @property
    def size(self):
        return self.columns * self.rows

    def at(self, place):
        """The left and upper edge of the label in a place, from 0 along the rows."""
        row, column = divmod(place, self.columns)
        return self.corner[0] + column * self.pitch[0], self.corner[1] + row * self.pitch[1]


SHEETS = {
    "a4": Sheet("A4, 24 labels of 63.5 × 33.9 mm (L7159)", (210, 297), 3, 8, (63.5, 33.9), (7.25, 12.9), (66, 33.9)),
    "single": Sheet("Label printer, one of 57 × 32 mm at a time", (57, 32), 1, 1, (57, 32)),
}


class Bars:
    """Of what has a `code` and a `width`: the code in black bars, no wider than that."""

    dots = DOTS

    @cached_property
    def bits(self):
        """Code 128 as ones and noughts, "" for a code that has signs it cannot write."""
        try:
            return Code128(self.code).build()[0]
        except BarcodeError:
            return ""

    @property
    def narrow(self):
        """The width of a narrow bar: the widest with which the code fits; 0 if none does."""
        return next((dots * DOT for dots in self.dots if (len(self.bits) + 2 * QUIET) * dots * DOT <= self.width), 0)

    @property
    def bars(self):
        """[(first, width)] of the black bars, in narrow ones; none if the code is too long."""
        return list(_runs(self.bits)) if self.narrow else []

    # ---------------------------------------------------------------- as SVG
    @property
    def path(self):
        return "".join(f"M{first} 0h{width}v1h-{width}z" for first, width in self.bars)

    @property
    def bars_width(self):
        return f"{len(self.bits) * self.narrow:.3f}"


@dataclass(frozen=True)
class Label(Bars):
    """What the label of a copy says."""

    code: str
    title: str
    what: str
    shelf: str
    width: float

    @property
    def figures(self):
        """The code as people read it: ours in groups of four digits."""
        is_ours = OF_OURS.fullmatch(self.code) or OF_A_SLEEVE.fullmatch(self.code)
        return f"{self.code[:5]} {self.code[5:]}" if is_ours else self.code


def _runs(bits):
    first = 0
    for bit, run in groupby(bits):
        width = len(list(run))
        if bit == "1":
            yield first, width
        first += width


def labels_of(copies, sheet, part="disc"):
    """The labels of copies for a sheet, in their order: for one of PARTS."""
    of_part = {"disc": _label, "sleeve": _sleeve}[part]
    return [of_part(copy, sheet.label[0]) for copy in copies]


def _sleeve(copy, width):
    label = _label(copy, width)
    return replace(label, code=sleeve_of(copy.barcode), what=f"Sleeve · {label.what}")


def _label(copy, width):
    release, title = copy.disc.release, copy.disc.release.title
    what = ", ".join(filter(None, [str(title.year or ""), release.get_medium_display(), f"disc {copy.disc.number}"]))
    return Label(copy.barcode, title.name, what, copy.shelf, width)


def pages(labels, sheet, first=1):
    """Labels by sheets of paper, the first begun at label `first`; None where one is used already."""
    placed = [None] * (first - 1) + labels
    return [placed[start : start + sheet.size] for start in range(0, len(placed), sheet.size)]
