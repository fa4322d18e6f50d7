"""DVD Profiler's XML export: each profile is a title with one release."""

from typing import NamedTuple

from catalogue.names import script_of, title_slug

from .countries import country_code
from .dvd_credits import credits_and_people
from .dvd_release import READ_FOR_RELEASE, release
from .elements import number_in, text_of, texts_of
from .genres import genres
from .plain import paragraphs
from .rows import Rejected, Row, checked, filled
from .xml_profiles import profiles

COUNTRIES = ["CountryOfOrigin", "CountryOfOrigin2", "CountryOfOrigin3"]
# All else in a profile is technical or the owner's own: purchases, loans, notes, tags, events, reviews.
READ = {*READ_FOR_RELEASE, *COUNTRIES, "ID", "Title", "OriginalTitle", "ProductionYear", "Genres", "Studios",
        "Overview", "Actors", "Credits", "BoxSet"}  # fmt: skip


class Boxes(NamedTuple):
    """The box sets of which a part is in the file: the box of each part, and the title of each box."""

    box_of: dict
    titles: dict


def read(path):
    """Yields a Row for each profile, and before it one for each person who is credited under another name.

    A box set is passed over if a part of it is in the file: the parts name the box.
    """
    boxes = _boxes(path)
    for number, profile in enumerate(profiles(path, READ), 1):
        try:
            yield from _rows(number, profile, boxes)
        except Rejected as reason:
            yield Row(number, None, str(reason))


def _boxes(path):
    """A pass ahead of the reading, for a box may stand before or behind its parts."""
    titles, box_of = {}, {}
    for profile in profiles(path, {"ID", "Title", "BoxSet"}):
        own = text_of(profile, "ID")
        titles[own] = text_of(profile, "Title")
        for part, box in _memberships(profile, own):
            box_of.setdefault(part, box)
    box_of = {part: box for part, box in box_of.items() if part in titles and box in titles and part != box}
    return Boxes(box_of, {box: titles[box] for box in box_of.values()})


def _memberships(profile, own):
    for part in texts_of(profile, "BoxSet/Contents/Content"):
        yield part, own
    if box := text_of(profile, "BoxSet/Parent"):
        yield own, box


def _rows(number, profile, boxes):
    own = text_of(profile, "ID")
    if own in boxes.titles:
        yield Row(number, None, None)
        return
    record, people = _title(profile, boxes.titles.get(boxes.box_of.get(own)))
    row = checked(number, record)
    if not row.problem:
        yield from (checked(number, person) for person in people)
    yield row


def _title(profile, box):
    if not (name := text_of(profile, "Title")):
        raise Rejected("The profile has no title.")
    year = number_in(profile, "ProductionYear")
    countries = _countries(profile)
    credits, people = credits_and_people(profile)
    title = filled(
        record="title",
        slug=title_slug(name, year),
        name=name,
        kind="film",
        year=year,
        synopsis=paragraphs(profile.findtext("Overview") or ""),
        runtime_minutes=None if texts_of(profile, "BoxSet/Contents/Content") else number_in(profile, "RunningTime"),
        countries=countries,
        genres=genres(texts_of(profile, "Genres/Genre")),
        names=_original_name(text_of(profile, "OriginalTitle"), name),
        credits=credits,
        companies=[{"role": "production", "name": studio} for studio in texts_of(profile, "Studios/Studio")],
        releases=[release(profile, countries, box)],
    )
    return title, people


def _countries(profile):
    codes = [country_code(text_of(profile, key)) for key in COUNTRIES]
    return list(dict.fromkeys(filter(None, codes)))


def _original_name(original, name):
    if not original or original == name:
        return []
    return [filled(name=original, script=script_of(original), kind="original")]
