"""What the pages of genres and countries print, from shelves and counts that `catalogue.shelves` made."""

from django.db.models import Exists, F, OuterRef, Sum
from django.urls import reverse
from django.utils.http import urlencode

from catalogue import wording
from catalogue.cards import card
from catalogue.models import Country, Shelf, Title, TitleCountry, TitleGenre
from catalogue.models.announced import announced

SHELVES = {
    Shelf.POPULAR: ("Most popular", "what members rent most"),
    Shelf.NEWEST: ("Newest on disc", "by the day the disc came out"),
    Shelf.BEST: ("Best rated", "by members, few ratings counting for little"),
}


def all_of(model):
    """[{"name", "url", "count", "text"}] of the genres or countries that have titles, A to Z. One query."""
    counted = model.objects.annotate(number=Sum("shelf_counts__titles")).filter(number__gt=0).order_by("name")
    return [
        {
            "name": row.name,
            "url": row.get_absolute_url(),
            "count": wording.counted(row.number, "title"),
            "text": wording.first_sentence(row.text),
        }
        for row in counted
    ]


def with_titles():
    """Countries that have titles which everybody may see: the others have no page."""
    return Country.objects.filter(Exists(TitleCountry.objects.filter(announced("title"), country=OuterRef("pk"))))


def page_of(row):
    """The context of `catalogue/way_in.html` for a genre or a country."""
    decades = list(row.shelf_counts.order_by("decade").values_list("decade", "titles"))
    total = sum(titles for _, titles in decades)
    return {
        "row": row,
        "text": wording.paragraphs(row.text),
        "count": wording.counted(total, "title"),
        "all": _listed(row),
        "shelves": _shelves(row),
        "decades": [
            {"name": f"{decade}s", "url": _listed(row, decade=f"{decade}s"), "count": f"{titles:,}"}
            for decade, titles in decades
            if decade
        ],
    }


def _listed(row, **asked):
    """The address of the list of all titles, narrowed down to the genre or country and what else is `asked`."""
    own = {"country": row.pk} if isinstance(row, Country) else {"genre": row.slug}
    return f"{reverse('catalogue:browse')}?{urlencode(own | asked)}"


def _shelves(row):
    """The shelves that are not empty; what has left the genre or country since they were made is not shown."""
    of = {"country": row} if isinstance(row, Country) else {"genre": row}
    rows = TitleCountry if isinstance(row, Country) else TitleGenre
    still = Exists(rows.objects.filter(title=OuterRef("title"), **of))
    places = list(row.shelf_titles.filter(still).order_by("position").values_list("shelf", "title"))
    cards = {title.pk: card(title) for title in Title.objects.filter(pk__in={key for _, key in places}).for_cards()}
    shown = {shelf: [cards[key] for name, key in places if name == shelf and key in cards] for shelf in SHELVES}
    return [
        {"id": shelf.value, "name": SHELVES[shelf][0], "by": SHELVES[shelf][1], "cards": cards}
        for shelf, cards in shown.items()
        if cards
    ]


def latest_first(titles):
    """The order in which a company's titles are listed."""
    return titles.order_by(F("year").desc(nulls_last=True), "sort_key", "pk")
