"""Writing judged rows: a few statements for a batch, all that is worked out of them kept true."""

from django.db import connection, transaction
from django.db.models import F, Q

from catalogue import models
from catalogue.importers.problems import REFUSALS, reason
from catalogue.sheets.judging import NEW

IDENTITY = ("Person", "Character", "Detail")  # of a credit within its title and role


def write(sheet, rows, known):
    """Write `rows` (Judged). Raises what the constraints raise; deferred ones speak at commit."""
    known.make_missing()
    new = [one for one in rows if one.outcome == NEW]
    changed = [one for one in rows if one.outcome != NEW]
    for one in new:
        one.row = sheet.model()
    for one in rows:
        _put(sheet, one, known)
    if sheet.complete and new:
        sheet.complete([one.row for one in new])
    if sheet.model is models.Credit:
        new, changed = _recast(new, changed)
    sheet.model._default_manager.bulk_create([one.row for one in new])
    _update(sheet, changed)
    there = {one.row.pk for one in changed}
    for column in sheet.lists:
        if values := {one.row.pk: one.values[column.heading] for one in rows if column.heading in one.values}:
            column.write(values, known, there)


def _put(sheet, one, known):
    for column in sheet.fields:
        if column.heading in one.values:
            column.put(one.row, one.values[column.heading], known)


def _recast(new, changed):
    """Credits that are of somebody else now are written anew: who takes whose place is told at once or not at all."""
    recast = [one for one in changed if not one.changes.keys().isdisjoint(IDENTITY)]
    models.Credit.objects.filter(pk__in=[one.row.pk for one in recast]).delete()
    for one in recast:
        one.row.pk = None
    return new + recast, [one for one in changed if one.row.pk]


def _update(sheet, changed):
    headings = {heading for one in changed for heading in one.values}
    names = {column.name for column in sheet.fields if column.heading in headings}
    if not names:
        return
    derived = [f for f in sheet.model._meta.fields if hasattr(f, "derive") and f.source in names]
    for one in changed:
        for field in derived:
            field.pre_save(one.row, False)  # bulk_update does not ask for it
    sheet.model._default_manager.bulk_update([one.row for one in changed], [*names, *(field.name for field in derived)])


# ------------------------------------------------------------------ trying
def try_out(judge, rows):
    """Write `rows` and take it back, so that the rules of the database speak: each row that breaks one is refused."""
    rows = [one for one in rows if not one.problems and one.changes]
    if rows and _problem(judge, rows):
        for one in rows:
            if error := _problem(judge, [one]):
                judge.refuse(one, _heading(judge.sheet, one, error), sentence(error))
    return rows


class _Undone(Exception):
    pass


def _problem(judge, rows):
    """What the database says against `rows`, or None. Nothing of them stays."""
    kept = [(one, one.row, vars(one.row).copy() if one.row else None) for one in rows]
    new, names = dict(judge.known.new), {m: dict(n) for m, n in judge.known.names.items()}
    certificates = dict(judge.known.certificates)
    try:
        with transaction.atomic():
            write(judge.sheet, rows, judge.known)
            connection.check_constraints()
            raise _Undone
    except _Undone:
        return None
    except REFUSALS as error:
        return error
    finally:
        judge.known.new.update(new)
        judge.known.names, judge.known.certificates = names, certificates
        for one, row, held in kept:
            one.row = row
            if row:
                vars(row).update(held)


def _heading(sheet, one, error):
    """The column that the broken rule is about, or ""; of several, the last that the row changes."""
    name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
    for column in sheet.lists:
        if any(rule.name == name for rule in column.model._meta.constraints):
            return column.heading
    rule = next((rule for rule in sheet.model._meta.constraints if rule.name == name), None)
    named = [column.heading for column in sheet.fields if rule and column.name in _fields_of(rule)]
    return next((heading for heading in reversed(named) if heading in one.changes), "")


def _fields_of(rule):
    if hasattr(rule, "fields"):
        return set(rule.fields)
    if isinstance(rule.condition, Q):
        return rule.condition.referenced_base_fields
    return {part.name for part in rule.condition.flatten() if isinstance(part, F)}


def sentence(error):
    return reason(error).partition(" (")[0]
