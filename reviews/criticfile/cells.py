"""What cells of critics' reviews say, or a sentence why they cannot be taken."""

import re
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from catalogue.rules import FIRST_YEAR, LAST_YEAR, SLUG
from catalogue.sheets.cells import plain
from catalogue.wording import MONTHS

LENGTHS = {"critic": 300, "publication": 300, "quote": 5000, "score": 20, "url": 500, "publication_url": 500}
FOR = {"for", "fresh", "yes", "true", "1"}
AGAINST = {"against", "rotten", "no", "false", "0"}
ISO = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)
SLASHED = re.compile(r"(\d\d?)[/.](\d\d?)[/.](\d{4})", re.ASCII)
DAY_FIRST = re.compile(r"(\d\d?) ([A-Za-z]{3,9})\.? (\d{4})", re.ASCII)
MONTH_FIRST = re.compile(r"([A-Za-z]{3,9})\.? (\d\d?), (\d{4})", re.ASCII)
A_DATE = re.compile(r"\d\d?-[A-Za-z]{3}|[A-Za-z]{3}-\d\d|\d\d?/\d\d?/\d{4}|\d{4}-\d\d-\d\d", re.ASCII)
# Controls but tab and line ends; signs without width, and those that turn the direction of writing.
UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]"
)
WEB = URLValidator(schemes=["http", "https"])
DATE_FORMS = "write 2008-01-18, 2008-01 or 2008"


class Refused(Exception):
    """The row cannot be taken; the message says why."""


def said(cells, today):
    """{column: value} of a row from {column: text of its cell}. Raises Refused."""
    return {column: READERS[column](column, _clean(column, cell), today) for column, cell in cells.items()}


def _clean(column, cell):
    if cell.startswith("="):
        raise Refused(f"“{_short(cell)}” in {column} is a formula. Write what it should say.")
    text = plain(cell).replace("\r\n", "\n").strip()
    if UNSEEN.search(text):
        raise Refused(f"There are signs in {column} that cannot be seen or turn the direction of writing.")
    return text


def _short(text):
    return text if len(text) <= 40 else f"{text[:39]}…"


def _text(column, text, today):
    most = LENGTHS.get(column, 300)
    if len(text) > most:
        raise Refused(f"The {column} has {len(text):,} letters; at most {most:,} fit.")
    return text


def _name(column, text, today):
    if not text:
        raise Refused(f"The row names no {column}.")
    return " ".join(_text(column, text, today).split())


def _slug(column, text, today):
    if text and (len(text) > 200 or not re.match(SLUG, text)):
        raise Refused(f"“{_short(text)}” in {column} is no slug: small letters, digits and single hyphens.")
    return text


def _score(column, text, today):
    if A_DATE.fullmatch(text):
        raise Refused(f"“{text}” looks like a score that a spreadsheet made a date of. Write it as printed: 4/5.")
    return _text(column, text, today)


def _verdict(column, text, today):
    answer = _yes_or_no(text)
    if answer is None:
        raise Refused(f"“{_short(text)}” in fresh is neither for nor against. We never guess it from a score.")
    return answer


def _top(column, text, today):
    """True or False; None if the cell is empty: then the critic stays what it is."""
    answer = _yes_or_no(text)
    if text and answer is None:
        raise Refused(f"“{_short(text)}” in top_critic is neither yes nor no.")
    return answer


def _yes_or_no(text):
    word = text.casefold()
    return True if word in FOR else False if word in AGAINST else None


def _url(column, text, today):
    text = _text(column, text, today)
    try:
        WEB(text or "https://example.org")
    except ValidationError:
        raise Refused(f"“{_short(text)}” in {column} is not an address that starts with https://.") from None
    return text


def _year(column, text, today):
    if not text:
        return None
    if not re.fullmatch(r"\d{4}", text, re.ASCII) or not FIRST_YEAR <= int(text) <= LAST_YEAR:
        raise Refused(f"“{_short(text)}” is not a year.")
    return int(text)


# ------------------------------------------------------------------ dates
def _loose(column, text, today):
    """An ISO date of which the day or the month may be unknown; "" for an empty cell."""
    parts = _parts(column, text) if text else ()
    value = "-".join(parts)
    if parts and not _exists(parts):
        raise Refused(f"There is no day “{_short(text)}” ({column}): {DATE_FORMS}.")
    if value > today.isoformat():
        raise Refused(f"“{_short(text)}” in {column} lies in the future.")
    return value


def _day(column, text, today):
    """A date; None for an empty cell."""
    value = _loose(column, text, today)
    if value and len(value) < len("2008-01-18"):
        raise Refused(f"“{_short(text)}” in {column} names no day: write 2008-01-18.")
    return date.fromisoformat(value) if value else None


def _parts(column, text):
    """("2008", "01", "18") of a date in one of the three forms; the last ones may be missing."""
    if found := ISO.fullmatch(text):
        return tuple(filter(None, found.groups()))
    if found := SLASHED.fullmatch(text):
        return _slashed(column, text, *found.groups())
    if found := DAY_FIRST.fullmatch(text):
        return _worded(column, text, found[3], found[2], found[1])
    if found := MONTH_FIRST.fullmatch(text):
        return _worded(column, text, found[3], found[1], found[2])
    raise Refused(f"“{_short(text)}” in {column} is no date we can read: {DATE_FORMS}.")


def _slashed(column, text, first, second, year):
    """18/01/2008 and 01/18/2008 can each be but one day; 05/04/2008 could be two, and is not guessed at."""
    if int(first) != int(second) and int(first) <= 12 and int(second) <= 12:
        raise Refused(f"“{text}” in {column} could be two days: {DATE_FORMS}.")
    day, month = (second, first) if int(second) > 12 else (first, second)
    return year, month.zfill(2), day.zfill(2)


def _worded(column, text, year, word, day):
    months = [n for n, name in enumerate(MONTHS, 1) if word.casefold() in (name.casefold(), name[:3].casefold())]
    if not months:
        raise Refused(f"“{_short(text)}” in {column} is no date we can read: {DATE_FORMS}.")
    return year, f"{months[0]:02}", day.zfill(2)


def _exists(parts):
    year, month, day = (*parts, "01", "01")[:3]
    try:
        return date(int(year), int(month), int(day)).year >= FIRST_YEAR
    except ValueError:
        return False


READERS = {
    "title": _text,
    "year": _year,
    "imdb": _text,
    "critic": _name,
    "critic_slug": _slug,
    "top_critic": _top,
    "publication": _name,
    "publication_slug": _slug,
    "publication_url": _url,
    "fresh": _verdict,
    "score": _score,
    "quote": _text,
    "published_on": _loose,
    "added_on": _day,
    "url": _url,
}
