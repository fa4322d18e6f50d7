"""A sheet's way in: received, looked at by a job, confirmed, written by a job as one deed, and undone as one.

A small one is undone at once, a large one by a job, too.

What was looked at is kept row by row (`SheetRow`), before and after: written is what was shown, or the row is refused.
Two imports take turns with each other and with all others (`importers.run.wait_for_turn`).
"""

from contextlib import contextmanager

from django.db import connection, transaction
from django.utils import timezone

from catalogue import history
from catalogue.importers.problems import REFUSALS, reason
from catalogue.importers.run import wait_for_turn
from catalogue.models import SheetImport
from catalogue.models.sheets import KEPT, folder
from catalogue.sheets import looking, taking
from catalogue.sheets.workbook import Unusable


def receive(kind, name, chunks, *, by, now, bulk=None):
    """Keep a file, and have it looked at. The SheetImport."""
    from catalogue.tasks import look_at_sheet

    folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    with transaction.atomic():
        run = SheetImport.objects.create(kind=kind, name=name[-200:], by=by, bulk=bulk, sent_at=now)
        with run.path.open("wb") as file:
            file.writelines(chunks)
        look_at_sheet.defer(sheet=run.pk)
    return run


def look_at(run, *, now):
    """Judge every row and keep what becomes of it; from the beginning, if a job died over it."""
    run.rows.all().delete()
    try:
        found = looking.looked(run)
    except Unusable as why:
        found = {"failure": str(why)}
    except FileNotFoundError:
        found = {"failure": "The file is not there any more: send it again."}
    SheetImport.objects.filter(pk=run.pk, looked_at=None).update(looked_at=now, done=0, **found)


def confirm(run, *, now):
    """Have what was looked at written. False if that was asked for before, or cannot be."""
    from catalogue.tasks import write_sheet

    with transaction.atomic():
        waiting = SheetImport.objects.waiting().filter(pk=run.pk, failure="")
        if not waiting.update(confirmed_at=now):
            return False
        write_sheet.defer(sheet=run.pk)
    return True


def carry_out(run, *, now):
    """Write what was looked at, all in one transaction, as one deed. What others changed since stays as it is."""
    try:
        with transaction.atomic():
            wait_for_turn()
            if not SheetImport.objects.filter(pk=run.pk, applied_at=None, failure="").exists():
                return
            with history.deed("bulk" if run.bulk else "import", by=run.by, note=run.name) as deed:
                overtaken = taking.taken(run)
                connection.check_constraints()
            SheetImport.objects.filter(pk=run.pk).update(applied_at=now, deed=deed, overtaken=overtaken, done=0)
    except REFUSALS as error:
        why = f"Nothing was imported, for the database refused it: {reason(error)} Look at the rows, and send it again."
        SheetImport.objects.filter(pk=run.pk).update(failure=why)


# ------------------------------------------------------------------ undoing
def ask_to_undo(run, *, by, now):
    """Have the whole import undone: at once if it is small, by a job if it is large.

    False if that was asked for before. Raises `history.Overtaken` if something is in the way of a small one; of a
    large one the job keeps it in `in_the_way`.
    """
    from catalogue.tasks import undo_sheet

    if not run.is_large:
        return undo(run, by=by, now=now)
    with transaction.atomic():
        if not SheetImport.objects.imported().filter(pk=run.pk).update(undo_asked_at=now, in_the_way=[]):
            return False
        undo_sheet.defer(sheet=run.pk, by=by.pk)
    return True


def carry_out_undoing(run, *, by, now):
    """Undo what somebody asked to have undone, or keep what is in the way."""
    try:
        with transaction.atomic():
            wait_for_turn()
            undo(run, by=by, now=now)
    except history.Overtaken as why:
        SheetImport.objects.filter(pk=run.pk).update(undo_asked_at=None, in_the_way=list(why.args))


@transaction.atomic
def undo(run, *, by, now):
    """Put back everything the import wrote. False if it is undone already. Raises history.Overtaken."""
    imported = SheetImport.objects.filter(pk=run.pk, undone_at=None, applied_at__isnull=False)
    if not imported.update(undone_at=now, undo_asked_at=None):
        return False
    history.undo(run.deed, by=by)
    return True


def stands_in_the_way(run, by, now):
    """Sentences why the import cannot be undone now; nothing is done. Of a large one, those of the last try."""
    if run.is_large:
        return run.in_the_way
    try:
        with transaction.atomic():
            undo(run, by=by, now=now)
            transaction.set_rollback(True)
    except history.Overtaken as why:
        return list(why.args)
    return []


@contextmanager
def around_undoing(deed, new):
    """An import undone where its deed stands in the history reads as undone; with that undone, as imported by `new`."""
    yield
    imports = SheetImport.objects
    imports.filter(deed=deed.pk, undone_at=None).update(undone_at=timezone.now())
    if undoes := deed.metadata.get("undoes"):
        imports.filter(deed=undoes, undone_at__isnull=False).update(undone_at=None, deed=new)


def declare():
    for verb in ("import", "bulk", "undo"):
        history.on_undo(verb, around_undoing)


def drop(run):
    """Forget what was not imported, and its file."""
    with transaction.atomic():
        if SheetImport.objects.filter(pk=run.pk, confirmed_at=None).delete()[0]:
            transaction.on_commit(lambda: run.path.unlink(missing_ok=True))


def forget_sheets(*, now):
    """Delete files, rows and previews that are 30 days old. What was imported stays in the list, and can be undone."""
    for run in SheetImport.objects.filter(sent_at__lt=now - KEPT):
        run.path.unlink(missing_ok=True)
        run.rows.all().delete()
    SheetImport.objects.filter(sent_at__lt=now - KEPT, applied_at=None).delete()
