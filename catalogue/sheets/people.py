"""The sheets of people and of credits."""

from catalogue import models, names
from catalogue.models.titles import Role
from catalogue.sheets.atoms import Addressed, Choice, Code, LooseDate, Slug, Text, Whole, YesNo
from catalogue.sheets.columns import Field, Parts, Sheet
from catalogue.sheets.shared import former_addresses, identifiers
from catalogue.sheets.titles import LONG, SCRIPT

DATE = "1903-12-28, 1903-12 or 1903."


def _make_address(values):
    return names.slug(values.get("Name", "")) or "unnamed"


PEOPLE = Sheet(
    kind="people",
    model=models.Person,
    what="person",
    key=("Address",),
    needed=("Name",),
    make_key=_make_address,
    says_not="portraits and credits (a sheet of their own)",
    columns=(
        Field(
            "Address",
            "slug",
            Slug(),
            "The last part of the page’s address. It says who the row is; empty: somebody new.",
        ),
        Field("Name", "name", Text(needed=True), "As we print it."),
        Field("Born", "born_on", LooseDate(), DATE),
        Field("Died", "died_on", LooseDate(), DATE),
        Field("Birthplace", "birthplace", Text(most=200), "", bulk=True),
        Field("Biography", "biography", Text(most=LONG), "Paragraphs, parted by an empty line."),
        Field(
            "Page",
            "has_page",
            YesNo(empty=None),
            "yes: always; no: never; empty: with a biography or two credits.",
            bulk=True,
        ),
        Parts(
            "Other names",
            "aliases",
            models.PersonAlias,
            {"name": Text(needed=True), "language": Code(), "script": Text(most=4)},
            f"Name | language | script ({SCRIPT}); one on each line.",
        ),
        identifiers(models.PersonIdentifier),
        former_addresses(models.FormerPersonSlug),
    ),
)

CREDITS = Sheet(
    kind="credits",
    model=models.Credit,
    what="credit",
    key=("Title", "Role", "Place"),
    needed=("Person", "Printed name"),
    related=("title", "person"),
    owner="title",
    says_not="the people themselves (a sheet of their own)",
    columns=(
        Field("Title", "title", Addressed(needed=True, model=models.Title), "The address of the title’s page."),
        Field("Role", "role", Choice(needed=True, choices=tuple(Role.values)), f"One of: {', '.join(Role.values)}."),
        Field(
            "Place",
            "position",
            Whole(needed=True, least=1, what="place"),
            "Billing within the role, from 1. Title, role and place say which credit the row is.",
        ),
        Field("Person", "person", Addressed(needed=True, model=models.Person), "The address of the person’s page."),
        Field("Printed name", "printed_name", Text(needed=True), "The form of the name on this film."),
        Field("Character", "character", Text(), "Of actors and of those who play themselves."),
        Field("Detail", "detail", Text(most=200), "screenplay, sound re-recording mixer …"),
        Field("Voice", "voice", YesNo(), "yes or no."),
        Field("Uncredited", "uncredited", YesNo(), "yes or no."),
    ),
)
