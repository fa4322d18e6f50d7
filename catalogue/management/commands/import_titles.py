"""bin/manage import_titles PATH…"""

import json
import sys
import time
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import InterfaceError, OperationalError
from tqdm import tqdm

from catalogue.importers.run import Report, import_file
from catalogue.importers.telling import SHOWN, cells, counts, listing
from catalogue.readers.formats import FORMATS, files_in
from catalogue.readers.rows import BrokenFile


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
        started, report, broken = time.monotonic(), Report(), 0
        files = self._files(paths)
        with listing(rejects) as list_of_rejects:
            for path in files:
                broken += not self._import(path, report, format, dry_run)
            self._tell(report.notes, list_of_rejects)
        self.stdout.write(json.dumps(counts(report, time.monotonic() - started)))
        if broken:
            raise CommandError(f"{broken} of the files could not be read; see above.")

    def _files(self, paths):
        if missing := [str(path) for path in paths if not path.exists()]:
            raise CommandError(f"No such file or folder: {', '.join(missing)}")
        if not (files := files_in(paths)):
            raise CommandError("There is no .jsonl, .json, .xml or .csv file in there.")
        return files

    def _import(self, path, report, format, dry_run):
        """Whether the file could be read."""
        bar = tqdm(desc=path.name, unit=" rows", file=sys.stderr, disable=not sys.stderr.isatty(), leave=False)
        try:
            with bar:
                import_file(path, report, format=format, dry_run=dry_run, progress=bar.update)
        except BrokenFile as error:
            self.stderr.write(f"{error} Nothing of this file was taken.")
            return False
        except (OperationalError, InterfaceError) as error:
            why = str(error).partition("\n")[0]
            raise CommandError(f"{path}: the database broke off ({why}). Nothing of this file was taken.") from error
        return True

    def _tell(self, notes, list_of_rejects):
        if list_of_rejects:
            return list_of_rejects.writerows(map(cells, notes))
        for note in notes[:SHOWN]:
            self.stderr.write(f"{note.file}, row {note.row}: {note.what}: {note.reason}")
        if len(notes) > SHOWN:
            self.stderr.write(f"… and {len(notes) - SHOWN} more; --rejects FILE lists all.")
