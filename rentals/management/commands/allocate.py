"""bin/manage allocate [--at INSTANT | --dry-run | --more DISC=N …] [--json] [--explain FILE]"""

import json
from datetime import datetime

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils import timezone

from catalogue.models import Disc
from catalogue.wording import counted
from rentals import rounds
from rentals.calendar import last_round
from rentals.refused import Refused
from rentals.rounds.explaining import write_csv

MOST_MORE = 1000


class Command(BaseCommand):
    help = (
        "Make a round: share out the free copies among the open places at home. Without --at the round of today that "
        "is due, or else one for this moment. A round for an instant is made once; killed, it leaves nothing behind."
    )

    def add_arguments(self, parser):
        parser.add_argument("--at", type=_instant, metavar="2026-11-26T10:00", help="the cut-off; in the past")
        parser.add_argument("--dry-run", action="store_true", help="only look: write nothing, lock nothing")
        parser.add_argument(
            "--more",
            action="append",
            type=_more,
            metavar="kes/dvd=2",
            help="what if we had so many more copies of the first disc of that title's release? Writes nothing",
        )
        parser.add_argument("--json", action="store_true", help="print one line of JSON")
        parser.add_argument(
            "--explain", metavar="FILE", help="write why, place by place and request by request, as CSV"
        )

    def handle(self, *, at, dry_run, more, json, explain, **options):
        now = timezone.now()
        if more:
            self.stdout.write(_what_if(dict(more), now))
            return
        if at and at > now:
            raise CommandError(f"{at:%Y-%m-%d %H:%M} has not come yet: a round is made at its time or after.")
        try:
            made = rounds.look(now) if dry_run else rounds.make_round(at or _due(now), now=now)
        except Refused as refusal:
            raise CommandError(str(refusal)) from None
        except DatabaseError as error:
            raise CommandError(f"Nothing was sent, as the database said no: {error}") from None
        if explain:
            _explain(made, explain)
        self.stdout.write(_json(made) if json else "\n".join(_lines(made)))


def _instant(text):
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise CommandError(f"--at {text}: write the instant as 2026-11-26T10:00.") from None
    return at if timezone.is_aware(at) else timezone.make_aware(at)


def _more(text):
    """ "kes/dvd=2" → (disc, 2)"""
    where, _, number = text.partition("=")
    title, _, release = where.partition("/")
    disc = Disc.objects.filter(release__title__slug=title, release__slug=release, number=1).first()
    if disc is None:
        raise CommandError(f"--more {text}: there is no release {where}. Write title/release=copies, as in kes/dvd=2.")
    if not (number.isascii() and number.isdigit() and 1 <= int(number) <= MOST_MORE):
        raise CommandError(f"--more {text}: say how many more copies, 1 to {MOST_MORE}, as in kes/dvd=2.")
    return disc.pk, int(number)


def _what_if(more, now):
    as_it_is, then = (made.counts() for made in rounds.what_if(more, now))
    places, added = as_it_is["places"], counted(sum(more.values()), "more copy", "more copies")
    sent = f"{then['sent']:,} of {counted(places, 'open place')} filled instead of {as_it_is['sent']:,}"
    return f"With {added}: {sent}, {then['passed_over']:,} requests passed over instead of {as_it_is['passed_over']:,}."


def _due(now):
    """Today's last round, unless it was made; then this moment."""
    at = last_round(now)
    return at if at and not rounds.last_made(at) else now


def _explain(made, path):
    try:
        with open(path, "w", newline="", encoding="utf-8") as file:
            write_csv(made, file)
    except OSError as error:
        raise CommandError(f"The round stands, but {path} cannot be written: {error.strerror}.") from None


def _lines(made):
    counts = made.counts()
    yield f"{_when(made)}: {counts['sent']:,} of {counted(counts['places'], 'open place')} filled."
    yield f"{counted(counts['passed_over'], 'request')} passed over, for older claims or as all copies are out."
    for cause, number in sorted(counts["idle"].items()):
        yield f"{counted(number, 'place')} left empty: {cause}."


def _when(made):
    if made.round is None:
        return "A round now would come to this, and nothing was written"
    return f"The round of {timezone.localtime(made.round.at):%Y-%m-%d %H:%M}"


def _json(made):
    at = made.round and made.round.at.isoformat()
    return json.dumps({"at": at, "dry_run": made.round is None} | made.counts())
