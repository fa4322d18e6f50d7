"""Titles and people that may be in the catalogue twice. Each list is one statement, and ends at MOST."""

from dataclasses import dataclass

from django.db import connection

from catalogue.models import Alike, NotTheSame, Person, Title

MOST = 100
# Of one name, and of years that are one apart or not known; or with numbers elsewhere that differ in spelling only.
TITLES = """
WITH pairs AS (
  (SELECT a.id AS first, b.id AS second, 'Same name and year' AS why, 1 AS turn FROM catalogue_title a
   JOIN catalogue_title b ON b.folded = a.folded AND b.id > a.id AND abs(a.year - b.year) <= 1 LIMIT 2000)
  UNION ALL
  (SELECT a.id, b.id, 'Same name, a year is not known', 3 FROM catalogue_title a
   JOIN catalogue_title b ON b.folded = a.folded AND b.id > a.id AND (a.year IS NULL OR b.year IS NULL) LIMIT 2000)
  UNION ALL
  (SELECT least(i.title_id, j.title_id), greatest(i.title_id, j.title_id), 'Same number at ' || i.scheme, 2
   FROM catalogue_titleidentifier i JOIN catalogue_titleidentifier j ON lower(j.value) = lower(i.value)
     AND j.scheme = i.scheme AND j.id > i.id AND j.title_id <> i.title_id LIMIT 2000)
  UNION ALL
  (SELECT least(r.title_id, s.title_id), greatest(r.title_id, s.title_id), 'Same EAN or UPC on an edition', 2
   FROM catalogue_releaseidentifier i
   JOIN catalogue_releaseidentifier j ON ltrim(j.value, '0') = ltrim(i.value, '0') AND j.id > i.id
   JOIN catalogue_release r ON r.id = i.release_id JOIN catalogue_release s ON s.id = j.release_id
   WHERE i.scheme IN ('ean', 'upc') AND j.scheme IN ('ean', 'upc') AND r.title_id <> s.title_id LIMIT 2000))
SELECT first, second, (array_agg(why ORDER BY turn))[1] FROM pairs p WHERE NOT EXISTS (
  SELECT FROM catalogue_notthesame n WHERE n.kind = 'title' AND (n.first, n.second) = (p.first, p.second))
GROUP BY first, second ORDER BY min(turn), first, second LIMIT %s
"""
# Of one name, unless born at different times; those first who worked on one film, or with the same people.
PEOPLE = """
WITH pairs AS (
  SELECT a.id AS first, b.id AS second FROM catalogue_person a
  JOIN catalogue_person b ON b.folded = a.folded AND b.id > a.id
  WHERE (a.born_on = '' OR b.born_on = '' OR left(a.born_on, 4) = left(b.born_on, 4)) AND NOT EXISTS (
    SELECT FROM catalogue_notthesame n WHERE n.kind = 'person' AND (n.first, n.second) = (a.id, b.id)) LIMIT 2000)
SELECT p.first, p.second, CASE WHEN c.films > 0 THEN 'Same name, on the same film' ELSE 'Same name' END
FROM pairs p, LATERAL (
  SELECT count(DISTINCT x.title_id) AS films FROM catalogue_credit x JOIN catalogue_credit y USING (title_id)
  WHERE x.person_id = p.first AND y.person_id = p.second) c
ORDER BY c.films DESC, p.first, p.second LIMIT %s
"""
LISTS = {Title: (Alike.TITLE, TITLES), Person: (Alike.PERSON, PEOPLE)}


@dataclass(frozen=True)
class Suspects:
    """Two rows that may be one, and why one may think so. The older one stays, if nobody says otherwise."""

    stays: object
    gone: object
    why: str


def suspects(model):
    """Pairs of `model`, Title or Person, that look alike and that nobody has said to be different: MOST at most."""
    with connection.cursor() as cursor:
        cursor.execute(LISTS[model][1], [MOST])
        pairs = cursor.fetchall()
    rows = model._base_manager.in_bulk({key for first, second, _ in pairs for key in (first, second)})
    return [Suspects(rows[first], rows[second], why) for first, second, why in pairs]


def not_the_same(model, first, second):
    """Remember that the two, keys of `model`, are different. False if that was known."""
    pair = dict(zip(("first", "second"), sorted((first, second)), strict=True))
    return NotTheSame.objects.get_or_create(kind=LISTS[model][0], **pair)[1]


def same_editions(gone, stays):
    """Pairs of editions (of `gone`, of `stays`) of one medium that may be one, and whether their numbers say so."""
    theirs, ours = (
        list(title.releases.prefetch_related("identifiers").order_by("position")) for title in (gone, stays)
    )
    pairs = ((one, other, bool(_numbers(one) & _numbers(other))) for one in theirs for other in ours)
    return [pair for pair in pairs if pair[0].medium == pair[1].medium and (pair[2] or _look_alike(*pair[:2]))]


def _numbers(release):
    return {each.value.lstrip("0") for each in release.identifiers.all() if each.scheme in ("ean", "upc", "gtin")}


def _look_alike(one, other):
    return one.edition == other.edition and (one.released_on == other.released_on or not one.released_on)


def two_numbers(gone, stays):
    """{scheme: (values of gone, values of stays)} of the schemes in which both have a number: one may be wrong."""
    theirs, ours = _by_scheme(gone), _by_scheme(stays)
    return {scheme: (theirs[scheme], ours[scheme]) for scheme in sorted(theirs.keys() & ours.keys())}


def _by_scheme(row):
    found = {}
    for scheme, value in row.identifiers.order_by("scheme", "value").values_list("scheme", "value"):
        found.setdefault(scheme, []).append(value)
    return found
