"""What of a member is kept in the tables of ratings, reviews and votes."""

from contextlib import contextmanager

from members import fates
from reviews.models import HelpfulVote, Rating, Review, ScoreSummary

TITLE = {"title": "title__name", "year": "title__year", "address": "title__slug"}
UNTIL = "Until you take it back, or delete your account."


def declare():
    """Say what becomes of each."""
    fates.declare(
        Rating,
        "member",
        "Ratings",
        what_for="For the score of a film, and to find films that you may like.",
        how_long=UNTIL,
        columns=TITLE | {"half stars": "half_stars", "rated on": "rated_on"},
        end=_erase,
    )
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
        },
        end=_erase,
    )
    fates.declare(
        HelpfulVote,
        "voter",
        "Helpful votes",
        what_for="To put the most helpful reviews first. Who voted is shown to nobody.",
        how_long=UNTIL,
        columns={"title": "review__title__name", "review": "review__headline", "helpful": "helpful"},
    )


def _erase(rows):
    """Ratings or reviews go, and the scores of their titles with them."""
    with _summaries(list(rows.values_list("title", flat=True))):
        fates.erase(rows)


@contextmanager
def _summaries(titles):
    """Lock the summaries of `titles` in order, let their rows change, and make them anew."""
    locked = ScoreSummary.objects.select_for_update(no_key=True).filter(title__in=titles).order_by("title")
    list(locked.values_list("pk"))
    yield
    ScoreSummary.objects.rebuild(titles)
