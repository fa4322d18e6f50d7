"""Tables as CSV, and files to be saved.

A spreadsheet takes a cell that begins with =, +, - or @ for a formula, and a film's name is not ours to trust. Such a
cell, and one that begins with an apostrophe, gets an apostrophe before it, which a spreadsheet does not show and
`reading.plain` takes off again.
"""

import csv
import io
import re

from django.http import HttpResponse

from catalogue.models import TitleIdentifier

ESCAPED = re.compile(r"['\u2019\s]*[=+\-@\uff1d\uff0b\uff0d\uff20]|['\t\r\n]")
TYPES = {"csv": "text/csv; charset=utf-8", "json": "application/json; charset=utf-8"}


def as_csv(headings, rows):
    """The rows as CSV in UTF-8 with a mark in front, by which spreadsheets know it."""
    file = io.StringIO(newline="")
    sheet = csv.writer(file, quoting=csv.QUOTE_ALL)
    sheet.writerow(headings)
    sheet.writerows([_cell(value) for value in row] for row in rows)
    return file.getvalue().encode("utf-8-sig")


def _cell(value):
    text = "" if value is None else str(value)
    return f"'{text}" if ESCAPED.match(text) else text


def to_save(content, name, kind):
    """The answer that a browser saves as `name`.`kind`; nobody keeps it on the way."""
    response = HttpResponse(content, content_type=TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    response["Cache-Control"] = "private, no-store"
    return response


def imdb_numbers(titles):
    """{title's key: its IMDb number} of those that have one."""
    rows = TitleIdentifier.objects.filter(title__in=titles, scheme="imdb").order_by("-pk")
    return dict(rows.values_list("title", "value"))
