"""Films in competition at Cannes, as CSV."""

import csv
import re

from catalogue.names import script_of, title_slug

from .files import LONGEST_VALUE, lines
from .languages import language_code
from .rows import BrokenFile, Rejected, Row, checked, filled

COLUMNS = "year title original_title director languages countries_of_origin run_time imdb_url".split()
# A comma parts two directors, except before what belongs to the name ahead of it.
BETWEEN_NAMES = re.compile(r"\s*,(?!\s*(?:jr|sr|ii|iii|iv)\b)\s*", re.IGNORECASE)
RUN_TIME = re.compile(r"(?:(\d{1,2}) ?h)? ?(?:(\d{1,4}) ?m(?:in)?)?", re.ASCII)
IMDB = re.compile(r"imdb\.com/(?:[a-z-]+/)?title/(tt\d{7,10})(?:/|\?|$)", re.ASCII)
COUNTRY = re.compile(r"[A-Z]{2}")


def read(path):
    """Yields a Row for each film, numbered by the line where it begins."""
    source = _Lines(path)
    rows = csv.reader(source, strict=True)
    header = _header(path, next(source.refusing(rows), []))
    first = rows.line_num + 1
    for values in source.refusing(rows):
        if values:
            source.refuse_cut_row(values, header)
            yield _row(first, values, header)
        first = rows.line_num + 1


class _Lines:
    """The lines of the file, remembering the last one to say where and how reading ended."""

    def __init__(self, path):
        self.path, self.number, self.line = path, 0, ""

    def __iter__(self):
        for number, line in lines(self.path, LONGEST_VALUE):
            self.number, self.line = number, line
            yield line

    def refusing(self, rows):
        """`rows`, with a syntax error as a BrokenFile."""
        try:
            yield from rows
        except csv.Error as error:
            reason = f"{error}; look for a quotation mark that is not closed before this line."
            raise BrokenFile(self.path, f"line {self.number}", reason) from None

    def refuse_cut_row(self, values, header):
        if len(values) < len(header) and not self.line.endswith("\n"):
            reason = "the last line ends too early; the file is cut short, fetch it again."
            raise BrokenFile(self.path, f"line {self.number}", reason)


def _header(path, values):
    header = [value.strip().lower() for value in values]
    if missing := [column for column in COLUMNS if column not in header]:
        reason = f"the first line must name the columns; missing: {', '.join(missing)}."
        raise BrokenFile(path, "line 1", reason)
    return header


def _row(number, values, header):
    if len(values) != len(header):
        problem = f"The line has {len(values)} values, but there are {len(header)} columns; check its commas."
        return Row(number, None, problem)
    film = {column: " ".join(value.split()) for column, value in zip(header, values, strict=True)}
    try:
        return checked(number, _record(film))
    except Rejected as reason:
        return Row(number, None, str(reason))


def _record(film):
    if not (name := film["title"]):
        raise Rejected("The film has no title.")
    codes = _languages(film["languages"])
    return filled(
        record="title",
        slug=title_slug(name),
        name=name,
        kind="film",
        runtime_minutes=_minutes(film["run_time"]),
        languages=codes,
        countries=_countries(film["countries_of_origin"]),
        names=_other_names(film, codes),
        credits=[{"role": "director", "name": person} for person in _directors(film["director"])],
        events=[{"kind": "festival", "date": _festival_year(film["year"]), "note": "Cannes, in competition"}],
        identifiers=_identifiers(film["imdb_url"]),
    )


def _festival_year(text):
    if not re.fullmatch(r"19\d\d|20\d\d", text, re.ASCII):
        raise Rejected(f'The year of the festival is "{text[:40]}"; it must be between 1900 and 2099.')
    return text


def _other_names(film, codes):
    original = film["original_title"]
    if not original or original == film["title"]:
        return []
    language = codes[0] if len(codes) == 1 else None
    return [filled(name=original, language=language, script=script_of(original), kind="original")]


def _directors(text):
    return list(dict.fromkeys(filter(None, BETWEEN_NAMES.split(text.strip(" ,")))))


def _languages(text):
    return list(dict.fromkeys(filter(None, map(language_code, text.split(",")))))


def _countries(text):
    codes = [code.strip().upper() for code in text.split(",")]
    return list(dict.fromkeys(filter(COUNTRY.fullmatch, codes)))


def _minutes(text):
    parts = RUN_TIME.fullmatch(text.lower())
    return int(parts[1] or 0) * 60 + int(parts[2] or 0) if parts else None


def _identifiers(text):
    found = IMDB.search(text)
    return [{"scheme": "imdb", "value": found[1]}] if found else []
