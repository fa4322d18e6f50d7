"""What of reviews follows when titles are merged: of two words of one member, the later stands."""

from catalogue import merging, viewings
from catalogue.merging import Follower
from reviews.models import (
    ChartPlace,
    CriticReview,
    HelpfulVote,
    ModerationStep,
    OutsideReview,
    OutsideScore,
    Rating,
    Report,
    Review,
    ReviewDraft,
    ReviewStanding,
    ScoreSummary,
    StaffReply,
    WantToSee,
    Withdrawn,
)

LATER = "Members who {did} both: the later stands."
OF_REVIEW = (
    (HelpfulVote, "review", "voter"),
    (Report, "review", "reporter"),
    (StaffReply, "review", "review__author"),
    (ModerationStep, "review", "review__author"),
)


class Verifiable(Follower):
    """What members say, of those who had a disc of either back with us: verified of the one that stays, too."""

    def carry_out(self, gone, stays, deed):
        known = set(self.model._base_manager.filter(title__in=[gone, stays], verified=True).values_list(self.member))
        super().carry_out(gone, stays, deed)
        members = {member for (member,) in known} | _viewers(stays)
        rows = self.of(stays.pk).filter(verified=False, **{f"{self.member}__in": members})
        merging.change(
            deed, self.model._base_manager.filter(pk__in=list(rows.values_list("pk", flat=True))), verified=True
        )


def _viewers(title):
    """Keys of members who had a disc of `title` that came back, as far as we still know."""
    return {who for rows in viewings.returns() for who in rows.filter(viewed=title.pk).values_list("viewer", flat=True)}


def _of_members(model, name, who, did, day, kind=Follower, **options):
    return kind(model, "title", name, same=(f"{who}_id",), better=day, why=LATER.format(did=did), member=who, **options)


def _rated(row):
    return row["rated_on"], row["id"]


def _written(row):
    return row["edited_on"] or row["written_on"], row["id"]


def declare():
    """Register all of it."""
    merging.register(
        Follower(
            CriticReview,
            "title",
            "Critics’ reviews",
            same=("critic_id", "publication_id"),
            why="The critic’s review in that publication is there.",
            picked=True,
        ),
        Follower(
            OutsideScore, "title", "Scores elsewhere", same=("source_id",), why="That site’s is there.", picked=True
        ),
        Follower(
            OutsideReview,
            "title",
            "Audience reviews elsewhere",
            same=("source_id", "author", "written_on"),
            picked=True,
        ),
        _of_members(Rating, "Ratings", "member", "rated", _rated, Verifiable),
        _of_members(Review, "Members’ reviews", "author", "reviewed", _written, Verifiable, hanging=OF_REVIEW),
        _of_members(ReviewDraft, "Drafts of reviews", "author", "began on", lambda row: row["saved_at"]),
        _of_members(WantToSee, "Want to see", "member", "want", lambda row: row["since"]),
        _of_members(Withdrawn, "Withdrawn reviews", "author", "withdrew", lambda row: row["withdrawn_at"]),
        Follower(ChartPlace, "title", "", goes=True),
    )
    merging.register_kept_by_database(ReviewStanding, ScoreSummary)
