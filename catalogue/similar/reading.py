"""What the lists are made from, as arrays: titles, what they are made of, who liked them."""

import numpy as np
from django.db import connection
from django.db.models import BigIntegerField, Case, Value, When
from django.db.models.functions import Cast

from catalogue.models import Title
from catalogue.models.announced import announced
from catalogue.similar import sources
from catalogue.similar.neighbours import Features, Likes, World

# Weights are hundredths. A feature is text only here: its hash is what is compared. An era is ten years, each year in
# two of them, so that 1959 and 1960 share one; the three of nine years bring close years closer.
FEATURES = r"""
WITH eras AS (
  SELECT id AS title_id, era FROM catalogue_title, LATERAL (VALUES ('a' || year / 10), ('b' || (year + 5) / 10)) v(era)
    WHERE year IS NOT NULL),
kinds AS (
  SELECT title_id, string_agg(genre_id::text, '|' ORDER BY genre_id) AS kind
    FROM catalogue_titlegenre GROUP BY title_id),
stems AS (
  SELECT id AS title_id, lower(regexp_replace(name, '(:| [-–] | \(|,? (part|vol\.?|volume|chapter) .*| [0-9]+| [IVX]+)'
    '( .*)?$', '', 'i')) AS stem FROM catalogue_title),
features AS (
  SELECT title_id, 'person ' || person_id AS feature, max(CASE role
      WHEN 'director' THEN 200 WHEN 'creator' THEN 200 WHEN 'writer' THEN 200 WHEN 'original author' THEN 200
      WHEN 'actor' THEN CASE WHEN position <= 4 THEN 200 ELSE 100 END ELSE 100 END) AS weight
    FROM catalogue_credit
    WHERE role IN ('director', 'creator', 'writer', 'original author', 'actor', 'presenter', 'cinematographer',
      'composer')
    GROUP BY title_id, person_id
  UNION SELECT title_id, 'director ' || person_id, 200 FROM catalogue_credit WHERE role IN ('director', 'creator')
  UNION SELECT title_id, 'stem ' || stem, 300 FROM stems WHERE length(stem) > 3
  UNION SELECT title_id, 'collection ' || collection_id, 150 FROM catalogue_titlecollection
  UNION SELECT title_id, 'country ' || country_id || era, 70 FROM catalogue_titlecountry JOIN eras USING (title_id)
  UNION SELECT title_id, 'genre ' || genre_id, 100 FROM catalogue_titlegenre
  UNION SELECT title_id, 'genre ' || genre_id || era, 100 FROM catalogue_titlegenre JOIN eras USING (title_id)
  UNION SELECT title_id, 'kind ' || kind || era, 100 FROM kinds JOIN eras USING (title_id)
  UNION SELECT title_id, 'era ' || era, 50 FROM eras
  UNION SELECT id, 'years ' || n || ' ' || (year + n) / 3, 50 FROM catalogue_title, generate_series(0, 2) n
    WHERE year IS NOT NULL)
SELECT title_id::bigint, hashtextextended(feature, 0), weight::bigint FROM features ORDER BY 1, 2
"""
# A title counts once for a member, on the last day that is known.
LIKES = """
SELECT taster::bigint, tasted::bigint, (max(day) - date '2000-01-01')::bigint
FROM ({tastes}) t(taster, tasted, liked, day)
GROUP BY taster, tasted HAVING bool_and(liked) ORDER BY 1, 2
"""


ONE, NONE = (Cast(Value(number), BigIntegerField()) for number in (1, 0))


def world():
    """All that the lists are made from, in an order that does not depend on how the rows lie in the database."""
    ids, rentable, held = _rows(_of(_titles()), 3)
    return World(ids, rentable.astype(bool), held.astype(bool), _features(ids), _likes(ids))


def _titles():
    shelf = {"can": sources.rentable() & announced(), "has": sources.held() & announced()}
    flags = {name: Case(When(condition, then=ONE), default=NONE) for name, condition in shelf.items()}
    return Title.every.order_by("pk").annotate(**flags).values_list("pk", "can", "has")


def _features(ids):
    title, key, hundredths = _rows(FEATURES, 3)
    names, feature = np.unique(key, return_inverse=True)
    return Features(np.searchsorted(ids, title), feature, hundredths / 100, len(names))


def _likes(ids):
    tastes = " UNION ALL ".join(f"({_of(taste)})" for taste in sources.tastes())
    member, title, day = _rows(LIKES.format(tastes=tastes), 3) if tastes else np.zeros((3, 0), np.int64)
    return Likes(np.unique(member, return_inverse=True)[1], np.searchsorted(ids, title), day)


def _of(queryset):
    """The SQL of a queryset with its parameters written out."""
    return connection.ops.compose_sql(*queryset.query.get_compiler(connection=connection).as_sql())


def _rows(sql, columns):
    """Columns of type bigint, none of them empty, as arrays of int64.

    Postgres' binary COPY has rows of one length then, which numpy reads as they are: 4 million credits in seconds.
    """
    names = [f"v{number}" for number in range(columns)]
    with connection.cursor() as cursor, cursor.copy(f"COPY ({sql}) TO STDOUT (FORMAT BINARY)") as copy:
        data = bytearray()
        for row in copy:
            data += row
    layout = np.dtype([("columns", ">i2"), *((name, [("bytes", ">i4"), ("value", ">i8")]) for name in names)])
    table = np.frombuffer(data, layout, offset=19, count=(len(data) - 21) // layout.itemsize)
    return [table[name]["value"].astype(np.int64) for name in names]
