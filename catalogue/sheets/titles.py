"""The sheet of titles."""

from catalogue import models, names
from catalogue.models.titles import EventKind, Kind, OfferKind, TitleCompany, TitleName
from catalogue.sheets.atoms import (
    Choice,
    Code,
    Day,
    LooseDate,
    Named,
    Slug,
    Text,
    Url,
    Whole,
    YesNo,
    minutes,
    year,
)
from catalogue.sheets.columns import Field, Parts, Sheet
from catalogue.sheets.shared import CERTIFICATE, former_addresses, identifiers

LONG = 200_000
ADDRESS = "The last part of the page’s address. It says which title the row is; empty: a new one, with an address made."
SCRIPT = "ISO 15924: Latn, Cyrl, Jpan."


def _make_address(values):
    return names.title_slug(values.get("Name", ""), values.get("Year"))


def _parts(heading, related, model, help, **atoms):
    return Parts(heading, related, model, atoms, help)


TITLES = Sheet(
    kind="titles",
    model=models.Title,
    what="title",
    key=("Address",),
    needed=("Name",),
    related=("certificate",),
    make_key=_make_address,
    says_not="posters, credits and releases (each has a sheet of its own), and what members and critics say",
    columns=(
        Field("Address", "slug", Slug(), ADDRESS),
        Field("Name", "name", Text(needed=True), "In English, as printed on top of the page."),
        Field(
            "Kind",
            "kind",
            Choice(choices=tuple(Kind.values), default="film"),
            "film or series; empty: film.",
            bulk=True,
        ),
        Field("Year", "year", year(), "Of the first public showing.", bulk=True),
        Field("Runtime", "runtime_minutes", minutes(), "Minutes."),
        CERTIFICATE,
        Field("Lead", "lead", Text(most=LONG), "One or two sentences, printed large."),
        Field("Synopsis", "synopsis", Text(most=LONG), "Paragraphs, parted by an empty line."),
        Parts(
            "Languages",
            "title_languages",
            models.TitleLanguage,
            {"language": Code(needed=True)},
            "Codes (ru) or names, one on each line or parted by commas.",
            bulk=True,
            commas=True,
        ),
        Parts(
            "Countries",
            "title_countries",
            models.TitleCountry,
            {"country": Code(needed=True, kind="country")},
            "Codes (SU) or names, one on each line or parted by commas.",
            bulk=True,
            commas=True,
        ),
        Parts(
            "Genres",
            "title_genres",
            models.TitleGenre,
            {"genre": Named(needed=True, model=models.Genre)},
            "One on each line, the main one first.",
            bulk=True,
        ),
        Parts(
            "Collections",
            "title_collections",
            models.TitleCollection,
            {"collection": Named(needed=True, model=models.Collection), "place": Whole(least=1)},
            "Name | the title’s place in it, if it has one; one on each line.",
            bulk=True,
        ),
        _parts(
            "Other names",
            "names",
            TitleName,
            f"Name | original or aka (empty: aka) | language | script ({SCRIPT}); one on each line.",
            name=Text(needed=True),
            kind=Choice(choices=tuple(TitleName.Kind.values), default="aka"),
            language=Code(),
            script=Text(most=4),
        ),
        _parts(
            "Companies",
            "title_companies",
            models.TitleCompany,
            "Name | production, sales or distribution (empty: production); one on each line.",
            company=Named(needed=True, model=models.Company),
            role=Choice(choices=tuple(TitleCompany.Role.values), default="production"),
        ),
        _parts(
            "Awards",
            "awards",
            models.Award,
            "Year | who gives it | prize | recipient (empty: the title) | won, yes or no; one on each line.",
            year=year(needed=True),
            body=Named(needed=True, model=models.AwardBody),
            prize=Text(needed=True),
            recipient=Text(),
            won=YesNo(),
        ),
        _parts(
            "Events",
            "events",
            models.ReleaseEvent,
            f"{', '.join(EventKind.values)} | date | country | note; one on each line.",
            kind=Choice(needed=True, choices=tuple(EventKind.values)),
            date=LooseDate(needed=True),
            territory=Code(kind="country"),
            note=Text(most=200),
        ),
        _parts(
            "Box office",
            "box_office",
            models.BoxOffice,
            "Country (empty: worldwide) | currency (USD) | whole amount; one on each line.",
            territory=Code(kind="country"),
            currency=Text(needed=True, most=3),
            amount=Whole(needed=True, most=10**15, what="amount"),
        ),
        _parts(
            "Offers",
            "offers",
            models.Offer,
            f"Service | {', '.join(OfferKind.values)} | link | label | country | checked on; one on each line.",
            provider=Named(needed=True, model=models.Provider),
            kind=Choice(needed=True, choices=tuple(OfferKind.values)),
            url=Url(needed=True),
            label=Text(most=200),
            territory=Code(kind="country"),
            checked_on=Day(),
        ),
        identifiers(models.TitleIdentifier),
        former_addresses(models.FormerTitleSlug),
        Field("Cover name", "cover_short_name", Text(most=200), "Printed on the drawn cover."),
        Field("Cover colours", "cover_palette", Text(most=30), "Pins the drawn cover’s colours."),
        Field("Cover figure", "cover_motif", Text(most=30), "Pins the drawn cover’s figure."),
    ),
)
