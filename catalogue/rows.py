"""Rows: a title as lists of films print it, with its small cover, a line on it and whether we hold it."""

from catalogue.cards import address
from catalogue.models import Title
from catalogue.pictures import WIDTHS, Picture

SMALL = f"{min(WIDTHS)}.webp"


def rows(keys):
    """{key: row} of the titles with these keys, whatever their number in one query."""
    return {title.pk: row(title) for title in Title.objects.filter(pk__in=keys).for_rows()}


def row(title):
    """What `catalogue/_row.html` needs of a title loaded with `for_rows`, but the line."""
    return {
        "title": title,
        "key": title.pk,
        "name": title.name,
        "url": address("catalogue:title", title.slug),
        "year": title.year,
        "kind": title.kind,
        "small": small_cover(title),
        "makers": title.page_makers,
        "cast": title.page_cast,
        "aka": title.page_aka[0] if title.page_aka else "",
        "held": bool(title.page_media),
        "stock": title.stock.words(bool(title.page_media)),
        "ratings": title.score_summary.ratings,
    }


def small_cover(title):
    """The address of the smallest picture of a title loaded with `for_cards` or `for_rows`."""
    return address("catalogue:picture", title.slug, Picture.of(title).key, SMALL)


def names(people, but=None, most=2):
    """Names of `makers` or `cast`, without that of the person with the key `but`."""
    return [person["name"] for person in people if person["person"] != but][:most]


def known_first(rows):
    """The rows in the order in which covers are shown: what is out on disc, and of it what members rated most."""
    return sorted(rows, key=lambda row: (not row["held"], -row["ratings"], row["year"] or 0, row["key"]))


def counted_kinds(rows):
    """ "11 films", "1 series", "12 titles" if there are both."""
    number, kinds = len(rows), {row["kind"] for row in rows}
    word = {"film": "film", "series": "series"}[kinds.pop()] if len(kinds) == 1 else "title"
    return f"{number:,} {word}{'s' if number != 1 and word != 'series' else ''}"
