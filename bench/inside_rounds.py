"""Steps of bin/bench rounds, each a process of its own, in a database that is empty at first.

python -m bench.inside_rounds fill MEMBERS ENTRIES | first | second

The market is that of `bin/bench allocation` (bench/markets.py), as rows: every member has one to four open places.
"""

import json
import os
import resource
import sys
from datetime import UTC, date, datetime, timedelta
from time import perf_counter

import django
import numpy as np

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.db import connection  # noqa: E402

from bench import markets  # noqa: E402
from catalogue.invariants import broken  # noqa: E402
from catalogue.models import Disc, Release, Title  # noqa: E402
from members.models import Member  # noqa: E402
from rentals.models import Copy, Membership, Plan, QueueEntry  # noqa: E402
from rentals.rounds import make_round, making  # noqa: E402

TIMES = {"first": datetime(2026, 11, 26, 10, tzinfo=UTC), "second": datetime(2026, 11, 26, 15, tzinfo=UTC)}
BEGAN = datetime(2026, 1, 5, 12, tzinfo=UTC)
MEDIA = ("4k", "blu-ray", "dvd")
ALREADY_REFUSED = 0.18  # of all requests: those with the oldest claims


def main(step, *numbers):
    print(json.dumps(fill(*map(int, numbers)) if step == "fill" else measure(step)))


# ------------------------------------------------------------------ a shop
def fill(members, entries):
    places, wishes, discs = markets.make(members, entries)
    _catalogue(discs)
    _members(members, places, wishes)
    _queues(wishes)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return {}


def _catalogue(discs):
    """Titles, releases and discs with the numbers of the market and one more: 0 is nobody's key."""
    titles = np.unique(discs.disc // 3).tolist()
    Title.objects.bulk_create([Title(pk=key + 1, slug=f"film-{key}", name=f"Film {key}") for key in titles], 5000)
    rows = [(key, *divmod(key, 3)) for key in discs.disc.tolist()]
    Release.objects.bulk_create(
        [
            Release(pk=key + 1, title_id=title + 1, slug=MEDIA[medium], medium=MEDIA[medium], position=medium + 1)
            for key, title, medium in rows
        ],
        5000,
    )
    Disc.objects.bulk_create([Disc(pk=key + 1, release_id=key + 1, number=1) for key, *_ in rows], 5000)
    copies = np.repeat(discs.disc, discs.copies).tolist()
    Copy.objects.bulk_create(
        [Copy(disc_id=disc + 1, barcode=f"B{number}", acquired_on=BEGAN) for number, disc in enumerate(copies)], 5000
    )


def _members(members, places, wishes):
    """Each with a plan of as many places, and of the media that the member plays."""
    open_places, best = np.bincount(places.member), _best(members, wishes)
    kinds = {(int(n), int(m)) for n, m in zip(open_places, best, strict=True)}
    plans = {
        (number, medium): Plan.objects.create(
            slug=f"plan-{number}-{medium}",
            name=f"{number} of {medium}",
            places_at_home=number,
            media=sorted(MEDIA[medium:]),
            price_pence=999,
            position=place,
        )
        for place, (number, medium) in enumerate(sorted(kinds), 1)
    }
    Member.objects.bulk_create(
        (Member(pk=n + 1, email=f"m{n}@members.invalid", handle=f"m{n}", shown_as=f"M {n}") for n in range(members)),
        5000,
    )
    until = date(2027, 1, 4)
    known = {"asked_at": BEGAN, "confirmed_at": BEGAN, "trial_until": until, "paid_until": until, "pay_day": 5}
    Membership.objects.bulk_create(
        (Membership(member_id=n + 1, plan=plans[int(open_places[n]), int(best[n])], **known) for n in range(members)),
        5000,
    )


def _best(members, wishes):
    """The best medium that each member asks for: 0 for 4K."""
    best = np.full(members, 2)
    np.minimum.at(best, wishes.member, wishes.disc % 3)
    return best


def _queues(wishes):
    first = np.flatnonzero(np.diff(wishes.entry, prepend=-1))
    many = np.diff(np.append(first, len(wishes.entry)))
    medium = wishes.disc[first] % 3
    words = [
        "" if one_of_many > 1 or of == 2 else MEDIA[of]
        for one_of_many, of in zip(many.tolist(), medium.tolist(), strict=True)
    ]
    columns = (wishes.member[first] + 1, wishes.disc[first] // 3 + 1, wishes.rank[first] + 1, wishes.claim[first])
    old = int(ALREADY_REFUSED * len(first))
    fields = "member_id, title_id, medium, rank, asked_at, claim_at"
    with connection.cursor() as cursor, cursor.copy(f"COPY rentals_queueentry ({fields}) FROM STDIN") as copy:
        for member, title, rank, claim, word in zip(*(column.tolist() for column in columns), words, strict=True):
            at = BEGAN + timedelta(seconds=claim)
            copy.write_row((member, title, word, rank * 1000, at, at if claim < old else None))


# ------------------------------------------------------------------ a round
def measure(step):
    times = _Times()
    began = perf_counter()
    made = make_round(TIMES[step], now=TIMES[step] + timedelta(minutes=1))
    seconds = perf_counter() - began
    wrong = broken()
    assert not wrong, [*wrong]
    return {
        "seconds": seconds,
        "reading": times.reading,
        "matching": times.matching,
        "writing": seconds - times.reading - times.matching,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000,
        "requests": QueueEntry.objects.live().count() + made.round.sent,
        "sent": made.round.sent,
        "refused": made.round.passed_over,
        "load": os.getloadavg()[0],
    }


class _Times:
    """How long the parts of a round take."""

    def __init__(self):
        self.reading, making.load = 0, self._timed("reading", making.load)
        self.matching, making.allocate = 0, self._timed("matching", making.allocate)

    def _timed(self, name, function):
        def timed(*args, **options):
            began = perf_counter()
            found = function(*args, **options)
            setattr(self, name, perf_counter() - began)
            return found

        return timed


if __name__ == "__main__":
    main(*sys.argv[1:])
