"""The labels of envelopes as PDF."""

from io import BytesIO

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from rentals import label_fonts
from rentals.label_pdf import FIGURES, LEADING, NAME
from rentals.labels import pages

EDGE, FOOT = 6 * mm, 5 * mm
BARS_AT, BARS_HIGH = 47 * mm, 11 * mm  # from the left edge; as high
TO, SMALLEST, SENDER, PLACE, FILM = 12, 6, 7.5, 17, 9.5  # sizes in points
MOST_LINES = 6  # of an address, wrapped ones counted


def pdf(envelopes, sheet, first=1):
    """The bytes of a PDF of labels, a page for each sheet."""
    file = BytesIO()
    canvas = Canvas(file, pagesize=tuple(length * mm for length in sheet.page), pageCompression=1)
    canvas.setTitle("Labels for envelopes")
    for page in pages(envelopes, sheet, first):
        for place, each in enumerate(page):
            if each:
                _draw(canvas, each, sheet, place)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def _draw(canvas, each, sheet, place):
    """Draw a label, measured from its lower left corner."""
    left, top = sheet.at(place)
    width, height = (length * mm for length in sheet.label)
    canvas.saveState()
    canvas.translate(left * mm, (sheet.page[1] - top) * mm - height)
    _sender(canvas, each, width, height)
    _to(canvas, each.to, width - 2 * EDGE, height)
    _disc(canvas, each.disc)
    canvas.restoreState()


def _sender(canvas, each, width, height):
    top = height - EDGE
    font, text = label_fonts.titles(NAME)
    font.draw(canvas, EDGE, top - 9, text, 11)
    font, text = label_fonts.small(each.sender)
    font.draw(canvas, EDGE, top - 19, text, SENDER)
    font, text = label_fonts.bold(each.place)
    font.draw(canvas, width - EDGE - font.width(text, PLACE), top - 14, text, PLACE)


def _to(canvas, lines, width, height):
    """The address, smaller where its lines are long, and never cut."""
    size = TO
    while size > SMALLEST and len(_wrapped(lines, size, width)) > MOST_LINES:
        size -= 0.5
    y = height - EDGE - 36
    for font, text in _wrapped(lines, size, width):
        font.draw(canvas, EDGE, y, text, size)
        y -= size * LEADING


def _wrapped(lines, size, width):
    """[(font, text)] of the lines, each as many times as it takes."""
    found = []
    for line in lines:
        font, text = label_fonts.small(line)
        found += [(font, part) for part in label_fonts.lines(font, text, size, width, MOST_LINES)]
    return found


def _disc(canvas, disc):
    for first, width in disc.bars:
        canvas.rect(BARS_AT + first * disc.narrow * mm, FOOT, width * disc.narrow * mm, BARS_HIGH, 0, 1)
    font, text = label_fonts.titles(disc.title)
    y = FOOT + FIGURES * LEADING
    for line in reversed(label_fonts.lines(font, text, FILM, BARS_AT - EDGE - 4 * mm, 2)):
        font.draw(canvas, EDGE, y, line, FILM)
        y += FILM * LEADING
    font, text = label_fonts.small(f"{disc.what}, {disc.figures}")
    font.draw(canvas, EDGE, FOOT, text, SENDER)
