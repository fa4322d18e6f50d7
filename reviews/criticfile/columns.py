"""The columns of a file of critics' reviews (docs/critics-import.md), in the order of the export."""

from typing import NamedTuple

COLUMNS = (
    "title",
    "year",
    "imdb",
    "critic",
    "critic_slug",
    "top_critic",
    "publication",
    "publication_slug",
    "publication_url",
    "fresh",
    "score",
    "quote",
    "published_on",
    "added_on",
    "url",
)
NEEDED = ("critic", "publication", "fresh")  # and title or imdb
OTHER_NAMES = {"top": "top_critic", "verdict": "fresh", "film": "title", "link": "url", "imdb_id": "imdb"}


class Row(NamedTuple):
    """A row of a file: the line it begins on, and what its cells say ({column: value}) or why they cannot be taken.

    A column that the file has not is not in `said`.
    """

    number: int
    said: dict | None
    problem: str = ""
