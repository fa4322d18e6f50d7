"""What only the site itself can tell: what a move in its queues costs.

python -m bench.inside_queue MOVES
"""

import os
import random
import sys
from statistics import median
from time import perf_counter

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.db import connection, transaction  # noqa: E402
from django.db.models import F  # noqa: E402
from django.utils import timezone  # noqa: E402

from bench import table  # noqa: E402
from catalogue.models import Title  # noqa: E402
from members.models import Member  # noqa: E402
from rentals import ranks  # noqa: E402
from rentals.models import QueueEntry  # noqa: E402
from rentals.queue import locked, move  # noqa: E402

SIZES = (10, 100, 1000)
SPOT = 60  # moves into one and the same place
STEADY = 2.0  # a move among 1,000 may cost that many times one among 10


# ------------------------------------------------------------------ what is measured
def main(moves):
    """Fill a queue of each length, move in both ways by turns, and print what it took."""
    lengths = {size: _Length(size) for size in SIZES}
    for _ in range(moves):
        for length in lengths.values():
            length.turn()
    print(table.lines(("films", "ranks ms", "rows", "shifted ms", "rows"), [each.row() for each in lengths.values()]))
    print()
    print(table.lines(("", "must be", "is", ""), list(_verdicts(lengths))))


class _Length:
    """A queue of `size` entries, and another in which each row's rank is its place, as it used to be."""

    def __init__(self, size):
        self.size, self.chance, self.taken = size, random.Random(size), {"ranks": [], "shifted": []}
        self.member, self.keys = _member_with(size, ranks.GAP)
        _, self.shifted = _member_with(size, 1)

    def turn(self):
        number, to = self.chance.randrange(self.size), self.chance.randint(1, self.size)
        self.taken["ranks"].append(_timed(lambda: _by_rank(self.keys[number], to)))
        self.taken["shifted"].append(_timed(lambda: _by_shifting(self.shifted[number], to)))

    def of(self, way):
        """(median ms, mean rows written)"""
        seconds, rows = zip(*self.taken[way], strict=True)
        return 1000 * median(seconds), sum(rows) / len(rows)

    def row(self):
        figures = [*self.of("ranks"), *self.of("shifted")]
        return [f"{self.size:,}", *(table.number(n, d) for n, d in zip(figures, (2, 1, 2, 1), strict=True))]


def _timed(work):
    """(seconds with the commit, rows of queues that were written)"""
    with transaction.atomic():
        before = _written()
        began = perf_counter()
        work()
        worked = perf_counter()
        rows = _written() - before
        counted = perf_counter()
    return perf_counter() - counted + worked - began, rows


def _written():
    """Rows of queues that this connection has written and not yet reported."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT n_tup_upd FROM pg_stat_xact_user_tables WHERE relname = 'rentals_queueentry'")
        return cursor.fetchone()[0]


def _by_rank(key, to):
    move(QueueEntry.objects.select_related("member").get(pk=key), to)


def _by_shifting(key, to):
    """The old way: who stands between the two places moves by one, each in its row, under the same lock."""
    entry = QueueEntry.objects.select_related("member").get(pk=key)
    with locked(entry.member) as entries:
        place, length = entries.get(pk=key).rank, entries.live().count()
        to = max(1, min(to, length))
        between, by = ((place + 1, to), -1) if place < to else ((to, place - 1), 1)
        entries.filter(rank__range=between).update(rank=F("rank") + by)
        entries.filter(pk=key).update(rank=to)


# ------------------------------------------------------------------ queues
def _member_with(size, gap):
    """(a new member's key, keys of as many entries)"""
    member, now = Member.objects.create_user(f"queue-{size}-{gap}@example.org"), timezone.now()
    titles = Title.objects.bulk_create(
        Title(slug=f"film-{size}-{gap}-{number}", name=f"Film {number}") for number in range(size)
    )
    entries = QueueEntry.objects.bulk_create(
        QueueEntry(member=member, title=title, rank=number * gap, asked_at=now)
        for number, title in enumerate(titles, 1)
    )
    return member.pk, [entry.pk for entry in entries]


def _into_one_spot(length):
    """Moves of the last into the second place: (median ms, ms and rows of the one that wrote most, how many did)."""
    taken = []
    for _ in range(SPOT):
        last = QueueEntry.objects.filter(member=length.member).order_by("rank").last()
        taken.append(_timed(lambda key=last.pk: _by_rank(key, 2)))
    slowest = max(taken, key=lambda one: one[1])
    return 1000 * median(seconds for seconds, _ in taken), 1000 * slowest[0], slowest[1], sum(r > 1 for _, r in taken)


# ------------------------------------------------------------------ the report
def _verdicts(lengths):
    small, large = (lengths[size].of("ranks") for size in (min(SIZES), max(SIZES)))
    yield _verdict("rows written by a move", "1", table.number(large[1], 1), large[1] == small[1] == 1)
    ratio = large[0] / small[0]
    yield _verdict(f"ms among {max(SIZES):,} to among {min(SIZES)}", f"≤ {STEADY}", f"{ratio:.2f}", ratio <= STEADY)
    usual, slowest, rows, spread = _into_one_spot(lengths[max(SIZES)])
    words = f"{usual:.1f} ms; {spread} spread {rows:,} rows in {slowest:.0f} ms"
    yield _verdict(f"{SPOT} moves into one place of {max(SIZES):,}", "≤ 2 spread", words, spread <= 2)


def _verdict(label, must, found, holds):
    return [label, must, found, "holds" if holds else "MISSES"]


main(int(sys.argv[1]))
