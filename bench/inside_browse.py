"""What bench.browse measures, in a process of its own with Django: prints JSON, or how many titles there are."""

import json
import os
import resource
import statistics
import sys
from time import perf_counter, process_time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.db import connection, transaction  # noqa: E402
from django.http import QueryDict  # noqa: E402
from django.test import Client  # noqa: E402

from catalogue.browse import declared, fresh  # noqa: E402
from catalogue.browse.asked import PERSON, order_of, read  # noqa: E402
from catalogue.browse.chosen import Chosen  # noqa: E402
from catalogue.browse.words import Words  # noqa: E402
from catalogue.models import Title  # noqa: E402

SQL_ROUNDS = 2
# The floor: the counts of three facets for the titles that fit, as one would ask the tables; ours are of twenty.
FLOOR = """
WITH chosen AS (SELECT id AS title_id, year FROM catalogue_title WHERE id = ANY (%s))
SELECT 'genre', genre_id::text, count(*) FROM catalogue_titlegenre JOIN chosen USING (title_id) GROUP BY 2
UNION ALL SELECT 'country', country_id, count(*) FROM catalogue_titlecountry JOIN chosen USING (title_id) GROUP BY 2
UNION ALL SELECT 'decade', (year / 10)::text, count(*) FROM chosen GROUP BY 2
"""


def classes():
    """{name of a class of requests: query string}."""
    busiest = _one("SELECT p.slug FROM catalogue_person p JOIN catalogue_credit k ON k.person_id = p.id "
                   "GROUP BY 1 ORDER BY count(*) DESC LIMIT 1")  # fmt: skip
    genres = [slug for (slug,) in _all("SELECT g.slug FROM catalogue_genre g JOIN catalogue_titlegenre t "
              "ON t.genre_id = g.id GROUP BY 1 ORDER BY count(*) DESC LIMIT 3")]  # fmt: skip
    countries = [code for (code,) in _all("SELECT country_id FROM catalogue_titlecountry GROUP BY 1 "
                 "ORDER BY count(*) DESC LIMIT 3")]  # fmt: skip
    one, two = f"genre={genres[0]}", f"genre={genres[0]}&country={countries[0]}"
    many = (
        f"{two}&genre={genres[1]}&country={countries[1]}&decade=1990s&decade=2000s&format=dvd&kind=film&colour=colour"
    )
    sorts = {f"sorted, {sort.name}": f"sort={sort.name}" for sort in [*declared.sorts()]}
    return {
        "no filter": "",
        "one facet": one,
        "two facets": two,
        "seven facets": many,
        "years": "year_from=1950&year_to=1979",
        "a person": f"person={busiest}",
        "nothing found": f"{two}&year_from=1870&year_to=1871",
        "last page": "page=999999999",
        "last page, one facet": f"{one}&page=999999999",
        "list": "view=list",
        **sorts,
        "sorted, name": "sort=name",
    }


def _all(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def _one(sql):
    return _all(sql)[0][0]


def once():
    """What happens once: reading all titles (seconds, MB), and taking in a change (milliseconds)."""
    before = _memory()
    began = perf_counter()
    fresh.current()
    found = {"load s": perf_counter() - began, "memory MB": _memory() - before}
    look = _timed(fresh.current, 50)
    return found | {"look ms": statistics.median(look), "change ms": _of_a_change()}


def _memory():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _of_a_change():
    """Milliseconds until the index knows another year of a title; the year is put back."""
    title = Title.objects.exclude(year=None).order_by("pk").first()
    times = []
    for year in [1931, title.year] * 3:
        with transaction.atomic():
            Title.objects.filter(pk=title.pk).update(year=year)
        times += _timed(fresh.current, 1)
    return statistics.median(times)


def _timed(work, rounds):
    times = []
    for _ in range(rounds):
        began = perf_counter()
        work()
        times.append((perf_counter() - began) * 1000)
    return times


def engine(query):
    """The answer without its page: every count, and the keys of the titles on it."""
    index, site = fresh.current()
    words = Words([*declared.facets(), PERSON], index, site)
    asked, _ = read(QueryDict(query), words)
    chosen = Chosen(index, asked)
    for facet in declared.facets():
        chosen.counts(facet.name)
    chosen.page(order_of(asked), max(chosen.size - 48, 0), chosen.size)
    return chosen


def measure(query, rounds):
    client, address = Client(), f"/titles/?{query}"
    assert client.get(address).status_code == 200, query
    pages, began = [], process_time()
    for _ in range(rounds):
        pages += _timed(lambda: client.get(address), 1)
    cpu = (process_time() - began) / rounds * 1000
    alone = _timed(lambda: engine(query), rounds)
    chosen = engine(query)
    return {
        "found": chosen.size,
        "engine p50": _percentile(alone, 50),
        "engine p95": _percentile(alone, 95),
        **{f"page p{share}": _percentile(pages, share) for share in (50, 95, 99)},
        "cpu": cpu,
        "sql": _floor(chosen) if "sort=" not in query and "page=" not in query else None,
    }


def _percentile(times, share):
    return sorted(times)[min(len(times) * share // 100, len(times) - 1)]


def _floor(chosen):
    """Milliseconds in which SQL counts three facets of the titles found."""
    ids = chosen.page("name", 0, chosen.size)
    return min(_timed(lambda: _count(ids), SQL_ROUNDS))


def _count(ids):
    with connection.cursor() as cursor:
        cursor.execute(FLOOR, [ids])
        cursor.fetchall()


def main(rounds):
    found = {"once": once(), "classes": {}}
    for name, query in classes().items():
        found["classes"][name] = measure(query, int(rounds))
    print(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1])
