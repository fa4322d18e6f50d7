"""A title with a great deal of everything, in Kinopost JSON Lines."""

import json
from datetime import date, timedelta

SLUG = "a-very-long-evening-1999"
REVIEWS, CAST, EDITIONS = 1000, 60, 12
MEDIA = ("dvd", "blu-ray", "4k")
FIRST_DAY = date(2015, 1, 1)
SENTENCE = "It is long, and I did not once look at my watch. "


def line():
    """The record, as a line of a file to import."""
    record = {
        "record": "title",
        "slug": SLUG,
        "name": "A Very Long Evening",
        "kind": "film",
        "year": 1999,
        "lead": "Sixty people sit down to dinner.",
        "synopsis": "\n\n".join([SENTENCE * 8] * 3),
        "runtime_minutes": 320,
        "languages": ["en"],
        "countries": ["GB"],
        "genres": ["Drama", "Comedy"],
        "credits": [{"role": "director", "name": "Ada Director"}, *map(_part, range(CAST))],
        "releases": [_release(number) for number in range(EDITIONS)],
        "ratings": [[_member(n), 1 + n % 10, _day(n)] for n in range(REVIEWS)],
        "reviews": [_review(number) for number in range(REVIEWS)],
    }
    return json.dumps(record) + "\n"


def _part(number):
    return {"role": "actor", "name": f"Guest {_letters(number)}", "character": f"Guest of seat {number + 1}"}


def _release(number):
    medium = MEDIA[number % 3]
    return {
        "slug": f"{medium}-{number}",
        "medium": medium,
        "edition": f"Edition {number + 1}",
        "released_on": str(2001 + number),
        "runtime_minutes": 320,
        "distributor": "Long Films",
        "aspect_ratios": [{"printed": "1.85:1", "ratio": "1.85"}],
        "audio": [_track(code, kind) for code, kind in (("en", "original"), ("fr", "dub"), ("de", "dub"))],
        "subtitles": [{"language": code} for code in ("en", "fr", "de", "es", "it")],
        "discs": [{"number": 1}, {"number": 2}],
        "extras": [{"name": f"Extra {n + 1}", "kind": "featurette", "minutes": 12, "disc": 2} for n in range(4)],
    }


def _track(language, kind):
    return {"language": language, "codec": "Dolby Digital", "channels": "5.1", "kind": kind}


def _review(number):
    return {
        "member": _member(number),
        "headline": f"What I think, number {number}",
        "body": "\n\n".join([SENTENCE * 4] * 2),
        "written_on": _day(number),
        "votes": [[_member(number + 1 + n), n >= number % 3] for n in range(number % 6)],
    }


def _member(number):
    return f"bench-{number % REVIEWS}"


def _day(number):
    return (FIRST_DAY + timedelta(days=number)).isoformat()


def _letters(number):
    """A name for `number` of two letters, since a digit in one would be odd."""
    return f"{chr(65 + number // 26)}{chr(97 + number % 26)}"
