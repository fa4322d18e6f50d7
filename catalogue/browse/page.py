"""What the page of all titles prints."""

from math import ceil

import numpy as np

from catalogue.browse import declared, ours
from catalogue.browse.asked import PERSON, Asked, order_of, read
from catalogue.browse.chosen import Chosen
from catalogue.browse.fresh import current
from catalogue.browse.sentence import described
from catalogue.browse.words import Fixed, Small, Words
from catalogue.cards import card
from catalogue.models import Title
from catalogue.wording import counted, run_time

PER_PAGE = 48
MOST_LISTED = 200  # of a vocabulary of thousands, when all are asked for
BAR = 95  # units a decade's bar is drawn in


def browse_page(query, viewer=None):
    """Everything the template needs of the list that the parameters `query` ask for. `viewer` is a member or None."""
    index, site = current()
    words = Words([*declared.facets(), PERSON], index, site)
    asked, notices = read(query, words)
    chosen = Chosen(index, asked, viewer)
    listed = {facet.name: _listed(facet, chosen, words) for facet in declared.facets()}
    words.name({name: values for name, (values, _) in listed.items()} | _people(asked))
    facets = [_facet(facet, chosen, words, *listed[facet.name]) for facet in declared.facets()]
    labels = _labels(asked, words)
    chips = _chips(asked, words, chosen)
    return {
        "total_words": f"{len(index):,} titles on the shelf",
        "noun": (noun := _noun(chosen)),
        "size_words": f"{chosen.size:,} {noun}",
        "on": len(chips),
        "clear": Asked(sort=asked.sort, view=asked.view).address(),
        "said": described(asked.choices, labels, asked.years),
        "notices": notices,
        "asked": asked,
        "facets": [facet for facet in facets if facet["values"]],
        "people": _people_facet(asked, words),
        "personal": [_personal(choice, asked) for choice in declared.personal()] if viewer else [],
        "chips": chips,
        "sorts": _sorts(asked),
        "views": _views(asked),
        **_titles(chosen),
    }


# ------------------------------------------------------------------ facets
def _listed(facet, chosen, words):
    """(values to list, {value: count}) of a facet: the most frequent ones and those chosen."""
    values, counts = chosen.counts(facet.name)
    on = list(chosen.asked.choices.get(facet.name, {}).values())
    room = facet.shown if chosen.asked.more != facet.name else MOST_LISTED
    some = _most(values, counts, room, zeros=isinstance(facet.words, Fixed | Small) or facet.ordered)
    kept = sorted({*some.tolist(), *on})
    places = np.minimum(np.searchsorted(values, kept), max(len(values) - 1, 0))
    found = counts[places] if len(values) else np.zeros(len(kept), int)
    known = {v: int(n) if len(values) and values[p] == v else 0 for v, n, p in zip(kept, found, places, strict=True)}
    return kept, known


def _most(values, counts, room, zeros):
    """The `room` values with the highest counts; the lower value first among equals."""
    if len(values) > MOST_LISTED:
        values, counts = values[counts > 0], counts[counts > 0]
    if len(values) > room:
        least = np.partition(counts, -room)[-room]
        at = np.flatnonzero(counts >= least)
        at = at[np.argsort(-counts[at], kind="stable")][:room]
        values, counts = values[at], counts[at]
    return values if zeros else values[counts > 0]


def _facet(facet, chosen, words, values, counts):
    on = chosen.asked.choices.get(facet.name, {}).values()
    entries = facet.words.entries(values, words)
    rows = [(entries[value], counts[value], value in on) for value in values if value in entries]
    rows.sort(key=lambda row: row[0].place if facet.ordered else (-row[1], row[0].label))
    most = max([count for _, count, _ in rows], default=0) or 1
    whole = len(chosen.index.facets[facet.name].values)
    return {
        "name": facet.name,
        "label": facet.label,
        "on": len(on),
        "opened": facet.opened or bool(on) or chosen.asked.more == facet.name,
        "bars": facet.name == "decade",
        "values": [
            {
                "id": f"{facet.name}-{entry.key}".replace(".", "-"),
                "key": entry.key,
                "label": entry.label,
                "count": f"{count:,}",
                "on": is_on,
                "off": not count and not is_on,
                "bar": ceil(BAR * count / most),
            }
            for entry, count, is_on in rows
        ],
        "more": _more(facet, chosen.asked, whole, len(rows)),
    }


def _more(facet, asked, whole, listed):
    """The link to all values: {"url", "label"}, or None if there are no more."""
    if whole <= listed or asked.more == facet.name:
        return None
    word = f"The {MOST_LISTED} most frequent of {whole:,}" if whole > MOST_LISTED else f"All {whole}"
    return {"url": f"{asked.address(more=facet.name)}#facet-{facet.name}", "label": f"{word} {facet.plural}"}


def _people(asked):
    return {"person": list(asked.choices.get("person", {}).values())}


def _people_facet(asked, words):
    """Checkboxes of the people chosen; nobody else can be listed."""
    entries = PERSON.words.entries((), words)
    return [
        {"id": f"person-{key}", "key": key, "label": entries[value].label}
        for key, value in asked.choices.get("person", {}).items()
    ]


def _personal(choice, asked):
    return {"name": choice.name, "label": choice.label, "on": choice.name in asked.personal}


# ------------------------------------------------------------------ what was chosen
def _labels(asked, words):
    """{facet name: labels chosen}."""
    return {name: [entry.label for entry in _entries(name, keys, words)] for name, keys in asked.choices.items()}


def _entries(name, keys, words):
    facet = next(facet for facet in [*declared.facets(), PERSON] if facet.name == name)
    entries = facet.words.entries(list(keys.values()), words)
    return [entries[value] for value in keys.values()]


def _chips(asked, words, chosen):
    """Links that take one choice off: {"label", "url", "left": titles there would be, if there are none now}."""
    empty = chosen.size == 0
    chips = []
    for name, keys in asked.choices.items():
        for entry in _entries(name, keys, words):
            url = asked.address(choices=asked.without(name, entry.key))
            chips.append(_chip(entry.label, url, empty and chosen.size_without(name, entry.key)))
    if any(asked.years):
        first, last = asked.years
        url = asked.address(years=(None, None))
        chips.append(_chip(f"{first or ''}–{last or ''}", url, empty and chosen.size_without("years")))
    for choice in declared.personal():
        if choice.name in asked.personal:
            left = tuple(name for name in asked.personal if name != choice.name)
            chips.append(_chip(choice.label, asked.address(personal=left), empty and chosen.size_without(choice.name)))
    return chips


def _chip(label, url, left):
    return {"label": label, "url": url, "left": counted(left, "title") if left else ""}


def _noun(chosen):
    """ "films" or "TV series" if there is nothing else among them, otherwise "titles"."""
    counts = dict(zip(*(array.tolist() for array in chosen.index.counts("kind", chosen.all)), strict=True))
    films, series = counts.get(1, 0), counts.get(2, 0)
    if series and films:
        return "titles"
    return "TV series" if series else "film" if chosen.size == 1 else "films"


def _sorts(asked):
    choices = [*((sort.name, sort.label) for sort in declared.sorts()), (ours.BY_NAME, "A to Z")]
    return [{"name": name, "label": label, "on": name == order_of(asked)} for name, label in choices]


def _views(asked):
    return [
        {"label": label, "url": asked.address(view=view), "on": view == asked.view}
        for view, label in (("", "Posters"), ("list", "List"))
    ]


# ------------------------------------------------------------------ titles
def _titles(chosen):
    last = max(ceil(chosen.size / PER_PAGE), 1)
    number = min(chosen.asked.page, last)
    keys = chosen.page(order_of(chosen.asked), (number - 1) * PER_PAGE, number * PER_PAGE)
    rows = Title.objects.filter(pk__in=keys).for_cards().in_bulk()
    media = _media(chosen.index, keys)
    return {
        "cards": [_card(rows[key], media[key]) for key in keys if key in rows],
        "pages": _pages(chosen.asked, number, last),
    }


def _media(index, keys):
    """{title key: "DVD, Blu-ray"}."""
    facet = next(facet for facet in declared.facets() if facet.name == "format")
    entries = facet.words.by_value
    return {
        key: ", ".join(entries[value].label for value in values)
        for key, values in index.values_of("format", keys).items()
    }


def _card(title, media):
    line = " · ".join(filter(None, [str(title.year or "Year not known"), media or _country(title)]))
    return card(title) | {"line": line, "long": run_time(title.runtime_minutes)}


def _country(title):
    return title.page_countries[0]["name"] if title.page_countries else ""


def _pages(asked, number, last):
    """{"back", "next", "links"}: addresses of the pages around, the first and the last; None if there is one page."""
    if last == 1:
        return None
    near = sorted({1, *range(max(number - 1, 1), min(number + 1, last) + 1), last})
    links = []
    for page in near:
        if links and page > links[-1]["number"] + 1:
            links.append({"number": links[-1]["number"], "gap": True})
        links.append({"number": page, "word": f"{page:,}", "url": asked.address(page=page), "here": page == number})
    return {
        "back": asked.address(page=number - 1) if number > 1 else "",
        "next": asked.address(page=number + 1) if number < last else "",
        "links": links,
        "number": number,
    }
