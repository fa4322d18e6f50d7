"""Ratings, reviews and votes of members; their moderation; critics; scores from elsewhere; what is summed up of it."""

from catalogue.models import track
from reviews.models.critics import Critic, CriticReview, OutsideReview, OutsideScore, OutsideSource, Publication
from reviews.models.moderation import (
    Ban,
    HoldRule,
    ModerationStep,
    Reason,
    Report,
    StaffReply,
    Verb,
    VoteHold,
    Withdrawn,
)
from reviews.models.readers import ReaderChoices, members_with_page
from reviews.models.said import HelpfulVote, Rating, RatingsBroughtIn, Review, ReviewDraft, WantToSee
from reviews.models.scores import Chart, ChartPlace, ReviewStanding, ScoreSummary

__all__ = [
    "Ban",
    "Chart",
    "ChartPlace",
    "Critic",
    "CriticReview",
    "HelpfulVote",
    "HoldRule",
    "ModerationStep",
    "OutsideReview",
    "OutsideScore",
    "OutsideSource",
    "Publication",
    "Rating",
    "RatingsBroughtIn",
    "ReaderChoices",
    "Reason",
    "Report",
    "Review",
    "ReviewDraft",
    "ReviewStanding",
    "ScoreSummary",
    "StaffReply",
    "Verb",
    "VoteHold",
    "WantToSee",
    "Withdrawn",
    "members_with_page",
]

# The catalogue's history keeps what staff enter of critics, too; what members say is theirs.
for model in (Publication, Critic, OutsideSource):
    track(model)
for model in (CriticReview, OutsideScore, OutsideReview):
    track(model, "title")
