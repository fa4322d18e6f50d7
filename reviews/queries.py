"""Queries of readers' words and scores, named for what they are for."""

from contextlib import contextmanager

from django.db import connection, models, transaction
from django.db.models import Case, Count, ExpressionWrapper, F, FloatField, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Sqrt

# z of the normal distribution at 95 %, for the lower bound of the Wilson interval.
# E. B. Wilson, "Probable inference, the law of succession, and statistical inference", 1927.
Z = 1.96
LATEST = 24  # reviews among which the front page looks for the most helpful

REBUILD = """
INSERT INTO reviews_scoresummary (title_id, histogram, reviews, critic_reviews, fresh_reviews)
SELECT t.id,
  ARRAY(SELECT count(r.id)::int FROM generate_series(1, 10) AS s(half_stars)
        LEFT JOIN reviews_rating r ON r.title_id = t.id AND r.half_stars = s.half_stars
        GROUP BY s.half_stars ORDER BY s.half_stars),
  (SELECT count(*) FROM reviews_review v WHERE v.title_id = t.id),
  (SELECT count(*) FROM reviews_criticreview c WHERE c.title_id = t.id),
  (SELECT count(*) FROM reviews_criticreview c WHERE c.title_id = t.id AND c.fresh)
FROM catalogue_title t WHERE t.id = ANY (%s)
ON CONFLICT (title_id) DO UPDATE SET histogram = excluded.histogram, reviews = excluded.reviews,
  critic_reviews = excluded.critic_reviews, fresh_reviews = excluded.fresh_reviews
"""
WRONG = """
SELECT t.slug FROM catalogue_title t LEFT JOIN reviews_scoresummary s ON s.title_id = t.id
WHERE (s.histogram, s.reviews, s.critic_reviews, s.fresh_reviews) IS DISTINCT FROM (
  ARRAY(SELECT count(r.id)::int FROM generate_series(1, 10) AS g(half_stars)
        LEFT JOIN reviews_rating r ON r.title_id = t.id AND r.half_stars = g.half_stars
        GROUP BY g.half_stars ORDER BY g.half_stars),
  (SELECT count(*)::int FROM reviews_review v WHERE v.title_id = t.id),
  (SELECT count(*)::int FROM reviews_criticreview c WHERE c.title_id = t.id),
  (SELECT count(*)::int FROM reviews_criticreview c WHERE c.title_id = t.id AND c.fresh))
ORDER BY t.slug
"""


class ScoreSummaryQuerySet(models.QuerySet):
    def rebuild(self, titles):
        """Make the summaries of `titles` (ids) anew from the rows they sum, in one statement."""
        with connection.cursor() as cursor:
            cursor.execute(REBUILD, [titles])

    def wrong(self):
        """Slugs of titles whose summary is not what its rows say: none, or something is broken."""
        with connection.cursor() as cursor:
            cursor.execute(WRONG)
            return [slug for (slug,) in cursor]


def wilson(helpful, votes):
    """Lower bound of the Wilson interval at 95 % of `helpful` out of `votes`; 0 without votes."""
    share = ExpressionWrapper(F(helpful) * 1.0 / F(votes), output_field=FloatField())
    n = ExpressionWrapper(F(votes) * 1.0, output_field=FloatField())
    spread = Z * Sqrt((share * (1.0 - share) + Z * Z / 4 / n) / n, output_field=FloatField())
    bound = (share + Z * Z / 2 / n - spread) / (1.0 + Z * Z / n)
    return Case(When(**{votes: 0}, then=Value(0.0)), default=bound, output_field=FloatField())


class RatingQuerySet(models.QuerySet):
    def record(self, *, title, member, half_stars, on):
        """Set `member`'s rating of `title` (1 to 10 half stars). Holds the title's summary row until commit."""
        with _summary_of(title):
            self.update_or_create(title=title, member=member, defaults={"half_stars": half_stars, "rated_on": on})

    def take_back(self, *, title, member):
        """Remove `member`'s rating of `title`, if there is one. Holds the title's summary row until commit."""
        with _summary_of(title):
            self.filter(title=title, member=member).delete()


@contextmanager
def _summary_of(title):
    """Lock the summary of `title`, let its rows change, and make it anew: all in one transaction."""
    from reviews.models import ScoreSummary  # the models name this module

    with transaction.atomic():
        ScoreSummary.objects.select_for_update(no_key=True).get(title=title)
        yield
        ScoreSummary.objects.rebuild([title.pk])


class ReviewQuerySet(models.QuerySet):
    def write(self, *, title, author, on, headline, body, contains_spoilers):
        """Write or edit `author`'s review of `title`; returns it. Holds the title's summary row until commit."""
        said = {"headline": headline, "body": body, "contains_spoilers": contains_spoilers}
        with _summary_of(title):
            new = {**said, "written_on": on}
            review, created = self.update_or_create(
                title=title, author=author, defaults={**said, "edited_on": on}, create_defaults=new
            )
        return review

    ORDERS = {
        "helpful": ("-helpfulness", "-written_on", "-pk"),
        "newest": ("-written_on", "-pk"),
        "highest": (F("half_stars").desc(nulls_last=True), "-helpfulness", "-pk"),
        "lowest": ("half_stars", "-helpfulness", "-pk"),
    }

    def for_page(self, voter=None, order="helpful"):
        """Reviews by open accounts with author, stars, votes and the vote of `voter` (a key), in one of ORDERS."""
        from reviews.models import HelpfulVote, Rating  # the models name this module

        stars = Rating.objects.filter(title=OuterRef("title"), member=OuterRef("author"))
        mine = HelpfulVote.objects.filter(review=OuterRef("pk"), voter=voter)
        return (
            self.filter(author__is_active=True)
            .annotate(
                half_stars=Subquery(stars.values("half_stars")),
                helpful_votes=Count("votes", filter=Q(votes__helpful=True)),
                all_votes=Count("votes"),
                my_vote=Subquery(mine.values("helpful")),
                author_name=F("author__shown_as"),
            )
            .annotate(helpfulness=wilson("helpful_votes", "all_votes"))
            .order_by(*self.ORDERS[order])
        )

    def lately(self):
        """The latest reviews without spoilers, the most helpful first, each with its title's name and slug."""
        latest = self.filter(contains_spoilers=False).order_by("-written_on", "-pk").values("pk")[:LATEST]
        return self.filter(pk__in=latest).for_page().annotate(title_name=F("title__name"), title_slug=F("title__slug"))


class CriticReviewQuerySet(models.QuerySet):
    def for_page(self):
        """Critics' reviews with names: top critics first, within each the newest added first."""
        return self.annotate(
            critic_name=F("critic__name"), publication_name=F("publication__name"), is_top=F("critic__is_top")
        ).order_by("-is_top", "-added_on", "-pk")
