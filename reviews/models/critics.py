"""What critics say, and audiences elsewhere."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from catalogue import wording
from catalogue.cards import address
from catalogue.fields import LooseDateField
from catalogue.models import Title
from catalogue.rules import filled, loose_date_rule, once, rule, slug_rule
from reviews.queries import CriticReviewQuerySet
from reviews.thresholds import HALF_STARS

PAGE = "catalogue:title"


class Publication(models.Model):
    """Where critics write."""

    slug = models.SlugField(max_length=200, unique=True)
    name = models.CharField(max_length=300)
    url = models.URLField(max_length=500, blank=True)

    class Meta:
        constraints = [slug_rule("publication_slug"), filled("publication_name_filled", "name")]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("reviews:publication", args=[self.slug])


class Critic(models.Model):
    """Somebody who reviews for publications."""

    slug = models.SlugField(max_length=200, unique=True)
    name = models.CharField(max_length=300)
    is_top = models.BooleanField("top critic", default=False, help_text="Printed before the others.")

    class Meta:
        constraints = [slug_rule("critic_slug"), filled("critic_name_filled", "name")]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("reviews:critic", args=[self.slug])


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

    def __str__(self):
        return f"{self.critic} on {self.title}"

    def words(self):
        """What pages print of a critic's review loaded with `for_page`."""
        return {
            "critic": self.critic_name,
            "critic_url": address("reviews:critic", self.critic_slug),
            "top": self.is_top,
            "publication": self.publication_name,
            "publication_url": address("reviews:publication", self.publication_slug),
            "quote": self.quote,
            "score": self.score,
            "fresh": self.fresh,
            "day": wording.day(self.added_on),
            "published": wording.loose_date(self.published_on) if self._is_of_another_day() else "",
            "spoken": f"by {self.critic_name}",
            "url": self.url,
        }

    def words_of_writer(self):
        """The same and the title; loaded with `for_writer`."""
        title = {"title": self.title_name, "year": self.title_year, "title_url": address(PAGE, self.title_slug)}
        return self.words() | title

    def _is_of_another_day(self):
        """Whether it was published on another day than it was added here, as far as we know when it was."""
        return not self.added_on.isoformat().startswith(self.published_on)


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
