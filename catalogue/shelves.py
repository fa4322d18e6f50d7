"""What the page of a genre or a country shows first: its most popular, newest and best titles, and its decades.

A genre of a large catalogue has a hundred thousand titles, and to find the twelve best of them takes as long as to
look at all. So they are found for all genres and countries at once, whenever suggestions are made anew, and a page
reads a few dozen rows by an index, however many titles there are. What has left the genre since is not shown.
"""

from django.conf import settings
from django.db import connection, transaction

PER_SHELF = 12
# The weighted mean of charts (docs/scores.md): few ratings count for little.
WEIGHT = settings.SCORES["chart_prior_ratings"]

# The best have at least one rating; the newest are on disc, so what is only announced does not count.
FACTS = """
CREATE TEMPORARY TABLE shelf_facts AS
SELECT t.id, t.year / 10 * 10 AS decade, t.year, v.ratings,
  CASE WHEN v.ratings > 0 THEN (v.stars + %(weight)s * v.mean) / (v.ratings + %(weight)s) END AS score,
  r.released, coalesce(s.rentals, 0) AS rentals
FROM catalogue_title t
LEFT JOIN rentals_stock s ON s.title_id = t.id
LEFT JOIN (
  SELECT title_id, count(*) AS ratings, sum(half_stars) AS stars,
    sum(sum(half_stars)) OVER () / sum(count(*)) OVER () AS mean
  FROM reviews_rating WHERE counts GROUP BY title_id) v ON v.title_id = t.id
LEFT JOIN (
  SELECT title_id, max(released_on) AS released FROM catalogue_release
  WHERE released_on <= to_char(now(), 'YYYY-MM-DD') GROUP BY title_id) r ON r.title_id = t.id
WHERE t.hidden_until IS NULL
"""
ORDERS = {
    "popular": ("true", "rentals DESC, ratings DESC NULLS LAST, year DESC NULLS LAST"),
    "newest": ("released IS NOT NULL", "released DESC, year DESC NULLS LAST"),
    "best": ("score IS NOT NULL", "score DESC"),
}
SHELF = """
INSERT INTO catalogue_shelftitle ({of}_id, shelf, title_id, position)
SELECT * FROM (
  SELECT g.{of}_id, '{shelf}', f.id, row_number() OVER (PARTITION BY g.{of}_id ORDER BY {order}, f.id) AS place
  FROM catalogue_title{of} g JOIN shelf_facts f ON f.id = g.title_id WHERE {where}) ranked
WHERE place <= {most}
"""
COUNT = """
INSERT INTO catalogue_shelfcount ({of}_id, decade, titles)
SELECT g.{of}_id, f.decade, count(*) FROM catalogue_title{of} g JOIN shelf_facts f ON f.id = g.title_id
GROUP BY g.{of}_id, f.decade
"""


@transaction.atomic
def rebuild_shelves():
    """Make all shelves anew; readers see the old ones until all is done. One rebuild at a time, by a table lock."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE catalogue_shelftitle IN SHARE ROW EXCLUSIVE MODE")
        cursor.execute("DELETE FROM catalogue_shelftitle")
        cursor.execute("DELETE FROM catalogue_shelfcount")
        cursor.execute(FACTS, {"weight": WEIGHT})
        for statement in _statements():
            cursor.execute(statement)
        cursor.execute("DROP TABLE shelf_facts")


def _statements():
    for of in ("genre", "country"):
        for shelf, (where, order) in ORDERS.items():
            yield SHELF.format(of=of, shelf=shelf, where=where, order=order, most=PER_SHELF)
        yield COUNT.format(of=of)
