"""Looking at a file: each row judged and tried out, and kept if it changes something or cannot be taken."""

from catalogue.models import SheetImport, SheetRow
from catalogue.sheets import bulk, files
from catalogue.sheets.cells import Unreadable, escaped, plain
from catalogue.sheets.headings import PROBLEMS, Problem, columns, fits, normal
from catalogue.sheets.judging import CHANGED, NEW, REFUSED, UNCHANGED, Judge
from catalogue.sheets.kinds import SHEETS
from catalogue.sheets.workbook import Unusable
from catalogue.sheets.writing import try_out

BATCH = 500
MOST_TOGETHER = 4 * BATCH  # rows of one title that are judged together
MOST_ROWS = 200_000
MOST_NAMED = 50
NO_ROWS = "There are headings and no rows below them, so there is nothing to import."
PUT_RIGHT = "The headings must be put right before anything can be imported."


def looked(run):
    """The fields of the SheetImport that say what was found. Raises Unusable."""
    return _of_bulk(run) if run.bulk else _of_file(run)


def _of_file(run):
    sheet = SHEETS[run.kind]
    source = files.opened(run.path, fits(sheet))
    rows = filter(_says_something, source.rows)
    number, cells = next(rows, (1, []))
    if not cells:
        raise Unusable("This sheet is empty: the first row names the columns.")
    found, faults = columns(sheet, cells, number)
    _keep_faults(run, number, faults)
    judge = Judge(sheet, found, source.merged)
    judge.read_over = {i for i, cell in enumerate(cells) if normal(cell) == normal(PROBLEMS)}
    said = _judged(run, judge, batches(rows, _together(sheet, found))) if found else {}
    failure = PUT_RIGHT if faults else "" if sum(said.values()) else NO_ROWS
    return said | {"notes": [*source.notes, *_emptied(judge), *_made(judge)], "failure": failure}


def _says_something(row):
    return any(cell.strip() for cell in row[1])


def _of_bulk(run):
    sheet = SHEETS[run.kind]
    column = sheet.by_heading[run.bulk["heading"]]
    judge = Judge(sheet, dict(enumerate([*(sheet.by_heading[heading] for heading in sheet.key), column])))
    judge.letters = {}
    said = _judged(run, judge, batches(bulk.rows(run, sheet, column), None))
    return said | {"notes": _made(judge), "failure": "" if said[CHANGED] or said[REFUSED] else "Nothing would change."}


def _judged(run, judge, found):
    """Judge, try out and keep rows; how many became what."""
    counts = dict.fromkeys((NEW, CHANGED, UNCHANGED, REFUSED), 0)
    judge.emptied = {}
    for batch in found:
        judged = judge.judge(batch)
        try_out(judge, judged)
        for one in judged:
            counts[one.outcome] += 1
            _count_emptied(judge, one)
        SheetRow.objects.bulk_create(_kept(run, one) for one in judged if one.outcome != UNCHANGED)
        _refuse_too_many(sum(counts.values()))
        SheetImport.objects.filter(pk=run.pk).update(done=sum(counts.values()))
    return counts


def _refuse_too_many(number):
    if number > MOST_ROWS:
        raise Unusable(f"This sheet has more than {MOST_ROWS:,} rows: split it and send the parts one by one.")


def _kept(run, one):
    return SheetRow(
        sheet=run,
        number=one.number,
        label=one.label,
        outcome=one.outcome,
        key=list(one.key),
        changes=one.changes if not one.problems else {},
        problems=one.problems,
    )


def _keep_faults(run, number, faults):
    if faults:
        SheetRow.objects.create(sheet=run, number=number, label="Headings", outcome=REFUSED, problems=faults)


# ------------------------------------------------------------------ batches
def batches(rows, together):
    """Lists of some BATCH rows; neighbours that are alike in `together(row)` stay together, so that they may swap."""
    batch = []
    for row in rows:
        full = (
            len(batch) >= MOST_TOGETHER
            or len(batch) >= BATCH
            and not (together and together(row) == together(batch[-1]))
        )
        if full:
            yield batch
            batch = []
        batch.append(row)
    if batch:
        yield batch


def _together(sheet, found):
    """Says of a row which title it is of, if rows of such a sheet are part of one."""
    if not sheet.owner:
        return None
    at = next((index for index, column in found.items() if column.heading == sheet.key[0]), None)
    return None if at is None else lambda row: row[1][at] if at < len(row[1]) else ""


# ------------------------------------------------------------------ in words
def _count_emptied(judge, one):
    for heading, (before, after) in one.changes.items():
        if before and not after and not one.problems:
            judge.emptied[heading] = judge.emptied.get(heading, 0) + 1


def _emptied(judge):
    for heading, number in getattr(judge, "emptied", {}).items():
        yield f"Empty cells under “{heading}” will empty it in {number:,} row{'s' if number > 1 else ''}."


def _made(judge):
    """What has to be made for the rows, in words."""
    return [
        f"Not there yet, and made by the import: {what} {', '.join(_some(names))}."
        for what, names in sorted(judge.known.told.items())
    ]


def _some(names):
    named = [f"“{name}”" for name in sorted(names)[:MOST_NAMED]]
    rest = len(names) - len(named)
    return [*named, f"and {rest:,} more"] if rest else named


# ------------------------------------------------------------------ the file back
def with_problems(run):
    """(headings, rows) of the file as it came, with a column that says what is wrong in each row."""
    source = files.opened(run.path, fits(SHEETS[run.kind]))
    rows = filter(_says_something, source.rows)
    _, headings = next(rows, (1, []))
    at = [i for i, cell in enumerate(headings) if normal(cell) != normal(PROBLEMS)]
    said = dict(run.rows.filter(outcome="refused").values_list("number", "problems"))
    return [headings[i] for i in at] + [PROBLEMS], (_with_problem(number, cells, at, said) for number, cells in rows)


def _with_problem(number, cells, at, said):
    words = " ".join(in_words(Problem(*problem), with_row=False) for problem in said.get(number, ()))
    return [_as_it_came(cells[i]) if i < len(cells) else "" for i in at] + [escaped(words)]


def _as_it_came(cell):
    return escaped(cell.said if isinstance(cell, Unreadable) else plain(cell))


def in_words(problem, with_row=True):
    """“Row 4, column F (Runtime): …”."""
    where = [f"Row {problem.row}"] if with_row else []
    where += [f"column {problem.column}"] if problem.column else []
    named = f" ({problem.heading})" if problem.heading else ""
    place = ", ".join(where) + named
    return f"{place[:1].upper()}{place[1:]}: {problem.why}" if place else problem.why
