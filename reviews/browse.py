"""What the list of titles can be narrowed down and sorted by, that readers and critics say.

The order by rating uses the weighted mean, so that a title which two members love does not lead: CHART_PRIOR ratings of
the mean of all titles are added to each title's own. That mean is rounded to a tenth of a star: a single rating then
moves its own title and no other.
"""

import numpy as np

from catalogue.browse.declared import MISSING, Facet, Sort, register
from catalogue.browse.words import Fixed
from reviews.thresholds import CHART_PRIOR, CRITICS_TO_SHOW, RATINGS_TO_SHOW

FINE = 1_000_000  # steps of a half star that means are told apart by

RATINGS = " + ".join(f"histogram[{place}]" for place in range(1, 11))
HALF_STARS = " + ".join(f"{place} * histogram[{place}]" for place in range(1, 11))
BANDS = Fixed((9, "4.5", "4½ and over"), (8, "4", "4 and over"), (7, "3.5", "3½ and over"), (6, "3", "3 and over"))
SHARES = Fixed((90, "90", "90 % for it"), (75, "75", "75 % and over"), (60, "60", "60 % and over"))


def _reached(bands, share, where):
    """SQL of the bands that `share` (SQL) reaches: whoever has four and a half stars has four."""
    values = ", ".join(f"({band})" for band in bands.by_value)
    return (
        f"SELECT s.title_id, b.band FROM reviews_scoresummary s JOIN (VALUES {values}) AS b(band) "
        f"ON {share} >= b.band WHERE {where}"
    )


# Rounded as they are printed: whoever reads 4.0 finds the title at "4 and over".
MEMBERS = Facet(
    "rating",
    "Members’ rating",
    _reached(BANDS, f"2 * round(({HALF_STARS}) / 2.0 / nullif({RATINGS}, 0), 1)", f"{RATINGS} >= {RATINGS_TO_SHOW}"),
    BANDS,
    ordered=True,
    place=62,
)
CRITICS = Facet(
    "critics",
    "Critics’ score",
    _reached(
        SHARES, "round(100::float * fresh_reviews / nullif(critic_reviews, 0))", f"critic_reviews >= {CRITICS_TO_SHOW}"
    ),
    SHARES,
    ordered=True,
    place=64,
)


def weighted(ratings, half_stars):
    """Weighted means as whole numbers, MISSING without ratings."""
    rated = ratings > 0
    total = ratings[rated].sum()
    mean = round(half_stars[rated].sum() / 2 / total, 1) * 2 if total else 0
    keys = np.full(len(ratings), MISSING, np.int64)
    keys[rated] = FINE * (half_stars[rated] + CHART_PRIOR * mean) / (ratings[rated] + CHART_PRIOR)
    return keys


BEST = Sort(
    "rating", "Highest rated", f"SELECT title_id, {RATINGS}, {HALF_STARS} FROM reviews_scoresummary", weighted, 50
)
PRAISED = Sort(
    "critics",
    "Critics’ favourites",
    f"SELECT title_id, 10000 * fresh_reviews / critic_reviews, 0 FROM reviews_scoresummary "
    f"WHERE critic_reviews >= {CRITICS_TO_SHOW}",
    place=60,
)


def register_ours():
    register(MEMBERS, CRITICS, BEST, PRAISED)
