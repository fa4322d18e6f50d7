"""What of a member is kept in the tables of ratings, reviews and votes."""

from catalogue.models import Followed, SheetImport, TitleDraft
from members import fates
from reviews.models import (
    Ban,
    ChartPlace,
    HelpfulVote,
    ModerationStep,
    Rating,
    RatingsBroughtIn,
    ReaderChoices,
    Report,
    Review,
    ReviewDraft,
    ReviewStanding,
    StaffReply,
    VoteHold,
    WantToSee,
    Withdrawn,
)

TITLE = {"title": "title__name", "year": "title__year", "address": "title__slug"}
UNTIL = "Until you take it back, or delete your account."


def declare():
    """Say what becomes of each."""
    _declare_ratings()
    _declare_reviews()
    _declare_reading()
    _declare_moderation()
    _declare_held_votes()
    _declare_work_on_the_catalogue()
    _declare_work_on_reviews()
    _declare_worked_out()
    _declare_merged()


def _declare_ratings():
    fates.declare(
        Rating,
        "member",
        "Ratings",
        what_for="For the score of a film, and to find films that you may like.",
        how_long=UNTIL,
        columns=TITLE | {"half stars": "half_stars", "rated on": "rated_on", "disc came back": "verified"},
    )
    fates.declare(
        RatingsBroughtIn,
        "member",
        "The last file of ratings you brought in",
        what_for="To put all back as it was, if you want that.",
        how_long="Until you undo it, bring in another file, or delete your account.",
        columns={"from": "source", "brought in at": "brought_in_at"},
    )


def _declare_reviews():
    fates.declare(
        Review,
        "author",
        "Reviews",
        what_for="For everybody to read, under the name that you chose.",
        how_long=UNTIL,
        columns=TITLE
        | {
            "headline": "headline",
            "review": "body",
            "gives away the plot": "contains_spoilers",
            "written on": "written_on",
            "edited on": "edited_on",
            "disc came back": "verified",
        },
    )
    fates.declare(
        HelpfulVote,
        "voter",
        "Helpful votes",
        what_for="To put the most helpful reviews first. Who voted is shown to nobody.",
        how_long=UNTIL,
        columns={"title": "review__title__name", "review": "review__headline", "helpful": "helpful"},
    )
    fates.declare(
        ReviewDraft,
        "author",
        "Drafts of reviews",
        what_for="To go on writing where you stopped. Nobody else sees them.",
        how_long="Until you post or delete them, or delete your account.",
        columns=TITLE
        | {
            "headline": "headline",
            "review": "body",
            "gives away the plot": "contains_spoilers",
            "half stars": "half_stars",
            "saved at": "saved_at",
        },
    )


def _declare_reading():
    fates.declare(
        WantToSee,
        "member",
        "Films you want to see",
        what_for="To count how many wait for a film that is not out yet. Who they are is shown to nobody.",
        how_long=UNTIL,
        columns=TITLE | {"since": "since"},
    )
    fates.declare(
        ReaderChoices,
        "member",
        "What you chose for reviews",
        what_for="To show you spoilers or not, and others what you let them see.",
        how_long=UNTIL,
        columns={
            "show spoilers without asking": "always_show_spoilers",
            "page of your reviews": "has_page",
            "ratings on it": "shows_ratings",
            "taste compared": "shares_taste",
        },
    )
    fates.declare(
        Report,
        "reporter",
        "Reports of reviews",
        what_for="To look at reviews that break the rules.",
        how_long="Until the review is deleted, or your account.",
        columns={
            "film": "review__title__name",
            "review": "review__headline",
            "reason": "reason",
            "note": "note",
            "reported at": "reported_at",
        },
    )


def _declare_moderation():
    fates.declare(
        ModerationStep,
        "member",
        "Moderation of your account",
        what_for="To act against fake reviews and votes, as the law asks of us.",
        how_long="Until you delete your account.",
        columns={"what": "verb", "reason": "reason", "at": "at"},
    )
    fates.declare(
        ModerationStep,
        "review__author",
        "Moderation of your reviews",
        what_for="To say what was done about a review, and why.",
        how_long="As long as the review.",
        columns={"review": "review__headline", "what": "verb", "rule": "rule", "reason": "reason", "at": "at"},
    )
    fates.declare(
        Withdrawn,
        "author",
        "Reviews you deleted before a moderator was done with them",
        what_for="So that the next one of the same film is looked at first. The words themselves are gone.",
        how_long="Until a moderator approves a review of yours of that film, or you delete your account.",
        columns=TITLE | {"what": "what", "reason": "reason", "deleted at": "withdrawn_at"},
    )
    fates.declare(
        Ban,
        "member",
        "A ban from reviewing",
        what_for="To act against fake reviews and votes.",
        how_long="Until it is lifted, or you delete your account.",
        columns={"since": "since", "reason": "step__reason"},
    )


def _declare_held_votes():
    fates.declare(
        ModerationStep,
        "other",
        "Votes on your reviews that were looked at",
        what_for="To act against votes that are not honest.",
        how_long="Until you delete your account.",
        hidden="It would tell who votes.",
    )
    for who, name in (("voter", "Votes of yours that are held"), ("author", "Votes on your reviews that are held")):
        fates.declare(
            VoteHold,
            who,
            name,
            what_for="To act against votes that are not honest.",
            how_long="Until a moderator has looked, or you delete your account.",
            hidden="It would tell who votes for whom.",
        )


def _declare_work_on_the_catalogue():
    fates.declare(
        SheetImport,
        "by",
        "Spreadsheets that you imported",
        what_for="To see who changed what in the catalogue, and to undo it.",
        how_long="The files for 30 days; that you imported one, until you delete your account.",
        columns={"file": "name", "kind": "kind", "sent at": "sent_at", "imported at": "applied_at"},
        of_staff=True,
        ends=fates.UNLINKED,
        why_unlinked="What was imported stays in the list, and can be undone.",
    )
    fates.declare(
        TitleDraft,
        "member",
        "Drafts of titles",
        what_for="To go on with the catalogue where you stopped. Nobody else sees them.",
        how_long="Until you save the title or throw the draft away; 90 days at most.",
        columns=TITLE | {"typed": "data", "saved at": "saved_at"},
        of_staff=True,
    )


def _declare_work_on_reviews():
    fates.declare(
        ModerationStep,
        "by",
        "Moderation that you did",
        what_for="To say who decided.",
        how_long="For as long as the step is kept.",
        of_staff=True,
        hidden="It is about others.",
        ends=fates.UNLINKED,
        why_unlinked="What was decided stays decided.",
    )
    fates.declare(
        StaffReply,
        "written_by",
        "Our answers under reviews",
        what_for="To say who answered.",
        how_long="For as long as the answer stands.",
        of_staff=True,
        hidden="They are ours, not yours.",
        ends=fates.UNLINKED,
        why_unlinked="The answer is the house’s.",
    )


def _declare_worked_out():
    fates.declare(
        ReviewStanding,
        "author",
        "The standing of your reviews",
        what_for="To sort reviews by votes and stars.",
        how_long="As long as the review.",
        hidden="It is worked out from your reviews, ratings and their votes.",
    )
    fates.declare(
        ChartPlace,
        "member",
        "Your place among reviewers",
        what_for="For the chart of the most helpful reviewers, if you have a page.",
        how_long="Until the chart is next worked out.",
        hidden="It is worked out from the votes on your reviews.",
    )


def _declare_merged():
    fates.declare(
        Followed,
        "member",
        "What two pages of one film made double",
        what_for="Two pages of one film became one, and what you said later stands. So that we can part them again.",
        how_long="90 days, or until you delete your account.",
        columns={"what": "table", "it was": "was", "when": "at"},
    )
