"""Files that members send: ours, and those of Letterboxd and IMDb. What cannot be read says in a sentence why."""

import csv
import io
import json
import re

from rentals.transfer.rows import COLUMNS, EDITIONS, MOST_BYTES, MOST_ROWS, NUMBERS, Row
from rentals.transfer.writing import KIND

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
WANTED = (
    "We do not know these columns: {}. We can read our own files, a Letterboxd watchlist (Date, Name, Year, Letterboxd "
    "URI) and an IMDb list (Position, Const, Title, Year and others)."
)


class Unreadable(Exception):
    """The file is none of ours. The message says why and what to do."""


def read(data):
    """(kind, rows) of a file: "kinopost", "letterboxd" or "imdb", and a Row for each film. Raises Unreadable."""
    text = _text(data)
    start = text.lstrip()[:1]
    if start == "<":
        raise Unreadable("This is a web page, not a list. Download the CSV file itself; you may have to sign in there.")
    kind, rows = _from_json(text) if start in ("{", "[") else _from_csv(text)
    if not rows:
        raise Unreadable("There are no films in this file, only headings.")
    return kind, rows


def _text(data):
    if len(data) > MOST_BYTES:
        raise Unreadable("This file is larger than 2 MB. Split it into smaller ones.")
    if not data.strip():
        raise Unreadable("This file is empty.")
    for start, words in OTHERS.items():
        if data.startswith(start):
            raise Unreadable(words)
    text = _decoded(data)
    if "\0" in text:
        raise Unreadable(DAMAGED)
    return text


def _decoded(data):
    try:
        return data.decode(next((UNICODE[start] for start in UNICODE if data.startswith(start)), "utf-8"))
    except UnicodeDecodeError as error:
        if b"\0" in data:
            raise Unreadable(
                "There are NUL bytes in this file, so it is damaged or no text. Download it again."
            ) from error
        line = data.count(b"\n", 0, error.start) + 1
        words = f"This file is not in UTF-8: line {line} has letters we cannot read. Save it as “CSV UTF-8”."
        raise Unreadable(words) from error


# ------------------------------------------------------------------ CSV
def _from_csv(text):
    lines = _lines(text)
    head = next((n for n, (_, cells) in enumerate(lines[:LOOKED_AT]) if _kind(_headings(cells))), None)
    if head is None:
        first = ", ".join(cell.strip()[:40] for cell in lines[0][1][:12]) if lines else ""
        raise Unreadable(WANTED.format(first or "none"))
    headings = _headings(lines[head][1])
    kind, films = _kind(headings), lines[head + 1 :]
    _refuse_too_many(films)
    return kind, [_row(kind, headings, line, cells) for line, cells in films]


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


def _kind(headings):
    """What file has these headings; "" for none that we know."""
    there = set(headings)
    if {"title", "kinopost"} <= there:
        return KIND
    if {"const", "title"} <= there:
        return "imdb"
    return "letterboxd" if {"name", "year"} <= there and there & {"letterboxd uri", "url"} else ""


def _row(kind, headings, line, cells):
    if len(cells) != len(headings):
        raise Unreadable(f"Line {line} has {len(cells)} columns, the headings {len(headings)}. Download it again.")
    return READERS[kind](dict(zip(headings, cells, strict=True)), line)


def _of_imdb(cells, line):
    return Row(
        name=_name(cells["title"]),
        original=_name(cells.get("original title", "")),
        year=_year(cells.get("year", "")),
        imdb=_imdb(cells["const"]),
        line=line,
    )


def _of_letterboxd(cells, line):
    return Row(name=_name(cells["name"]), year=_year(cells["year"]), line=line)


def _of_ours(cells, line):
    values = {name: _plain(cells.get(heading.casefold(), "")) for heading, name in COLUMNS.items()}
    values |= {name: _number(values[name], line) for name in NUMBERS}
    return _checked(values, line)


READERS = {KIND: _of_ours, "imdb": _of_imdb, "letterboxd": _of_letterboxd}


def _plain(cell):
    """The cell without the apostrophe that keeps spreadsheets from taking it for a formula."""
    return cell.removeprefix("'")


def _number(text, line):
    text = text.strip()
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise Unreadable(f"Line {line}: {text[:40]} is not a number.")
    return int(text)


def _name(text):
    return text.strip()[:LONGEST]


def _year(text):
    text = text.strip()[:4]
    return int(text) if text.isascii() and text.isdigit() and len(text) == 4 else None


def _imdb(text):
    found = IMDB.search(text)
    return found[0] if found else ""


# ------------------------------------------------------------------ JSON
def _from_json(text):
    try:
        said = json.loads(text)
    except (ValueError, RecursionError) as error:
        where = f" (line {error.lineno})" if isinstance(error, json.JSONDecodeError) else ""
        raise Unreadable(f"This looks like JSON, but is broken{where}. Export it again.") from error
    films = said.get("films") if isinstance(said, dict) and said.get("kind") == KIND else None
    if not isinstance(films, list):
        raise Unreadable("This JSON is not one of ours: we can read what we export.")
    _refuse_too_many(films)
    return KIND, [_of_json(film, number) for number, film in enumerate(films, start=1)]


def _of_json(film, number):
    if not isinstance(film, dict):
        raise Unreadable(f"Film {number} is not an object with a name.")
    values = {name: film.get(name) for name in COLUMNS.values()}
    for name, value in values.items():
        if not _fits(name, value):
            raise Unreadable(f"Film {number}: “{name}” should be {'a number' if name in NUMBERS else 'text'}.")
    return _checked({name: value if name in NUMBERS else value or "" for name, value in values.items()}, number)


def _fits(name, value):
    if name in NUMBERS:
        return value is None or type(value) is int and 0 <= value < 10**9
    return value is None or isinstance(value, str) and _is_text(value)


def _is_text(value):
    """JSON can name halves of letters and NUL, which are no text."""
    return "\0" not in value and not any("\ud800" <= letter <= "\udfff" for letter in value)


# ------------------------------------------------------------------ both
def _refuse_too_many(films):
    if len(films) > MOST_ROWS:
        raise Unreadable(f"There are {len(films):,} films in this file; we take {MOST_ROWS:,} at a time. Split it.")


def _checked(values, line):
    """Our own row, with the slug of the page's address; refuses an edition that there is not."""
    found = ADDRESS.search(values["slug"])
    values["slug"] = found[1] if found else values["slug"]
    if values["edition"] and values["disc"] is None and values["edition"] not in EDITIONS.values():
        raise Unreadable(f"Line {line}: {values['edition'][:40]} is not an edition: {', '.join(EDITIONS.values())}.")
    return Row(**values, line=line)
