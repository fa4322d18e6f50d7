"""Columns that several sheets have."""

from catalogue.sheets.atoms import Rating, Slug, Text
from catalogue.sheets.columns import Field, Parts

CERTIFICATE = Field(
    "Certificate",
    "certificate",
    Rating(),
    "System and value: BBFC 12. The value alone is the BBFC’s.",
    bulk=True,
)


def identifiers(model):
    return Parts(
        "Identifiers",
        "identifiers",
        model,
        {"scheme": Slug(needed=True, most=40), "value": Text(needed=True)},
        "Scheme | value, one on each line: imdb | tt0050634.",
        order=("scheme", "value"),
    )


def former_addresses(model):
    return Parts(
        "Former addresses",
        "former_slugs",
        model,
        {"slug": Slug(needed=True)},
        "Addresses the page had before, one on each line: they redirect.",
        order=("slug",),
    )
