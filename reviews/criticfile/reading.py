"""Rows of CSV files and workbooks of critics' reviews, one by one: long files take no more memory than short ones."""

import csv
from itertools import chain

from catalogue.readers.files import RESAVE, lines, opened
from catalogue.readers.rows import BrokenFile
from catalogue.sheets import files
from catalogue.sheets.cells import Unreadable
from catalogue.sheets.files import ZIP
from catalogue.sheets.workbook import Unusable
from reviews.criticfile import cells
from reviews.criticfile.columns import COLUMNS, NEEDED, OTHER_NAMES, Row

LONGEST_LINE = 1 << 20
SEPARATORS = ",;\t"
NO_TEXT = {  # how files begin that are no text
    b"\xd0\xcf\x11\xe0": "this is an old Excel workbook; save it as an .xlsx workbook or as CSV (UTF-8).",
    b"\x1f\x8b": "this is packed with gzip; unpack it.",
    b"%PDF": "this is a PDF; we read CSV.",
}
UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def read(path, today):
    """Yields a Row for each line of the sheet that has any text. Raises BrokenFile if it cannot be read (on)."""
    sheet = _workbook(path) if _is_workbook(path) else _csv(path)
    columns = _columns(path, next(sheet, (1, []))[1])
    for number, row in sheet:
        if any(cell.strip() for cell in row):
            yield _row(number, columns, row, today)


def _is_workbook(path):
    with opened(path) as file:
        return file.read(len(ZIP)) == ZIP


def _workbook(path):
    """(number, cells) of each row of a workbook. What cannot be read is refused as a formula is."""
    try:
        source = files.opened(path, _fit)
        if source.merged:
            raise BrokenFile(path, "", "some cells are merged; un-merge them and write into each what it should say.")
        width = 0  # of the headings: a workbook leaves out empty cells at the end of a row
        for number, row in source.rows:
            width = width or len(row)
            row = row + [""] * (width - len(row))
            yield number, [f"={cell.said.lstrip('=')}" if isinstance(cell, Unreadable) else str(cell) for cell in row]
    except Unusable as why:
        raise BrokenFile(path, "", str(why)) from None


def _fit(headings):
    return set(NEEDED) <= {_named(heading) for heading in headings}


def _csv(path):
    texts = _texts(path)
    first = next(texts, "")
    return _sheet(path, chain([first], texts), max(SEPARATORS, key=first.count))


def _sheet(path, texts, separator):
    """(line it begins on, cells) of each row."""
    sheet, begins = csv.reader(texts, delimiter=separator, strict=True), 1
    try:
        for row in sheet:
            yield begins, row
            begins = sheet.line_num + 1
    except csv.Error as error:
        why = "this is not proper CSV; a quotation mark is missing or too much, or the cells are too long."
        raise BrokenFile(path, f"line {begins}", why) from error


def _texts(path):
    """The lines of the file as text, which is UTF-8 or, if it says so itself, UTF-16."""
    with opened(path) as file:
        start = file.read(4)
    for sign, why in NO_TEXT.items():
        if start.startswith(sign):
            raise BrokenFile(path, "", why)
    return _utf_16(path) if start.startswith(UTF_16) else (text for _, text in lines(path, LONGEST_LINE))


def _utf_16(path):
    with open(path, encoding="utf-16", newline="") as file:
        try:
            while text := file.readline(LONGEST_LINE):
                yield text
        except UnicodeError as error:
            raise BrokenFile(path, "", f"this is broken UTF-16; {RESAVE}") from error


# ------------------------------------------------------------------ headings
def _columns(path, headings):
    """The names of the columns. Raises BrokenFile for those that we do not know, miss or find twice."""
    columns = [_named(heading) for heading in headings]
    while columns and not columns[-1]:
        columns.pop()
    if fault := _fault(columns):
        raise BrokenFile(path, "line 1", fault)
    return columns


def _named(heading):
    name = "_".join(heading.strip().casefold().replace("-", " ").replace("_", " ").split())
    return OTHER_NAMES.get(name, name)


def _fault(columns):
    if not any(columns):
        return "there are no headings; the first line names the columns."
    if strange := [column[:40] or "(empty)" for column in columns if column not in COLUMNS]:
        return f"we do not know these columns: {', '.join(strange)}. We know {', '.join(COLUMNS)}."
    if missing := [column for column in NEEDED if column not in columns]:
        return f"these columns are missing: {', '.join(missing)}."
    if "title" not in columns and "imdb" not in columns:
        return "there is no column title or imdb, so no row says which film it is about."
    if len(set(columns)) < len(columns):
        return "a column is there twice."
    return ""


# ------------------------------------------------------------------ rows
def _row(number, columns, row, today):
    row = row[: len(columns)] if not any(cell.strip() for cell in row[len(columns) :]) else row
    if len(row) != len(columns):
        return Row(number, None, f"This row has {len(row)} cells, the headings {len(columns)}.")
    try:
        return Row(number, cells.said(dict(zip(columns, row, strict=True)), today))
    except cells.Refused as why:
        return Row(number, None, str(why))
