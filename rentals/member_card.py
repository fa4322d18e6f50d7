"""The card of a member: the number as bars, which the desk scans, and as people read it. Lengths are mm."""

from dataclasses import dataclass
from io import BytesIO

from reportlab.lib.colors import HexColor, black
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from rentals import label_fonts
from rentals.barcodes import member_code
from rentals.labels import QUIET, Bars

SIZE = (85.6, 53.98)  # of a bank card
EDGE, BAR_HEIGHT = 6, 14
RED = HexColor("#b5261a")
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
    top, width = (SIZE[1] - EDGE) * mm, (SIZE[0] - 2 * EDGE) * mm
    canvas.setFillColor(RED)
    font, text = label_fonts.titles("Kinopost")
    font.draw(canvas, EDGE * mm, top - BRAND * 0.8, text, BRAND)
    canvas.setFillColor(black)
    _ending(canvas, label_fonts.small("Member card"), top - BRAND * 0.8, WORDS)
    font, text = label_fonts.small(name)
    for line in label_fonts.lines(font, text, NAME, width, 1):
        font.draw(canvas, EDGE * mm, top - BRAND - NAME * 1.6, line, NAME)


def _ending(canvas, lettering, y, size):
    """Draw text that ends at the right edge."""
    font, text = lettering
    font.draw(canvas, (SIZE[0] - EDGE) * mm - font.width(text, size), y, text, size)


def _bars(canvas, card):
    narrow, bottom = card.narrow * mm, EDGE * mm + FIGURES * 1.3
    for first, width in card.bars:
        canvas.rect(EDGE * mm + first * narrow, bottom, width * narrow, BAR_HEIGHT * mm, 0, 1)
    font, text = label_fonts.bold(card.code)
    font.draw(canvas, EDGE * mm, EDGE * mm, text, FIGURES)
