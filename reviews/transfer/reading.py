"""Ratings in files: our own, those of Letterboxd and IMDb, and the table in a download of all that we keep.

Letterboxd gives half a star to five stars, as we do; IMDb 1 to 10, which are half stars. A row that cannot be read is
left out with its reason, and the others are taken.
"""

import re
from datetime import date

from catalogue.film_files import reading
from catalogue.film_files.reading import Unreadable, plain
from catalogue.names import fold
from reviews.thresholds import HALF_STARS
from reviews.transfer.rows import COLUMNS, FIELDS, KIND, NUMBERS, LeftOut, Row

WANTED = (
    "We do not know these columns: {}. We can read our own files, Letterboxd’s ratings.csv (Date, Name, Year, "
    "Letterboxd URI, Rating) and IMDb’s ratings.csv (Const, Your Rating, Date Rated, Title and others)."
)
DOWNLOAD = "download"
HEADINGS = {  # kind of a file: headings by which it is known
    KIND: {"title", "rating", "kinopost"},
    "imdb": {"const", "title", "your rating"},
    "letterboxd": {"name", "year", "rating", "letterboxd uri"},
    DOWNLOAD: {"title", "half stars", "address"},
}
STARS = re.compile(r"([0-5])(?:[.,]([05])0*)?", re.ASCII)
NO_FILM = {"tvepisode", "podcastepisode", "podcastseries", "videogame", "musicvideo"}  # IMDb's kinds, folded
UNRATED = "It has no rating."


def read(data):
    """(kind, rows, left out) of a file: a Row or a LeftOut for each line. Raises Unreadable."""
    text = reading.text_of(data)
    kind, read_rows = _from_json(text) if reading.is_json(text) else _from_csv(text)
    return kind, *([row for row in read_rows if isinstance(row, what)] for what in (Row, LeftOut))


# ------------------------------------------------------------------ CSV
def _from_csv(text):
    table = reading.table(text, _kind, WANTED)
    return table.kind, [_line(table, line, cells) for line, cells in table.lines]


def _kind(headings):
    """What file has these headings; "" for none that we know."""
    return next((kind for kind, wanted in HEADINGS.items() if wanted <= headings), "")


def _line(table, line, cells):
    if len(cells) != len(table.headings):
        return LeftOut(line, "", f"It has {len(cells)} columns, the headings {len(table.headings)}.")
    return _or_left_out(READERS[table.kind], table.cells(line, cells), line)


def _or_left_out(reader, said, line):
    """What `reader(said, line)` reads, or a LeftOut with the reason it raises."""
    try:
        return reader(said, line)
    except Unreadable as why:
        known = said.get("title") or said.get("name") if isinstance(said, dict) else ""
        return LeftOut(line, reading.name(known) if isinstance(known, str) else "", str(why))


def _of_letterboxd(cells, line):
    return Row(
        name=reading.name(cells["name"]),
        year=reading.year(cells["year"]),
        half_stars=_stars(cells["rating"]),
        rated_on=_day(cells.get("watched date", "")) or _day(cells.get("date", "")),
        line=line,
    )


def _of_imdb(cells, line):
    if fold(cells.get("title type", "")) in NO_FILM:
        raise Unreadable(f"A {cells['title type'].strip()[:40]} is not in our catalogue: whole films and series are.")
    return Row(
        name=reading.name(cells["title"]),
        original=reading.name(cells.get("original title", "")),
        year=reading.year(cells.get("year", "")),
        imdb=reading.imdb(cells["const"]),
        half_stars=_out_of_ten(cells["your rating"]),
        rated_on=_day(cells.get("date rated", "")),
        line=line,
    )


def _of_ours(cells, line):
    values = {name: plain(cells.get(heading.casefold(), "")) for heading, name in COLUMNS.items()}
    return Row(
        name=values["name"],
        year=reading.year(values["year"]),
        half_stars=_stars(values["stars"]),
        rated_on=_day(values["day"]),
        imdb=values["imdb"],
        slug=reading.slug(values["slug"]),
        line=line,
    )


def _of_download(cells, line):
    """A row of the table "Ratings", as CSV or as JSON: figures may be figures there."""
    values = {name: str(cells.get(name) or "") for name in ("title", "year", "address", "half stars", "rated on")}
    return _checked(
        Row(
            name=reading.name(plain(values["title"])),
            year=reading.year(values["year"]),
            slug=values["address"],
            half_stars=_out_of_ten(values["half stars"]),
            rated_on=_day(values["rated on"]),
            line=line,
        )
    )


READERS = {KIND: _of_ours, "imdb": _of_imdb, "letterboxd": _of_letterboxd, DOWNLOAD: _of_download}


# ------------------------------------------------------------------ JSON
def _from_json(text):
    said = reading.json_of(text)
    if isinstance(said, dict) and isinstance(said.get("Ratings"), list):
        return DOWNLOAD, _of_each(_object, reading.not_too_many(said["Ratings"]))
    return KIND, _of_each(_of_json, reading.films_of_json(said, KIND, "ratings"))


def _of_each(reader, ratings):
    return [_or_left_out(reader, said, number) for number, said in enumerate(ratings, start=1)]


def _object(said, number):
    if not isinstance(said, dict):
        raise Unreadable("It is not an object with a title.")
    return _of_download(said, number)


def _of_json(said, number):
    values = reading.fields_of(said, number, FIELDS, NUMBERS)
    half_stars = _out_of_ten(str(values.pop("half_stars") or ""))
    return Row(
        name=values["name"],
        year=values["year"],
        imdb=values["imdb"],
        slug=reading.slug(values["slug"]),
        half_stars=half_stars,
        rated_on=_day(values["day"]),
        line=number,
    )


def _checked(row):
    if not (reading.is_text(row.name) and reading.is_text(row.slug)):
        raise Unreadable("Its title is no text.")
    return row


# ------------------------------------------------------------------ cells
def _stars(text):
    """ "3.5" → 7 half stars. Raises Unreadable."""
    text = text.strip()
    if not text:
        raise Unreadable(UNRATED)
    found = STARS.fullmatch(text)
    half_stars = 2 * int(found[1]) + (found[2] == "5") if found else 0
    return _in_range(half_stars, f"“{text[:40]}” is not a rating: half a star to five stars.")


def _out_of_ten(text):
    """ "7" → 7 half stars. Raises Unreadable."""
    text = text.strip()
    if not text:
        raise Unreadable(UNRATED)
    is_number = text.isascii() and text.isdigit() and len(text) < 3
    return _in_range(int(text) if is_number else 0, f"“{text[:40]}” is not a rating: 1 to 10.")


def _in_range(half_stars, otherwise):
    least, most = HALF_STARS
    if not least <= half_stars <= most:
        raise Unreadable(otherwise)
    return half_stars


def _day(text):
    """The day that a cell begins with, or None."""
    try:
        return date.fromisoformat(text.strip()[:10])
    except ValueError:
        return None
