"""Jobs of the catalogue: each may run twice."""

from django.contrib.auth import get_user_model
from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from catalogue.models import SheetImport
from catalogue.sheets import runs

TWICE_MORE = RetryStrategy(max_attempts=3, wait=10)


@app.task(name="look_at_sheet", queue="sheets", retry=TWICE_MORE)
def look_at_sheet(sheet):
    """Read the file of the SheetImport of that key, unless that is done or it is dropped."""
    if run := SheetImport.objects.filter(pk=sheet, looked_at=None).first():
        runs.look_at(run, now=timezone.now())


@app.task(name="write_sheet", queue="sheets", retry=TWICE_MORE)
def write_sheet(sheet):
    """Write what was looked at of the SheetImport of that key, unless that is done."""
    if run := SheetImport.objects.select_related("by").filter(pk=sheet, applied_at=None, failure="").first():
        runs.carry_out(run, now=timezone.now())


@app.task(name="undo_sheet", queue="sheets", retry=TWICE_MORE)
def undo_sheet(sheet, by):
    """Undo the SheetImport of that key for the member of that key, unless that is done."""
    if run := SheetImport.objects.filter(pk=sheet, undo_asked_at__isnull=False).first():
        runs.carry_out_undoing(run, by=get_user_model().objects.filter(pk=by).first(), now=timezone.now())
