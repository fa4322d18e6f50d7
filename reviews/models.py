"""Ratings, reviews and votes of members; critics; scores from elsewhere; the summary of each title's scores."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from catalogue import wording
from catalogue.fields import LooseDateField
from catalogue.models import Title
from catalogue.rules import filled, loose_date_rule, once, rule, slug_rule
from members.models import Member
from reviews.queries import CriticReviewQuerySet, RatingQuerySet, ReviewQuerySet, ScoreSummaryQuerySet

HALF_STARS = (1, 10)
LIKED_FROM = 7  # half stars from which a rating counts as "liked it": 3.5 stars (docs/scores.md)
RATINGS_TO_SHOW = 5  # members' ratings below which no average is printed
CRITICS_TO_SHOW = 5  # critics' reviews below which no score is printed


class Rating(models.Model):
    """What a member thinks of a title, in half stars from 1 to 10: one per member and title."""

    title = models.ForeignKey(Title, on_delete=models.CASCADE, related_name="ratings")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="ratings")
    half_stars = models.PositiveSmallIntegerField()
    rated_on = models.DateField()
    objects = RatingQuerySet.as_manager()

    class Meta:
        constraints = [
            once("rating_once", ["title", "member"], "You have already rated this title; change that rating."),
            rule("rating_half_stars", Q(half_stars__range=HALF_STARS), "A rating is half a star to five stars."),
        ]


class Review(models.Model):
    """A member's words on a title: one per member and title."""

    title = models.ForeignKey(Title, on_delete=models.CASCADE, related_name="reviews")
    author = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="reviews")
    headline = models.CharField(max_length=120)
    body = models.TextField(help_text="Plain text; an empty line parts paragraphs.")
    contains_spoilers = models.BooleanField(default=False)
    written_on = models.DateField()
    edited_on = models.DateField(null=True, blank=True)
    objects = ReviewQuerySet.as_manager()

    class Meta:
        constraints = [
            once(
                "review_once",
                ["title", "author"],
                "You have already reviewed this title; edit that review instead.",
            ),
            filled("review_headline_filled", "headline"),
            filled("review_body_filled", "body"),
            rule(
                "review_edited_after_written",
                Q(edited_on=None) | Q(edited_on__gte=F("written_on")),
                "A review is not edited before it is written.",
            ),
        ]
        indexes = [
            models.Index(
                fields=["-written_on", "-id"], condition=Q(contains_spoilers=False), name="review_by_day_no_spoilers"
            )
        ]

    def __str__(self):
        return self.headline

    def words(self):
        """What pages print of a review loaded with `for_page`."""
        return {
            "key": self.pk,
            "headline": self.headline,
            "author": self.author_name,
            "stars": wording.stars(self.half_stars) if self.half_stars else "",
            "day": wording.day(self.written_on),
            "written_on": self.written_on.isoformat(),
            "edited": wording.day(self.edited_on),
            "paragraphs": wording.paragraphs(self.body),
            "body": self.body,
            "spoilers": self.contains_spoilers,
            "helpful": f"{self.helpful_votes:,} out of {self.all_votes:,} members found this review helpful.",
            "my_vote": self.my_vote,
            "author_id": self.author_id,
        }


class HelpfulVote(models.Model):
    """A member's word on whether a review helped: one per member and review, never on one's own.

    That nobody votes on their own review needs two tables, so a trigger of the database refuses it
    (reviews migration 0002, `helpfulvote_not_own`).
    """

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="votes")
    voter = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="helpful_votes")
    helpful = models.BooleanField()

    class Meta:
        constraints = [once("helpfulvote_once", ["review", "voter"], "You have already voted; change that vote.")]


class Publication(models.Model):
    """Where critics write."""

    slug = models.SlugField(max_length=200, unique=True)
    name = models.CharField(max_length=300)
    url = models.URLField(max_length=500, blank=True)

    class Meta:
        constraints = [slug_rule("publication_slug"), filled("publication_name_filled", "name")]

    def __str__(self):
        return self.name


class Critic(models.Model):
    """Somebody who reviews for publications."""

    slug = models.SlugField(max_length=200, unique=True)
    name = models.CharField(max_length=300)
    is_top = models.BooleanField("top critic", default=False, help_text="Printed before the others.")

    class Meta:
        constraints = [slug_rule("critic_slug"), filled("critic_name_filled", "name")]

    def __str__(self):
        return self.name


class CriticReview(models.Model):
    """A critic's review: for or against by its own flag, whatever scale its score is printed on."""

    title = models.ForeignKey(Title, on_delete=models.CASCADE, related_name="critic_reviews")
    critic = models.ForeignKey(Critic, on_delete=models.PROTECT, related_name="reviews")
    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="reviews")
    quote = models.TextField(blank=True)
    score = models.CharField(max_length=20, blank=True, help_text="As its author printed it: 6/6, B+.")
    fresh = models.BooleanField(help_text="The review is for the title.")
    published_on = LooseDateField()
    added_on = models.DateField()
    url = models.URLField(max_length=500, blank=True)
    objects = CriticReviewQuerySet.as_manager()

    class Meta:
        constraints = [
            once(
                "criticreview_once",
                ["title", "critic", "publication"],
                "This critic's review is there already.",
            ),
            loose_date_rule("criticreview_published_on", "published_on"),
            rule(
                "criticreview_url",
                Q(url="") | Q(url__regex=r"^https?://"),
                "An address starts with https://.",
            ),
        ]

    def words(self):
        """What pages print of a critic's review loaded with `for_page`."""
        return {
            "critic": self.critic_name,
            "publication": self.publication_name,
            "quote": self.quote,
            "score": self.score,
            "fresh": self.fresh,
            "day": wording.day(self.added_on),
            "published": wording.loose_date(self.published_on),
            "spoken": f"by {self.critic_name}",
            "url": self.url,
        }


class OutsideSource(models.Model):
    """A site whose audience scores or reviews we print."""

    slug = models.SlugField(max_length=200, unique=True)
    name = models.CharField(max_length=300)
    url = models.URLField(max_length=500, blank=True)

    class Meta:
        constraints = [slug_rule("outsidesource_slug"), filled("outsidesource_name_filled", "name")]

    def __str__(self):
        return self.name


class OutsideScore(models.Model):
    """An audience's score elsewhere, as of a day: "93 % of 2,500+"."""

    title = models.ForeignKey(Title, on_delete=models.CASCADE, related_name="outside_scores")
    source = models.ForeignKey(OutsideSource, on_delete=models.PROTECT, related_name="scores")
    liked_percent = models.PositiveSmallIntegerField()
    ratings = models.PositiveIntegerField()
    ratings_at_least = models.BooleanField(default=False, help_text="The source prints “2,500+”.")
    reviews = models.PositiveIntegerField(null=True, blank=True)
    url = models.URLField(max_length=500, blank=True)
    as_of = models.DateField()

    class Meta:
        constraints = [
            once("outsidescore_once", ["title", "source"], "This source's score is there already."),
            rule("outsidescore_percent", Q(liked_percent__lte=100), "A share is 0 to 100 per cent."),
        ]

    def words(self):
        """What pages print of a score elsewhere."""
        return {
            "source": self.source.name,
            "percent": self.liked_percent,
            "ratings": f"{self.ratings:,}+" if self.ratings_at_least else f"{self.ratings:,}",
            "reviews": self.reviews,
            "all_reviews": f"All {self.reviews} audience reviews on {self.source.name}",
            "url": self.url or self.source.url,
            "day": wording.day(self.as_of),
        }


class OutsideReview(models.Model):
    """What somebody in an audience elsewhere said."""

    title = models.ForeignKey(Title, on_delete=models.CASCADE, related_name="outside_reviews")
    source = models.ForeignKey(OutsideSource, on_delete=models.PROTECT, related_name="audience_reviews")
    author = models.CharField(max_length=80)
    half_stars = models.PositiveSmallIntegerField(null=True, blank=True)
    body = models.TextField()
    written_on = models.DateField()
    url = models.URLField(max_length=500, blank=True)

    class Meta:
        constraints = [
            once(
                "outsidereview_once",
                ["title", "source", "author", "written_on"],
                "This review is there already.",
            ),
            filled("outsidereview_author_filled", "author"),
            filled("outsidereview_body_filled", "body"),
            rule(
                "outsidereview_half_stars",
                Q(half_stars=None) | Q(half_stars__range=HALF_STARS),
                "A rating is half a star to five stars.",
            ),
        ]

    def words(self):
        """What pages print of a review elsewhere; long ones fold after the first paragraph."""
        first, *rest = wording.paragraphs(self.body)
        return {
            "author": self.author,
            "source": self.source.name,
            "stars": wording.stars(self.half_stars) if self.half_stars else "",
            "day": wording.day(self.written_on),
            "first": first,
            "rest": rest,
            "url": self.url,
        }


class ScoreSummary(models.Model):
    """The sums and counts behind a title's scores.

    Changed in the same transaction as the rows it sums; `rebuild` makes it anew from them and `fsck` proves it equal.
    """

    title = models.OneToOneField(Title, on_delete=models.CASCADE, primary_key=True, related_name="score_summary")
    histogram = ArrayField(models.PositiveIntegerField(), size=10, help_text="Ratings of 1 half star, of 2 …, of 10.")
    reviews = models.PositiveIntegerField(default=0)
    critic_reviews = models.PositiveIntegerField(default=0)
    fresh_reviews = models.PositiveIntegerField(default=0)
    objects = ScoreSummaryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "score summaries"
        constraints = [
            rule("scoresummary_histogram", Q(histogram__len=10), "A histogram has ten counts."),
            rule(
                "scoresummary_fresh",
                Q(fresh_reviews__lte=F("critic_reviews")),
                "No more reviews can be for a title than there are.",
            ),
        ]

    @property
    def ratings(self):
        return sum(self.histogram)

    @property
    def average(self):
        """The mean in stars, to one decimal, or None without ratings."""
        if not self.ratings:
            return None
        half_stars = sum(place * number for place, number in enumerate(self.histogram, 1))
        return round(half_stars / self.ratings / 2 + 1e-9, 1)

    @property
    def liked_percent(self):
        """Share of ratings of 3.5 stars or more, as a whole percentage, or None without ratings."""
        return _percent(sum(self.histogram[LIKED_FROM - 1 :]), self.ratings)

    @property
    def critics_percent(self):
        """Share of critics' reviews that are for the title, or None below CRITICS_TO_SHOW reviews."""
        if self.critic_reviews < CRITICS_TO_SHOW:
            return None
        return _percent(self.fresh_reviews, self.critic_reviews)

    def words(self):
        """What pages print of the members' score."""
        average = self.average
        return {
            "ratings": self.ratings,
            "average": average,
            "stars": f"{round(average * 2) / 2:g}" if average else "",
            "liked_percent": self.liked_percent,
            "enough": self.ratings >= RATINGS_TO_SHOW,
            "bars": _bars(self.histogram),
            "spoken": _spoken(self.histogram),
            "reviews": self.reviews,
            "critics_percent": self.critics_percent,
            "critic_reviews": self.critic_reviews,
            "fresh_reviews": self.fresh_reviews,
            "critics_to_show": CRITICS_TO_SHOW,
            "ratings_to_show": RATINGS_TO_SHOW,
        }


def _percent(part, whole):
    return round(100 * part / whole) if whole else None


def _bars(histogram):
    """Bars of the histogram in a drawing of 200 by 60 units: {"x", "y", "height"}."""
    most = max(histogram) or 1
    heights = [round(57 * number / most, 1) for number in histogram]
    return [{"x": 20 * place, "y": round(60 - height, 1), "height": height} for place, height in enumerate(heights)]


def _spoken(histogram):
    """The histogram in words, best first: "35 gave 5 stars, 24 gave 4.5 stars"."""
    counts = [(number, place / 2) for place, number in enumerate(histogram, 1) if number]
    return ", ".join(f"{number} gave {stars:g} {'star' if stars <= 1 else 'stars'}" for number, stars in counts[::-1])
