"""Which title a row is about, and whose review it is: as many queries for a thousand rows as for one.

A title is found by the address of our page, by IMDb number, else by folded name or alias and year: the very year
first, one year off only where a single title fits. Nothing is guessed: a row that could be several is refused, and says
which. A critic or a publication is found by slug, if one is given, else by name, else by the slug of the name.
"""

import re
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Q

from catalogue import names
from catalogue.models import FormerTitleSlug, Title, TitleIdentifier, TitleName
from catalogue.rules import SLUG
from catalogue.search.engine import find
from reviews.models import Critic, Publication

IMDB = re.compile(r"tt\d{6,10}", re.ASCII)
ADDRESS = re.compile(r"/titles/([a-z0-9-]+)/?$")
WITH_YEAR = re.compile(r"(.+) \((\d{4})\)", re.DOTALL)
MOST_NAMED = 5
MOST_SEARCHED = 50  # titles of a file that are looked for like a reader's typing slips
WRITERS = {"critic": Critic, "publication": Publication}


@dataclass
class Asked:
    """What a row says of its title."""

    slug: str
    imdb: str
    name: str
    year: int | None

    @classmethod
    def of(cls, said):
        text, imdb, year = said.get("title", ""), said.get("imdb", ""), said.get("year")
        found = IMDB.search(imdb) or IMDB.fullmatch(text)
        with_year = WITH_YEAR.fullmatch(text)
        name, year = (with_year[1], year or int(with_year[2])) if with_year else (text, year)
        page = ADDRESS.search(text)
        slug = page[1] if page else text if re.match(SLUG, text) else ""
        return cls(slug, found[0] if found else "", "" if page else name, year)


class Matcher:
    """Finds titles and writers of rows; keeps count of how many it searched for."""

    def __init__(self):
        self.left = MOST_SEARCHED

    def titles(self, rows):
        """(key, "") or (None, why) for each of `rows`."""
        asked = [Asked.of(row.said) for row in rows]
        slugs, numbers = _by_slug({one.slug for one in asked}), _by_imdb({one.imdb for one in asked})
        found = [{slugs.get(one.slug), numbers.get(one.imdb)} - {None} for one in asked]
        candidates = _candidates({names.fold(one.name) for one, keys in zip(asked, found, strict=True) if not keys})
        return [self._title(one, keys, candidates) for one, keys in zip(asked, found, strict=True)]

    def _title(self, asked, keys, candidates):
        if len(keys) > 1:
            return None, "The title and the IMDb number are of two different titles."
        if keys:
            return keys.pop(), ""
        if not asked.name:
            return None, f"We have no title {asked.slug or asked.imdb or 'without a name'}."
        return self._by_name(asked, candidates.get(names.fold(asked.name), ()))

    def _by_name(self, asked, candidates):
        fitting = [c for c in candidates if not (asked.imdb and c.has_imdb)]
        exact = [c for c in fitting if c.year == asked.year]
        near = [c for c in fitting if asked.year is None or c.year is None or abs(c.year - asked.year) == 1]
        found = exact or near
        if len(found) == 1:
            return found[0].key, ""
        if found:
            return None, f"“{asked.name}” could be any of: {_listed(c.slug for c in found)}. Write one of these."
        return None, self._unknown(asked, candidates)

    def _unknown(self, asked, others):
        year = f" ({asked.year})" if asked.year else ""
        near = [c.slug for c in others] or self._searched(asked)
        hint = f" Did you mean {_listed(near, 'or')}?" if near else ""
        return f"We have no title “{asked.name}”{year}.{hint}"

    def _searched(self, asked):
        """Slugs of titles that a search for the name finds, or finds something like."""
        if self.left == 0:
            return []
        self.left -= 1
        found = find(asked.name, most=MOST_NAMED)
        return [ADDRESS.search(hit.url)[1] for hit in found.hits or found.near if hit.kind == "title"]

    def writers(self, rows, what):
        """(slug, "") or (None, why) for each of `rows`; `what` is "critic" or "publication"."""
        asked = [(row.said.get(f"{what}_slug") or "", row.said[what]) for row in rows]
        there = Q(slug__in={slug for slug, _ in asked}) | Q(name__in={name for _, name in asked})
        named = defaultdict(list)
        for slug, name in WRITERS[what].objects.filter(there).values_list("slug", "name"):
            named[name].append(slug)
        return [_writer(slug, name, named[name], what) for slug, name in asked]


def _writer(slug, name, known, what):
    if slug:
        return slug, ""
    if len(known) > 1:
        return None, f"There are several called {name}: say in {what}_slug which of {_listed(known)} it is."
    made = known[0] if known else names.slug(name)
    return (made, "") if made else (None, f"No address can be made of “{name}”: name one in {what}_slug.")


# ------------------------------------------------------------------ titles
@dataclass(frozen=True)
class _Candidate:
    key: int
    slug: str
    year: int | None
    has_imdb: bool


def _by_slug(slugs):
    former = FormerTitleSlug.objects.filter(slug__in=slugs).values_list("slug", "title")
    return dict(former) | dict(Title.every.filter(slug__in=slugs).values_list("slug", "pk"))


def _by_imdb(numbers):
    rows = TitleIdentifier.objects.filter(scheme="imdb", value__in=numbers - {""})
    return dict(rows.values_list("value", "title"))


def _candidates(wanted):
    """{folded name: candidates} of all titles with such a name or alias."""
    wanted, found = wanted - {""}, defaultdict(list)
    rows = set(Title.every.filter(folded__in=wanted).values_list("folded", "pk", "slug", "year"))
    alias = TitleName.objects.filter(folded__in=wanted)
    rows |= set(alias.values_list("folded", "title", "title__slug", "title__year"))
    numbers = TitleIdentifier.objects.filter(scheme="imdb", title__in={key for _, key, _, _ in rows})
    numbered = set(numbers.values_list("title", flat=True))
    for folded, key, slug, year in sorted(rows, key=lambda row: row[2]):
        found[folded].append(_Candidate(key, slug, year, key in numbered))
    return found


def _listed(slugs, word="and"):
    slugs = list(slugs)[:MOST_NAMED]
    return f" {word} ".join(filter(None, [", ".join(slugs[:-1]), slugs[-1]]))
