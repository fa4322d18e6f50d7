"""What bench.reviews measures, in a process of its own with Django: prints JSON.

python -m bench.inside_reviews ROUNDS
"""

import json
import os
import sys
from itertools import product
from time import perf_counter, process_time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402

from catalogue import pages  # noqa: E402
from catalogue.models import Title  # noqa: E402
from members.models import Member  # noqa: E402
from reviews.models import HelpfulVote, Rating, Review, ScoreSummary  # noqa: E402

SORTS = ("helpful", "newest", "highest", "lowest", "verified")
PAGES = (1, 2, 100, 500)
STARS = ("5", "4", "3", "2", "1")
FEW = 3


def main(rounds):
    many, few = _title("-reviews"), Title.objects.filter(score_summary__reviews=FEW).order_by("pk")[0]
    readers = {"": Client(), "member": Client()}
    readers["member"].force_login(_readers()[0])
    found = {
        "reviews": Review.objects.count(),
        "of_one": many.reviews.count(),
        "votes": HelpfulVote.objects.filter(review__title=many).count(),
        "pages": {
            f"{sort}, page {page}": _page(readers, many, sort, page, rounds) for sort, page in product(SORTS, PAGES)
        },
        "queries": {
            name: {"few": _queries(readers[reader], few, path), "many": _queries(readers[reader], many, path)}
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


# ------------------------------------------------------------------ pages
def _page(readers, title, sort, page, rounds):
    """Milliseconds of a page of reviews, for each kind of reader, with and without a filter by stars."""
    found, began, times = {}, process_time(), {}
    for who, client in readers.items():
        plain = [f"?sort={sort}&page={page}"] * rounds
        starred = [f"?sort={sort}&page={page}&stars={STARS[number % len(STARS)]}" for number in range(rounds)]
        for column, queries in ((who or "all", plain), (f"{who}, by stars" if who else "by stars", starred)):
            times[column] = [_get(client, f"/titles/{title.slug}/reviews/{query}") for query in queries]
    cpu = (process_time() - began) * 1000 / sum(map(len, times.values()))
    for column, each in times.items():
        found |= {f"{column} {share}": value for share, value in _shares(each).items()}
    return found | {"cpu": cpu}


def _get(client, address):
    began = perf_counter()
    answer = client.get(address)
    assert answer.status_code == 200, address
    return (perf_counter() - began) * 1000


def _shares(times):
    return {f"p{share}": sorted(times)[min(len(times) * share // 100, len(times) - 1)] for share in (50, 95)}


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
