"""Half a year of a shop's life for the demo: copies, rentals, queues. All made up, the same for the same day.

Few titles are asked for much and many a little (Zipf), each member leans to some; a disc stays about nine days.
"""

import heapq
import random
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from functools import cache
from itertools import accumulate

from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from catalogue.models import Disc, Title
from rentals import ranks
from rentals.models import Copy, QueueEntry, Rental

DAYS = 180
NEW = 14  # titles whose first copy came lately
ABSENT = 4  # titles of which we have no copy
PLACES = (1, 1, 2, 2, 4)
MEDIUM_SHARE = {"blu-ray": 3, "4k": 2, "dvd": 2}
ROUND, POST, CHECK_IN = time(10), time(15), time(9)


@dataclass
class Shop:
    """What the half year needs to know."""

    now: datetime
    chance: random.Random
    titles: list  # keys, the most rated first
    members: list
    copies: dict = field(default_factory=dict)  # title: copies of its first discs
    free_at: dict = field(default_factory=dict)  # barcode: when the copy is in again
    had: dict = field(default_factory=dict)  # member: titles

    def at(self, day, hour):
        return timezone.make_aware(datetime.combine(day, hour))


@transaction.atomic
def make_activity(*, members, favoured, now):
    """Make copies, rentals and queues up to `now` for `members`; the `favoured` first ones always have discs."""
    titles = Title.objects.filter(releases__discs__isnull=False).annotate(n=Count("ratings", distinct=True))
    keys = list(titles.order_by("-n", "slug").values_list("pk", flat=True))
    shop = Shop(now, random.Random(1957), keys, members)
    Copy.objects.bulk_create(_copies(shop))
    rentals = list(_rentals(shop, favoured))
    Rental.objects.bulk_create(rentals)
    QueueEntry.objects.bulk_create(_queues(shop, favoured))
    return rentals


# ------------------------------------------------------------------ the shelves
def _copies(shop):
    discs, days = _discs(shop), _first_days(shop)
    numbers = iter(range(1, 10**6))
    for rank, title in enumerate(shop.titles[:-ABSENT]):
        shop.copies[title] = []
        for disc, number in _shared_out(discs[title], round(11 / (1 + rank / 14) ** 0.6)):
            code = next(numbers)
            day = days[title] + timedelta(days=shop.chance.choice((0, 0, 0, 2, 9)))
            copy = Copy(disc_id=disc, barcode=f"{code:08}", shelf=f"{code // 200 + 1}-{code % 200:03}")
            copy.acquired_on = min(day, shop.now.date())
            if number == 1:
                shop.copies[title].append(copy)
            shop.free_at[copy.barcode] = shop.at(copy.acquired_on, CHECK_IN)
            yield copy


def _discs(shop):
    """{title: [(disc, number, share)]} of what is out."""
    found, today = {}, shop.now.date().isoformat()
    out = Disc.objects.filter(release__title__in=shop.titles, release__released_on__lte=today)
    rows = out.order_by("release__title", "release__position", "number")
    for title, disc, number, medium in rows.values_list("release__title", "pk", "number", "release__medium"):
        found.setdefault(title, []).append((disc, number, MEDIUM_SHARE[medium] if number == 1 else 0))
    return found


def _shared_out(discs, copies):
    """At least one of each disc; of `copies` as many as its share."""
    whole = sum(share for _, _, share in discs)
    for disc, number, share in discs:
        yield from [(disc, number)] * max(1, round(copies * share / whole))


def _first_days(shop):
    """{title: the day of its first copy}: the newest editions came lately."""
    newest = Title.objects.filter(pk__in=shop.titles[:-ABSENT]).order_by("-releases__released_on", "slug")
    newest = list(dict.fromkeys(newest.filter(releases__released_on__lt="2026").values_list("pk", flat=True)))[:NEW]
    today = shop.now.date()
    days = {title: today - timedelta(days=shop.chance.randint(300, 1500)) for title in shop.titles}
    return days | {title: today - timedelta(days=2 + 4 * place) for place, title in enumerate(newest)}


# ------------------------------------------------------------------ half a year
def _rentals(shop, favoured):
    """Rentals in the order of their day: a member whose disc is back gets the next."""
    start = shop.now.date() - timedelta(days=DAYS)
    due = []
    for number in range(len(shop.members)):
        places = 2 if number < favoured else PLACES[number % len(PLACES)]
        first = [start + timedelta(days=shop.chance.randint(0, 60)) for _ in range(places)]
        due += [(shop.at(_weekday(day), ROUND), number, place) for place, day in enumerate(first, 1)]
    heapq.heapify(due)
    while due and due[0][0] <= shop.now:
        at, number, place = heapq.heappop(due)
        copy, back = _pick(shop, number, at), at + timedelta(days=1)
        if copy:
            rental = _rental(shop, copy, number, place, at)
            back = rental.checked_in_at
            yield rental
        if back:
            pause = 0 if number < favoured else shop.chance.choice((0, 0, 0, 1, 7, 21))
            day = _weekday(back.date() + timedelta(days=pause))
            heapq.heappush(due, (shop.at(day, ROUND), number, place))


def _rental(shop, copy, number, place, at):
    days = 4 + round(shop.chance.lognormvariate(2.1, 0.45))
    back = shop.at(_weekday(at.date() + timedelta(days=days)), CHECK_IN)
    posted = shop.at(at.date(), POST)
    shop.free_at[copy.barcode] = back
    return Rental(
        copy=copy,
        member=shop.members[number],
        place=place,
        allocated_at=at,
        posted_at=posted if posted <= shop.now else None,
        checked_in_at=back if back <= shop.now else None,
    )


def _pick(shop, number, at):
    """A copy that is in at `at`, of a title the member has not had; None if luck would have it so."""
    had = shop.had.setdefault(number, set())
    for title in _wishes(shop, number, 12):
        free = [copy for copy in shop.copies.get(title, ()) if shop.free_at[copy.barcode] <= at]
        if free and title not in had:
            had.add(title)
            return shop.chance.choice(free)
    return None


def _weekday(day):
    """`day`, or the Monday after it if it is at a weekend."""
    return day + timedelta(days=max(0, 8 - day.isoweekday())) if day.isoweekday() > 5 else day


# ------------------------------------------------------------------ wishes
def _wishes(shop, number, count):
    """`count` titles as this member would choose them, some perhaps twice."""
    return shop.chance.choices(shop.titles, cum_weights=_weights(len(shop.titles), number % 5), k=count)


@cache
def _weights(titles, taste):
    return list(accumulate((3 if place % 5 == taste else 1) / (place + 3) ** 0.9 for place in range(titles)))


def _queues(shop, favoured):
    """Every third member has one."""
    for number, member in enumerate(shop.members):
        if number < favoured or number % 3 == 0:
            length = shop.chance.randint(5, 20)
            wished = [t for t in dict.fromkeys(_wishes(shop, number, 60)) if t not in shop.had.get(number, ())]
            for position, title in enumerate(wished[:length], 1):
                asked = shop.now - timedelta(days=shop.chance.uniform(0, 60))
                yield QueueEntry(member=member, title_id=title, rank=position * ranks.GAP, asked_at=asked)
