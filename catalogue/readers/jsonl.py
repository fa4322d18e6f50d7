"""Our own format, docs/import-format.md: one record a line."""

import json

from .files import LONGEST_VALUE, lines
from .rows import BrokenFile, Row, checked
from .strict_json import SPACE, StrictDecoder, texts_in

LONGEST_LINE = 8 << 20
MOST_BRACKETS = 250_000  # a title with as many ratings; an empty list is 2 bytes in a file and 60 in memory


def read(path):
    """Yields a Row for each line that is not blank; raises BrokenFile where a line is not JSON."""
    decoder = StrictDecoder()
    for number, line in lines(path, LONGEST_LINE):
        if line.strip(" \t\r\n"):
            yield _row(path, number, line, decoder)


def _row(path, number, line, decoder):
    _refuse_crowd(path, number, line)
    try:
        record, end, fault = decoder.decode(line, SPACE.match(line).end())
    except json.JSONDecodeError as error:
        reason = f"{error.msg}; correct the line, or fetch the file again if it is cut short."
        raise BrokenFile(path, f"line {number}, column {error.pos + 1}", reason) from None
    _refuse_rest(path, number, line, end)
    _refuse_huge_texts(path, number, line, record)
    return Row(number, None, fault) if fault else checked(number, record)


def _refuse_crowd(path, number, line):
    if line.count("[") + line.count("{") > MOST_BRACKETS:
        reason = f"there are more than {MOST_BRACKETS:,} lists in one record; this is not a Kinopost export."
        raise BrokenFile(path, f"line {number}", reason)


def _refuse_rest(path, number, line, end):
    if (rest := SPACE.match(line, end).end()) < len(line):
        reason = "there is more after the end of the record; give each record a line of its own."
        raise BrokenFile(path, f"line {number}, column {rest + 1}", reason)


def _refuse_huge_texts(path, number, line, record):
    if len(line) > LONGEST_VALUE and any(len(text) > LONGEST_VALUE for text in texts_in(record)):
        raise BrokenFile(path, f"line {number}", "one value is larger than 1 MB; shorten it.")
