"""Records made up for the tests."""


def title(slug="the-test-1950", name="The Test", **keys):
    """A title record in our own format."""
    return {"record": "title", "slug": slug, "name": name, "kind": "film", **keys}


def person(slug="ann-bee", name="Ann Bee", **keys):
    return {"record": "person", "slug": slug, "name": name, **keys}


def credit(name, role="director", **keys):
    return {"role": role, "name": name, **keys}


def imdb(value="tt0000001"):
    return [{"scheme": "imdb", "value": value}]


def us_film(title="The Test", year=1950, cast=(), genres=(), **keys):
    """A film of the US list."""
    return {"title": title, "year": year, "cast": list(cast), "genres": list(genres), **keys}


def cannes_film(title="The Test", year="1951", imdb=None, **columns):
    """A film of the list of Cannes; `year` is the festival's."""
    address = f"https://www.imdb.com/title/{imdb}/" if imdb else ""
    return {"title": title, "year": year, "imdb_url": address, **columns}


# One record of each kind, and every key that the format has.
EVERY_KIND = [
    {
        "record": "plan",
        "slug": "two-at-home",
        "name": "Two at home",
        "note": "One to watch while the other is in the post",
        "places_at_home": 2,
        "discs_a_month": 4,
        "media": ["dvd", "blu-ray"],
        "price_pence": 899,
        "trial_days": 14,
        "position": 1,
    },
    {"record": "collection", "slug": "the-thaw", "name": "The Thaw", "text": "One.\n\nTwo.", "order": "place"},
    {"record": "genre", "slug": "war", "name": "War", "text": "One.\n\nTwo."},
    {"record": "country", "code": "SU", "text": "One.\n\nTwo."},
    {
        "record": "award_body",
        "slug": "cannes",
        "name": "Cannes",
        "text": "One.\n\nTwo.",
        "website": "https://festival.example/",
    },
    {"record": "publication", "slug": "the-paper", "name": "The Paper", "url": "https://paper.example/"},
    {"record": "critic", "slug": "cy-dee", "name": "Cy Dee", "top": True},
    {"record": "source", "slug": "elsewhere", "name": "Elsewhere", "url": "https://elsewhere.example/"},
    {"record": "member", "handle": "kit", "shown_as": "Kit W."},
    {"record": "member", "handle": "sam", "shown_as": "S. S."},
    {
        "record": "person",
        "slug": "ann-bee",
        "name": "Ann Bee",
        "born_on": "1903-12-28",
        "died_on": "1973-03",
        "birthplace": "Tbilisi",
        "biography": "One.\n\nTwo.",
        "has_page": False,
        "aliases": [{"name": "Энн Би", "language": "ru", "script": "Cyrl"}],
        "identifiers": [{"scheme": "imdb", "value": "nm0000001"}],
        "former_slugs": ["anne-bee"],
    },
    {
        "record": "title",
        "slug": "the-test-1950",
        "name": "The Test",
        "kind": "series",
        "year": 1950,
        "lead": "A test.",
        "synopsis": 'One: "quoted", a\ttab, \\N and a back\\slash.\n\nTwo – «три» 映画 🎬.',
        "runtime_minutes": 97,
        "certificate": {"system": "BBFC", "value": "12"},
        "cover": {"palette": "dusk", "motif": "cranes", "short_name": "Test"},
        "languages": ["ru", "fr"],
        "countries": ["SU", "FR"],
        "genres": ["Drama", "War"],
        "collections": [{"name": "The Thaw", "place": 3}],
        "names": [{"name": "Проверка", "language": "ru", "script": "Cyrl", "kind": "original"}],
        "credits": [
            {"role": "director", "person": "ann-bee", "name": "A. Bee", "detail": "second unit"},
            {
                "role": "actor",
                "person": "ann-bee",
                "name": "Ann Bee",
                "character": "Cook",
                "detail": "as a child",
                "voice": True,
                "uncredited": True,
            },
        ],
        "companies": [{"role": "production", "name": "Testfilm"}],
        "awards": [{"year": 1958, "body": "Cannes", "prize": "Palme d'Or", "recipient": "Ann Bee", "won": True}],
        "events": [{"kind": "premiere", "date": "1957-10-12", "territory": "SU", "note": "Moscow"}],
        "box_office": [{"territory": "US", "currency": "USD", "amount": 0}],
        "identifiers": [{"scheme": "imdb", "value": "tt0050634"}],
        "former_slugs": ["test-1950"],
        "offers": [
            {
                "provider": "Channel",
                "kind": "rent",
                "label": "HD",
                "url": "https://channel.example/1",
                "territory": "GB",
                "checked_on": "2024-02-29",
            }
        ],
        "releases": [
            {
                "slug": "dvd",
                "medium": "dvd",
                "edition": "Collector's edition",
                "released_on": "2002-05",
                "runtime_minutes": 95,
                "distributor": "Testdisc",
                "certificate": {"system": "BBFC", "value": "PG"},
                "regions": ["2", "4"],
                "colour": "black and white",
                "video_standard": "PAL",
                "box_set": "The Box",
                "identifiers": [{"scheme": "ean", "value": "5050000000001"}],
                "aspect_ratios": [{"printed": "Full Screen 1.33:1 / 4:3", "ratio": "1.33"}],
                "audio": [
                    {"language": "ru", "codec": "Dolby Digital", "channels": "5.1", "kind": "original", "note": "new"}
                ],
                "subtitles": [{"language": "en", "hard_of_hearing": True}],
                "discs": [{"number": 1, "label": "Film"}, {"number": 2}],
                "extras": [
                    {
                        "name": "How it was made",
                        "kind": "documentary",
                        "year": 1999,
                        "minutes": 52,
                        "disc": 2,
                        "people": ["ann-bee"],
                    }
                ],
            }
        ],
        "ratings": [["kit", 9, "2024-01-31"], ["sam", 1, "2024-02-29"]],
        "reviews": [
            {
                "member": "kit",
                "headline": "Good",
                "body": "One.\n\nTwo.",
                "spoilers": True,
                "written_on": "2024-02-01",
                "edited_on": "2024-02-02",
                "votes": [["sam", False]],
            }
        ],
        "critic_reviews": [
            {
                "critic": "cy-dee",
                "publication": "the-paper",
                "quote": "Fine.",
                "score": "6/6",
                "fresh": False,
                "published_on": "1958-05",
                "added_on": "2024-01-01",
                "url": "https://paper.example/test",
            }
        ],
        "outside_scores": [
            {
                "source": "elsewhere",
                "liked_percent": 0,
                "ratings": 0,
                "ratings_at_least": True,
                "reviews": 0,
                "url": "https://elsewhere.example/test",
                "as_of": "2024-01-01",
            }
        ],
        "outside_reviews": [
            {
                "source": "elsewhere",
                "author": "Zoë",
                "half_stars": 7,
                "body": "Nice.",
                "written_on": "2023-12-31",
                "url": "https://elsewhere.example/test/1",
            }
        ],
    },
]
EVERY_KEY = EVERY_KIND[-1]
