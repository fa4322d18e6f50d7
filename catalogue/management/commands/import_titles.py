"""bin/manage import_titles PATH…"""

import csv
import json
import sys
import time
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from catalogue.importers.run import Report, import_file
from catalogue.readers.formats import FORMATS, files_in
from catalogue.readers.rows import BrokenFile

SHOWN = 20


class Command(BaseCommand):
    help = (
        "Bring titles into the catalogue from files or folders. Each file goes in whole or not at all; bad rows stay "
        "out and are listed. The last line is JSON with the counts."
    )

    def add_arguments(self, parser):
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
        parser.add_argument("--format", choices=sorted(FORMATS), help="default: told by what is in the file")
        parser.add_argument("--dry-run", action="store_true", help="do everything, then undo it")
        parser.add_argument("--rejects", type=Path, metavar="FILE", help="CSV of rows that stayed out, and why")

    def handle(self, *, paths, format, dry_run, rejects, verbosity, **options):
        started, report, broken = time.monotonic(), Report(), []
        for path in self._files(paths):
            try:
                self._import(path, report, format, dry_run)
            except BrokenFile as error:
                broken.append(str(error))
                self.stderr.write(f"{error} Nothing of this file was taken.")
        self._tell(report, rejects)
        self.stdout.write(json.dumps(_counts(report, time.monotonic() - started)))
        if broken:
            raise CommandError(f"{len(broken)} of the files could not be read; see above.")

    def _files(self, paths):
        if missing := [str(path) for path in paths if not path.exists()]:
            raise CommandError(f"No such file or folder: {', '.join(missing)}")
        if not (files := files_in(paths)):
            raise CommandError("There is no .jsonl, .json, .xml or .csv file in there.")
        return files

    def _import(self, path, report, format, dry_run):
        bar = tqdm(desc=path.name, unit=" rows", file=sys.stderr, disable=not sys.stderr.isatty(), leave=False)
        before = (report.created, report.updated, report.unchanged)
        try:
            with bar:
                import_file(path, report, format=format, dry_run=dry_run, progress=bar.update)
        except BrokenFile:
            report.created, report.updated, report.unchanged = before
            raise

    def _tell(self, report, rejects):
        for note in report.notes[:SHOWN] if rejects is None else ():
            self.stderr.write(f"{note.file}, row {note.row}: {note.what}: {note.reason}")
        if rejects is None and len(report.notes) > SHOWN:
            self.stderr.write(f"… and {len(report.notes) - SHOWN} more; --rejects FILE lists all.")
        if rejects is not None:
            _write_rejects(rejects, report.notes)


def _write_rejects(path, notes):
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["file", "row", "what", "reason"])
        writer.writerows([note.file, note.row, note.what, note.reason] for note in notes)


def _counts(report, seconds):
    return {
        "created": report.created,
        "updated": report.updated,
        "unchanged": report.unchanged,
        "rejected": report.rejected,
        "seconds": round(seconds, 2),
    }
