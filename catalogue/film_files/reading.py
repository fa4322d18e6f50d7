"""Text, tables and JSON in files that members send. What cannot be read says in a sentence why.

What the columns mean, and which files there are, is said by who asks for films.
"""

import csv
import io
import json
import re
from dataclasses import dataclass

MOST_ROWS = 5000
MOST_BYTES = 2 * 1024 * 1024
LONGEST = 300  # letters of a name, as in the catalogue
LOOKED_AT = 12  # lines in which the headings are looked for: Letterboxd puts some of its own before them
IMDB = re.compile(r"tt\d{6,10}", re.ASCII)
ADDRESS = re.compile(r"/titles/([a-z0-9-]+)/?$")
OTHERS = {  # how files begin that are no text
    b"PK\x03\x04": "This is a ZIP archive or a workbook. Unpack it, or save the sheet as CSV, and send the CSV file.",
    b"\x1f\x8b": "This is packed with gzip. Unpack it and send the CSV file inside.",
    b"\xd0\xcf\x11\xe0": "This is an Excel workbook. Save the sheet as CSV and send that.",
    b"%PDF": "This is a PDF. We can read CSV and JSON files.",
    b"\x89PNG": "This is a picture. We can read CSV and JSON files.",
    b"\xff\xd8\xff": "This is a picture. We can read CSV and JSON files.",
    b"GIF8": "This is a picture. We can read CSV and JSON files.",
}
UNICODE = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}
DAMAGED = "There are NUL bytes in this file, so it is damaged or no text. Download it again."
TOO_LARGE = "This file is larger than 2 MB. Split it into smaller ones."


class Unreadable(Exception):
    """The file, or a row of it, is none of ours. The message says why and what to do."""


@dataclass(frozen=True)
class Table:
    """A file as it was read: which kind, the headings folded, and [(number of the line it ends on, cells)]."""

    kind: str
    headings: list
    lines: list

    def cells(self, line, cells):
        """{heading: cell} of a line. Raises Unreadable if it has more or fewer cells than there are headings."""
        if len(cells) != len(self.headings):
            columns = f"Line {line} has {len(cells)} columns, the headings {len(self.headings)}."
            raise Unreadable(f"{columns} Download it again.")
        return dict(zip(self.headings, cells, strict=True))


# ------------------------------------------------------------------ text
def text_of(data):
    """The text of a file. Raises Unreadable."""
    if len(data) > MOST_BYTES:
        raise Unreadable(TOO_LARGE)
    if not data.strip():
        raise Unreadable("This file is empty.")
    for start, words in OTHERS.items():
        if data.startswith(start):
            raise Unreadable(words)
    text = _decoded(data)
    if "\0" in text:
        raise Unreadable(DAMAGED)
    if text.lstrip()[:1] == "<":
        raise Unreadable("This is a web page, not a list. Download the CSV file itself; you may have to sign in there.")
    return text


def _decoded(data):
    try:
        return data.decode(next((UNICODE[start] for start in UNICODE if data.startswith(start)), "utf-8"))
    except UnicodeDecodeError as error:
        if b"\0" in data:
            raise Unreadable(DAMAGED) from error
        line = data.count(b"\n", 0, error.start) + 1
        words = f"This file is not in UTF-8: line {line} has letters we cannot read. Save it as “CSV UTF-8”."
        raise Unreadable(words) from error


def is_json(text):
    return text.lstrip()[:1] in ("{", "[")


# ------------------------------------------------------------------ CSV
def table(text, kind_of, wanted):
    """The Table in a CSV text. `kind_of(headings)` is "" for a file we do not know, and then `wanted`, with the first
    line for {}, says which we do. Raises Unreadable.
    """
    lines = _lines(text)
    head = next((n for n, (_, cells) in enumerate(lines[:LOOKED_AT]) if kind_of(set(_headings(cells)))), None)
    if head is None:
        first = ", ".join(cell.strip()[:40] for cell in lines[0][1][:12]) if lines else ""
        raise Unreadable(wanted.format(first or "none"))
    headings = _headings(lines[head][1])
    return Table(kind_of(set(headings)), headings, not_too_many(lines[head + 1 :]))


def _lines(text):
    """[(number of the line it ends on, cells)] of all lines that have any."""
    sheet = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    try:
        return [(sheet.line_num, cells) for cells in sheet if any(cell.strip() for cell in cells)]
    except csv.Error as error:
        words = f"Line {sheet.line_num} is not proper CSV: a quotation mark is missing or too much. Download it again."
        raise Unreadable(words) from error


def _separator(text):
    """What parts the cells: spreadsheets of some countries write semicolons or tabs."""
    first = text.lstrip().partition("\n")[0]
    return max(",;\t", key=first.count)


def _headings(cells):
    return [cell.strip().casefold() for cell in cells]


def not_too_many(films):
    """The films, at least one and no more than we take at a time. Raises Unreadable."""
    if len(films) > MOST_ROWS:
        raise Unreadable(f"There are {len(films):,} films in this file; we take {MOST_ROWS:,} at a time. Split it.")
    if not films:
        raise Unreadable("There are no films in this file, only headings.")
    return films


# ------------------------------------------------------------------ JSON
def json_of(text):
    """What a JSON text says. Raises Unreadable."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        where = f" (line {error.lineno})" if isinstance(error, json.JSONDecodeError) else ""
        raise Unreadable(f"This looks like JSON, but is broken{where}. Export it again.") from error


def films_of_json(said, kind, name="films"):
    """The list called `name` in JSON that says it is of that kind. Raises Unreadable."""
    films = said.get(name) if isinstance(said, dict) and said.get("kind") == kind else None
    if not isinstance(films, list):
        raise Unreadable("This JSON is not one of ours: we can read what we export.")
    return not_too_many(films)


def fields_of(film, number, names, numbers):
    """{name: value} of a film in JSON: text, or whole numbers for `numbers`. Raises Unreadable."""
    if not isinstance(film, dict):
        raise Unreadable(f"Film {number} is not an object with a name.")
    values = {name: film.get(name) for name in names}
    for name, value in values.items():
        if not _fits(name in numbers, value):
            raise Unreadable(f"Film {number}: “{name}” should be {'a number' if name in numbers else 'text'}.")
    return {name: value if name in numbers else value or "" for name, value in values.items()}


def _fits(is_number, value):
    if is_number:
        return value is None or type(value) is int and 0 <= value < 10**9
    return value is None or isinstance(value, str) and is_text(value)


def is_text(value):
    """JSON can name halves of letters and NUL, which are no text."""
    return "\0" not in value and not any("\ud800" <= letter <= "\udfff" for letter in value)


# ------------------------------------------------------------------ cells
def plain(cell):
    """The cell without the apostrophe that keeps spreadsheets from taking it for a formula."""
    return cell.removeprefix("'")


def number(text, line):
    """A whole number, None if the cell is empty. Raises Unreadable."""
    text = text.strip()
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise Unreadable(f"Line {line}: {text[:40]} is not a number.")
    return int(text)


def name(text):
    return text.strip()[:LONGEST]


def year(text):
    """The year that a cell begins with, or None."""
    text = text.strip()[:4]
    return int(text) if text.isascii() and text.isdigit() and len(text) == 4 else None


def imdb(text):
    """The IMDb number in a cell, or ""."""
    found = IMDB.search(text)
    return found[0] if found else ""


def slug(text):
    """The slug in the address of a page of ours, or the text itself."""
    found = ADDRESS.search(text)
    return found[1] if found else text
