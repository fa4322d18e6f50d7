"""Labels of copies as PDF."""

from io import BytesIO

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from rentals import label_fonts
from rentals.labels import BAR_HEIGHT, pages

EDGE = 3.75 * mm  # white around what is printed; besides, beside the bars
LEADING = 1.15
NAME = "Kinopost"
TITLE, WHAT, SHELF, FIGURES = 10, 7.5, 12, 8  # sizes in points
SHELF_WIDTH = 16 * mm


def pdf(labels, sheet, first=1):
    """The bytes of a PDF of labels, a page for each sheet."""
    file = BytesIO()
    canvas = Canvas(file, pagesize=_points(sheet.page), pageCompression=1)
    canvas.setTitle("Labels")
    for page in pages(labels, sheet, first):
        for place, label in enumerate(page):
            if label:
                _draw(canvas, label, sheet, place)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def _points(lengths):
    return tuple(length * mm for length in lengths)


def _draw(canvas, label, sheet, place):
    """Draw a label, measured from its lower left corner."""
    (left, top), (width, height) = _points(sheet.at(place)), _points(sheet.label)
    canvas.saveState()
    canvas.translate(left, sheet.page[1] * mm - top - height)
    _head(canvas, label, width - 2 * EDGE, height - EDGE)
    _bars(canvas, label)
    canvas.restoreState()


def _head(canvas, label, width, top):
    """The title, below it what it is; at the right where it stands."""
    taken = _shelf(canvas, label.shelf, EDGE + width, top) if label.shelf else 0
    y = _lines(canvas, label_fonts.titles(label.title), (EDGE, top - TITLE), TITLE, width - taken, 2)
    _lines(canvas, label_fonts.small(label.what), (EDGE, y + TITLE * LEADING - WHAT * 1.5), WHAT, width, 1)


def _lines(canvas, lettering, start, size, width, most):
    """Draw text in lines down from `start`; return where the next would stand."""
    (font, text), (x, y) = lettering, start
    for line in label_fonts.lines(font, text, size, width, most):
        font.draw(canvas, x, y, line, size)
        y -= size * LEADING
    return y


def _shelf(canvas, shelf, right, top):
    """Draw the shelf place up to `right`; return how much of the width it takes."""
    font, text = label_fonts.bold(shelf)
    (text,) = label_fonts.lines(font, text, SHELF, 2 * SHELF_WIDTH, 1)
    width = font.width(text, SHELF)
    font.draw(canvas, right - width, top - SHELF, text, SHELF)
    return width + EDGE


def _bars(canvas, label):
    bottom = EDGE + FIGURES * LEADING
    for first, width in label.bars:
        canvas.rect(EDGE + first * label.narrow * mm, bottom, width * label.narrow * mm, BAR_HEIGHT * mm, 0, 1)
    font, _ = label_fonts.titles(NAME)
    taken = font.width(NAME, FIGURES) + EDGE
    font.draw(canvas, label.width * mm - taken, EDGE, NAME, FIGURES)
    _lines(canvas, label_fonts.small(label.figures), (EDGE, EDGE), FIGURES, label.width * mm - 2 * EDGE - taken, 1)
