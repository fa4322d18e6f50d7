"""The page of a member's own ratings: what was asked for, in which order, and what it prints."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from catalogue import wording
from catalogue.cards import cards_of
from catalogue.names import fold
from catalogue.sent import key_of
from reviews.models import RatingsBroughtIn, ReaderChoices
from reviews.thresholds import HALF_STARS, TASTE_IN_COMMON

LEAST, MOST = HALF_STARS
STARS = [(half_stars, wording.stars(half_stars)) for half_stars in range(MOST, LEAST - 1, -1)]
ORDERS = {
    "newest": ("Last rated", ("-rated_on", "-pk")),
    "oldest": ("First rated", ("rated_on", "pk")),
    "highest": ("Highest rating", ("-half_stars", "title__sort_key", "pk")),
    "lowest": ("Lowest rating", ("half_stars", "title__sort_key", "pk")),
    "name": ("Name of the film", ("title__sort_key", "pk")),
}
LATELY = timedelta(days=7)  # for so long the list offers to undo a file; the page for files always does
PARAMETERS = ("q", "stars", "sort", "page")


@dataclass(frozen=True)
class Asked:
    """Which ratings are looked at: words of a name, half stars or None, one of ORDERS."""

    q: str = ""
    stars: int | None = None
    sort: str = "newest"

    @property
    def is_filtered(self):
        return bool(self.q or self.stars)


def read(sent):
    """What the address asks for; what it cannot mean is not asked for."""
    sort = sent.get("sort")
    return Asked(
        q=" ".join(sent.get("q", "").replace("\0", "").split())[:200],
        stars=half_stars_in(sent.get("stars")),
        sort=sort if sort in ORDERS else "newest",
    )


def half_stars_in(sent):
    """1 to 10, or None."""
    half_stars = key_of(sent)
    return half_stars if half_stars in range(LEAST, MOST + 1) else None


def url(sent, **more):
    """The address of the list as it was looked at, from what a form on it sent."""
    kept = {name: sent[name] for name in PARAMETERS if sent.get(name)} | more
    return reverse("reviews:ratings") + (f"?{urlencode(kept)}" if kept else "")


def ratings(member, asked):
    """The ratings that were asked for, in their order."""
    found = member.ratings.order_by(*ORDERS[asked.sort][1])
    if asked.q:
        found = found.filter(title__folded__contains=fold(asked.q))
    return found.filter(half_stars=asked.stars) if asked.stars else found


def rows(page):
    """What the page prints of each rating."""
    cards = cards_of(rating.title_id for rating in page)
    return [
        {
            "card": cards[rating.title_id],
            "title": rating.title_id,
            "half_stars": rating.half_stars,
            "stars": wording.stars(rating.half_stars),
            "day": wording.day(rating.rated_on),
        }
        for rating in page
    ]


def page(member, asked):
    """The context of `reviews/ratings.html` but for the ratings. Three queries."""
    counts = dict(member.ratings.values_list("half_stars").annotate(Count("pk")).order_by())
    number = sum(counts.values())
    return {
        "asked": asked,
        "number": number,
        "words": wording.counted(number, "rating"),
        "bars": [{"value": value, "stars": words, "number": counts.get(value, 0)} for value, words in STARS],
        "orders": {name: words for name, (words, _) in ORDERS.items()},
        "choices": STARS,
        "last": last_brought_in(member, lately=True),
        "invited": not ReaderChoices.of(member).shares_taste and number >= TASTE_IN_COMMON,
    }


def last_brought_in(member, *, lately=False):
    """What came in from the last file, {"words"}, and can be undone; None without, or if it was not `lately`."""
    last = RatingsBroughtIn.objects.filter(member=member).first()
    if last is None or lately and timezone.now() - last.brought_in_at > LATELY:
        return None
    day = wording.day(timezone.localdate(last.brought_in_at))
    return {"words": f"On {day} you brought in {wording.counted(len(last.changes), 'rating')} from {last.source}."}
