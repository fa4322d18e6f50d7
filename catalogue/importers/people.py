"""From the names in records to people, made where there are none."""

import re

from django.db import connection

from catalogue.importers.copying import copy_rows, reserve_ids
from catalogue.importers.words import unique_slugs
from catalogue.models import Person
from catalogue.names import fold, slug, sort_key
from catalogue.rules import SLUG as SLUG_RULE
from catalogue.sounds import forms

SLUG = re.compile(SLUG_RULE)
BY_NAME = """
WITH wanted AS (SELECT DISTINCT unnest(%s::text[]) AS folded)
SELECT folded, min(id) FROM (
  SELECT w.folded, p.id FROM wanted w JOIN catalogue_person p USING (folded)
  UNION SELECT w.folded, a.person_id FROM wanted w JOIN catalogue_personalias a USING (folded)) hits
GROUP BY folded
"""
COLUMNS = ["id", "slug", "name", "folded", "sort_key", "sounds", "biography", "birthplace", "born_on", "died_on"]


class People:
    """Ids of the people named in one batch. `gather` first, then ask."""

    def __init__(self):
        self.by_slug, self.by_name = {}, {}

    def gather(self, records):
        """Look up everybody in `records`: by slug where one is given, else by name or alias. Add who is missing."""
        named = dict(_named_in(records))
        slugs = {slug for slug, _ in named if slug} | {name for _, name in named if SLUG.match(name)}
        self.by_slug = dict(Person.objects.filter(slug__in=slugs).values_list("slug", "pk"))
        self.by_name = _found({fold(name) for slug, name in named if not slug})
        self._add({key: name for key, name in named.items() if self.id(*key) is None})

    def id(self, slug, name):
        """Id of the person with that slug, else of that name; a name may be a slug itself."""
        return self.by_slug.get(slug or name) or (None if slug else self.by_name.get(fold(name)))

    def _add(self, missing):
        """Add the people `missing`; one spelled in several ways by the first of them."""
        people = _told_apart(missing)
        if not people:
            return
        ids = reserve_ids(Person, len(people))
        slugs = unique_slugs(Person, [slug_ or slug(name) for slug_, name in people])
        rows = [
            (pk, made, name, fold(name), sort_key(name), forms(name), "", "", "", "")
            for pk, made, (_, name) in zip(ids, slugs, people, strict=True)
        ]
        copy_rows(Person, COLUMNS, rows)
        self._remember(people, ids)

    def _remember(self, people, ids):
        for (slug_, name), pk in zip(people, ids, strict=True):
            if slug_:
                self.by_slug[slug_] = pk
            self.by_name.setdefault(fold(name), pk)


def _told_apart(missing):
    """[(slug or None, name)] of the people meant. Who is named only is one with a slug who is called so, if any is."""
    with_slug, named = {}, {}
    for slug_, name in missing:
        if slug_:
            with_slug.setdefault(slug_, name)
        else:
            named.setdefault(fold(name), name)
    called = {fold(name) for name in with_slug.values()}
    only_named = [name for key, name in named.items() if key not in called and name not in with_slug]
    return [*with_slug.items(), *((None, name) for name in only_named)]


def _named_in(records):
    for record in records:
        for credit in record.get("credits", ()):
            yield (credit.get("person"), credit["name"]), credit["name"]
        for release in record.get("releases", ()):
            for extra in release.get("extras", ()):
                yield from (((None, name), name) for name in extra.get("people", ()))


def _found(names):
    with connection.cursor() as cursor:
        cursor.execute(BY_NAME, [list(names)])
        return dict(cursor.fetchall())
