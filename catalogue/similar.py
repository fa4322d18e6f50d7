"""Titles like a title, worked out from all of the catalogue at once.

Two titles are alike by what they share: people, collections, a genre or a country within ten years. Each shared thing
counts by how rare it is (the inverse of the logarithm of how many titles have it, as in text retrieval's idf); what
more than FEW titles share says nothing and is left out. Ties go to the title with more ratings.
"""

from django.db import connection, transaction

FEW = 400
KEPT = 12

SIMILAR = """
WITH features AS (
  SELECT title_id, 'p' || person_id AS feature, 2.0 AS weight FROM catalogue_credit
    WHERE role IN ('director', 'creator', 'writer', 'actor', 'cinematographer', 'composer')
  UNION SELECT title_id, 'd' || person_id, 2.0 FROM catalogue_credit WHERE role IN ('director', 'creator')
  UNION SELECT title_id, 'c' || collection_id, 1.0 FROM catalogue_titlecollection
  UNION SELECT c.title_id, 'l' || c.country_id || d, 1.0 FROM catalogue_titlecountry c
    JOIN catalogue_title t ON t.id = c.title_id, LATERAL (VALUES (t.year / 10), ((t.year + 5) / 10 + 1000)) v(d)
  UNION SELECT g.title_id, 'g' || g.genre_id || '-' || d, 0.6 FROM catalogue_titlegenre g
    JOIN catalogue_title t ON t.id = g.title_id, LATERAL (VALUES (t.year / 10), ((t.year + 5) / 10 + 1000)) v(d)),
telling AS (
  SELECT feature, max(weight) / ln(1 + count(*)) AS weight FROM features WHERE feature IS NOT NULL
  GROUP BY feature HAVING count(*) BETWEEN 2 AND %(few)s),
pairs AS (
  SELECT a.title_id, b.title_id AS other_id, sum(t.weight) AS weight
  FROM features a JOIN telling t USING (feature) JOIN features b USING (feature)
  WHERE a.title_id <> b.title_id GROUP BY a.title_id, b.title_id),
ranked AS (
  SELECT p.title_id, p.other_id, row_number() OVER (
    PARTITION BY p.title_id ORDER BY p.weight DESC, coalesce(r.ratings, 0) DESC, p.other_id) AS position
  FROM pairs p LEFT JOIN (SELECT title_id, count(*) AS ratings FROM reviews_rating GROUP BY title_id) r
    ON r.title_id = p.other_id)
INSERT INTO catalogue_similartitle (title_id, other_id, position)
SELECT title_id, other_id, position FROM ranked WHERE position <= %(kept)s
"""


@transaction.atomic
def rebuild_similar():
    """Make the lists anew; readers see the old ones until all is done. One rebuild at a time, by a table lock."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE catalogue_similartitle IN SHARE ROW EXCLUSIVE MODE")
        cursor.execute("DELETE FROM catalogue_similartitle")
        cursor.execute(SIMILAR, {"few": FEW, "kept": KEPT})
