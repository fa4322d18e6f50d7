"""Cards: a title's cover, name and one line, as grids and rails show it."""

from django.urls import reverse

from catalogue.models import Title
from catalogue.pictures import WIDTHS, Picture

# Made once from the URL patterns: `reverse` costs thirty times as much as filling in a slug.
_patterns = {}


def address(view, *args):
    """`reverse` of a pattern whose arguments are slugs or digests, without looking it up each time."""
    pattern = _patterns.get(view)
    if pattern is None:
        pattern = _patterns[view] = reverse(view, args=[f"ZZ{i}ZZ" for i in range(len(args))])
    for number, arg in enumerate(args):
        pattern = pattern.replace(f"ZZ{number}ZZ", str(arg))
    return pattern


def cover(title):
    """Addresses of a title's picture: {"src", "srcset", "large", "tint", "drawn"}."""
    picture = Picture.of(title)
    base = address("catalogue:picture", title.slug, picture.key, "SIZE")
    return {
        "src": base.replace("SIZE", "360.webp"),
        "srcset": ", ".join(f"{base.replace('SIZE', f'{width}.webp')} {width}w" for width in WIDTHS),
        "large": base.replace("SIZE", f"{max(WIDTHS)}.webp"),
        "tint": picture.tint,
        "drawn": not title.poster,
    }


def card(title):
    """What the template `catalogue/_card.html` needs of a title loaded with `for_cards`."""
    country = title.page_countries[0]["name"] if title.page_countries else ""
    year = str(title.year) if title.year else "Year not known"
    return {
        "key": title.pk,
        "name": title.name,
        "url": address("catalogue:title", title.slug),
        "line": " · ".join(filter(None, [year, country])),
        "cover": cover(title),
        "availability": title.stock.words(title.page_released),
    }


def cards_of(keys):
    """{key: card} of the titles of those keys."""
    return {pk: card(title) for pk, title in Title.objects.for_cards().in_bulk(list(keys)).items()}
