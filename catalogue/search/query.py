"""What somebody typed, as the index holds names."""

from dataclasses import dataclass
from functools import cached_property

from catalogue.names import fold
from catalogue.rules import FIRST_YEAR, LAST_YEAR
from catalogue.sounds import sound, words

LONGEST = 200
MOST_WORDS = 12
LONGEST_TERM = 100  # as migration 0005 cuts them
# So frequent in names that they tell little: they need not be there.
FAINT = set(
    map(
        sound,
        "the a an of and in to at on by for with is le la les l un une de des du et".split()
        + "der die das ein und el los las il i y".split(),
    )
)


@dataclass(frozen=True)
class Query:
    """The words of a query as they sound; `year` is set if one of them may be the year of a title."""

    text: str
    words: tuple
    year: int | None = None

    @classmethod
    def of(cls, text):
        text = _clean(text)
        plain = words(text)[:MOST_WORDS]
        return cls(text, tuple(map(sound, plain)), _year(plain))

    @cached_property
    def joined(self):
        """The words run together, as names are."""
        return "".join(self.words)[:LONGEST_TERM]

    @cached_property
    def folded(self):
        return fold(self.text)

    @cached_property
    def telling(self):
        """The words that a name must have: all but the frequent ones, if there are others."""
        return tuple(word for word in self.words if word not in FAINT) or self.words

    @cached_property
    def without_year(self):
        """The query without its year; None if it names none, or nothing else."""
        if self.year is None or len(self.words) < 2:
            return None
        year = str(self.year)
        last = len(self.words) - 1 - self.words[::-1].index(year)
        text = " ".join(self.text.replace(year, " ").replace("()", " ").split())
        return Query(text, self.words[:last] + self.words[last + 1 :])


def _clean(text):
    return text.replace("\0", " ").encode("utf-8", "ignore").decode().strip()[:LONGEST]


def _year(plain):
    years = [int(word) for word in plain if len(word) == 4 and word.isdecimal()]
    return next((year for year in reversed(years) if FIRST_YEAR <= year <= LAST_YEAR), None)
