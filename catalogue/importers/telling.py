"""What commands that import tell of it: rows that stayed out, and counts."""

import csv
from contextlib import contextmanager

from django.core.management.base import CommandError

SHOWN = 20
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@contextmanager
def listing(path):
    """A CSV writer for the rows that stay out, or None without a path. Opened first: a wrong path costs no import."""
    if path is None:
        yield None
        return
    try:
        file = path.open("w", encoding="utf-8", newline="")
    except OSError as error:
        raise CommandError(f"{path} cannot be written ({error.strerror}).") from None
    with file:
        writer = csv.writer(file)
        writer.writerow(["file", "row", "what", "reason"])
        yield writer


def cells(note):
    return [harmless(note.file), note.row, note.what, harmless(note.reason)]


def harmless(text):
    """`text` so that a spreadsheet does not take it for a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text


def counts(report, seconds):
    return {
        "created": report.created,
        "updated": report.updated,
        "unchanged": report.unchanged,
        "rejected": report.rejected,
        "seconds": round(seconds, 2),
    }
