"""One field of many rows changed at once: the rows of a sheet that nobody had to write."""

from catalogue.sheets.cells import Refused, escaped
from catalogue.sheets.columns import Parts
from catalogue.sheets.known import Known

MOST = 100_000
BATCH = 500
HOW = {"set": "set to", "add": "add", "remove": "remove"}


def fields(sheet):
    """The columns that can be changed in bulk."""
    return [column for column in sheet.columns if column.bulk]


def in_words(column, how, value):
    """ "Genres: add Drama"."""
    said = value.replace("\n", ", ") or "nothing"
    return f"{column.heading}: {HOW[how]} {said}"[:200]


def read(column, how, text):
    """The value of `text` as it would be stored. Raises Refused."""
    if how != "set" and not isinstance(column, Parts):
        raise Refused(f"{column.heading} has one value: choose “set to”.")
    if how != "set" and not text:
        raise Refused(f"Say what to {how}.")
    known, value = Known(), column.read(text)
    known.gather(column.wanted(value))
    return column.settle(value, known)


def keep(keys):
    """Lines of a file of primary keys."""
    return (f"{key}\n".encode() for key in keys)


def rows(run, sheet, column):
    """(number, cells) for each row that was chosen: its key, and what the column should say."""
    value, how = read(column, run.bulk["how"], run.bulk["value"]), run.bulk["how"]
    with run.path.open() as file:
        numbered = enumerate(map(int, file), 1)
        while batch := dict(zip(range(BATCH), numbered, strict=False)):
            there = sheet.rows().in_bulk([key for _, key in batch.values()])
            sheet.load(list(there.values()), [column, *sheet.fields])
            yield from (_row(sheet, column, n, there[key], value, how) for n, key in batch.values() if key in there)


def _row(sheet, column, number, row, value, how):
    key = [escaped(text) for text in sheet.texts(row, [sheet.by_heading[heading] for heading in sheet.key]).values()]
    return number, [*key, escaped(column.text(_after(column.of(row), value, how)))]


def _after(before, value, how):
    if how == "set":
        return value
    named = {entry[0] for entry in (before if how == "add" else value)}
    if how == "add":
        return (*before, *(entry for entry in value if entry[0] not in named))
    return tuple(entry for entry in before if entry[0] not in named)
