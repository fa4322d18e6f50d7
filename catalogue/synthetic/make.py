"""Fill an empty database with a made-up catalogue."""

from collections import defaultdict

import numpy
from django.db import connection, transaction

from catalogue.models import Country, PageVersion, Person, PersonAlias, Title
from catalogue.synthetic import editions, films, parts, words
from catalogue.synthetic.chance import Chance
from catalogue.synthetic.lands import lands
from catalogue.synthetic.loading import bare, count_on, load
from catalogue.synthetic.people import People
from catalogue.synthetic.slugs import AllSlugs

BATCH = 5000
COLUMNS = {
    **words.COLUMNS,
    Person: ["id", "slug", "name", "born_on", "died_on", "birthplace", "biography"],
    PersonAlias: ["person", "name", "language", "script", "position"],
    **films.COLUMNS,
    **editions.COLUMNS,
}
VERSIONS = """
INSERT INTO catalogue_pageversion (title_id, version, changed_at)
  SELECT id, pg_current_xact_id()::text::bigint, now() FROM catalogue_title
"""
# What the triggers that are off would have done: the article of a title's own language counts for nothing in lists.
LISTED = """
UPDATE catalogue_title SET sort_key = catalogue_without_article(name_key, id)
WHERE sort_key <> catalogue_without_article(name_key, id)
"""
SITE = "UPDATE catalogue_siteversion SET version = pg_current_xact_id()::text::bigint"


class NotEmpty(Exception):
    """The database has rows that the made-up ones would mix with."""


def make(titles, seed, day, progress=lambda count: None):
    """Make `titles` titles as of `day`: all or none. Raises NotEmpty. `progress` is called with counts of titles."""
    chance, slugs = Chance(seed), AllSlugs()
    with transaction.atomic():
        _refuse_mixing()
        with bare([*COLUMNS, *parts.COLUMNS, PageVersion]):
            described = words.Words(chance, titles, slugs)
            _load(described.rows)
            _load_films(chance, titles, day, described, slugs, progress)
            _execute(VERSIONS)
        _execute(LISTED)
        count_on([*COLUMNS, *parts.COLUMNS])
        _execute(SITE)
    _execute("ANALYZE")


def _refuse_mixing():
    """Lock the titles, so that nobody else brings any meanwhile."""
    _execute("LOCK TABLE catalogue_title IN ACCESS EXCLUSIVE MODE")
    held = [str(model._meta.verbose_name_plural) for model in COLUMNS if model.objects.exists()]
    if held:
        raise NotEmpty(f"This database holds {', '.join(held)} already: make one for this.")


def _load_films(chance, titles, day, described, slugs, progress):
    known = lands(list(Country.objects.order_by("code").values_list("code", flat=True)))
    people = People(chance, titles, _shares(known), slugs.of(Person), day)
    load(Person, COLUMNS[Person], list(people.rows()))
    load(PersonAlias, COLUMNS[PersonAlias], people.alias_rows())
    maker = films.Films(chance, day, known, people, described, slugs.of(Title))
    released = editions.Editions(chance, day, titles, described)
    for keys, ranks in _batches(chance, titles):
        rows = defaultdict(list)
        made = [maker.make(key, rank, rows) for key, rank in zip(keys, ranks, strict=True)]
        for film in made:
            released.make(film, rows)
        _load(rows)
        _load(parts.rows(chance, made))
        progress(len(made))


def _batches(chance, titles):
    """(ids, ranks) of so many titles at a time: how popular a title is has nothing to do with its number."""
    ranks = chance.numbers.permutation(titles).tolist()
    for first in range(0, titles, BATCH):
        batch = ranks[first : first + BATCH]
        yield range(first + 1, first + 1 + len(batch)), batch


def _shares(known):
    """{language: share of titles} by the weights that `Films` draws countries with."""
    shares = defaultdict(float)
    weights = (numpy.arange(len(known)) + films.LAND_SHIFT) ** -films.LAND_POWER
    for (_, languages), weight in zip(known, weights / weights.sum(), strict=True):
        shares[languages[0]] += 0.8 * float(weight)
        for language in languages:
            shares[language] += 0.2 * float(weight) / len(languages)
    return shares


def _load(rows):
    for model, fields in (COLUMNS | parts.COLUMNS).items():
        load(model, fields, rows.get(model))


def _execute(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)
