"""What is summed up of ratings, votes and reviews. The database keeps all of it true (migration 0005)."""

from dataclasses import dataclass

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from catalogue import wording
from catalogue.models import Title
from catalogue.rules import choice_rule, once, rule
from members.models import Member
from reviews.models.said import Review
from reviews.queries import ChartPlaceQuerySet, ReviewStandingQuerySet, ScoreSummaryQuerySet, wilson
from reviews.tally import Tally, percent
from reviews.thresholds import (
    CERTIFIED_FROM,
    CERTIFIED_REVIEWS,
    CERTIFIED_TOP_CRITICS,
    CRITICS_TO_SHOW,
    FRESH_FROM,
    LIKED_FROM,
    RATINGS_TO_SHOW,
)


class ReviewStanding(models.Model):
    """Where a review stands among those of its title: the votes it got and the stars its author gave.

    One narrow row per review, so that sorting 10,000 of them reads no words, and a vote rewrites none.
    """

    review = models.OneToOneField(Review, on_delete=models.CASCADE, primary_key=True, related_name="standing")
    title = models.ForeignKey(Title, on_delete=models.CASCADE, related_name="review_standings", db_index=False)
    author = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="review_standings", db_index=False)
    written_on = models.DateField()
    shown = models.BooleanField()
    verified = models.BooleanField()
    half_stars = models.PositiveSmallIntegerField(null=True, blank=True, help_text="What its author rates the title.")
    helpful_votes = models.PositiveIntegerField(default=0)
    all_votes = models.PositiveIntegerField(default=0)
    helpfulness = models.GeneratedField(
        expression=wilson("helpful_votes", "all_votes"), output_field=models.FloatField(), db_persist=True
    )
    objects = ReviewStandingQuerySet.as_manager()

    class Meta:
        constraints = [
            rule(
                "reviewstanding_votes",
                Q(helpful_votes__lte=F("all_votes")),
                "No more votes can be for a review than there are.",
            ),
        ]
        indexes = [
            models.Index(
                fields=["title", "-helpfulness", "-written_on", "-review"],
                include=["shown", "verified", "half_stars"],
                name="reviewstanding_helpful",
            ),
            models.Index(
                fields=["title", "-written_on", "-review"],
                include=["shown", "half_stars"],
                name="reviewstanding_newest",
            ),
        ]


def nobody():
    """A histogram of no ratings."""
    return [0] * 10


class ScoreSummary(models.Model):
    """The sums and counts behind a title's scores.

    Changed by the database in the same transaction as the rows it sums, by the difference; `rebuild` makes it anew from
    them and `fsck` proves it equal.
    """

    title = models.OneToOneField(Title, on_delete=models.CASCADE, primary_key=True, related_name="score_summary")
    histogram = ArrayField(models.PositiveIntegerField(), size=10, help_text="Ratings of 1 half star, of 2 …, of 10.")
    verified_histogram = ArrayField(
        models.PositiveIntegerField(),
        size=10,
        default=nobody,
        help_text="The same of members whose disc of it came back.",
    )
    reviews = models.PositiveIntegerField(default=0, help_text="Members’ reviews that are shown.")
    critic_reviews = models.PositiveIntegerField(default=0)
    fresh_reviews = models.PositiveIntegerField(default=0)
    top_critic_reviews = models.PositiveIntegerField(default=0)
    objects = ScoreSummaryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "score summaries"
        constraints = [
            rule("scoresummary_histogram", Q(histogram__len=10), "A histogram has ten counts."),
            rule("scoresummary_verified_histogram", Q(verified_histogram__len=10), "A histogram has ten counts."),
            rule(
                "scoresummary_fresh",
                Q(fresh_reviews__lte=F("critic_reviews")),
                "No more reviews can be for a title than there are.",
            ),
        ]

    @property
    def members(self):
        """All ratings that count."""
        return Tally(self.histogram)

    @property
    def renters(self):
        """The verified of them: of members who had a disc of the title that came back."""
        return Tally(self.verified_histogram)

    @property
    def ratings(self):
        return self.members.ratings

    @property
    def average(self):
        """The mean in stars, to one decimal, or None without ratings."""
        return self.members.average

    @property
    def liked_percent(self):
        """Share of ratings of 3.5 stars or more, as a whole percentage, or None without ratings."""
        return self.members.liked_percent

    @property
    def critics_percent(self):
        """Share of critics' reviews that are for the title, or None below CRITICS_TO_SHOW reviews."""
        if self.critic_reviews < CRITICS_TO_SHOW:
            return None
        return percent(self.fresh_reviews, self.critic_reviews)

    @property
    def freshness(self):
        """ "Fresh" or "Rotten", by the percentage as it is printed; "" without one."""
        if self.critics_percent is None:
            return ""
        return "Fresh" if self.critics_percent >= FRESH_FROM else "Rotten"

    @property
    def certified(self):
        """Enough reviews, enough of them by top critics, and enough of them for it."""
        return all(asked.met for asked in self.certificate)

    @property
    def certificate(self):
        """What "Certified fresh" asks for: [Asked], each with what there is."""
        return [
            Asked("for it", percent(self.fresh_reviews, self.critic_reviews) or 0, CERTIFIED_FROM, "%"),
            Asked("reviews", self.critic_reviews, CERTIFIED_REVIEWS),
            Asked("reviews by top critics", self.top_critic_reviews, CERTIFIED_TOP_CRITICS),
        ]

    def words(self):
        """What pages print of the scores."""
        average, renters = self.average, self.renters
        return {
            "ratings": self.ratings,
            "average": average,
            "stars": f"{round(average * 2) / 2:g}" if average else "",
            "liked_percent": self.liked_percent,
            "enough": self.members.enough,
            "verified": {
                "ratings": renters.ratings,
                "average": renters.average,
                "liked_percent": renters.liked_percent,
                "enough": renters.enough,
            },
            "bars": _bars(self.histogram),
            "spoken": _spoken(self.histogram),
            "reviews": self.reviews,
            "critics_percent": self.critics_percent,
            "critic_reviews": self.critic_reviews,
            "fresh_reviews": self.fresh_reviews,
            "top_critic_reviews": self.top_critic_reviews,
            "freshness": self.freshness,
            "fresh_from": FRESH_FROM,
            "certified": self.certified,
            "not_certified": [asked.words for asked in self.certificate if not asked.met],
            "liked_from": wording.stars(LIKED_FROM),
            "critics_to_show": CRITICS_TO_SHOW,
            "ratings_to_show": RATINGS_TO_SHOW,
        }


@dataclass(frozen=True)
class Asked:
    """One condition of being certified: how much of `what` there is, and how much there must be."""

    what: str
    there: int
    needed: int
    unit: str = ""

    @property
    def met(self):
        return self.there >= self.needed

    @property
    def words(self):
        """ "27 of 40 reviews"."""
        return f"{self.there}{self.unit} of {self.needed}{self.unit} {self.what}"


def _bars(histogram):
    """Bars of the histogram in a drawing of 200 by 60 units: {"x", "y", "height"}."""
    most = max(histogram) or 1
    heights = [round(57 * number / most, 1) for number in histogram]
    return [{"x": 20 * place, "y": round(60 - height, 1), "height": height} for place, height in enumerate(heights)]


def _spoken(histogram):
    """The histogram in words, best first: "35 gave 5 stars, 24 gave 4.5 stars"."""
    counts = [(number, place / 2) for place, number in enumerate(histogram, 1) if number]
    return ", ".join(f"{number} gave {stars:g} {'star' if stars <= 1 else 'stars'}" for number, stars in counts[::-1])


class Chart(models.TextChoices):
    BEST = "best", "Best rated"
    CRITICS = "critics", "Critics’ favourites"
    APART = "apart", "Critics and members apart"
    REVIEWERS = "reviewers", "Most helpful reviewers"


class ChartPlace(models.Model):
    """A place in a chart, worked out now and then from all scores: a title's, or a member's among reviewers."""

    chart = models.CharField(max_length=10, choices=Chart)
    position = models.PositiveIntegerField()
    title = models.ForeignKey(Title, null=True, blank=True, on_delete=models.CASCADE, related_name="chart_places")
    member = models.ForeignKey(Member, null=True, blank=True, on_delete=models.CASCADE, related_name="chart_places")
    figures = models.JSONField(default=dict, help_text="What the page prints beside it.")
    made_at = models.DateTimeField()
    objects = ChartPlaceQuerySet.as_manager()

    class Meta:
        constraints = [
            choice_rule("chartplace_chart", "chart", Chart),
            once("chartplace_position", ["chart", "position"], "Two rows cannot have the same place."),
            rule(
                "chartplace_of_one",
                Q(title__isnull=False, member=None) | Q(title=None, member__isnull=False),
                "A place in a chart is a title’s or a member’s.",
            ),
        ]
