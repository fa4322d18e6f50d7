"""Sheets as files, for tests: the way out, the way in."""

import csv

from django.utils import timezone

from catalogue.models import SheetImport
from catalogue.sheets import export, runs, workbook
from catalogue.sheets.kinds import SHEETS


def exported(kind, form="csv"):
    """All rows of a kind as the bytes of a file."""
    sheet = SHEETS[kind]
    headings, rows = list(sheet.by_heading), export.rows(sheet, sheet.model.objects.all())
    if form == "csv":
        return b"".join(export.csv_lines(headings, rows))
    with workbook.written(kind, headings, rows, export.wide(sheet)) as file:
        return file.read()


def as_csv(*rows, encoding="utf-8", delimiter=","):
    lines = [csv.writer(export.Lines(), delimiter=delimiter).writerow(row) for row in rows]
    return "".join(lines).encode(encoding)


def looked_at(kind, data, by, name="sheet.csv"):
    """The SheetImport of a file that was sent and looked at."""
    run = runs.receive(kind, name, [data], by=by, now=timezone.now())
    runs.look_at(run, now=timezone.now())
    run.refresh_from_db()
    return run


def imported(kind, data, by, name="sheet.csv"):
    run = looked_at(kind, data, by, name)
    refused = run.rows.filter(outcome="refused").values_list("problems", flat=True)
    assert (run.failure, list(refused[:5])) == ("", [])
    assert runs.confirm(run, now=timezone.now())
    return carried_out(run)


def carried_out(run):
    runs.carry_out(run, now=timezone.now())
    return SheetImport.objects.get(pk=run.pk)


def said(run):
    """{(row, column): why} of all that is wrong."""
    return {(p[0], p[1]): p[3] for problems in run.rows.values_list("problems", flat=True) for p in problems}
