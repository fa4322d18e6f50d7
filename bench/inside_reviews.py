"""What bench.reviews measures, in a process of its own with Django: prints JSON.

python -m bench.inside_reviews ROUNDS
"""

import json
import os
import sys
from functools import cache
from itertools import product
from math import ceil
from time import perf_counter, process_time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402

from bench.processes import running_milliseconds  # noqa: E402
from catalogue import pages  # noqa: E402
from catalogue.models import Title  # noqa: E402
from members.models import Member  # noqa: E402
from reviews.models import HelpfulVote, Rating, ReaderChoices, Review, ScoreSummary  # noqa: E402

SORTS = ("helpful", "newest", "highest", "lowest", "verified")
PAGES = (1, 2, 100, 500)
STARS = ("5", "4", "3", "2", "1")
FEW, WITH_FEW = 3, 20  # reviews, titles
RATED = 200  # films by the member who reads


def main(rounds):
    many, few = _title("-reviews"), Title.objects.filter(score_summary__reviews=FEW).order_by("pk")[:WITH_FEW]
    readers = {"": Client(), "member": Client()}
    readers["member"].force_login(_reader())
    found = {
        "reviews": Review.objects.count(),
        "of_one": many.reviews.count(),
        "votes": HelpfulVote.objects.filter(review__title=many).count(),
        "pages": _pages(readers, many, rounds),
        "queries": {
            name: {
                "few": max(_queries(readers[reader], title, path) for title in few),
                "many": _queries(readers[reader], many, path),
            }
            for name, (reader, path) in ASKED.items()
        },
        "verbs": {name: _shares(_timed(verb, many, rounds * 5)) for name, verb in VERBS.items()},
    }
    print(json.dumps(found))


def _title(order):
    return Title.objects.get(pk=ScoreSummary.objects.order_by(order).values("pk")[:1])


def _readers():
    """Members who have said nothing of the title: made for the purpose, and there at the next run."""
    handles = [f"bench-reader-{number}" for number in range(100)]
    known = Member.objects.filter(handle__in=handles)
    if not known.exists():
        Member.objects.bulk_create(Member(email=f"{one}@members.invalid", handle=one) for one in handles)
    return list(known.order_by("pk"))


def _reader():
    """A member who has rated many films, and whose taste may be compared with that of every third author."""
    reader = _readers()[0]
    ReaderChoices.objects.get_or_create(member=reader, defaults={"shares_taste": True})
    rated = Title.objects.filter(score_summary__reviews__gt=FEW).order_by("-score_summary__reviews")[1 : RATED + 1]
    facts = {"member": reader, "half_stars": 8, "rated_on": timezone.localdate()}
    Rating.objects.bulk_create((Rating(title=title, **facts) for title in rated), ignore_conflicts=True)
    return reader


# ------------------------------------------------------------------ pages
COLUMNS = {
    "all": ("", False),
    "by stars": ("", True),
    "member": ("member", False),
    "member, by stars": ("member", True),
}


def _pages(readers, title, rounds):
    """Milliseconds of each page of reviews, for each kind of reader, with and without a filter by stars.

    Pages take turns, so that what else the machine does is not one page's. What a process reads once is read before.
    """
    taken = {}
    for number in range(rounds + 1):
        for (sort, page), (column, (who, starred)) in product(product(SORTS, PAGES), COLUMNS.items()):
            stars = f"&stars={STARS[number % len(STARS)]}" if starred else ""
            clock, cpu = _get(readers[who], f"/titles/{title.slug}/reviews/?sort={sort}&page={page}{stars}")
            if number:
                each = taken.setdefault(f"{sort}, page {page}", {})
                each.setdefault(column, []).append(clock)
                each.setdefault("cpu", []).append(cpu)
    return {
        name: {f"{column} {share}": ms for column, all in each.items() for share, ms in _shares(all).items()}
        for name, each in taken.items()
    }


def _get(client, address):
    """Milliseconds of a page, by the clock and of processors: ours, and the database's if it is on this machine."""
    cpu, began = _cpu(), perf_counter()
    answer = client.get(address)
    clock = (perf_counter() - began) * 1000
    assert answer.status_code == 200, address
    return clock, _cpu() - cpu


def _cpu():
    return process_time() * 1000 + running_milliseconds(_backend())


@cache
def _backend():
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return cursor.fetchone()[0]


def _shares(times):
    """The nearest ranks: of 20 times the p95 is the last but one."""
    return {f"p{share}": sorted(times)[ceil(len(times) * share / 100) - 1] for share in (50, 95)}


ASKED = {
    "the title page": ("", ""),
    "the title page, for a member": ("member", ""),
    "the first page of reviews": ("", "reviews/"),
    "the first page of reviews, for a member": ("member", "reviews/"),
}


def _queries(client, title, path):
    """Number of queries of a page that no process keeps; the first time fills what a process reads once."""
    for _ in range(2):
        pages.forget()
        with CaptureQueriesContext(connection) as captured:
            client.get(f"/titles/{title.slug}/{path}")
    return len(captured)


# ------------------------------------------------------------------ verbs
def _timed(verb, title, times):
    """Milliseconds of each of that many calls; what they write is taken back."""
    work, undo = verb(title, times)
    taken = []
    for number in range(times):
        began = perf_counter()
        work(number)
        taken.append((perf_counter() - began) * 1000)
    undo()
    return taken


def _rating(title, times):
    members, on = _readers(), timezone.localdate()

    def rate(number):
        member, stars = members[number % len(members)], 1 + number % 10
        Rating.objects.record(title=title, member=member, half_stars=stars, on=on)

    return rate, lambda: Rating.objects.filter(title=title, member__in=members).delete()


def _voting(title, times):
    members, now = _readers(), timezone.now()
    reviews = list(title.reviews.order_by("pk")[:times])

    def vote(number):
        voter, review = members[number % len(members)], reviews[number % len(reviews)]
        HelpfulVote.objects.record(review=review, voter=voter, helpful=number % 3 > 0, at=now)

    return vote, lambda: HelpfulVote.objects.filter(voter__in=members).delete()


VERBS = {"rate": _rating, "vote": _voting}


if __name__ == "__main__":
    main(int(sys.argv[1]))
