"""The card of a member: the number as bars, which the desk scans, and as people read it. Lengths are mm."""

from dataclasses import dataclass
from io import BytesIO

from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from rentals import label_fonts
from rentals.barcodes import member_code
from rentals.labels import QUIET, Bars

SIZE = (85.6, 53.98)  # of a bank card
EDGE, BAR_HEIGHT = 6, 14
RED = HexColor("#c2201b")
MARK = 0.5  # points to a unit of the mark's drawing
BRAND, NAME, FIGURES, WORDS = 16, 11, 13, 7.5  # sizes in points


@dataclass(frozen=True)
class Card(Bars):
    """What a card says. `name`: as on the member's envelopes, "" without an address."""

    code: str
    name: str = ""
    width: float = SIZE[0] - EDGE
    dots = (5, 4, 3, 2)

    @property
    def spoken(self):
        """The number sign by sign, so that it is read out so."""
        return " ".join(self.code)

    # ---------------------------------------------------------------- with what stays white on either side
    @property
    def box(self):
        """The box of the drawing in SVG, in narrow bars."""
        return f"{-QUIET} 0 {len(self.bits) + 2 * QUIET} 1"

    @property
    def box_width(self):
        return f"{(len(self.bits) + 2 * QUIET) * self.narrow:.3f}"


def card_of(member):
    address = getattr(member, "address", None)
    return Card(member_code(member.pk), address.name if address else "")


# ------------------------------------------------------------------ as PDF
def pdf(cards):
    """The bytes of a PDF of cards, each a page of its size."""
    file = BytesIO()
    canvas = Canvas(file, pagesize=tuple(length * mm for length in SIZE), pageCompression=1)
    canvas.setTitle("Member card")
    for card in cards:
        _head(canvas, card.name)
        _bars(canvas, card)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def _head(canvas, name):
    line = (SIZE[1] - EDGE) * mm - BRAND * 0.8
    _mark(canvas, EDGE * mm, line - BRAND * 0.2)
    font, text = label_fonts.titles("Kinopost")
    font.draw(canvas, EDGE * mm + MARK * 62, line, text, BRAND)
    font, text = label_fonts.small("Member card")
    font.draw(canvas, (SIZE[0] - EDGE) * mm - font.width(text, WORDS), line, text, WORDS)
    font, text = label_fonts.titles(name)
    for words in label_fonts.lines(font, text, NAME, (SIZE[0] - 2 * EDGE) * mm, 1):
        font.draw(canvas, EDGE * mm, line - BRAND - NAME, words, NAME)


def _mark(canvas, left, bottom):
    """The postmark of `templates/_mark.html`."""
    canvas.saveState()
    canvas.translate(left, bottom + 30 * MARK)
    canvas.scale(MARK, -MARK)
    canvas.setStrokeColor(RED)
    canvas.setLineWidth(2.5)
    canvas.setLineCap(1)
    for radius in (12.5, 3.4):
        canvas.circle(15, 15, radius)
    for x, y in ((31.5, 8), (32.5, 15), (31.5, 22)):
        canvas.drawPath(_wave(canvas.beginPath(), x, y))
    canvas.restoreState()


def _wave(path, x, y):
    path.moveTo(x, y)
    path.curveTo(x + 3, y - 2.6, x + 5, y - 2.6, x + 8, y)
    path.curveTo(x + 11, y + 2.6, x + 13, y + 2.6, x + 16, y)
    path.curveTo(x + 19, y - 2.6, x + 19.5, y - 2.2, x + 21, y - 2.2)
    return path


def _bars(canvas, card):
    narrow, middle = card.narrow * mm, SIZE[0] * mm / 2
    left = middle - len(card.bits) * narrow / 2
    for first, width in card.bars:
        canvas.rect(left + first * narrow, EDGE * mm + FIGURES * 1.3, width * narrow, BAR_HEIGHT * mm, 0, 1)
    font, text = label_fonts.bold(card.code)
    font.draw(canvas, middle - font.width(text, FIGURES) / 2, EDGE * mm, text, FIGURES)
