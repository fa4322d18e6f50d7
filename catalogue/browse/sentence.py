"""What was chosen, in a sentence: "from the Soviet Union, 1950s to 1970s"."""

import re

WITH_ARTICLE = re.compile(
    r"(United |Soviet |Netherlands|Philippines|Bahamas|Maldives|Gambia|Czech Rep|Dominican Rep|Central African|"
    r"Democratic |.* (Islands|Republic|Territories|Emirates|Federation)$)"
)
NAMED = ("country", "decade", "format", "director", "person", "company", "genre")


def described(choices, labels, years):
    """The words after "214 films"; "" if nothing is chosen. `labels` is {facet name: labels chosen}."""
    said = [words for name in NAMED if (words := SAY[name](labels.get(name, [])))]
    said += [_years(*years)] if any(years) else []
    others = sum(len(chosen) for name, chosen in labels.items() if name not in (*NAMED, "kind"))
    return ", ".join([*said, *([_more(others, bool(said))] if others else [])])


def _more(number, after):
    return f"{'and ' if after else 'with '}{number} {'more ' if after else ''}{'filter' if number == 1 else 'filters'}"


def either(words):
    """ "a", "a or b", "a, b or c"."""
    *first, last = words
    return f"{', '.join(first)} or {last}" if first else last


def _after(word, change=str):
    return lambda labels: f"{word} {either([change(label) for label in labels])}" if labels else ""


def _the(country):
    return f"the {country}" if WITH_ARTICLE.match(country) else country


def _decades(labels):
    """ "1950s to 1970s" if there is none missing between."""
    first = sorted(int(label[:4]) for label in labels)
    if len(first) > 1 and first[-1] - first[0] == 10 * (len(first) - 1):
        return f"{first[0]}s to {first[-1]}s"
    return either([f"{year}s" for year in first]) if first else ""


def _years(first, last):
    if first == last:
        return f"of {first}"
    return f"{first} to {last}" if first and last else f"from {first} on" if first else f"up to {last}"


SAY = {
    "country": _after("from", _the),
    "decade": _decades,
    "format": _after("on"),
    "director": _after("directed by"),
    "person": _after("with"),
    "company": _after("by"),
    "genre": _after("in", lambda genre: f"{genre}"),
}
