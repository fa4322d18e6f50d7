"""The demo's shelves: copies of nearly every title, more of what is asked for much."""

from collections import defaultdict
from datetime import date, timedelta

from django.db.models import Count

from catalogue.models import Disc, Title
from rentals import barcodes
from rentals.models import Copy

NEW = 14  # titles whose first copy came lately
ABSENT = 4  # titles of which we have no copy
MOST_COPIES = 13  # of one title
MEDIUM_SHARE = {"blu-ray": 3, "4k": 2, "dvd": 2}


def stocked(chance, now):
    """Films on the shelf (keys, the most rated first), and {title: copies of its first discs}."""
    titles = _titles()
    barcodes.used_up_to(len(Copy.objects.bulk_create(_copies(titles, chance, now))))
    copies = defaultdict(list)
    rows = Copy.objects.filter(disc__number=1).select_related("disc__release").order_by("barcode")
    for copy in rows:
        copies[copy.disc.release.title_id].append(copy)
    series = set(Title.objects.filter(kind="series").values_list("pk", flat=True))
    return [title for title in titles[:-ABSENT] if title not in series], copies


def _titles():
    rows = Title.objects.filter(releases__discs__isnull=False).annotate(n=Count("ratings", distinct=True))
    return list(rows.order_by("-n", "slug").values_list("pk", flat=True))


def _copies(titles, chance, now):
    discs, days = _discs(titles, now), _first_days(titles, chance, now)
    numbers = iter(range(1, 10**6))
    for rank, title in enumerate(titles[:-ABSENT]):
        for disc, out_on in _shared_out(discs[title], round(MOST_COPIES / (1 + rank / 20) ** 0.6)):
            number = next(numbers)
            day = days[title] + timedelta(days=chance.choice((0, 0, 0, 2, 9)))
            place = {"barcode": barcodes.new_code(number), "shelf": f"{number // 200 + 1}-{number % 200:03}"}
            yield Copy(disc_id=disc, acquired_on=max(min(day, now.date()), out_on), **place)


def _discs(titles, now):
    """{title: [((disc, the day it came out), share)]} of what is out."""
    found = defaultdict(list)
    out = Disc.objects.filter(release__title__in=titles, release__released_on__lte=now.date().isoformat())
    rows = out.order_by("release__title", "release__position", "number")
    facts = rows.values_list("release__title", "pk", "number", "release__medium", "release__released_on")
    for title, disc, number, medium, released_on in facts:
        out_on = date.fromisoformat(f"{released_on or 1900}-01-01"[:10])  # of a year or a month, the first day
        found[title].append(((disc, out_on), MEDIUM_SHARE[medium] if number == 1 else 0))
    return found


def _shared_out(discs, copies):
    """At least one of each disc; of `copies` as many as its share."""
    whole = sum(share for _, share in discs)
    for disc, share in discs:
        yield from [disc] * max(1, round(copies * share / whole))


def _first_days(titles, chance, now):
    """{title: the day of its first copy}: the newest editions came lately."""
    newest = Title.objects.filter(pk__in=titles[:-ABSENT]).order_by("-releases__released_on", "slug")
    newest = list(dict.fromkeys(newest.filter(releases__released_on__lt="2026").values_list("pk", flat=True)))[:NEW]
    today = now.date()
    days = {title: today - timedelta(days=chance.randint(760, 1900)) for title in titles}
    return days | {title: today - timedelta(days=2 + 4 * place) for place, title in enumerate(newest)}
