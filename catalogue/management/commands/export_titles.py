"""bin/manage export_titles [FILE]"""

from pathlib import Path

from django.core.management.base import BaseCommand
from django.db import connection, transaction

from catalogue.importers.export import export_lines


class Command(BaseCommand):
    help = "Write the whole catalogue as Kinopost JSON Lines, to FILE or to standard output."

    def add_arguments(self, parser):
        parser.add_argument("file", nargs="?", type=Path, metavar="FILE")

    @transaction.atomic
    def handle(self, *, file, **options):
        with connection.cursor() as cursor:  # one moment's view of all tables
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        if file is None:
            return self.stdout._out.writelines(export_lines())
        draft = file.with_name(f"{file.name}.part")
        with draft.open("w", encoding="utf-8", newline="") as out:
            out.writelines(export_lines())
        draft.rename(file)
