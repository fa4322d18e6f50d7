"""Scores of made-up titles (`bin/manage make_big`): the sums alone, without the ratings they would be the sums of."""

import numpy

from reviews.models import ScoreSummary

FIELDS = [
    "title",
    "histogram",
    "verified_histogram",
    "reviews",
    "critic_reviews",
    "fresh_reviews",
    "top_critic_reviews",
]
MOST = 60_000  # ratings of the most popular title
HALF_STARS = numpy.arange(1, 11)


def summaries(chance, films):
    """Rows of ScoreSummary: the more popular, the more ratings, by Zipf's law."""
    numbers, ranks = chance.numbers, numpy.array([film.rank for film in films])
    quality, spread = numbers.normal(6.6, 1.1, len(films)), numbers.uniform(1.2, 2.2, len(films))
    shares = numpy.exp(-(((HALF_STARS - quality[:, None]) / spread[:, None]) ** 2) / 2)
    ratings = (MOST / (ranks + 2) ** 0.85 * numbers.uniform(0.4, 1.6, len(films))).astype(int)
    histograms = numbers.multinomial(ratings, shares / shares.sum(axis=1, keepdims=True))
    critics = numbers.poisson(300 / (ranks + 2) ** 0.4)
    fresh = numbers.binomial(critics, numpy.clip((quality - 3.5) / 5, 0.02, 0.99))
    verified, top = numbers.binomial(histograms, 0.4), numbers.binomial(critics, 0.2)
    columns = (histograms, verified, numbers.binomial(ratings, 0.03), critics, fresh, top)
    return {ScoreSummary: zip((film.id for film in films), *(column.tolist() for column in columns), strict=True)}
