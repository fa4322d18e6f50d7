"""A member's ratings as CSV and JSON."""

import json

from catalogue.film_files import writing
from reviews.transfer.rows import COLUMNS, FIELDS, KIND, Row


def rows_of(member):
    """The member's ratings, the latest first. Two queries."""
    ratings = list(member.ratings.select_related("title").order_by("-rated_on", "-pk"))
    imdb = writing.imdb_numbers([rating.title_id for rating in ratings])
    return [
        Row(
            name=rating.title.name,
            year=rating.title.year,
            half_stars=rating.half_stars,
            rated_on=rating.rated_on,
            imdb=imdb.get(rating.title_id, ""),
            slug=rating.title.slug,
        )
        for rating in ratings
    ]


def as_csv(rows):
    return writing.as_csv(COLUMNS, ([getattr(row, name) for name in COLUMNS.values()] for row in rows))


def as_json(rows):
    ratings = [{name: getattr(row, name) for name in FIELDS} for row in rows]
    return json.dumps({"kind": KIND, "version": 1, "ratings": ratings}, ensure_ascii=False, indent=1).encode()
