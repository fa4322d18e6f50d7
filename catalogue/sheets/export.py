"""Sheets going out: the same bytes for the same facts."""

import csv
from array import array

from catalogue.sheets.cells import escaped
from catalogue.sheets.columns import Parts

BATCH = 500
MOST_IN_WORKBOOK = 20_000
BOM = "\ufeff"  # tells spreadsheets that it is UTF-8


class Lines:
    """A file for the csv module that hands each line on."""

    def write(self, text):
        return text


def rows(sheet, queryset):
    """Lists of cells for each row of `queryset`, by key. Which rows is settled at once; each is read in its turn."""
    ordered = queryset.order_by(*sheet.order).values_list("pk", flat=True)
    keys = array("q", ordered.iterator(chunk_size=10_000))
    for start in range(0, len(keys), BATCH):
        there = sheet.rows().in_bulk(keys[start : start + BATCH])
        sheet.load(list(there.values()))
        for key in keys[start : start + BATCH]:
            if row := there.get(key):
                yield [escaped(text) for text in sheet.texts(row).values()]


def csv_lines(headings, rows):
    """Yields a CSV file as bytes, some rows at a time."""
    writer = csv.writer(Lines())
    yield (BOM + writer.writerow(headings)).encode()
    for row in rows:
        yield writer.writerow(row).encode()


def wide(sheet):
    """The headings of columns that hold long texts or lists."""
    return {
        column.heading
        for column in sheet.columns
        if isinstance(column, Parts) or getattr(column.atom, "most", 0) > 1000
    }
