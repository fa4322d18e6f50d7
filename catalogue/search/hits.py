"""What is found, with what is printed of it."""

from dataclasses import dataclass, field

from django.db import connection

from catalogue.cards import address
from catalogue.models.search import SearchKind
from catalogue.models.titles import Role

NAMES = {
    SearchKind.TITLE: """
SELECT t.id, t.slug, t.name, t.sounds, t.year, names.names, names.sounds
FROM catalogue_title t CROSS JOIN LATERAL (
  SELECT array_agg(n.name ORDER BY position) AS names, array_agg(n.sounds ORDER BY position) AS sounds
  FROM catalogue_titlename n WHERE n.title_id = t.id) names
WHERE t.id = ANY (%s)""",
    # Only people with a page: the rule of PersonQuerySet.with_page.
    SearchKind.PERSON: """
SELECT p.id, p.slug, p.name, p.sounds, NULL, names.names, names.sounds
FROM catalogue_person p CROSS JOIN LATERAL (
  SELECT array_agg(a.name ORDER BY position, id) AS names, array_agg(a.sounds ORDER BY position, id) AS sounds
  FROM catalogue_personalias a WHERE a.person_id = p.id) names
WHERE p.id = ANY (%s) AND coalesce(p.has_page, p.biography <> '' OR (
  SELECT count(*) FROM (SELECT FROM catalogue_credit WHERE person_id = p.id LIMIT 2) two) = 2)""",
    SearchKind.COLLECTION: """
SELECT c.id, c.slug, c.name, c.sounds, NULL, NULL, NULL FROM catalogue_collection c WHERE c.id = ANY (%s)""",
}
DIRECTORS = """
SELECT c.title_id, array_agg(p.name ORDER BY c.position)
FROM catalogue_credit c JOIN catalogue_person p ON p.id = c.person_id
WHERE c.title_id = ANY (%s) AND c.role IN ('director', 'creator') GROUP BY c.title_id
"""
# What people are known for: the part they had most often, their most popular title in it, how many titles.
PARTS = """
SELECT DISTINCT ON (person_id) person_id, role, (array_agg(t.name ORDER BY d.rank DESC, t.id))[1],
  sum(count(DISTINCT c.title_id)) OVER (PARTITION BY person_id)::int, count(*)
FROM catalogue_credit c JOIN catalogue_title t ON t.id = c.title_id
  JOIN catalogue_searchdocument d ON d.kind = 1 AND d.owner = c.title_id
WHERE c.person_id = ANY (%s) GROUP BY person_id, role ORDER BY person_id, count(*) DESC, role
"""
SIZES = "SELECT collection_id, count(*) FROM catalogue_titlecollection WHERE collection_id = ANY (%s) GROUP BY 1"
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
    found = {}
    for kind, query in NAMES.items():
        keys = [key for of, key in candidates if of == kind]
        for row in _rows(query, keys):
            found[kind, row[0]] = Named(kind, *row)
    return found


def describe(hits):
    """Add directors to titles, parts to people and sizes to collections: one query for each kind there is."""
    by_kind = {kind: {hit.key: hit for hit in hits if hit.kind == kind} for kind in ("title", "person", "collection")}
    for key, names in _rows(DIRECTORS, list(by_kind["title"])):
        by_kind["title"][key].directors = names
    for key, role, title, titles, _ in _rows(PARTS, list(by_kind["person"])):
        by_kind["person"][key].about = f"{Role(role).label.capitalize()} of {title}, {_titles(titles)}"
    for key, titles in _rows(SIZES, list(by_kind["collection"])):
        by_kind["collection"][key].about = _titles(titles)
    return hits


def _titles(number):
    return "1 title" if number == 1 else f"{number:,} titles"


def _rows(query, keys):
    if not keys:
        return []
    with connection.cursor() as cursor:
        cursor.execute(query, [keys])
        return cursor.fetchall()
