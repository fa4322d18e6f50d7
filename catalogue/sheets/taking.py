"""Taking over what was looked at: read again from the kept rows, compared with the catalogue, and written."""

from django.db import connection

from catalogue.models import SheetRow, Title
from catalogue.sheets.cells import Refused
from catalogue.sheets.judging import NEW, Judge, Judged, found
from catalogue.sheets.kinds import SHEETS
from catalogue.sheets.looking import BATCH, batches
from catalogue.sheets.writing import write

SINCE = "Somebody changed this {} since it was looked at: nothing of it was imported. Look at the sheet again."
PROGRESS = "SET lock_timeout = '1s'; UPDATE catalogue_sheetimport SET done = {} WHERE id = {}"


def taken(run):
    """Write all rows of `run` that nobody changed since; how many somebody did. Locks what it writes, till the end."""
    sheet, overtaken, done = SHEETS[run.kind], 0, 0
    judge = Judge(sheet, {})
    rows = run.rows.filter(outcome__in=["new", "changed"]).order_by("number")
    for batch in batches(rows.iterator(chunk_size=BATCH), lambda row: row.key[0] if sheet.owner else row.number):
        judged = _again(judge, batch)
        good = [one for one, row in judged if not one.problems]
        write(sheet, good, judge.known)
        overtaken += _keep_overtaken([(one, row) for one, row in judged if one.problems])
        done += len(batch)
        _tell(run, done)
    return overtaken


def _again(judge, batch):
    """(Judged, SheetRow) of kept rows, in the same state as when they were looked at, or with a problem."""
    there = _locked(judge.sheet, batch)
    pairs = [(_restored(judge.sheet, row, there), row) for row in batch]
    whole = [one for one, _ in pairs if not one.problems]
    judge.known.gather(
        wanted for one in whole for h, v in one.values.items() for wanted in judge.sheet.by_heading[h].wanted(v)
    )
    for one in whole:
        _settle(judge, one)
    return pairs


def _locked(sheet, batch):
    keys = [tuple(row.key) for row in batch]
    columns = [*sheet.fields, *(sheet.by_heading[heading] for heading in {h for row in batch for h in row.changes})]
    if sheet.owner:
        titles = Title.every.filter(slug__in={key[0] for key in keys}).order_by("pk")
        list(titles.select_for_update(no_key=True).values_list("pk"))
    return found(sheet, keys, columns, lock=True)


def _restored(sheet, row, there):
    one = Judged(row.number, {}, key=tuple(row.key), row=there.get(tuple(row.key)))
    columns = [sheet.by_heading[heading] for heading in row.changes]
    before = sheet.texts(one.row, columns) if one.row else {}
    as_seen = all(before.get(heading, "") == was for heading, (was, _) in row.changes.items())
    if (one.row is None) != (row.outcome == NEW) or not as_seen:
        one.problems.append((row.number, "", "", SINCE.format(sheet.what)))
        return one
    one.changes = row.changes
    one.values = {column.heading: column.read(row.changes[column.heading][1]) for column in columns}
    return one


def _settle(judge, one):
    for heading, value in one.values.items():
        try:
            one.values[heading] = judge.sheet.by_heading[heading].settle(value, judge.known)
        except Refused as why:  # what it names is gone
            judge.refuse(one, heading, why)


def _keep_overtaken(pairs):
    for one, row in pairs:
        row.outcome, row.problems = "overtaken", one.problems
    SheetRow.objects.bulk_update([row for _, row in pairs], ["outcome", "problems"])
    return len(pairs)


def _tell(run, done):
    """Let the page see how far it is, by another connection: of this transaction nothing is seen before its end."""
    if done >= 2 * BATCH:
        other = connection.copy()
        try:
            with other.cursor() as cursor:
                cursor.execute(PROGRESS.format(int(done), int(run.pk)))
        finally:
            other.close()
