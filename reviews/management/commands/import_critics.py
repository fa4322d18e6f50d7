"""bin/manage import_critics FILE"""

import json
import sys
import time
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from tqdm import tqdm

from catalogue.importers.telling import SHOWN, cells, counts, listing
from catalogue.readers.rows import BrokenFile
from reviews.criticfile.run import import_critics, look_at


class Command(BaseCommand):
    help = (
        "Take over critics' reviews from a CSV file (docs/critics-import.md), whole or not at all; bad rows stay out "
        "and are listed. The last line is JSON with the counts."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--dry-run", action="store_true", help="only look what would be done")
        parser.add_argument("--rejects", type=Path, metavar="FILE", help="CSV of rows that stayed out, and why")

    def handle(self, *, file, dry_run, rejects, **options):
        started, self.told = time.monotonic(), 0
        with listing(rejects) as sheet:
            report = self._import(file, look_at if dry_run else import_critics, sheet)
        if self.told > SHOWN and not rejects:
            self.stderr.write(f"… and {self.told - SHOWN} more; --rejects FILE lists all.")
        self.stdout.write(json.dumps(counts(report, time.monotonic() - started)))

    def _import(self, file, import_, sheet):
        bar = tqdm(desc=file.name, unit=" rows", file=sys.stderr, disable=not sys.stderr.isatty(), leave=False)
        try:
            with bar:
                today, told = timezone.localdate(), lambda note: self._tell(note, sheet)
                return import_(file, today=today, told=told, progress=bar.update)
        except BrokenFile as error:
            raise CommandError(f"{error} Nothing of this file was taken.") from error

    def _tell(self, note, sheet):
        self.told += 1
        if sheet:
            sheet.writerow(cells(note))
        elif self.told <= SHOWN:
            self.stderr.write(f"{note.file}, line {note.row}: {note.reason}")
