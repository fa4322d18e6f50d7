"""What the pages of collections print: shelves with three covers, counts, and which kind of collection each is."""

from django.db import connection
from django.db.models import Exists, F, OuterRef

from catalogue import wording
from catalogue.cards import card
from catalogue.models import Collection, CollectionOrder, Country, Genre, Title
from catalogue.portraits import banner
from catalogue.ways_in import with_titles

MOST_COUNTED, MOST_LISTED = 1000, 200  # titles of a collection on a shelf or in a list; of more it says "more than"
FAN = 3
MANY = 60  # collections of a kind from which they are listed under their first letters

# For each collection, of its titles up to a limit: how many, of which kind and held, and the first three in its order.
SHELVES = """
SELECT c.id, s.titles, s.held, s.series, s.first
FROM catalogue_collection c CROSS JOIN LATERAL (
  SELECT count(*) AS titles, count(*) FILTER (WHERE t.kind = 'series') AS series,
    count(*) FILTER (WHERE EXISTS (SELECT FROM catalogue_release r WHERE r.title_id = t.id)) AS held,
    (array_agg(
      t.id ORDER BY (CASE c."order" WHEN 'place' THEN m.place END), t.year, t.sort_key, t.id))[:%(fan)s] AS first
  FROM (SELECT m.title_id, m.place FROM catalogue_titlecollection m JOIN catalogue_title t ON t.id = m.title_id
    WHERE m.collection_id = c.id AND t.hidden_until IS NULL LIMIT %(most)s) m
  JOIN catalogue_title t ON t.id = m.title_id) s
WHERE c.id = ANY (%(ids)s)
"""


def shelves(collections, covers=True):
    """What `catalogue/_shelf.html` needs of each collection that has titles. One query, and one for the covers."""
    collections = list(collections)
    most = MOST_COUNTED if covers else MOST_LISTED
    counts = _counted([collection.pk for collection in collections], most)
    fans = _fans({key for row in counts.values() for key in row["first"]} if covers else ())
    return [
        _shelf(collection, counts[collection.pk], fans, most)
        for collection in collections
        if counts[collection.pk]["titles"]
    ]


def shelf_of(collection):
    """The shelf of one collection, empty or not."""
    counts = _counted([collection.pk], MOST_COUNTED)[collection.pk]
    return _shelf(collection, counts, _fans(counts["first"]), MOST_COUNTED)


def _counted(keys, most):
    with connection.cursor() as cursor:
        cursor.execute(SHELVES, {"ids": keys, "most": most + 1, "fan": FAN})
        return {
            key: {"titles": titles, "held": held, "series": series, "first": first or []}
            for key, titles, held, series, first in cursor
        }


def _fans(keys):
    titles = Title.objects.filter(pk__in=keys).for_cards() if keys else ()
    return {title.pk: card(title)["cover"]["src"] for title in titles}


def _shelf(collection, counts, fans, most):
    return {
        "name": collection.name,
        "url": collection.get_absolute_url(),
        "text": wording.first_sentence(collection.text),
        "count": _count(most, **counts),
        "banner": banner(collection),
        "fan": [fans[key] for key in counts["first"] if key in fans],
    }


def _count(most, titles, held, series, first):
    """ "38 films, 31 to rent"; "38 films to rent" if we hold them all; "More than 1,000 titles"."""
    if titles > most:
        return f"More than {most:,} titles"
    word = "film" if not series else "title" if series < titles else "series"
    counted = wording.counted(titles, word, "series" if word == "series" else None)
    if held == titles and titles:
        return f"{counted} to rent"
    return f"{counted}, {held:,} to rent"


# ------------------------------------------------------------------ all of them
def all_collections():
    """The context of `catalogue/collections.html`: editors' collections with covers, then countries' and genres'."""
    kinds = {"editorial": [], "country": [], "genre": []}
    for collection in _with_kind().order_by("sort_key", "pk"):
        kind = "country" if collection.is_country else "genre" if collection.is_genre else "editorial"
        kinds[kind].append(collection)
    return {
        "editorial": shelves(kinds["editorial"]),
        "lists": [
            {"name": name, "id": kind, "letters": _letters(shelves(kinds[kind], covers=False))}
            for kind, name in (("country", "By country"), ("genre", "By genre"))
        ],
    }


def _with_kind():
    """A collection that is named like a country or a genre is that country's or genre's."""
    return Collection.objects.annotate(
        is_country=Exists(Country.objects.filter(name=OuterRef("name"))),
        is_genre=Exists(Genre.objects.filter(folded=OuterRef("folded"))),
    )


def _letters(shelves):
    """[(letter, shelves)], under one empty letter if there are few."""
    if len(shelves) < MANY:
        return [("", shelves)] if shelves else []
    letters = {}
    for shelf in shelves:
        letters.setdefault(shelf["name"][:1].upper(), []).append(shelf)
    return list(letters.items())


# ------------------------------------------------------------------ one
def titles_of(collection):
    """The titles of a collection in its own order."""
    titles = Title.objects.filter(title_collections__collection=collection)
    by_place = [F("title_collections__place").asc(nulls_last=True)] if _in_given_order(collection) else []
    return titles.order_by(*by_place, "year", "sort_key", "pk")


def order_in_words(collection):
    return "in our order" if _in_given_order(collection) else "the oldest first"


def _in_given_order(collection):
    return collection.order == CollectionOrder.PLACE


def related(collection):
    """The page of the country or genre that has the collection's name: {"name", "url"}, or None."""
    country = with_titles().filter(name=collection.name).first()
    row = country or Genre.objects.filter(folded=collection.folded).first()
    return row and {"name": f"{row.name}: popular, new and best rated", "url": row.get_absolute_url()}
