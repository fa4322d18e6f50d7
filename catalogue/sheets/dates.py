"""Dates as people and spreadsheets write them: read where they can be but one day, never guessed at."""

import re
from datetime import date

from catalogue.sheets.cells import Refused, short
from catalogue.wording import MONTHS

ISO = re.compile(r"(\d{4})(?:-(\d\d?)(?:-(\d\d?))?)?(?:[T ]00:00(?::00)?)?", re.ASCII)
SLASHED = re.compile(r"(\d\d?)[/.-](\d\d?)[/.-](\d{4})", re.ASCII)
SHORT_YEAR = re.compile(r"\d\d?[/.-]\d\d?[/.-]\d\d", re.ASCII)
DAY_FIRST = re.compile(r"(?:(\d\d?)(?:st|nd|rd|th)?[ -])?([A-Za-z]{3,9})\.?[ -](\d{4})", re.ASCII)
MONTH_FIRST = re.compile(r"([A-Za-z]{3,9})\.? (\d\d?)(?:st|nd|rd|th)?, (\d{4})", re.ASCII)
FIRST_YEAR = 1000  # that anybody was born in
FORMS = "write 1957-10-12, 1957-10 or 1957"


def loose_date(text):
    """A date of which the day or the month may be unknown, as 1957-10-12, 1957-10 or 1957. Raises Refused."""
    parts = _parts(text)
    value = "-".join(part.zfill(2) for part in parts)
    if not _exists(parts):
        raise Refused(f"There is no day “{short(text)}”: {FORMS}.")
    return value


def _parts(text):
    """("1957", "10", "12"); the last ones may be missing."""
    if found := ISO.fullmatch(text):
        return tuple(filter(None, found.groups()))
    if found := SLASHED.fullmatch(text):
        return _slashed(text, *found.groups())
    if found := DAY_FIRST.fullmatch(text):
        return _worded(text, found[3], found[2], found[1])
    if found := MONTH_FIRST.fullmatch(text):
        return _worded(text, found[3], found[1], found[2])
    if SHORT_YEAR.fullmatch(text):
        raise Refused(f"“{text}” does not say which century: {FORMS}.")
    raise Refused(f"“{short(text)}” is no date we can read: {FORMS}.")


def _slashed(text, first, second, year):
    """18/01/2008 and 01/18/2008 can each be but one day; 05/04/2008 could be two."""
    if int(first) != int(second) and int(first) <= 12 and int(second) <= 12:
        one, other = f"{year}-{second:0>2}-{first:0>2}", f"{year}-{first:0>2}-{second:0>2}"
        raise Refused(f"“{text}” could be two days: write {one} or {other}.")
    return (year, first, second) if int(second) > 12 else (year, second, first)


def _worded(text, year, word, day):
    months = [n for n, name in enumerate(MONTHS, 1) if word.casefold() in (name.casefold(), name[:3].casefold())]
    if not months:
        raise Refused(f"“{short(text)}” is no date we can read: {FORMS}.")
    return tuple(filter(None, (year, str(months[0]), day)))


def _exists(parts):
    year, month, day = (*parts, "1", "1")[:3]
    try:
        return date(int(year), int(month), int(day)).year >= FIRST_YEAR
    except ValueError:
        return False
