"""The first row of a sheet: which column is which."""

from typing import NamedTuple

from openpyxl.utils import get_column_letter

from catalogue.sheets.cells import Unreadable, plain, short
from catalogue.sheets.near import did_you_mean

PROBLEMS = "Errors"  # what we add to a file that goes back; read over when it comes again


class Problem(NamedTuple):
    """What is wrong, where. `column` is the letter of the spreadsheet, or "" where it is about the row."""

    row: int
    column: str
    heading: str
    why: str


def normal(heading):
    return " ".join(heading.replace("_", " ").replace("-", " ").split()).casefold()


def fits(sheet):
    """fits(sheet)(cells): whether cells are headings of such a sheet."""
    known = {normal(heading) for heading in sheet.by_heading}
    return lambda cells: sum(normal(cell) in known for cell in cells) >= max(1, len(sheet.key))


def columns(sheet, cells, row=1):
    """({index: column}, problems) of a row of headings."""
    known, found, problems = {normal(heading): c for heading, c in sheet.by_heading.items()}, {}, []
    for index, cell in enumerate(cells):
        heading = plain(cell)
        column, letter = known.get(normal(heading)), get_column_letter(index + 1)
        if column and column not in found.values():
            found[index] = column
        elif why := _fault(heading, column, known):
            problems.append(Problem(row, letter, "" if column is None else heading, why))
    return found, problems + [Problem(row, "", heading, why) for heading, why in _missing(sheet, found.values())]


def _fault(heading, column, known):
    if isinstance(heading, Unreadable):
        return str(heading)
    if column:
        return f"“{short(heading)}” is there twice: keep one of the two columns."
    if not heading or normal(heading) == normal(PROBLEMS):
        return ""
    names = [known_.heading for known_ in known.values()]
    hint = did_you_mean(heading, names) or f" We know: {', '.join(names)}."
    return f"“{short(heading)}” is not known.{hint}"


def _missing(sheet, columns):
    there = {column.heading for column in columns}
    for heading in sheet.key:
        if heading not in there and not (
            sheet.make_key and heading == sheet.key[-1] and not there.isdisjoint(sheet.needed)
        ):
            yield heading, f"There is no column “{heading}”, so no row says which {sheet.what} it is: add it."
