"""bin/manage import_shop --format csv|sakila|pagila PATH"""

import csv
import json
import re
import sys
import time
from contextlib import contextmanager
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import InterfaceError, OperationalError
from django.utils import timezone
from tqdm import tqdm

from catalogue.importers.telling import SHOWN, harmless
from catalogue.readers.rows import BrokenFile
from rentals.models import ImportedRow
from rentals.shop_import.report import Note
from rentals.shop_import.run import FORMATS, import_shop

NOTHING = "Nothing was brought in."
LONGEST = ImportedRow._meta.get_field("shop").max_length
SHOP = re.compile(rf"[a-z0-9-]{{1,{LONGEST}}}")


@contextmanager
def _listing(path):
    """The file for rows that stay out, or None without a path. Opened first: a wrong path costs no import."""
    if path is None:
        yield None
        return
    try:
        file = path.open("w", encoding="utf-8", newline="")
    except OSError as error:
        raise CommandError(f"{path} cannot be written ({error.strerror}). {NOTHING}") from None
    with file:
        yield file


class Command(BaseCommand):
    help = (
        "Bring in a shop as it stands: titles, copies, members, what they have at home and what they had "
        "(docs/import-shop.md). All or nothing; rows that cannot come in are listed. The last line is JSON."
    )

    def add_arguments(self, parser):
        parser.add_argument("path", type=Path, metavar="PATH")
        parser.add_argument("--format", choices=sorted(FORMATS), required=True)
        parser.add_argument("--shop", help="its name, a word: keeps its ids apart from another’s; default: the format")
        parser.add_argument("--dry-run", action="store_true", help="do everything, then undo it")
        parser.add_argument("--rejects", type=Path, metavar="FILE", help="CSV of rows that stayed out, and why")

    def handle(self, *, path, format, shop, dry_run, rejects, **options):
        started, shop = time.monotonic(), self._shop(shop or format)
        if not path.exists():
            raise CommandError(f"There is no file or folder {path}.")
        with _listing(rejects) as file:
            report = self._import(path, format=format, shop=shop, dry_run=dry_run)
            self._list(report.notes, file)
        self._tell(report, dry_run)
        seconds = round(time.monotonic() - started, 2)
        self.stdout.write(json.dumps({"shop": shop, "dry_run": dry_run, "seconds": seconds} | report.summary()))

    def _shop(self, name):
        if not SHOP.fullmatch(name):
            raise CommandError(f"--shop is a word of up to {LONGEST} small letters, digits and hyphens.")
        return name

    def _import(self, path, **options):
        bar = tqdm(desc=path.name, unit=" rows", file=sys.stderr, disable=not sys.stderr.isatty(), leave=False)

        def progress(kind, number):
            bar.set_postfix_str(kind)
            bar.update(number)

        try:
            with bar:
                return import_shop(path, now=timezone.now(), progress=progress, **options)
        except BrokenFile as error:
            raise CommandError(f"{error} {NOTHING}") from error
        except (OperationalError, InterfaceError) as error:
            why = str(error).partition("\n")[0]
            raise CommandError(f"The database broke off ({why}). {NOTHING}") from error

    def _list(self, notes, file):
        if file:
            writer = csv.writer(file)
            writer.writerow(Note._fields)
            writer.writerows([harmless(str(cell)) for cell in note] for note in notes)
            return
        for note in notes[:SHOWN]:
            self.stderr.write(f"{note.file}, line {note.line}: {note.kind} {note.what}: {note.sentence}")
        if len(notes) > SHOWN:
            self.stderr.write(f"… and {len(notes) - SHOWN} more; --rejects FILE lists all.")

    def _tell(self, report, dry_run):
        self.stdout.write(f"{'':12}{'read':>9}{'brought in':>12}{'already here':>14}{'rejected':>10}")
        for kind, counts in report.summary().items():
            read, brought_in, here, rejected, reasons = counts.values()
            self.stdout.write(f"{kind:12}{read:9,}{brought_in:12,}{here:14,}{rejected:10,}")
            for reason, number in reasons.items():
                self.stdout.write(f"{'':12}{number:45,}  {reason}")
        if dry_run:
            self.stdout.write(f"This was a trial. {NOTHING}")
