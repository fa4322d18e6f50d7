"""A rating as a file names it, and the columns of our own files."""

from dataclasses import dataclass, field
from datetime import date

KIND = "kinopost ratings"
COLUMNS = {  # of our own CSV: heading, and what of a Row it holds
    "Title": "name",
    "Year": "year",
    "Rating": "stars",
    "Rated on": "day",
    "IMDb": "imdb",
    "Kinopost": "slug",
}
FIELDS = ("name", "year", "half_stars", "day", "imdb", "slug")  # of our own JSON
NUMBERS = ("year", "half_stars")


@dataclass(frozen=True)
class Row:
    """A film and what it is given: 1 to 10 half stars, and the day, if the file has one. `line` is where it stands."""

    name: str
    half_stars: int
    rated_on: date | None = None
    year: int | None = None
    imdb: str = ""
    slug: str = ""
    original: str = field(default="", compare=False)
    line: int = field(default=0, compare=False)

    @property
    def stars(self):
        return f"{self.half_stars / 2:g}"

    @property
    def day(self):
        return self.rated_on.isoformat() if self.rated_on else ""


@dataclass(frozen=True)
class LeftOut:
    """A row that cannot be taken, and why."""

    line: int
    name: str
    why: str
