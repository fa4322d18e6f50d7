"""A film as a file names it, and the columns of our own files."""

from dataclasses import dataclass, field

from catalogue.models import Medium

KIND = "kinopost"
COLUMNS = {  # of our own files: heading, and what of a Row it holds
    "Position": "position",
    "Title": "name",
    "Year": "year",
    "Edition": "edition",
    "Disc": "disc",
    "Asked": "asked",
    "Paused": "paused",
    "Wait": "wait",
    "IMDb": "imdb",
    "Kinopost": "slug",
}
NUMBERS = ("position", "year", "disc")
EDITIONS = dict(Medium.choices)


@dataclass(frozen=True)
class Row:
    """A film in a file.

    `edition` is the name of a medium or, together with `disc`, the slug of a release; "" for any. `asked` and `paused`
    are instants in ISO form or "", `slug` is that of the film's page here, `line` where the row stands in the file.
    """

    name: str = ""
    year: int | None = None
    imdb: str = ""
    slug: str = ""
    edition: str = ""
    disc: int | None = None
    asked: str = ""
    paused: str = ""
    wait: str = ""
    position: int | None = None
    original: str = field(default="", compare=False)
    line: int = field(default=0, compare=False)
