"""The titles most popular now."""

from django.db import connection, transaction

POPULAR = """
INSERT INTO catalogue_populartitle (title_id, position)
SELECT title_id, row_number() OVER (ORDER BY count(*) DESC, max(rated_on) DESC, title_id)
FROM reviews_rating GROUP BY title_id ORDER BY 2 LIMIT 24
"""


@transaction.atomic
def rebuild_popular():
    """Make the list anew; readers see the old one until all is done. One rebuild at a time, by a table lock."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE catalogue_populartitle IN SHARE ROW EXCLUSIVE MODE")
        cursor.execute("DELETE FROM catalogue_populartitle")
        cursor.execute(POPULAR)
