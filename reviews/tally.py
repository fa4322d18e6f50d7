"""Ratings counted by half stars: what is printed of them, and how each figure comes about.

All is reckoned in whole numbers, so what is printed is what a reader gets who does the sum: halves are rounded up, and
a figure with more decimals than we print ends in "…".
"""

from dataclasses import dataclass

from catalogue.wording import stars
from reviews.thresholds import LIKED_FROM, RATINGS_TO_SHOW


@dataclass(frozen=True)
class Tally:
    """`histogram`: ten counts, of ratings of 1 half star, of 2 …, of 10."""

    histogram: list

    @property
    def ratings(self):
        return sum(self.histogram)

    @property
    def half_stars(self):
        """All half stars together."""
        return sum(place * number for place, number in enumerate(self.histogram, 1))

    @property
    def average(self):
        """The mean in stars, to one decimal, or None without ratings."""
        return nearest(self.half_stars * 10, self.ratings * 2) / 10 if self.ratings else None

    @property
    def liked(self):
        """How many gave 3.5 stars or more."""
        return sum(self.histogram[LIKED_FROM - 1 :])

    @property
    def liked_percent(self):
        """Their share as a whole percentage, or None without ratings."""
        return percent(self.liked, self.ratings)

    @property
    def enough(self):
        """There are as many as it takes to print an average."""
        return self.ratings >= RATINGS_TO_SHOW

    def average_worked(self):
        """ "(3 × 3.5 + 2 × 5) ÷ 5 = 4.1, printed 4.1"."""
        terms = [f"{number:,} × {stars(place)}" for place, number in enumerate(self.histogram, 1) if number]
        mean = quotient(self.half_stars, self.ratings * 2)
        return f"({' + '.join(terms)}) ÷ {self.ratings:,} = {mean}, printed {self.average}"

    def liked_worked(self):
        """ "98 ÷ 116 = 84.48…%, printed 84%"."""
        return percent_worked(self.liked, self.ratings)


def nearest(part, whole):
    """The whole number nearest to a quotient; the one above if two are."""
    return (2 * part + whole) // (2 * whole)


def percent(part, whole):
    """A share as a whole percentage, halves rounded up; None of nothing."""
    return nearest(100 * part, whole) if whole else None


def quotient(part, whole, decimals=2):
    """A quotient to two decimals, cut off and marked with "…" where there are more: 4.1, 4.08…"""
    cut, rest = divmod(part * 10**decimals, whole)
    return f"{cut / 10**decimals:.{decimals}f}…" if rest else f"{cut / 10**decimals:g}"


def percent_worked(part, whole):
    """ "26 ÷ 27 = 96.29…%, printed 96%"."""
    return f"{part:,} ÷ {whole:,} = {quotient(100 * part, whole)}%, printed {percent(part, whole)}%"
