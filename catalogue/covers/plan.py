"""What the cover of a film will be: palette, motif, typeface and a source of numbers.

All of it follows from the record and from bytes of SHA-256, never from a
library's random numbers, so every server draws the same cover in any year.
"""

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from itertools import count

from .choices import (
    GENRE_MOTIFS,
    MOOD_OF_GENRE,
    MOTIF_OF_WORD,
    NUMBER_OF_WORD,
    PALETTE_OF_WORD,
    REGION_OF_COUNTRY,
    REGION_PALETTES,
)


class Dice:
    """Numbers drawn one after another from the digests of "key/0", "key/1" and so on."""

    def __init__(self, key):
        self._bytes = self._stream(key)

    @staticmethod
    def _stream(key):
        for block in count():
            yield from hashlib.sha256(f"{key}/{block}".encode()).digest()

    def between(self, low, high):
        """A float from `low` to `high`, both possible."""
        return low + (high - low) * (next(self._bytes) * 256 + next(self._bytes)) / 65535

    def whole(self, low, high):
        """An int from `low` to `high`, both possible; not more than 256 apart."""
        return low + next(self._bytes) % (high - low + 1)

    def pick(self, options):
        return options[next(self._bytes) % len(options)]


@dataclass(frozen=True)
class Plan:
    """The decisions about one cover.

    `count` is the number in the name (3 to 24, "8½" is 8.5) or None. `dice`
    still has the numbers the motif will draw, so a plan serves one drawing.
    """

    palette: str
    motif: str
    face: str
    count: float | None
    dice: Dice


def make_plan(name, year, countries, genres):
    """Decide on the cover of a film. Unknown countries and genres, and None as year, have defaults."""
    words = words_of(name)
    dice = Dice(f"{' '.join(words) or _normal(name)}|{year}")
    number = _number(words)
    # The dice fall in this order, whether or not the name overrules them.
    palette = _first(words, PALETTE_OF_WORD, dice.pick(REGION_PALETTES[_region(countries)][_mood(genres)]))
    motif = _first(words, MOTIF_OF_WORD, dice.pick(_motifs(genres)))
    return Plan(palette, "count" if number else motif, _face(year, dice), number, dice)


def words_of(name):
    """The words and numbers of a name in plain a-z and 0-9: "L’Été 8½" gives ["lete", "8", "half"]."""
    plain = _normal(name.replace("½", " half")).encode("ascii", "ignore").decode().lower()
    return re.findall(r"[a-z]+|\d+", plain.replace("'", ""))


def _normal(name):
    return unicodedata.normalize("NFKD", name)


def _first(keys, table, default):
    """What the table has for the first of the keys in it."""
    return next((table[key] for key in keys if key in table), default)


def _number(words):
    """The first number from 3 to 24 in a name, half a one more with the word "half"; None if there is none."""
    numbers = (int(word) if word.isdigit() else NUMBER_OF_WORD.get(word, 0) for word in words)
    number = next((number for number in numbers if 3 <= number <= 24), None)
    return number + 0.5 if number and "half" in words else number


def _region(countries):
    return _first(countries, REGION_OF_COUNTRY, "other")


def _mood(genres):
    """One dark genre makes a dark cover, failing that a warm one a warm cover."""
    moods = {MOOD_OF_GENRE.get(genre) for genre in genres}
    return next((mood for mood in ("dark", "warm") if mood in moods), "quiet")


def _motifs(genres):
    """What the first two genres allow; a motif in both lists has twice the chance."""
    allowed = [motif for genre in genres[:2] for motif in GENRE_MOTIFS.get(genre, [])]
    return allowed or GENRE_MOTIFS["Drama"]


def _face(year, dice):
    """The typeface of the time. Only condensed capitals, before 1950, leave the dice alone."""
    year = int(year or 1990)
    if year < 1950:
        return "condensed"
    if year < 1970:
        return dice.pick(["clarendon", "grotesk"])
    if year < 2000:
        return dice.pick(["wide", "grotesk", "clarendon"])
    return dice.pick(["clarendon", "grotesk", "wide", "condensed"])
