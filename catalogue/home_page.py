"""What the front page prints: cards of what is new, popular and to come, collections, one prize.

Each part finds which titles it shows; then the titles of all parts are loaded at once.
"""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.urls import reverse
from django.utils import timezone

from catalogue import wording
from catalogue.cards import card
from catalogue.models import Award, Collection, Credit, Medium, PopularTitle, Release, Title, TitleCollection
from catalogue.models.announced import announced
from catalogue.names import slug

NEW_SHOWN, POPULAR_SHOWN, COMING_SHOWN, SHELVES_SHOWN, COVERS_SHOWN, WINNERS_SHOWN = 12, 10, 6, 3, 3, 6
PRIZE = {"body": "cannes", "prize": "Palme d'Or", "name": "Palme d’Or winners"}


def home_page():
    """The context of `catalogue/home.html` that is the same for everybody."""
    new, popular, coming = _new(), _popular(), _coming(timezone.localdate())
    shelves, winners = _shelves(), _winners()
    shown = [*new, *popular, *(title for title, *_ in coming), *(title for title, *_ in winners)]
    titles = Title.objects.for_cards().in_bulk([*shown, *(key for shelf in shelves for key in shelf.covers)])
    cards = {key: card(title) for key, title in titles.items()}
    return {
        "new": [cards[key] for key in new],
        "popular": [cards[key] for key in popular],
        "coming": [_announced(cards[title], medium, day) for title, medium, day in coming],
        "shelves": [_shelf(shelf, cards) for shelf in shelves],
        "prize": _prize(winners, cards),
    }


def _new():
    """Titles whose first copy came last."""
    held = Title.objects.filter(stock__held_since__isnull=False, stock__copies__gt=0)
    return held.order_by("-stock__held_since", "pk").values_list("pk", flat=True)[:NEW_SHOWN]


def _popular():
    return (
        PopularTitle.objects.filter(announced("title"))
        .order_by("position")
        .values_list("title", flat=True)[:POPULAR_SHOWN]
    )


def _coming(today):
    """(title, medium, loose date) of the next editions that are announced: one each, the first."""
    rows = Release.objects.filter(announced("title"), released_on__gt=today.isoformat()).order_by("released_on", "pk")
    found = {}
    for title, medium, day in rows.values_list("title", "medium", "released_on")[: 2 * COMING_SHOWN]:
        found.setdefault(title, (title, medium, day))
    return list(found.values())[:COMING_SHOWN]


def _announced(card, medium, day):
    return card | {"line": f"{Medium(medium).label}, {wording.loose_date(day)}", "availability": None}


def _shelves():
    """Collections with words of ours, a different handful each week, and the titles most rented of each."""
    mine = TitleCollection.objects.filter(announced("title"), collection=OuterRef("pk"))
    covers = ArraySubquery(mine.order_by("-title__stock__rentals", "title").values("title")[:COVERS_SHOWN])
    rows = list(Collection.objects.exclude(text="").order_by("sort_key").values_list("pk", flat=True))
    week = timezone.localdate().isocalendar().week
    start = week * SHELVES_SHOWN % len(rows) if rows else 0
    chosen = (rows + rows)[start : start + min(SHELVES_SHOWN, len(rows))]
    found = Collection.objects.annotate(covers=covers).in_bulk(chosen)
    return [found[key] for key in chosen if len(found[key].covers) == COVERS_SHOWN]


def _shelf(shelf, cards):
    return {
        "name": shelf.name,
        "url": reverse("catalogue:collection", args=[shelf.slug]),
        "text": wording.paragraphs(shelf.text)[0],
        "covers": [cards[key]["cover"] for key in shelf.covers],
    }


def _winners():
    """(title, year, director) of the last titles that won the prize."""
    director = Credit.objects.filter(title=OuterRef("title"), role="director").order_by("position")
    won = Award.objects.filter(announced("title"), body__slug=PRIZE["body"], prize=PRIZE["prize"], won=True)
    rows = won.annotate(directors=ArraySubquery(director.values("printed_name"))).order_by("-year", "pk")
    return rows.values_list("title", "year", "directors")[:WINNERS_SHOWN]


def _prize(winners, cards):
    rows = [
        {"card": cards[title], "year": year, "directors": wording.joined(directors)}
        for title, year, directors in winners
    ]
    return PRIZE | {"slug": slug(PRIZE["prize"]), "winners": rows} if rows else None
