"""bin/manage export_critics [FILE]"""

from pathlib import Path

from django.core.management.base import BaseCommand
from django.db import connection, transaction

from reviews.criticfile.writing import export_critics


class Command(BaseCommand):
    help = "Write all critics' reviews as CSV (docs/critics-import.md), to FILE or to standard output."

    def add_arguments(self, parser):
        parser.add_argument("file", nargs="?", type=Path, metavar="FILE")

    @transaction.atomic
    def handle(self, *, file, **options):
        with connection.cursor() as cursor:  # one moment's view of all tables
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        if file is None:
            export_critics(self.stdout._out)
            return
        draft = file.with_name(f"{file.name}.part")
        with draft.open("w", encoding="utf-8", newline="") as out:
            export_critics(out)
        draft.rename(file)
