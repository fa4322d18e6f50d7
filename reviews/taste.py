"""How near two members' tastes are, by a rule that anybody can check by hand.

Take the films both rated. For each, take how many stars the two ratings are apart, whichever is the higher. The mean of
these is how far apart the two are: "0.6 stars apart on 14 films". Nothing is weighed, corrected or guessed, and it is
said from TASTE_IN_COMMON films in common on; below that chance speaks louder than taste.

Why this one: the mean absolute difference has no unit but stars, and needs no calculator. Ringo, one of the first to
compare readers (U. Shardanand and P. Maes, "Social information filtering", CHI 1995), tried it beside correlation. That
would call two perfectly alike who are always two stars apart, and nobody could check it.

Only between members who both allow it (ReaderChoices.shares_taste) and who are both heard: an account that is closed or
banned is compared with nobody.
"""

from collections import Counter
from dataclasses import dataclass

from django.db import connection
from django.db.models import Exists, F, IntegerField
from django.db.models.functions import Abs

from catalogue.wording import counted
from reviews.models import Rating, ReaderChoices
from reviews.thresholds import TASTE_IN_COMMON

RULE = f"The mean of how many stars your ratings are apart, said from {TASTE_IN_COMMON} films in common on."


@dataclass(frozen=True)
class Match:
    """How many films two members both rated, and the sum of the half stars by which their ratings differ."""

    films: int
    half_stars_apart: int

    @property
    def is_said(self):
        return self.films >= TASTE_IN_COMMON

    @property
    def apart(self):
        """The mean distance in stars: 0.6."""
        return self.half_stars_apart / 2 / self.films

    @property
    def stars(self):
        """The mean distance in stars to one decimal, halves rounded up: "0.6"."""
        tenths = (10 * self.half_stars_apart + self.films) // (2 * self.films)
        return f"{tenths / 10:.1f}"

    def words(self):
        """ "On average 0.6 stars from you, on 14 films you both rated"."""
        films = f"{counted(self.films, 'film')} you both rated"
        if not self.half_stars_apart:
            return f"Gave the same stars as you to all {films}"
        return f"On average {self.stars} stars from you, on {films}"


# Ratings are read by their members, and compared then. A join would be read by the film, as that looks shorter:
# of a film that everybody has rated that is 100,000 ratings for twenty authors. The authors are named twice for the
# same reason: the choices of these are read, not of all members.
BESIDE = """
WITH mine AS MATERIALIZED (
  SELECT title_id, half_stars FROM reviews_rating WHERE member_id = %(reader)s AND counts
    AND (SELECT shares_taste FROM reviews_readerchoices WHERE member_id = %(reader)s)
), theirs AS MATERIALIZED (
  SELECT r.member_id, r.title_id, r.half_stars FROM reviews_rating r
  JOIN reviews_readerchoices c ON c.member_id = r.member_id AND c.member_id = ANY (%(authors)s) AND c.shares_taste
  WHERE r.member_id = ANY (%(authors)s) AND r.member_id <> %(reader)s AND r.counts
    AND (SELECT shares_taste FROM reviews_readerchoices WHERE member_id = %(reader)s)
)
SELECT theirs.member_id, count(*), sum(abs(theirs.half_stars - mine.half_stars))
FROM theirs JOIN mine USING (title_id) GROUP BY theirs.member_id
"""


def beside(reader, authors):
    """{author's key: Match} of those `authors` (keys) with whom `reader` may be compared. One query for all."""
    with connection.cursor() as cursor:
        cursor.execute(BESIDE, {"reader": reader.pk, "authors": list(authors)})
        matches = {author: Match(films, apart) for author, films, apart in cursor}
    return {author: match for author, match in matches.items() if match.is_said}


def put_beside(reader, reviews):
    """Give each of `reviews` (Review.words) its `taste` where there is one to be said. Returns them."""
    matches = beside(reader, {review["author_id"] for review in reviews}) if reader.is_authenticated and reviews else {}
    for review in reviews:
        review["taste"] = matches.get(review["author_id"])
    return reviews


def allow_it(reader, other):
    """Whether these two may be compared: two members, both heard, who both said so."""
    allowing = ReaderChoices.objects.filter(shares_taste=True, member__is_active=True, member__ban=None)
    return reader.pk != other.pk and allowing.filter(member__in=(reader, other)).count() == 2


def in_common(reader, other):
    """The ratings of `other` of films that `reader` rated too, the farthest apart first: with `mine` and `distance`."""
    films = _both(reader.pk).filter(member=other).annotate(mine=F("title__ratings__half_stars"))
    return films.select_related("title").order_by("-distance", "title__sort_key", "title")


def _both(reader):
    """Ratings that count, of films that `reader` (a key) rated too, with their `distance` in half stars.

    None at all if the reader or their author does not share taste.
    """
    said = Exists(ReaderChoices.objects.filter(member=reader, shares_taste=True))
    return (
        Rating.objects.filter(said, counts=True, member__reader_choices__shares_taste=True)
        .filter(title__ratings__member=reader, title__ratings__counts=True)
        .exclude(member=reader)
        .annotate(distance=Abs(F("half_stars") - F("title__ratings__half_stars"), output_field=IntegerField()))
    )


def working(distances):
    """[{"stars", "films", "sum"}]: how many films are 0, 0.5, 1 … stars apart; `distances` are in half stars."""
    films = Counter(distances)
    return [{"stars": f"{d / 2:g}", "films": films[d], "sum": f"{films[d] * d / 2:g}"} for d in sorted(films)]
