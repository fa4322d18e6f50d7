"""The catalogue's own facets and orders."""

import numpy as np

from catalogue.browse.declared import MISSING, Facet, Sort, register
from catalogue.browse.words import Decades, Fixed, Large, Small


def _code(column):
    """SQL of a whole number for a code of two or three letters."""
    return f"(ascii({column}) << 16 | ascii(substr({column}, 2)) << 8 | ascii(substr({column}, 3)))"


def _place(column, *choices):
    """SQL of the place of a choice in the list, from 1."""
    names = ", ".join(f"'{choice}'" for choice in choices)
    return f"array_position(ARRAY[{names}], {column}::text)"


def _of_title(table, column):
    return f"SELECT title_id, {column} FROM catalogue_{table}"


def _of_release(table, value, where="true"):
    parts = f"catalogue_{table} p JOIN catalogue_release r ON r.id = p.release_id"
    return f"SELECT r.title_id, {value} FROM {parts} WHERE {where}"


def _named(table, only="true"):
    return Small(f"SELECT id, slug, name FROM catalogue_{table} WHERE {only} ORDER BY name")


NOT_HIDDEN = " WHERE collection_id NOT IN (SELECT id FROM catalogue_collection WHERE hidden_until IS NOT NULL)"
COUNTRIES = Small(f"SELECT {_code('code')}, code, name FROM catalogue_country ORDER BY name")
LANGUAGES = Small(f"SELECT {_code('code')}, code, name FROM catalogue_language ORDER BY name")
CERTIFICATES = Small(
    "SELECT id, trim('-' from regexp_replace(lower(system || '-' || value), '[^a-z0-9]+', '-', 'g')), "
    "CASE system WHEN 'BBFC' THEN value ELSE value || ' (' || system || ')' END FROM catalogue_certificate "
    "ORDER BY system <> 'BBFC', system, array_position(ARRAY['U', 'PG', '12', '12A', '15', '18'], value::text), value"
)
RATIOS = Fixed(
    (1, "narrower", "Narrower than 1.33"),
    (2, "academy", "1.33 and 1.37, as on old screens"),
    (3, "1.66", "1.66"),
    (4, "1.85", "1.78 and 1.85"),
    (5, "2.20", "2.00 to 2.20"),
    (6, "scope", "2.35 and wider"),
)

FACETS = (
    Facet(
        "kind", "Film or series", f"SELECT id, {_place('kind', 'film', 'series')} FROM catalogue_title",
        Fixed((1, "film", "Films"), (2, "series", "TV series")), ordered=True, place=10,
    ),
    Facet(
        "decade", "Decade", "SELECT id, year / 10 * 10 FROM catalogue_title",
        Decades(), ordered=True, opened=True, shown=20, place=20,
    ),
    Facet(
        "country", "Country", _of_title("titlecountry", _code("country_id")),
        COUNTRIES, plural="countries", shown=5, opened=True, place=30,
    ),
    Facet(
        "genre", "Genre", _of_title("titlegenre", "genre_id"),
        _named("genre"), plural="genres", opened=True, place=40,
    ),
    Facet(
        "format", "Format",
        f"SELECT title_id, {_place('medium', 'dvd', 'blu-ray', '4k')} FROM catalogue_release",
        Fixed((1, "dvd", "DVD"), (2, "blu-ray", "Blu-ray"), (3, "4k", "4K")), ordered=True, opened=True, place=50,
    ),
    Facet(
        "certificate", "Certificate",
        "SELECT id, certificate_id FROM catalogue_title "
        "UNION ALL SELECT title_id, certificate_id FROM catalogue_release",
        CERTIFICATES, plural="certificates", shown=7, ordered=True, place=70,
    ),
    Facet(
        "audio", "Spoken language", _of_release("audiotrack", _code("p.language_id"), "p.kind IN ('original', 'dub')"),
        LANGUAGES, plural="languages", shown=5, place=80,
    ),
    Facet(
        "subtitles", "Subtitles", _of_release("subtitletrack", _code("p.language_id")),
        LANGUAGES, plural="languages", shown=5, place=90,
    ),
    Facet(
        "sdh", "For the hard of hearing", _of_release("subtitletrack", _code("p.language_id"), "p.hard_of_hearing"),
        LANGUAGES, plural="languages", shown=3, place=100,
    ),
    Facet(
        "ad", "Audio description", _of_release("audiotrack", _code("p.language_id"), "p.kind = 'audio description'"),
        LANGUAGES, plural="languages", shown=3, place=110,
    ),
    Facet(
        "colour", "Colour",
        "SELECT title_id, unnest(CASE colour WHEN 'colour' THEN ARRAY[1] WHEN 'black and white' THEN ARRAY[2] "
        "WHEN 'both' THEN ARRAY[1, 2] END) FROM catalogue_release",
        Fixed((1, "colour", "Colour"), (2, "black-and-white", "Black and white")), ordered=True, place=120,
    ),
    Facet(
        "ratio", "Shape of the picture",
        _of_release(
            "aspectratio",
            "CASE WHEN p.ratio < 1.3 THEN 1 WHEN p.ratio < 1.5 THEN 2 WHEN p.ratio < 1.75 THEN 3 "
            "WHEN p.ratio < 1.95 THEN 4 WHEN p.ratio < 2.3 THEN 5 WHEN p.ratio >= 2.3 THEN 6 END",
        ),
        RATIOS, ordered=True, place=130,
    ),
    Facet(
        "collection", "Collection", _of_title("titlecollection", "collection_id") + NOT_HIDDEN,
        _named("collection", "hidden_until IS NULL"), plural="collections", place=140,
    ),
    Facet(
        "director", "Director",
        "SELECT title_id, person_id FROM catalogue_credit WHERE role = 'director'",
        Large("catalogue_person"), plural="directors", place=150,
    ),
    Facet(
        "company", "Company",
        "SELECT title_id, company_id FROM catalogue_titlecompany WHERE role = 'production'",
        Large("catalogue_company"), plural="companies", place=160,
    ),
    Facet(
        "award", "Award", _of_title("award", "body_id") + " WHERE won",
        _named("awardbody"), plural="awards", place=170,
    ),
)  # fmt: skip

YEARS = "SELECT id, year, 0 FROM catalogue_title WHERE year IS NOT NULL"
LENGTHS = "SELECT id, runtime_minutes, 0 FROM catalogue_title WHERE runtime_minutes IS NOT NULL"
ADDED = "SELECT id, extract(epoch FROM added_at)::int, 0 FROM catalogue_title"


def least_first(a, b):
    return np.where(a == MISSING, MISSING, -a)


SORTS = (
    Sort("year", "Newest first", YEARS, place=30),
    Sort("oldest", "Oldest first", YEARS, least_first, place=40),
    Sort("longest", "Longest first", LENGTHS, place=70),
    Sort("shortest", "Shortest first", LENGTHS, least_first, place=80),
    Sort("added", "Recently added", ADDED, place=90),
)
BY_NAME = "name"


def register_ours():
    register(*FACETS, *SORTS)
