"""Titles and people by name, in any of their names and spellings."""

from django.db.models import Case, Q, Value, When

from catalogue.models import Person, Title
from catalogue.names import fold

MOST = 48


def find(query):
    """(titles, people) whose names hold the words of `query`, exact names first; empty lists for an empty query."""
    folded = fold(query)
    if not any(sign.isalnum() for sign in folded):
        return [], []
    return _titles(folded), _people(folded)


def _titles(folded):
    named = Q(folded__contains=folded) | Q(names__folded__contains=folded)
    exact = Q(folded=folded) | Q(names__folded=folded)
    keys = (
        Title.objects.filter(named)
        .annotate(place=Case(When(exact, then=Value(0)), default=Value(1)))
        .order_by("place", "sort_key", "pk")
        .values_list("pk", flat=True)
    )
    keys = list(dict.fromkeys(keys[: MOST * 4]))[:MOST]
    rows = Title.objects.filter(pk__in=keys).for_cards().in_bulk()
    return [rows[key] for key in keys]


def _people(folded):
    named = Q(folded__contains=folded) | Q(aliases__folded__contains=folded)
    found = Person.objects.filter(pk__in=Person.objects.filter(named).values("pk")).with_page()
    return list(found.filter(paged=True).order_by("sort_key")[:MOST])
