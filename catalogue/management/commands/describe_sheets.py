"""bin/manage describe_sheets"""

from django.core.management.base import BaseCommand

from catalogue.sheets.describing import described


class Command(BaseCommand):
    help = "Print the columns of each kind of sheet, as docs/spreadsheets.md has them."

    def handle(self, **options):
        self.stdout.write(described())
