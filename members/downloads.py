"""Everything that we keep of a member, in one file.

A job makes it: one JSON of all, and one CSV of each table. Titles go by their names and addresses, never by keys.
"""

import csv
import io
import json
import zipfile
from datetime import timedelta

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils.text import slugify

from members import fates
from members.kept import ACCOUNT
from members.models import Download, Member
from members.models.download import folder
from members.spreadsheets import safe

STUCK = timedelta(hours=1)  # a download that takes longer is begun anew
README = """Everything that Kinopost keeps of you, as of {day}.

everything.json holds all of it. The .csv files hold the same, a table each, for a spreadsheet: there a text that a
spreadsheet would take for a formula has an apostrophe before it. Times are in UTC.
"""


def ask(member, *, now):
    """Have a download made. The Download that is being made already, or a new one; a stuck one is begun anew.

    Holds the member's row until commit.
    """
    from members.tasks import make_download

    with transaction.atomic():
        Member.objects.lock(member.pk)
        member.downloads.filter(made_at=None, asked_at__lt=now - STUCK).delete()
        download, is_new = member.downloads.get_or_create(made_at=None, defaults={"asked_at": now})
        if is_new:
            make_download.defer(download=download.pk)
    return download


def make(download, *, now):
    """Make the file of `download`. False if it is not wanted any more: the account was deleted meanwhile."""
    folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    unfinished = download.path.with_suffix(".part")
    with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED) as archive:
        _fill(archive, tables_of(download.member), now)
    unfinished.rename(download.path)
    size = download.path.stat().st_size
    is_wanted = Download.objects.filter(pk=download.pk).update(made_at=now, size=size)
    if not is_wanted:
        download.path.unlink()
    return bool(is_wanted)


def tables_of(member):
    """{name: (headings, rows)} of all that is kept of `member`, a query for each table."""
    account = Member.objects.filter(pk=member.pk).values_list(*ACCOUNT.values())
    shown = [fate for fate in fates.all_fates() if fate.columns]
    return {"Account": (list(ACCOUNT), account)} | {
        fate.name: (list(fate.columns), fate.table(member)) for fate in shown
    }


def _fill(archive, tables, now):
    everything = {}
    for name, (headings, rows) in tables.items():
        rows = list(rows)
        archive.writestr(f"{slugify(name)}.csv", _csv(headings, rows))
        everything[name] = [dict(zip(headings, row, strict=True)) for row in rows]
    archive.writestr("everything.json", json.dumps(everything, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1))
    archive.writestr("README.txt", README.format(day=f"{now:%Y-%m-%d}"))


def _csv(headings, rows):
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(headings)
    table.writerows([_cell(value) for value in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")  # the mark tells spreadsheets that it is UTF-8


def _cell(value):
    """None is an empty cell; lists and the like are JSON."""
    if isinstance(value, list | dict):
        value = json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False)
    return safe(value)
