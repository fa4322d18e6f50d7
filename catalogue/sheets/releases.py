"""The sheet of releases."""

from dataclasses import dataclass

from django.db.models import Max

from catalogue import models
from catalogue.models.releases import BLU_RAY_REGIONS, DVD_REGIONS, AudioKind, Colour, ExtraKind, Medium
from catalogue.sheets.atoms import (
    Addressed,
    Atom,
    Choice,
    Code,
    LooseDate,
    Named,
    Ratio,
    Slug,
    Text,
    Whole,
    YesNo,
    minutes,
    year,
)
from catalogue.sheets.cells import Refused, short
from catalogue.sheets.columns import Field, Parts, Sheet
from catalogue.sheets.shared import CERTIFICATE

REGIONS = {"dvd": DVD_REGIONS, "blu-ray": BLU_RAY_REGIONS, "4k": []}


@dataclass(frozen=True)
class Regions(Atom):
    """Regions of a disc, as the list that the field holds."""

    empty = ()

    def parse(self, text):
        regions = tuple(dict.fromkeys(text.upper().replace(",", " ").replace("|", " ").split()))
        for region in regions:
            if region not in (*DVD_REGIONS, *BLU_RAY_REGIONS):
                raise Refused(f"There is no region “{short(region)}”: a DVD has 0 to 8, a Blu-ray A, B or C.")
        return regions

    def text(self, value):
        return " ".join(value)

    def stored(self, value, known):
        return list(value)

    def of(self, row, name):
        return tuple(getattr(row, name))


@dataclass(frozen=True)
class Discs(Parts):
    """The discs of a release. Copies and places in queues hang on them: none is taken away."""

    def write(self, values, known, there):
        discs = [row for owner, value in values.items() for row in self.rows(owner, value, known)]
        models.Disc.objects.bulk_create(
            discs, update_conflicts=True, unique_fields=["release", "number"], update_fields=["label"]
        )


@dataclass(frozen=True)
class Extras(Parts):
    """Extras, each with the people it is by or about."""

    def _parts_of(self, keys):
        return super()._parts_of(keys).prefetch_related("extra_people__person")

    def _values(self, part):
        return *(atom.of(part, name) for name, atom in self.own.items()), _people(part)

    @property
    def own(self):
        return {name: atom for name, atom in self.atoms.items() if name != "people"}

    def wanted(self, value):
        for *_, people in value:
            yield from ((models.Person, slug) for slug in people)

    def write(self, values, known, there):
        models.Extra.objects.filter(release__in=[owner for owner in values if owner in there]).delete()
        extras = [
            (row, entry[-1]) for owner, value in values.items() for row, entry in self._extras(owner, value, known)
        ]
        models.Extra.objects.bulk_create([row for row, _ in extras])
        models.ExtraPerson.objects.bulk_create(
            models.ExtraPerson(extra=row, person=known.by_slug[models.Person][slug], position=place)
            for row, people in extras
            for place, slug in enumerate(people, 1)
        )

    def _extras(self, owner, value, known):
        for place, entry in enumerate(value, 1):
            own = {n: a.stored(v, known) for (n, a), v in zip(self.own.items(), entry[:-1], strict=True)}
            yield models.Extra(release_id=owner, position=place, **own), entry


def _people(extra):
    return tuple(row.person.slug for row in sorted(extra.extra_people.all(), key=lambda row: row.position))


@dataclass(frozen=True)
class People(Atom):
    """Addresses of people, parted by commas."""

    empty = ()

    def parse(self, text):
        return tuple(Slug().parse(slug.strip()) for slug in text.split(",") if slug.strip())

    def settle(self, value, known):
        return tuple(known.slug(models.Person, slug) for slug in value)

    def text(self, value):
        return ", ".join(value)


def _make_address(values):
    return values.get("Medium", "")


def check(values, before):
    """(heading, sentence) of what does not go together in a row; `before` are the values that were there."""
    both = before | values
    wrong = [region for region in both.get("Regions", ()) if region not in REGIONS.get(both.get("Medium"), ())]
    if wrong:
        yield (
            "Regions",
            f"A {both['Medium']} has no region {wrong[0]}: a DVD has 0 to 8, a Blu-ray A, B or C, a 4K disc none.",
        )
    numbers = [number for number, _ in both.get("Discs", ())]
    if missing := [number for number, _ in before.get("Discs", ()) if number not in numbers]:
        yield (
            "Discs",
            f"Disc {missing[0]} is missing, and a sheet takes no disc away: write it again, or delete it on its page.",
        )
    if before and "Place" in values and values["Place"] is None:
        yield "Place", "This cannot be empty: write the place the release has."
    for entry in both.get("Extras", ()):
        if entry[4] is not None and entry[4] not in numbers:
            yield "Extras", f"“{short(entry[0])}” is on disc {entry[4]}, which the release has not: add it under Discs."


def complete(new):
    """Give new releases without a place the last one of their title."""
    last = dict(
        models.Release.objects.filter(title__in={row.title_id for row in new})
        .values_list("title")
        .annotate(Max("position"))
    )
    for row in new:
        row.position = row.position or last.get(row.title_id, 0) + 1
        last[row.title_id] = max(last.get(row.title_id, 0), row.position)


RELEASES = Sheet(
    kind="releases",
    model=models.Release,
    what="release",
    key=("Title", "Address"),
    needed=("Medium",),
    related=("title", "distributor", "certificate"),
    owner="title",
    check=check,
    complete=complete,
    make_key=_make_address,
    says_not="copies, which the desk keeps",
    columns=(
        Field("Title", "title", Addressed(needed=True, model=models.Title), "The address of the title’s page."),
        Field(
            "Address",
            "slug",
            Slug(),
            "Within its title: dvd, blu-ray-2. With the title it says which release the row is; empty: a new one.",
        ),
        Field("Medium", "medium", Choice(needed=True, choices=tuple(Medium.values)), "dvd, blu-ray or 4k.", bulk=True),
        Field("Edition", "edition", Text(most=200), "Collector’s edition …", bulk=True),
        Field("Released", "released_on", LooseDate(), "1998-02-24, 1998-02 or 1998.", bulk=True),
        Field("Runtime", "runtime_minutes", minutes(), "Minutes."),
        Field(
            "Distributor",
            "distributor",
            Named(model=models.Company),
            "A company; one we do not have is made.",
            bulk=True,
        ),
        CERTIFICATE,
        Field("Regions", "regions", Regions(), "A DVD’s 0 to 8, a Blu-ray’s A, B or C, parted by spaces.", bulk=True),
        Field("Colour", "colour", Choice(choices=tuple(Colour.values)), "colour, black and white, or both.", bulk=True),
        Field("Video standard", "video_standard", Choice(choices=("PAL", "NTSC")), "PAL or NTSC.", bulk=True),
        Field("Box set", "box_set", Text(), "The box this edition is part of.", bulk=True),
        Field(
            "Place",
            "position",
            Whole(least=1, what="place"),
            "In the title’s list of releases; empty, of a new one: last.",
        ),
        Parts(
            "Aspect ratios",
            "aspect_ratios",
            models.AspectRatio,
            {"printed": Text(needed=True, most=100), "ratio": Ratio()},
            "As printed | as a number: 4:3 | 1.33; one on each line.",
        ),
        Parts(
            "Audio tracks",
            "audio_tracks",
            models.AudioTrack,
            {
                "kind": Choice(needed=True, choices=tuple(AudioKind.values)),
                "language": Code(),
                "codec": Text(most=60),
                "channels": Text(most=30),
                "note": Text(most=200),
            },
            f"{', '.join(AudioKind.values)} | language | codec | channels | note; one on each line.",
        ),
        Parts(
            "Subtitles",
            "subtitle_tracks",
            models.SubtitleTrack,
            {"language": Code(needed=True), "hard_of_hearing": YesNo()},
            "Language | for the hard of hearing, yes or no; one on each line.",
        ),
        Discs(
            "Discs",
            "discs",
            models.Disc,
            {"number": Whole(needed=True, least=1, most=200), "label": Text(most=200)},
            "Number | label; one on each line. None is taken away.",
            order=("number",),
        ),
        Extras(
            "Extras",
            "extras",
            models.Extra,
            {
                "name": Text(needed=True, most=500),
                "kind": Choice(choices=tuple(ExtraKind.values), default="other"),
                "year": year(),
                "minutes": minutes(),
                "disc_number": Whole(least=1, most=200),
                "people": People(),
            },
            f"Name | {', '.join(ExtraKind.values)} | year | minutes | disc | addresses of people, parted by "
            "commas; one on each line.",
        ),
        Parts(
            "Identifiers",
            "identifiers",
            models.ReleaseIdentifier,
            {"scheme": Slug(needed=True, most=40), "value": Text(needed=True)},
            "Scheme | value, one on each line: ean | 5035673008881.",
            order=("scheme", "value"),
        ),
    ),
)
