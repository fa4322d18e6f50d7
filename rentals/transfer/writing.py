"""Queues and lists as CSV and JSON.

A spreadsheet takes a cell that begins with =, +, - or @ for a formula, and a film's name is not ours to trust. Such a
cell, and one that begins with an apostrophe, gets an apostrophe before it, which a spreadsheet does not show and
`reading` takes off again.
"""

import csv
import io
import json
import re

from django.utils import timezone

from catalogue.models import Release, TitleIdentifier
from rentals.transfer.rows import COLUMNS, EDITIONS, Row

KIND = "kinopost"
ESCAPED = re.compile(r"['\u2019\s]*[=+\-@\uff1d\uff0b\uff0d\uff20]|['\t\r\n]")


def as_csv(rows):
    """The rows as CSV in UTF-8 with a mark in front, by which spreadsheets know it."""
    file = io.StringIO(newline="")
    sheet = csv.writer(file, quoting=csv.QUOTE_ALL)
    sheet.writerow(COLUMNS)
    sheet.writerows([_cell(getattr(row, name)) for name in COLUMNS.values()] for row in rows)
    return file.getvalue().encode("utf-8-sig")


def as_json(rows, name):
    films = [{column: getattr(row, column) for column in COLUMNS.values()} for row in rows]
    return json.dumps({"kind": KIND, "version": 1, "name": name, "films": films}, ensure_ascii=False, indent=1).encode()


def _cell(value):
    text = "" if value is None else str(value)
    return f"'{text}" if ESCAPED.match(text) else text


# ------------------------------------------------------------------ what there is to write
def rows_of_queue(member):
    """The member's queue in its order. As many queries for a long one as for a short one."""
    entries = list(member.queue.in_order().select_related("title__stock", "disc__release"))
    known = _known(entry.title_id for entry in entries)
    return [_of_queue(entry, known) for entry in entries]


def rows_of_list(member_list):
    """The films of a list in its order."""
    entries = list(member_list.entries.select_related("title__stock").order_by("rank"))
    known = _known(entry.title_id for entry in entries)
    return [_of_title(entry, place, known, entry.added_at) for place, entry in enumerate(entries, start=1)]


def _known(titles):
    """{"imdb": {title: identifier}, "released": titles that are out on disc}."""
    titles = list(titles)
    imdb = TitleIdentifier.objects.filter(title__in=titles, scheme="imdb").order_by("-pk")
    return {
        "imdb": dict(imdb.values_list("title", "value")),
        "released": set(Release.objects.filter(title__in=titles).values_list("title", flat=True)),
    }


def _of_title(entry, place, known, asked, **more):
    title = entry.title
    return Row(
        name=title.name,
        year=title.year,
        imdb=known["imdb"].get(title.pk, ""),
        slug=title.slug,
        asked=_instant(asked),
        wait=title.stock.words(title.pk in known["released"])["text"],
        position=place,
        **more,
    )


def _of_queue(entry, known):
    disc = entry.disc
    edition = disc.release.slug if disc else EDITIONS.get(entry.medium, "")
    wish = {"edition": edition, "disc": disc and disc.number, "paused": _instant(entry.paused_at)}
    return _of_title(entry, entry.position, known, entry.asked_at, **wish)


def _instant(at):
    return timezone.localtime(at).isoformat(timespec="seconds") if at else ""


def titles_without(rows):
    """Plain CSV of films we do not know: what a member keeps for elsewhere."""
    file = io.StringIO(newline="")
    sheet = csv.writer(file, quoting=csv.QUOTE_ALL)
    sheet.writerow(["Line", "Title", "Year", "IMDb"])
    sheet.writerows([_cell(value) for value in row] for row in rows)
    return file.getvalue().encode("utf-8-sig")
