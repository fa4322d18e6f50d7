"""What bin/bench search measures in a process of its own, on the database that the environment names; prints JSON.

python -m bench.search_inside quality SOURCE…      how queries are answered
python -m bench.search_inside times ROUNDS EACH    milliseconds by kind of query
"""

import json
import random
import string
import sys
import time
from collections import Counter, defaultdict

import django

django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402

from bench.known_items import GOALS, KnownItems, Name, key, words  # noqa: E402
from catalogue.models import Person, Title, TitleName  # noqa: E402
from catalogue.search import find, suggest  # noqa: E402
from tests.search_gold import address, marks, wishes  # noqa: E402

SEED = 5
CARDS = 48
TRIGRAMS = """
CREATE UNLOGGED TABLE IF NOT EXISTS bench_title_names AS SELECT id, name FROM catalogue_title;
CREATE INDEX IF NOT EXISTS bench_title_names_like ON bench_title_names USING gin (name gin_trgm_ops);
ANALYZE bench_title_names
"""
EQUAL = (
    "SELECT id FROM catalogue_title WHERE folded = %s UNION SELECT title_id FROM catalogue_titlename WHERE folded = %s"
)
ROWS = "SELECT id, slug, name, year, kind, lead, poster FROM catalogue_title WHERE id = ANY (%s)"
LIKE = (
    "SELECT id, name, similarity(name, %s) AS near FROM bench_title_names WHERE name %% %s ORDER BY near DESC LIMIT 48"
)


# ------------------------------------------------------------------ quality
def quality(*sources):
    known = KnownItems(_names())
    made = known.wishes()
    print(
        json.dumps(
            {
                "gold": _marked(wishes(sources)),
                "known": _marked(made),
                "reachable": [
                    known.reachable([wish for wish in made if wish.group == "60% prefix"], n) for n in (1, 5)
                ],
            }
        )
    )


def _names():
    for slug, name, year in Title.objects.values_list("slug", "name", "year"):
        yield Name(address(slug), name, year)
    for slug, name, year, kind in TitleName.objects.values_list("title__slug", "name", "title__year", "kind"):
        yield Name(address(slug), name, year, kind == "original")


def _marked(asked):
    """{class: figures}; of all of them as "all"."""
    got = marks(asked, lambda query: find(query).hits)
    return {group: _figures(some) for group, some in [*got.by_group().items(), ("all", got)]}


def _figures(got):
    figures = {"queries": len(got.answers), "first": got.first, "fifth": got.within(5), "reciprocal": got.reciprocal}
    return figures | {"misses": got.misses()}


# ------------------------------------------------------------------ times
def times(rounds, each):
    """{class: {what was measured: [milliseconds]}}; the subjects take turns, query by query."""
    with connection.cursor() as cursor:
        cursor.execute(TRIGRAMS)
    asked, subjects = _queries(int(each)), _subjects()
    for queries in asked.values():
        _ask(queries[:8], subjects)  # warms the database, and loads what a process loads once
    measured = {group: defaultdict(list) for group in asked}
    for _ in range(int(rounds)):
        for group, queries in asked.items():
            for label, took in _ask(queries, subjects):
                measured[group][label].append(took)
    print(json.dumps(measured))


def _ask(queries, subjects):
    for whole, typed in queries:
        for label, subject in subjects.items():
            query = typed if label.startswith("suggest") else whole
            began = time.perf_counter()
            subject(query)
            yield label, (time.perf_counter() - began) * 1000


def _subjects():
    client, page, list_ = Client(SERVER_NAME="localhost"), reverse("catalogue:search"), reverse("catalogue:suggestions")
    keys = list(Title.objects.order_by("sort_key").values_list("pk", flat=True)[:CARDS])
    return {
        "find": find,
        "find page": lambda query: client.get(page, {"q": query}),
        "suggest": suggest,
        "suggest page": lambda query: client.get(list_, {"q": query}),
        "equal": lambda query: _fetch((EQUAL, [key(query)] * 2), (ROWS, [keys])),
        "trigrams": lambda query: _fetch((LIKE, [query[:200]] * 2)),
    }


def _fetch(*statements):
    with connection.cursor() as cursor:
        for statement, values in statements:
            cursor.execute(statement, values)
            cursor.fetchall()


def _queries(each):
    """{class: [(query, as much of it as a suggestion is asked for)]}"""
    chance = random.Random(SEED)
    titles, people = _sample(Title, each * 6, chance), _sample(Person, each, chance)
    names = [Name(address(title.slug), title.name, title.year) for title in titles]
    originals = TitleName.objects.filter(title__in=titles, kind="original").select_related("title").order_by("pk")
    names += [Name(address(one.title.slug), one.name, one.title.year, True) for one in originals]
    made = defaultdict(list)
    for wish in KnownItems(names, each, SEED).wishes():
        made[wish.group].append(wish.query)
    made["person"] = [person.name for person in people]
    made["person + year"] = [f"{words(person.name).split()[-1]} {chance.randint(1930, 2020)}" for person in people]
    made["common words"] = _common(names, each)
    made["nothing like it"] = ["".join(chance.choices(string.ascii_lowercase, k=9)) for _ in range(each)]
    made["a page of text"] = [" ".join(name.text for name in chance.sample(names, 30)) for _ in range(each // 4)]
    order = [*GOALS, *(group for group in made if group not in GOALS)]
    return {group: [(query, _typed(query, chance)) for query in made[group]] for group in order if made[group]}


def _sample(model, number, chance):
    """Some rows of a model whose keys have no big gaps."""
    last = model.objects.order_by("-pk").values_list("pk", flat=True).first()
    keys = chance.sample(range(1, last + 1), min(last, number))
    return list(model.objects.filter(pk__in=keys).order_by("pk"))


def _common(names, each):
    """The words that most names have, and pairs of them: the most there is to rank."""
    common = [
        word for word, _ in Counter(word for name in names for word in words(name.text).split()).most_common(each)
    ]
    return common[: each // 2] + [f"{one} {other}" for one, other in zip(common, common[1 : each // 2], strict=False)]


def _typed(query, chance):
    """The beginning of `query`, of at least two letters: what has been typed when suggestions are asked for."""
    return query[: chance.randint(2, max(2, min(len(query), 30)))]


if __name__ == "__main__":
    {"quality": quality, "times": times}[sys.argv[1]](*sys.argv[2:])
