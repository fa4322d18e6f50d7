"""bin/manage rebuild_search"""

import time

from django.core.management.base import BaseCommand

from catalogue.models import SearchTerm, SearchWord
from catalogue.search.rebuild import rebuild_search


class Command(BaseCommand):
    help = (
        "Make what the search looks in anew and rank it by what is popular now. Edits keep it true without this; "
        "run it nightly for the ranks, and after a release that changes how names are compared."
    )

    def handle(self, **options):
        started = time.monotonic()
        rebuild_search()
        took = time.monotonic() - started
        self.stdout.write(f"{SearchTerm.objects.count()} terms, {SearchWord.objects.count()} words in {took:.1f} s.")
