"""Who is meant by a name: people found as it is typed, told apart by their lives and works, and by names alike.

All by what a search keeps of names (docs/search.md), so that a list of 300,000 people is never read or counted.
"""

from django.db import connection

from catalogue.models import Role
from catalogue.models.search import HEADS, SearchKind
from catalogue.names import fold
from catalogue.sounds import sounds

MOST = 120  # people an autocomplete leads to: who sees none of them among the first types more
BEGINS = "left(term, {length}) = %(typed)s"  # as long as there is an index of the most popular
LONGER = "term LIKE %(typed)s || '%%'"
# Best first: of exactly that name, whose name begins so, with a word that does, with all words in any order.
FOUND = """
SELECT owner FROM (
  (SELECT owner, 0 AS place, rank FROM catalogue_searchterm
    WHERE kind = %(person)s AND term = %(typed)s AND start = 0 ORDER BY rank DESC LIMIT %(most)s)
  UNION ALL (SELECT owner, CASE start WHEN 0 THEN 1 ELSE 2 END, rank FROM catalogue_searchterm
    WHERE kind = %(person)s AND {begins} ORDER BY rank DESC LIMIT %(most)s)
  UNION ALL (SELECT owner, 3, rank FROM catalogue_searchdocument
    WHERE kind = %(person)s AND words @@ %(words)s::tsquery ORDER BY rank DESC LIMIT %(most)s)) found
GROUP BY owner ORDER BY min(place), max(rank) DESC, owner LIMIT %(most)s
"""
NEWEST = "SELECT id FROM catalogue_person ORDER BY id DESC LIMIT %(few)s"
LIVES = """
SELECT p.id, p.name, left(p.born_on, 4), left(p.died_on, 4), best.role, best.name, best.year
FROM catalogue_person p LEFT JOIN LATERAL (
  SELECT c.role, t.name, t.year FROM catalogue_credit c JOIN catalogue_title t ON t.id = c.title_id
    LEFT JOIN catalogue_searchdocument d ON d.kind = %(title)s AND d.owner = t.id
  WHERE c.person_id = p.id ORDER BY d.rank DESC NULLS LAST, t.id LIMIT 1) best ON true
WHERE p.id = ANY (%(ids)s)
"""
NAMED = """
SELECT folded, id FROM catalogue_person WHERE folded = ANY (%(names)s)
UNION SELECT folded, person_id FROM catalogue_personalias WHERE folded = ANY (%(names)s) ORDER BY 2
"""
# Names whose first half is the same, heard as we hear them, and that differ by a letter or two.
ALIKE = """
SELECT asked.name, t.owner FROM (
  SELECT name, term, left(term, length(term) / 2) AS head
  FROM unnest(%(names)s::text[], %(terms)s::text[]) said (name, term)) asked
CROSS JOIN LATERAL (
  SELECT owner, term FROM catalogue_searchterm WHERE kind = %(person)s AND start = 0
    AND term ~>=~ asked.head AND term ~<~ (asked.head || '~')
    AND length(term) BETWEEN length(asked.term) - 2 AND length(asked.term) + 2) t
WHERE levenshtein_less_equal(t.term, asked.term, 2) <= CASE WHEN length(asked.term) < 9 THEN 1 ELSE 2 END
ORDER BY 1, levenshtein(t.term, asked.term), 2
"""
SHORTEST = 5  # letters of a name for which others can be taken
IN = {Role.ACTOR: "actor in", Role.SELF: "in", Role.PRESENTER: "presenter of"}


def search(term, first, number):
    """Ids of people for what is typed, from place `first` on, best first; the newest people for nothing."""
    heard = sounds(term)
    if not heard:
        return _column(NEWEST, {"few": first + number})[first:]
    typed = "".join(heard)
    begins = BEGINS.format(length=len(typed)) if len(typed) in HEADS else LONGER
    words = " & ".join(f"'{word}':*" for word in heard) if len(heard) > 1 else ""
    values = {"typed": typed, "words": words, "person": SearchKind.PERSON, "most": MOST}
    begins = begins if len(typed) > 1 else "false"
    return _column(FOUND.format(begins=begins), values)[first : first + number]


def described(ids):
    """{id: who it is}: the name, the years of life and the best known title with the part in it."""
    rows = _rows(LIVES, {"ids": list(ids), "title": SearchKind.TITLE}) if ids else ()
    return {pk: _told(name, life(born, died), role, title, year) for pk, name, born, died, role, title, year in rows}


def life(born, died):
    """ "1934–2014", "born 1934", "died 2014" or "" for two dates or years."""
    born, died = (born or "")[:4], (died or "")[:4]
    if born and died:
        return f"{born}–{died}"
    return f"born {born}" if born else f"died {died}" if died else ""


def named(names):
    """{folded name: ids of the people called so, by their own name or another}."""
    return _gathered(NAMED, {"names": list({fold(name) for name in names})}) if names else {}


def alike(names):
    """{name: ids of people with nearly that name}."""
    terms = {name: "".join(sounds(name)) for name in names}
    terms = {name: term for name, term in terms.items() if len(term) >= SHORTEST}
    values = {"names": list(terms), "terms": list(terms.values()), "person": SearchKind.PERSON}
    return _gathered(ALIKE, values) if terms else {}


def _told(name, lived, role, title, year):
    work = f"{IN.get(role, f'{role} of')} {title}{f' ({year})' if year else ''}" if title else ""
    return ", ".join(filter(None, (name, lived, work)))


def _gathered(sql, values):
    found = {}
    for name, pk in _rows(sql, values):
        found.setdefault(name, []).append(pk)
    return {name: list(dict.fromkeys(ids)) for name, ids in found.items()}


def _column(sql, values):
    return [value for (value,) in _rows(sql, values)]


def _rows(sql, values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()
