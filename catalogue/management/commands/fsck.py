"""bin/manage fsck"""

from django.core.management.base import BaseCommand, CommandError

from catalogue.invariants import broken

SHOWN = 10


class Command(BaseCommand):
    help = "Prove what must be true of the data whatever happened. Prints what is not, and then exits with 1."

    def handle(self, **options):
        found = broken()
        for sentence, rows in found.items():
            self.stderr.write(f"Not true in {len(rows)} cases: {sentence}")
            self.stderr.writelines(f"  {row}" for row in rows[:SHOWN])
        if found:
            raise CommandError(f"{len(found)} invariants do not hold.")
        self.stdout.write("All invariants hold.")
