"""What is found, with what is printed of it."""

from dataclasses import dataclass, field

from django.db import connection

from catalogue.cards import address
from catalogue.models.search import SearchKind
from catalogue.models.titles import Role

NAMES = """
SELECT 1, t.id, t.slug, t.name, t.sounds, t.year, names.names, names.sounds
FROM catalogue_title t CROSS JOIN LATERAL (
  SELECT array_agg(n.name ORDER BY position) AS names, array_agg(n.sounds ORDER BY position) AS sounds
  FROM catalogue_titlename n WHERE n.title_id = t.id) names
WHERE t.id = ANY (%(title)s::bigint[])
UNION ALL
SELECT 2, p.id, p.slug, p.name, p.sounds, NULL, names.names, names.sounds
FROM catalogue_person p CROSS JOIN LATERAL (
  SELECT array_agg(a.name ORDER BY position, id) AS names, array_agg(a.sounds ORDER BY position, id) AS sounds
  FROM catalogue_personalias a WHERE a.person_id = p.id) names
WHERE p.id = ANY (%(person)s::bigint[]) AND coalesce(p.has_page, p.biography <> '' OR (
  SELECT count(*) FROM (SELECT FROM catalogue_credit WHERE person_id = p.id LIMIT 2) two) = 2)
UNION ALL
SELECT 3, c.id, c.slug, c.name, c.sounds, NULL, NULL, NULL FROM catalogue_collection c
WHERE c.id = ANY (%(collection)s::bigint[])
"""
# Of titles the directors. Of people the part they had most often, their most popular title in it, and how many titles.
ABOUT = """
SELECT 1, c.title_id, array_agg(p.name ORDER BY c.role DESC, c.position), 0
FROM catalogue_credit c JOIN catalogue_person p ON p.id = c.person_id
WHERE c.title_id = ANY (%(title)s::bigint[]) AND c.role IN ('director', 'creator') GROUP BY c.title_id
UNION ALL
SELECT 2, p.id, ARRAY[parts.role, best.name], parts.titles
FROM unnest(%(person)s::bigint[]) AS p (id)
CROSS JOIN LATERAL (
  SELECT mode() WITHIN GROUP (ORDER BY c.role) AS role, count(DISTINCT c.title_id) AS titles
  FROM catalogue_credit c JOIN catalogue_title t ON t.id = c.title_id AND t.hidden_until IS NULL
  WHERE c.person_id = p.id) parts
CROSS JOIN LATERAL (
  SELECT t.name FROM catalogue_title t WHERE t.id = (
    SELECT c.title_id FROM catalogue_credit c JOIN catalogue_searchdocument d ON d.kind = 1 AND d.owner = c.title_id
    WHERE c.person_id = p.id AND c.role = parts.role ORDER BY d.rank DESC, d.owner LIMIT 1)) best
UNION ALL
SELECT 3, collection_id, NULL, count(*) FROM catalogue_titlecollection m
JOIN catalogue_title t ON t.id = m.title_id AND t.hidden_until IS NULL
WHERE collection_id = ANY (%(collection)s::bigint[]) GROUP BY collection_id
"""
PAGES = {
    SearchKind.TITLE: "catalogue:title",
    SearchKind.PERSON: "catalogue:person",
    SearchKind.COLLECTION: "catalogue:collection",
}


@dataclass
class Hit:
    """One thing found: `kind` is "title", "person" or "collection", `matched` the other name it was found by."""

    kind: str
    key: int
    name: str
    url: str
    year: int | None = None
    matched: str = ""
    directors: list = field(default_factory=list)
    about: str = ""
    availability: dict | None = None


class Named:
    """A candidate with its names: [(name, forms)], the one that is printed first."""

    def __init__(self, kind, key, slug, name, sounds, year, others, other_sounds):
        self.kind, self.key, self.slug, self.year = kind, key, slug, year
        self.names = [(name, sounds), *zip(others or (), other_sounds or (), strict=True)]

    def hit(self, matched):
        name = self.names[0][0]
        url = address(PAGES[self.kind], self.slug)
        return Hit(self.kind.name.lower(), self.key, name, url, self.year, "" if matched == name else matched)


def named(candidates):
    """{(kind, key): Named} of `candidates`, (kind, key) pairs, without people who have no page."""
    rows = _rows(NAMES, candidates)
    return {(kind, key): Named(SearchKind(kind), key, *row) for kind, key, *row in rows}


def describe(hits):
    """Add directors to titles, parts to people and sizes to collections, in one query."""
    by_key = {(SearchKind[hit.kind.upper()].value, hit.key): hit for hit in hits}
    for kind, key, words, number in _rows(ABOUT, by_key):
        _describe(by_key[kind, key], words, number)
    return hits


def _describe(hit, words, number):
    if hit.kind == "title":
        hit.directors = words
    elif hit.kind == "person":
        role, title = words
        part = "Actor in" if role == Role.ACTOR else f"{Role(role).label.capitalize()} of"
        hit.about = f"{part} {title}, {_titles(number)}"
    else:
        hit.about = _titles(number)


def _titles(number):
    return "1 title" if number == 1 else f"{number:,} titles"


def _rows(query, pairs):
    if not pairs:
        return []
    keys = {kind.name.lower(): [key for of, key in pairs if of == kind] for kind in SearchKind}
    with connection.cursor() as cursor:
        cursor.execute(query, keys)
        return cursor.fetchall()
