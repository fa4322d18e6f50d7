"""What titles can be chosen by and sorted by. Apps register theirs when they are ready."""

from collections.abc import Callable
from dataclasses import dataclass

MISSING = -(1 << 31)  # the key of a title that has none: it comes last in every order


@dataclass(frozen=True)
class Facet:
    """Something to choose titles by: `name` is the parameter of the address, one for each choice.

    `rows` is SQL of (title_id, value), value a whole number; doubles do no harm, NULL is left out. `words` gives the
    values' keys in addresses and their labels (`catalogue.browse.words`). Values are listed in order of their count
    or, if `ordered`, as `words` has them; `shown` of them until somebody asks for all.
    """

    name: str
    label: str
    rows: str
    words: object
    plural: str = ""
    shown: int = 6
    ordered: bool = False
    opened: bool = False
    place: int = 100


@dataclass(frozen=True)
class Sort:
    """An order of titles. `rows` is SQL of (title_id, a, b); `key` makes of arrays a and b whole numbers within ±2³¹.

    The greatest key comes first and MISSING last; equals are in order of name.
    """

    name: str
    label: str
    rows: str
    key: Callable = lambda a, b: a
    place: int = 100


@dataclass(frozen=True)
class Personal:
    """A choice that depends on who asks: `titles(member)` are the keys of those to leave out."""

    name: str
    label: str
    titles: Callable


_facets, _sorts, _personal = {}, {}, {}


def register(*declared):
    """Add facets, sorts and personal choices; whoever comes later takes the place of an equal name."""
    where = {Facet: _facets, Sort: _sorts, Personal: _personal}
    for each in declared:
        where[type(each)][each.name] = each


def facets():
    """All Facets, in the order of the page."""
    return sorted(_facets.values(), key=lambda facet: facet.place)


def sorts():
    """All Sorts but that by name, in the order of the page; the first is used if none is asked for."""
    return sorted(_sorts.values(), key=lambda sort: sort.place)


def personal():
    return list(_personal.values())
