"""What members say of titles: ratings, reviews and their drafts, votes on reviews, what they want to see."""

import hashlib
import json

from django.db import models, transaction
from django.db.models import F, Q
from django.db.models.functions import Length
from django.urls import reverse

from catalogue import wording
from catalogue.cards import address
from catalogue.models import Title
from catalogue.rules import filled, once, rule
from members.models import Member
from reviews.queries import (
    HelpfulVoteQuerySet,
    RatingQuerySet,
    ReviewDraftQuerySet,
    ReviewQuerySet,
    WantToSeeQuerySet,
    hold_titles,
)
from reviews.thresholds import HALF_STARS

MOST_LETTERS = 20_000  # of a review
LONG = 900  # letters from which it folds
models.TextField.register_lookup(Length)


class Rating(models.Model):
    """What a member thinks of a title, in half stars from 1 to 10: one per member and title.

    None before the title is out: the database compares `rated_on` with the title's first day
    (migration 0005, `rating_not_before_release`).
    """

    title = models.ForeignKey(Title, on_delete=models.CASCADE, related_name="ratings")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="ratings")
    half_stars = models.PositiveSmallIntegerField()
    rated_on = models.DateField()
    verified = models.BooleanField(default=False, help_text="The member had a disc of it, and it came back.")
    counts = models.BooleanField(
        default=True, editable=False, help_text="The account is open and not banned; kept by the database."
    )
    objects = RatingQuerySet.as_manager()

    class Meta:
        constraints = [
            once("rating_once", ["title", "member"], "You have already rated this title; change that rating."),
            rule("rating_half_stars", Q(half_stars__range=HALF_STARS), "A rating is half a star to five stars."),
        ]


class RatingsBroughtIn(models.Model):
    """What a member last brought in from a file, and what stood there before: so that all of it can be undone."""

    member = models.OneToOneField(Member, on_delete=models.CASCADE, primary_key=True, related_name="ratings_brought_in")
    source = models.CharField(max_length=40)
    brought_in_at = models.DateTimeField()
    changes = models.JSONField(
        help_text="For each title: its key, half stars and day now, half stars and day before or nothing."
    )

    class Meta:
        verbose_name_plural = "ratings brought in"


class Words(models.Model):
    """A headline and a body about a title."""

    headline = models.CharField(max_length=120)
    body = models.TextField(
        "review", max_length=MOST_LETTERS, help_text="Plain text. An empty line starts a new paragraph."
    )
    contains_spoilers = models.BooleanField(default=False)

    class Meta:
        abstract = True

    def says(self):
        """What its author wrote, to be compared and to be written again."""
        return {"headline": self.headline, "body": self.body, "contains_spoilers": self.contains_spoilers}


class Review(Words):
    """A member's words on a title: one per member and title.

    Pages show it while `withheld_by` is empty and its author's account is open and not banned: `standing.shown` says
    so, and the database keeps that (migration 0005).
    """

    title = models.ForeignKey(Title, on_delete=models.CASCADE, related_name="reviews")
    author = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="reviews")
    written_on = models.DateField()
    edited_on = models.DateField(null=True, blank=True)
    verified = models.BooleanField(default=False, help_text="Its author had a disc of the title, and it came back.")
    withheld_by = models.ForeignKey(
        "ModerationStep",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="The step that keeps it off the pages; empty while they show it.",
    )
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
                "review_body_length",
                Q(body__length__lte=MOST_LETTERS),
                f"A review has {MOST_LETTERS:,} letters at most.",
            ),
            rule(
                "review_edited_after_written",
                Q(edited_on=None) | Q(edited_on__gte=F("written_on")),
                "A review is not edited before it is written.",
            ),
        ]
        indexes = [
            models.Index(
                fields=["-written_on", "-id"],
                condition=Q(contains_spoilers=False, withheld_by=None),
                name="review_lately",
            ),
            models.Index(fields=["author", "-written_on", "-id"], name="review_by_author"),
        ]

    def __str__(self):
        return self.headline

    def get_absolute_url(self):
        return reverse("reviews:review", args=[self.pk])

    @property
    def version(self):
        """Another after every change: who edits an older one than is posted is told before it is written over."""
        written = [self.pk, str(self.edited_on), *self.says().values()]
        return hashlib.sha256(json.dumps(written).encode()).hexdigest()[:16]

    def delete(self, **options):
        """As `ReviewQuerySet.delete` does."""
        with transaction.atomic():
            hold_titles([self.title_id])
            return super().delete(**options)

    def words(self):
        """What pages print of a review loaded with `for_page`."""
        return {
            "key": self.pk,
            "url": self.get_absolute_url(),
            "headline": self.headline,
            "author": self.author_name,
            "author_handle": self.author_handle,
            "author_url": "" if self.author_has_page is False else address("reviews:reviewer", self.author_handle),
            "stars": wording.stars(self.half_stars) if self.half_stars else "",
            "day": wording.day(self.written_on),
            "written_on": self.written_on.isoformat(),
            "edited": wording.day(self.edited_on),
            "paragraphs": (paragraphs := wording.paragraphs(self.body)),
            **dict(zip(("opening", "rest"), folded(paragraphs), strict=True)),
            "body": self.body,
            "spoilers": self.contains_spoilers,
            "verified": self.verified,
            "helpful": helpful_words(self.helpful_votes, self.all_votes),
            "my_vote": self.my_vote,
            "author_id": self.author_id,
            "reply": self.reply_body
            and {"body": wording.paragraphs(self.reply_body), "day": wording.day(self.reply_on)},
        }


def folded(paragraphs):
    """(what a page prints at once, what is behind "Read more"): all and nothing if it is not long.

    It folds after a paragraph; one that is too long by itself, after a sentence, or between words where it has none.
    """
    if sum(map(len, paragraphs)) <= LONG:
        return paragraphs, []
    opening, rest = [], list(paragraphs)
    while rest and sum(map(len, opening)) + len(rest[0]) <= LONG:
        opening.append(rest.pop(0))
    if opening:
        return opening, rest
    first, other = _cut(rest[0])
    return [first], [other, *rest[1:]]


def _cut(paragraph):
    """A paragraph longer than LONG in two, the first of at most that many letters."""
    head = paragraph[:LONG]
    stops = (head.rfind(". ") + 1, head.rfind(" "), LONG)
    place = next(stop for stop in stops if stop > LONG // 3)
    return paragraph[:place].rstrip(), paragraph[place:].lstrip()


def helpful_words(helpful, votes):
    """The vote line of a review, zero included."""
    return f"{helpful:,} out of {votes:,} members found this review helpful."


class ReviewDraft(Words):
    """What a member has begun to write of a title, new or as a change of their review; nobody else sees it."""

    title = models.ForeignKey(Title, on_delete=models.CASCADE, related_name="review_drafts")
    author = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="review_drafts")
    half_stars = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="0 to take the rating back, empty to leave it as it is."
    )
    saved_at = models.DateTimeField()
    objects = ReviewDraftQuerySet.as_manager()

    class Meta:
        constraints = [
            once("reviewdraft_once", ["title", "author"], "There is a draft of this review already; go on with that."),
            rule(
                "reviewdraft_body_length",
                Q(body__length__lte=MOST_LETTERS),
                f"A review has {MOST_LETTERS:,} letters at most.",
            ),
            rule(
                "reviewdraft_half_stars",
                Q(half_stars=None) | Q(half_stars__lte=HALF_STARS[1]),
                "A rating is half a star to five stars.",
            ),
        ]

    def __str__(self):
        return self.headline or "A draft"


class HelpfulVote(models.Model):
    """A member's word on whether a review helped: one per member and review, never on one's own.

    That nobody votes on their own review needs two tables, so a trigger of the database refuses it
    (reviews migration 0002, `helpfulvote_not_own`).
    """

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="votes")
    voter = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="helpful_votes")
    helpful = models.BooleanField()
    voted_at = models.DateTimeField(null=True, blank=True, help_text="Not known of votes that were imported.")
    counts = models.BooleanField(
        default=True,
        editable=False,
        help_text="The voter's account is open and not banned, and the vote is not held; kept by the database.",
    )
    objects = HelpfulVoteQuerySet.as_manager()

    class Meta:
        constraints = [once("helpfulvote_once", ["review", "voter"], "You have already voted; change that vote.")]


class WantToSee(models.Model):
    """A member wants to see a title that is not out yet. A plain count of these stands where the score will."""

    title = models.ForeignKey(Title, on_delete=models.CASCADE, related_name="wanted_by")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="wants_to_see")
    since = models.DateField()
    objects = WantToSeeQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "want to see"
        constraints = [once("wanttosee_once", ["title", "member"], "You have said already that you want to see it.")]
