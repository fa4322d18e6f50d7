"""Workbooks (.xlsx): a sheet of one as rows of text, in bounded memory, and rows of text as one."""

import re
from datetime import date, datetime, time, timedelta
from tempfile import TemporaryFile
from zipfile import BadZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter, range_boundaries

from catalogue.sheets.cells import FAULT, FORMULA, DateText, Unreadable, short

MOST_UNPACKED = 400 * 1024 * 1024
MOST_COLUMNS = 256
MOST_MERGED = 200
LONGEST = 32_000  # letters; a cell of a workbook holds 32,767
TOO_LONG = "(too long for a workbook; as it is)"
CHUNK = 1 << 16
OVERLAP = 2048
MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]+\d+:[A-Z]+\d+)"')
HIDDEN = {
    "row": re.compile(rb'<(?:\w+:)?row\s[^>]*?hidden="(?:1|true)"'),
    "column": re.compile(rb'<(?:\w+:)?col\s[^>]*?hidden="(?:1|true)"'),
}
# A sign that XML cannot hold, or what a workbook would take for one: _x000D_ stands for the sign of that number.
UNFIT = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
FIT = re.compile(r"_x([0-9A-Fa-f]{4})_")
DAMAGED = "This workbook is damaged: open it in a spreadsheet program, save it as .xlsx and send that."


class Unusable(Exception):
    """The file as a whole cannot be taken; the message says why and what to do."""


def opened(path, fits):
    """(rows, notes, merged cells) of the first sheet whose headings fit; of the first, if none does."""
    book = _loaded(path)
    if not book.worksheets:
        raise Unusable("There is no sheet in this workbook.")
    sheet = next((sheet for sheet in book.worksheets if fits(_headings(sheet))), book.worksheets[0])
    found = _scanned(sheet)
    return _rows(sheet), list(_notes(book, sheet, found)), _ranges(found["merged"])


def _loaded(path):
    try:
        return load_workbook(path.open("rb"), read_only=True, data_only=False, keep_links=False)
    except Exception:  # what openpyxl raises of broken files has no end
        raise Unusable(DAMAGED) from None


def _headings(sheet):
    return next((cells for _, cells in _rows(sheet)), [])


def _rows(sheet):
    """(number, cells) of each row, empty ones too."""
    sheet.reset_dimensions()  # programs write wrong ones
    try:
        for number, cells in enumerate(sheet.iter_rows(), 1):
            yield number, [_text(cell) for cell in cells[:MOST_COLUMNS]]
    except (BadZipFile, ValueError, KeyError, TypeError, SyntaxError, IndexError, OSError):
        raise Unusable(DAMAGED) from None


def _text(cell):
    """What a cell says, as text: whatever the spreadsheet made of it."""
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        return Unreadable(FORMULA.format(short(str(value))), str(value))
    if cell.data_type == "e":
        return Unreadable(FAULT.format(value), str(value))
    return _of_type(value)


def _of_type(value):
    if isinstance(value, str):
        return FIT.sub(lambda found: chr(int(found[1], 16)), value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime) and value.time() == time():
        return DateText(value.date().isoformat())
    if isinstance(value, date | time | timedelta):
        return DateText(str(value))
    return str(int(value)) if value == int(value) else f"{value:.15g}"


# ------------------------------------------------------------------ what openpyxl does not tell, row by row
def _scanned(sheet):
    """{"merged": areas, "row", "column": how many are hidden}, from the text of the sheet."""
    found = {"merged": set(), "row": set(), "column": set()}
    with sheet.parent._archive.open(sheet._worksheet_path) as source:
        at, rest = 0, b""
        while chunk := source.read(CHUNK):
            text = rest + chunk
            found["merged"].update(area.decode() for area in MERGED.findall(text))
            for what, pattern in HIDDEN.items():
                found[what].update(at + hit.start() for hit in pattern.finditer(text))
            rest = text[-OVERLAP:]
            at += len(text) - len(rest)
    return found


def _notes(book, sheet, found):
    if len(book.worksheets) > 1:
        yield f"Read from the sheet “{sheet.title}”, one of {len(book.worksheets)} in the workbook."
    for what in ("row", "column"):
        if number := len(found[what]):
            words = f"{number} hidden {what}s are" if number > 1 else f"1 hidden {what} is"
            yield f"{words} read like the others."


def _ranges(areas):
    """(first column, first row, last column, last row) of merged cells."""
    if len(areas) > MOST_MERGED:
        raise Unusable(f"More than {MOST_MERGED} areas of cells are merged: un-merge them all and send it again.")
    return sorted(range_boundaries(area) for area in areas)


# ------------------------------------------------------------------ writing
def written(title, headings, rows, wide=()):
    """A temporary file with a workbook of one sheet: text in every cell, the headings in view."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for number, heading in enumerate(headings, 1):
        sheet.column_dimensions[get_column_letter(number)].width = 48 if heading in wide else max(14, len(heading) + 4)
    sheet.append([_bold(sheet, heading) for heading in headings])
    for row in rows:
        sheet.append([_cell(sheet, text) for text in row])
    file = TemporaryFile()
    book.save(file)
    file.seek(0)
    return file


def _bold(sheet, heading):
    cell = WriteOnlyCell(sheet, heading)
    cell.font = Font(bold=True)
    return cell


def _cell(sheet, text):
    if not text:
        return None
    fit = UNFIT.sub(lambda found: f"_x{ord(found[0]):04X}_", text)
    cell = WriteOnlyCell(sheet, "")
    cell.value, cell.data_type, cell.number_format = fit if len(fit) <= LONGEST else TOO_LONG, "s", "@"
    if "\n" in fit:
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell
