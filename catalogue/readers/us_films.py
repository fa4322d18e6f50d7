"""US feature films as JSON arrays: title, year, cast, genres and the name of the Wikipedia article."""

import re
from html import unescape
from urllib.parse import unquote

from catalogue.names import title_slug

from .genres import genres
from .rows import Rejected, Row, checked, filled
from .strict_json import ArrayOfObjects
from .us_cast import people

YEARS = range(1870, 2101)
LONGEST_TITLE = 2000  # as it came, with a style sheet in it
STYLE_SHEET = re.compile(r"\.mw-[^{}]*\{[^{}]*\}")
STACKED_FRACTION = re.compile(r"(?<=\d)\+(?=\d+⁄)")
FOOTNOTES = re.compile(r"(?<=\S)(?: ?\[(?:\d+|[a-z]{1,2}|note \d+)\]| ?[†‡§])+$")
KIND_OF_WORK = re.compile(r"(?<=\S)\s*\((?:(?:\d{4} )?(?:[A-Za-z-]+ ){0,2}(?:film|movie|serial)|(\d{4}))\)$", re.ASCII)


def read(path):
    """Yields a Row for each film of the array."""
    for number, (film, fault) in enumerate(ArrayOfObjects(path), 1):
        yield Row(number, None, fault) if fault else _row(number, film)


def _row(number, film):
    try:
        return checked(number, _record(film))
    except Rejected as reason:
        return Row(number, None, str(reason))


def _record(film):
    year = _year(film.get("year"))
    name = _name(film.get("title"), year)
    return filled(
        record="title",
        slug=title_slug(name, year),
        name=name,
        kind="film",
        year=year,
        countries=["US"],
        genres=genres(_texts(film, "genres")),
        credits=[{"role": "actor", "name": person} for person in people(_texts(film, "cast"))],
        identifiers=_identifiers(film.get("href")),
    )


def _year(year):
    if type(year) is not int:
        raise Rejected("The film has no year; write it as a whole number.")
    if year not in YEARS:
        raise Rejected(f"The year is {year if abs(year) < 10**9 else 'far'} out of range; it must be 1870 to 2100.")
    return year


def _name(title, year):
    if not isinstance(title, str):
        raise Rejected("The film has no title; write it as text.")
    if len(title) > LONGEST_TITLE:
        raise Rejected("The title is far too long; shorten it to 300 characters.")
    if not (name := _clean_title(title, year)):
        raise Rejected("The title is empty.")
    return name


def _clean_title(title, year):
    """The title as on the screen, without what belongs to the article that it was taken from."""
    title = STACKED_FRACTION.sub(" ", STYLE_SHEET.sub("", title)) if "{" in title else title
    title = " ".join(unescape(title).split()).strip("†‡ ")
    title = FOOTNOTES.sub("", title)
    suffix = KIND_OF_WORK.search(title)
    return title[: suffix.start()] if suffix and suffix[1] in (None, str(year)) else title


def _texts(film, key):
    values = film.get(key) or []
    if not isinstance(values, list):
        raise Rejected(f'"{key}" must be a list.')
    return [value for value in values if isinstance(value, str)]


def _identifiers(href):
    # A section of an article is about something else as well, and so does not identify the film.
    if not isinstance(href, str) or not href or "#" in href:
        return []
    return [{"scheme": "wikipedia-en", "value": unquote(href)}]
