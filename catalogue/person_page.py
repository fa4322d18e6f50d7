"""What a person's page prints."""

from itertools import groupby

from catalogue import wording
from catalogue.cards import card
from catalogue.models import Role, Title


def person_page(person):
    """The context of `catalogue/person.html`."""
    credits = list(person.credits.order_by("role", "title__year", "title__sort_key").select_related("title"))
    keys = {credit.title_id for credit in credits}
    cards = {title.pk: card(title) for title in Title.objects.filter(pk__in=keys).for_cards()}
    parts = [_part(role, list(rows), cards) for role, rows in groupby(credits, lambda credit: credit.role)]
    return {
        "person": person,
        "life": _life(person),
        "aliases": [alias.name for alias in person.aliases.order_by("position", "pk")],
        "biography": wording.paragraphs(person.biography),
        "parts": sorted(parts, key=lambda part: -len(part["credits"])),
    }


def _life(person):
    born = " ".join(
        filter(None, [wording.loose_date(person.born_on), f"in {person.birthplace}" if person.birthplace else ""])
    )
    died = wording.loose_date(person.died_on)
    return ". ".join(filter(None, [f"Born {born}" if born else "", f"Died {died}" if died else ""]))


def _part(role, credits, cards):
    rows = [{"card": cards[credit.title_id], "credit": credit} for credit in credits]
    return {"role": Role(role).label, "id": role.replace(" ", "-"), "credits": rows}
