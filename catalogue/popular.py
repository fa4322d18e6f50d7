"""The titles most popular at home now."""

from django.db import connection, transaction

DAYS = 30

# What was rented lately comes first, then what was rented ever, then what was rated.
POPULAR = """
CREATE TEMPORARY TABLE popular_now AS
SELECT title_id, row_number() OVER (ORDER BY sum(lately) DESC, sum(ever) DESC, sum(ratings) DESC, title_id) AS position
FROM (
  SELECT r.title_id, count(*) AS lately, 0 AS ever, 0 AS ratings
    FROM rentals_rental n JOIN rentals_copy c ON c.id = n.copy_id
    JOIN catalogue_disc d ON d.id = c.disc_id JOIN catalogue_release r ON r.id = d.release_id
    WHERE n.allocated_at > now() - make_interval(days => %s) AND n.cancelled_at IS NULL GROUP BY r.title_id
  UNION ALL SELECT title_id, 0, rentals, 0 FROM rentals_stock WHERE rentals > 0
  UNION ALL SELECT title_id, 0, 0, count(*) FROM reviews_rating WHERE counts GROUP BY title_id) counted
GROUP BY title_id ORDER BY 2 LIMIT 24
"""
# Who changes what a card shows locks its title, and then touches the pages that show it: in the same order as here.
SHOWN = """
SELECT FROM catalogue_title WHERE id IN (
  SELECT title_id FROM popular_now UNION SELECT title_id FROM catalogue_populartitle) ORDER BY id FOR SHARE
"""
INSERT = "INSERT INTO catalogue_populartitle (title_id, position) SELECT title_id, position FROM popular_now"


@transaction.atomic
def rebuild_popular():
    """Make the list anew; readers see the old one until all is done. One rebuild at a time, by a table lock."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE catalogue_populartitle IN SHARE ROW EXCLUSIVE MODE")
        cursor.execute(POPULAR, [DAYS])
        for statement in (SHOWN, "DELETE FROM catalogue_populartitle", INSERT, "DROP TABLE popular_now"):
            cursor.execute(statement)
