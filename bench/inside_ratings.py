"""What bench.ratings measures, in processes of their own with Django: what a rating costs while others rate too.

python -m bench.inside_ratings CLIENTS SECONDS RATINGS
"""

import multiprocessing
import os
import sys
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import perf_counter
from uuid import uuid4

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.db import connection, transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from bench import table  # noqa: E402
from catalogue.models import Title  # noqa: E402
from members.models import Member, SentForm  # noqa: E402
from reviews.giving import give  # noqa: E402
from reviews.models import Rating, ScoreSummary  # noqa: E402
from reviews.queries import SUMS  # noqa: E402

ROUNDS = 4
OF_EACH = 199  # members of a client: ten divides no 199, so nobody is given the same stars twice running
DIGEST = "0" * 64
SHARED = 0.5  # ratings of one title a second, at least, to those of as many titles
RECOUNTED = 2  # the same, to ratings of one title that is recounted
RATED = """
INSERT INTO reviews_rating (title_id, member_id, half_stars, rated_on, verified, counts)
SELECT %s, id, 1 + id %% 10, current_date, false, true FROM members_member
"""
RECOUNT = f"""
UPDATE reviews_scoresummary s SET histogram = {SUMS["histogram"]}
FROM catalogue_title t WHERE t.id = s.title_id AND t.id = %s
"""
HEADINGS = ("", "ratings/s", "p50 ms", "p95 ms", "slowest ms", "ratings")


# ------------------------------------------------------------------ what is measured
def main(clients, seconds, ratings):
    """Let all clients rate in each way by turns, and print what it took."""
    meeting = multiprocessing.Barrier(clients)
    with multiprocessing.Pool(clients, _meet_at, [meeting]) as crowd:  # before this process is connected
        ways = _ways(clients, ratings)
        for number in range(ROUNDS):
            turn = number % len(ways)
            for way in ways[turn:] + ways[:turn]:
                way.turn(crowd, seconds / ROUNDS)
    print(f"{clients} clients; the one title had {ratings:,} ratings. Load: {os.getloadavg()[0]:.1f}.\n")
    print(table.lines(HEADINGS, [way.row() for way in ways]), end="\n\n")
    print(table.lines(("", "must be", "is", ""), list(_verdicts(*ways))))


@dataclass
class Way:
    """Ratings given in one way: `titles` has that of each client, `taken` the milliseconds of each rating."""

    label: str
    titles: list
    recounts: bool = False
    taken: list = field(default_factory=list)
    seconds: float = 0
    begin: int = 0  # of what a client does

    def turn(self, crowd, seconds):
        """All clients rate for so long."""
        jobs = [(self.recounts, title, number, self.begin, seconds) for number, title in enumerate(self.titles)]
        with _triggers(on=not self.recounts):
            each = crowd.map(_client, jobs, chunksize=1)
        begins, ends, taken = zip(*each, strict=True)
        self.seconds += max(ends) - min(begins)
        self.taken += [ms for some in taken for ms in some]
        self.begin += max(map(len, taken))

    def per_second(self):
        return len(self.taken) / self.seconds

    def row(self):
        times = sorted(self.taken)
        shares = [times[len(times) * percent // 100] for percent in (50, 95)] + times[-1:]
        return [self.label, table.number(self.per_second(), 0), *(f"{ms:,.1f}" for ms in shares), f"{len(times):,}"]


@contextmanager
def _triggers(*, on):
    """Whether the database sums up ratings; it does again in the end."""
    if not on:
        _alter("DISABLE")
    try:
        yield
    finally:
        if not on:
            _alter("ENABLE")


def _alter(what):
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE reviews_rating {what} TRIGGER USER")


# ------------------------------------------------------------------ a client
def _meet_at(barrier):
    global meeting
    meeting = barrier


def _client(job):
    """(when it began, when it ended, milliseconds of each rating), on the machine's clock.

    It begins when all clients are there, and have read the addresses of the site, as a server has.
    """
    recounts, title, number, begin, seconds = job
    members, give_it = list(_members(number)), _recounting if recounts else give
    taken, today = [], timezone.localdate()
    title.get_absolute_url()
    meeting.wait()
    now = began = perf_counter()
    while now < began + seconds:
        who, half_stars = _what(begin + len(taken))
        _as_a_form(give_it, title, members[who], half_stars, today)
        taken.append((perf_counter() - now) * 1000)
        now = perf_counter()
    return began, now, taken


def _what(count):
    """(which member, half stars). Nine rate, and the last of them takes it back (0)."""
    who = count - 1 if count % 10 == 9 else count
    return who % OF_EACH, 0 if count % 10 == 9 else 2 + count % 10


def _as_a_form(give_it, title, member, half_stars, on):
    """In one transaction with the form's key and its answer, as `members.once` carries it out."""
    with transaction.atomic():
        form = SentForm(member=member, key=uuid4(), digest=DIGEST, answer={}, sent_at=timezone.now())
        with transaction.atomic():
            form.save(force_insert=True)
        give_it(title, member, half_stars, on=on)
        SentForm.objects.filter(pk=form.pk).update(answer={"location": title.get_absolute_url(), "messages": []})


def _recounting(title, member, half_stars, *, on):
    """What it used to be: the summary is locked before the rating, and made anew from all ratings of the title."""
    with transaction.atomic():
        ScoreSummary.objects.select_for_update(no_key=True).get(title=title)
        ratings = Rating.objects.filter(title=title, member=member)
        if half_stars:
            ratings.update_or_create(title=title, member=member, defaults={"half_stars": half_stars, "rated_on": on})
        else:
            ratings.delete()
        with connection.cursor() as cursor:
            cursor.execute(RECOUNT, [title.pk])


# ------------------------------------------------------------------ titles and members
def _ways(clients, ratings):
    one, *own = [_title(number) for number in range(clients + 1)]
    _make_members("rater", ratings)
    with connection.cursor() as cursor:
        cursor.execute(RATED, [one.pk])
    for number in range(clients):
        _make_members(f"client-{number}", OF_EACH)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return [
        Way("all rate one title", [one] * clients),
        Way("each rates its own", own),
        Way("one title, recounted", [one] * clients, recounts=True),
    ]


def _title(number):
    return Title.objects.create(slug=f"film-{number}", name=f"Film {number}", year=1957)


def _make_members(word, number):
    handles = (f"{word}-{each}" for each in range(number))
    rows = (Member(email=f"{handle}@members.invalid", handle=handle) for handle in handles)
    Member.objects.bulk_create(rows, batch_size=5000)


def _members(number):
    return Member.objects.filter(handle__startswith=f"client-{number}-").order_by("pk")


# ------------------------------------------------------------------ the report
def _verdicts(one, own, recounted):
    for label, other, least in (("to its own", own, SHARED), ("to recounted", recounted, RECOUNTED)):
        ratio = one.per_second() / other.per_second()
        yield _verdict(f"ratings/s, one title {label}", f"≥ {least}", f"{ratio:.2f}", ratio >= least)
    wrong = ScoreSummary.objects.wrong()
    yield _verdict("sums that are not what their rows say", "0", str(len(wrong)), not wrong)


def _verdict(label, must, found, holds):
    return [label, must, found, "holds" if holds else "MISSES"]


if __name__ == "__main__":
    main(int(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3]))
