"""bin/manage make_big --titles N"""

import sys
import time
from datetime import date

from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from catalogue.synthetic.make import NotEmpty, make

DERIVED = ["rebuild_search", "rebuild_completeness"]  # what stands on the rows and is made by commands of its own


class Command(BaseCommand):
    help = (
        "Fill an empty database with a made-up catalogue, to measure with. The same number, seed and day give the same "
        "rows. Scores and stock are sums without the ratings and rentals they would be the sums of, so fsck says so. "
        "Run rebuild_suggestions afterwards for similar titles."
    )

    def add_arguments(self, parser):
        parser.add_argument("--titles", type=_number, required=True, metavar="N")
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument(
            "--day", type=date.fromisoformat, default=date.today(), help="which is today; default: today"
        )

    def handle(self, *, titles, seed, day, **options):
        started = time.monotonic()
        bar = tqdm(total=titles, unit=" titles", file=sys.stderr, disable=not sys.stderr.isatty(), leave=False)
        try:
            with bar:
                make(titles, seed, day, bar.update)
        except NotEmpty as error:
            raise CommandError(error) from None
        for command in DERIVED:
            if command in get_commands():
                call_command(command, stdout=self.stdout, stderr=self.stderr)
        self.stdout.write(f"{titles:,} titles in {time.monotonic() - started:.0f} seconds.")


def _number(text):
    if (number := int(text)) < 1:
        raise ValueError("There is nothing to make.")
    return number
