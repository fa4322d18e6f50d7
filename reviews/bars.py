"""Reviews by stars: five bars of two half stars each, and one of reviews whose author gave none."""

import re
from math import ceil

from django.db.models import Q

BARS = {"5": (9, 10), "4": (7, 8), "3": (5, 6), "2": (3, 4), "1": (1, 2), "none": (None,)}
LABELS = {
    "5": "4½ and 5 stars",
    "4": "3½ and 4 stars",
    "3": "2½ and 3 stars",
    "2": "1½ and 2 stars",
    "1": "½ and 1 star",
    "none": "No stars",
}
STARS = re.compile(r"[1-5]|[0-4]\.5")


def chosen(asked):
    """The bar that an address asks for by its name or by stars, "4" or "3.5"; "" for none, or for what is none."""
    if STARS.fullmatch(asked):
        return str(ceil(float(asked)))
    return asked if asked in BARS else ""


def within(bar):
    """The condition that picks the standings of a bar; of all without one."""
    if not bar:
        return Q()
    return Q(half_stars=None) if bar == "none" else Q(half_stars__in=BARS[bar])


def bars(counts, bar):
    """What pages print of the bars. `counts` is {half stars: how many}; `bar` is the one that was chosen."""
    numbers = {name: sum(counts.get(half_stars, 0) for half_stars in of) for name, of in BARS.items()}
    most = max(numbers.values()) or 1
    return [
        {
            "name": name,
            "label": LABELS[name],
            "stars": name.replace("none", ""),
            "number": number,
            "width": round(95 * number / most, 1),
            "on": name == bar,
        }
        for name, number in numbers.items()
        if number or name != "none"
    ]
