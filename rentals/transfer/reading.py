"""Films for queues and lists in files: ours, and those of Letterboxd and IMDb."""

from catalogue.film_files import reading
from catalogue.film_files.reading import Unreadable, plain
from rentals.transfer.rows import COLUMNS, EDITIONS, KIND, NUMBERS, Row

WANTED = (
    "We do not know these columns: {}. We can read our own files, a Letterboxd watchlist (Date, Name, Year, Letterboxd "
    "URI) and an IMDb list (Position, Const, Title, Year and others)."
)


def read(data):
    """(kind, rows) of a file: "kinopost", "letterboxd" or "imdb", and a Row for each film. Raises Unreadable."""
    text = reading.text_of(data)
    return _from_json(text) if reading.is_json(text) else _from_csv(text)


# ------------------------------------------------------------------ CSV
def _from_csv(text):
    table = reading.table(text, _kind, WANTED)
    return table.kind, [READERS[table.kind](table.cells(line, cells), line) for line, cells in table.lines]


def _kind(headings):
    """What file has these headings; "" for none that we know."""
    if {"title", "kinopost"} <= headings:
        return KIND
    if {"const", "title"} <= headings:
        return "imdb"
    return "letterboxd" if {"name", "year"} <= headings and headings & {"letterboxd uri", "url"} else ""


def _of_imdb(cells, line):
    return Row(
        name=reading.name(cells["title"]),
        original=reading.name(cells.get("original title", "")),
        year=reading.year(cells.get("year", "")),
        imdb=reading.imdb(cells["const"]),
        line=line,
    )


def _of_letterboxd(cells, line):
    return Row(name=reading.name(cells["name"]), year=reading.year(cells["year"]), line=line)


def _of_ours(cells, line):
    values = {name: plain(cells.get(heading.casefold(), "")) for heading, name in COLUMNS.items()}
    values |= {name: reading.number(values[name], line) for name in NUMBERS}
    return _checked(values, line)


READERS = {KIND: _of_ours, "imdb": _of_imdb, "letterboxd": _of_letterboxd}


# ------------------------------------------------------------------ JSON
def _from_json(text):
    films = reading.films_of_json(reading.json_of(text), KIND)
    names = tuple(COLUMNS.values())
    return KIND, [
        _checked(reading.fields_of(film, number, names, NUMBERS), number) for number, film in enumerate(films, start=1)
    ]


def _checked(values, line):
    """Our own row, with the slug of the page's address; refuses an edition that there is not."""
    values["slug"] = reading.slug(values["slug"])
    if values["edition"] and values["disc"] is None and values["edition"] not in EDITIONS.values():
        raise Unreadable(f"Line {line}: {values['edition'][:40]} is not an edition: {', '.join(EDITIONS.values())}.")
    return Row(**values, line=line)
