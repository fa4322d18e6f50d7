"""What other apps tell of titles. Each registers in its `AppConfig.ready`."""

from django.db.models import Exists, OuterRef, Q

from catalogue.models import Release

_tastes, _gone, _held = [], [], []


def register_taste(queryset):
    """What members had and whether they liked it: `values` of taster, tasted (keys), liked and day.

    A member may name a title more than once, here or in another source: who once did not like it does not.
    """
    _tastes.append(queryset)


def register_shelf(*, gone, held):
    """Conditions on titles: `gone` can never be rented again, `held` are ours to rent out."""
    _gone.append(gone)
    _held.append(held)


def tastes():
    return tuple(_tastes)


def had(title, member):
    """Condition: the member had, or rated, the title that the expression `title` names."""
    return _any(Exists(taste.filter(taster=member, tasted=title)) for taste in _tastes)


def rentable():
    """Condition on titles: there is a disc of it, and what we had of it is not all gone."""
    return Q(Exists(Release.objects.filter(title=OuterRef("pk")))) & ~_any(_gone)


def held():
    """Condition on titles: we have a copy; of all, if nobody counts copies."""
    return _any(_held) if _held else ~_any([])


def _any(conditions):
    either = Q(pk__in=[])
    for condition in conditions:
        either |= Q(condition)
    return either
