"""Export → import → export gives the same bytes."""

import json
from datetime import date

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from catalogue.importers.tests.conftest import ROOT, exported, taken, undone
from catalogue.importers.tests.samples import EVERY_KIND, title
from catalogue.models import Language, Role
from catalogue.names import fold

pytestmark = pytest.mark.django_db
SCHEMA = json.loads((ROOT / "docs" / "import-format.schema.json").read_text())


def lines(records):
    return "".join(json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n" for record in records)


def test_the_demo_catalogue_is_exported_as_it_was_imported(demo):
    report = taken(demo)
    number = demo.read_text().count("\n")
    assert (report.created, report.updated, report.unchanged, report.rejected) == (number, 0, 0, 0)
    assert exported() == demo.read_text()


def test_the_demo_catalogue_imported_again_changes_nothing(demo):
    first, again = taken(demo), taken(demo)
    assert (again.created, again.updated, again.unchanged, again.rejected) == (0, 0, first.created, 0)
    assert exported() == demo.read_text()


def test_every_key_of_the_format_survives(write):
    path = write(*EVERY_KIND)
    assert taken(path).rejected == 0
    assert exported() == lines(EVERY_KIND)
    assert taken(path).unchanged == len(EVERY_KIND)


def test_the_order_of_records_in_a_file_does_not_matter(take):
    take(*reversed(EVERY_KIND))
    assert exported() == lines(EVERY_KIND)


def keys_of_schema(part):
    """Every path of keys that the schema knows: {"credits", "credits.role" …}."""
    part = SCHEMA["definitions"][part["$ref"].removeprefix("#/definitions/")] if "$ref" in part else part
    for key, value in part.get("properties", {}).items():
        yield key
        yield from (f"{key}.{rest}" for rest in keys_of_schema(value))
    if isinstance(part.get("items"), dict):
        yield from keys_of_schema(part["items"])


def keys_of(value):
    for part in value if isinstance(value, list) else ():
        yield from keys_of(part)
    for key, part in value.items() if isinstance(value, dict) else ():
        yield key
        yield from (f"{key}.{rest}" for rest in keys_of(part))


def test_the_sample_leaves_no_key_of_the_format_out():
    for branch in SCHEMA["oneOf"]:
        kind = branch["properties"]["record"]["const"]
        samples = [record for record in EVERY_KIND if record["record"] == kind]
        assert set(keys_of_schema(branch)) == set(keys_of(samples)), kind


def test_what_is_empty_is_left_out(take):
    take(title(lead="", genres=[], credits=[{"role": "actor", "name": "Ann Bee", "character": "", "voice": False}]))
    assert exported().split("\n")[1:-1] == [
        lines([title(credits=[{"role": "actor", "person": "ann-bee", "name": "Ann Bee"}])]).strip()
    ]


# ------------------------------------------------------------------ random titles
WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=30)
NAMES = st.text(st.characters(codec="utf-8", categories=["L", "Nd", "Zs"]), min_size=1, max_size=30)
SLUGS = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,2}", fullmatch=True)
LOOSE = st.from_regex(r"(19|20)[0-9]{2}(-(0[1-9]|1[0-2])(-(0[1-9]|1[0-9]|2[0-8]))?)?", fullmatch=True)
DATES = st.dates().map(str)
LATE_DATES = st.dates(date(2101, 1, 1)).map(str)  # nobody rates a title before it is out
YEARS, MINUTES = st.integers(1870, 2100), st.integers(1, 6000)
COUNTRIES, LANGUAGES = st.sampled_from(["SU", "FR", "GB", "US"]), st.sampled_from(["ru", "fr", "fil", "en"])
URLS = SLUGS.map("https://{}.example/".format)


def records(required=None, **optional):
    """Objects with these keys; those that are optional may be left out."""
    return st.fixed_dictionaries(required or {}, optional=optional)


def several(values, once=None, least=0):
    return st.lists(values, min_size=least, max_size=3, unique_by=once)


def by(*keys):
    return lambda value: tuple(value.get(key) for key in keys)


IDENTIFIERS = several(records({"scheme": st.sampled_from(["imdb", "wikidata", "x-1"]), "value": WORDS}), by("scheme"))
CERTIFICATES = st.fixed_dictionaries(
    {"system": st.sampled_from(["BBFC", "FSK"]), "value": st.sampled_from(["12", "R"])}
)
CREDITS = st.builds(
    lambda credit, character: credit | ({"character": character} if credit["role"] in ("actor", "self") else {}),
    records({"role": st.sampled_from(Role.values), "name": NAMES}, person=SLUGS, detail=WORDS, voice=st.booleans()),
    WORDS,
)
EXTRAS = records(
    {"name": WORDS},
    kind=st.sampled_from(["trailer", "short", "other"]),
    year=YEARS,
    minutes=MINUTES,
    disc=st.integers(1, 200),
    people=several(NAMES),
)
RELEASES = records(
    {"slug": SLUGS, "medium": st.just("dvd")},
    edition=WORDS,
    released_on=LOOSE,
    runtime_minutes=MINUTES,
    distributor=NAMES,
    certificate=CERTIFICATES,
    regions=several(st.sampled_from("012345678"), str),
    colour=st.sampled_from(["colour", "both"]),
    video_standard=st.sampled_from(["PAL", "NTSC"]),
    box_set=WORDS,
    aspect_ratios=several(records({"printed": WORDS}, ratio=st.sampled_from(["1.33", "2.35", "5.00"]))),
    audio=several(records({"kind": st.just("dub")}, language=LANGUAGES, codec=WORDS, channels=WORDS, note=WORDS)),
    subtitles=several(records({"language": LANGUAGES}), by("language")),
    discs=several(records({"number": st.integers(1, 200)}, label=WORDS), by("number")),
    extras=several(EXTRAS),
)
MEMBERS = st.sampled_from(["kit", "sam", "ali"])
REVIEWS = records({"member": MEMBERS, "headline": WORDS, "body": WORDS, "written_on": DATES}, spoilers=st.booleans())
TITLES = records(
    {"record": st.just("title"), "slug": SLUGS, "name": NAMES},
    kind=st.sampled_from(["film", "series"]),
    year=YEARS,
    lead=WORDS,
    synopsis=WORDS,
    runtime_minutes=MINUTES,
    certificate=CERTIFICATES,
    cover=records(palette=SLUGS, motif=SLUGS, short_name=WORDS),
    languages=several(LANGUAGES, str),
    countries=several(COUNTRIES, str),
    genres=several(NAMES, fold),
    collections=several(NAMES, fold),
    names=several(records({"name": WORDS}, language=LANGUAGES, kind=st.sampled_from(["original", "aka"])), by("name")),
    credits=several(CREDITS),
    companies=several(records({"role": st.just("sales"), "name": NAMES}), lambda company: fold(company["name"])),
    awards=several(records({"year": YEARS, "body": NAMES, "prize": WORDS}, won=st.booleans()), by("prize")),
    events=several(records({"kind": st.just("premiere"), "date": LOOSE}, territory=COUNTRIES, note=WORDS), by("date")),
    box_office=several(
        records({"currency": st.just("GBP"), "amount": st.integers(0, 10**12)}, territory=COUNTRIES), by("territory")
    ),
    identifiers=IDENTIFIERS,
    offers=several(
        records({"provider": NAMES, "kind": st.just("buy"), "url": URLS}, checked_on=DATES),
        lambda offer: fold(offer["provider"]),
    ),
    releases=several(RELEASES, by("slug")),
    ratings=several(st.tuples(MEMBERS, st.integers(1, 10), LATE_DATES).map(list), lambda rating: rating[0]),
    reviews=several(REVIEWS, by("member")),
)


@given(record=TITLES)
@settings(max_examples=20, phases=[Phase.generate], deadline=None, suppress_health_check=list(HealthCheck))
def test_any_title_survives(record, write):
    with undone():
        report = taken(write(record))
        assert report.rejected == 0, report.notes
        first = exported()
    with undone():
        path = write()
        path.write_text(first)
        taken(path)
        assert exported() == first
    said = json.loads(first.split("\n")[-2])
    plain = ("slug", "name", "year", "lead", "synopsis", "runtime_minutes", "languages", "countries", "box_office")
    assert all(said.get(key, []) == record.get(key, []) for key in plain)


def test_random_titles_use_languages_that_exist():
    assert Language.objects.filter(pk__in=["ru", "fr", "fil", "en"]).count() == 4
