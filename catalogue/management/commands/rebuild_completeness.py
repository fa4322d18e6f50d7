"""bin/manage rebuild_completeness"""

import time

from django.core.management.base import BaseCommand

from catalogue.completeness import rebuild


class Command(BaseCommand):
    help = (
        "Work out anew how complete each title's page is, and which are asked for most. Edits keep what is missing "
        "true without this; it runs nightly for what is asked for."
    )

    def handle(self, **options):
        started = time.monotonic()
        number = rebuild()
        self.stdout.write(f"{number:,} titles in {time.monotonic() - started:.1f} s.")
