"""Which title of the catalogue a row of a file is.

By the address of our own page, by IMDb number, else by folded name, or alias, and year: the very year first, one year
off only where a single title fits. An article that a list has put at the end counts for nothing, as one in front does.
A title with another IMDb number than the row's is another film. All rows together: as many queries for 5,000 as for
one.

A row has `name`, `original`, `year`, `imdb` and `slug`, "" or None where the file does not say.
"""

from collections import defaultdict
from dataclasses import dataclass

from catalogue import names
from catalogue.models import FormerTitleSlug, Title, TitleIdentifier, TitleName
from catalogue.models.announced import announced

MOST_RIVALS = 12


@dataclass
class Match:
    """A row, the title it is, or the titles it may be."""

    row: object
    title_id: int | None = None
    rivals: tuple = ()


def find(matches):
    """Set what each Match is or may be. Six queries at most."""
    for look in (_by_slug, _by_imdb, _by_name):
        if still := [each for each in matches if each.title_id is None]:
            look(still)


def _by_slug(matches):
    wanted = {each.row.slug for each in matches} - {""}
    former = FormerTitleSlug.objects.filter(announced("title"), slug__in=wanted)
    titles = dict(former.values_list("slug", "title")) if wanted else {}
    titles |= dict(Title.objects.filter(slug__in=wanted).values_list("slug", "pk")) if wanted else {}
    for each in matches:
        each.title_id = titles.get(each.row.slug)


def _by_imdb(matches):
    wanted = {each.row.imdb for each in matches} - {""}
    rows = TitleIdentifier.objects.filter(announced("title"), scheme="imdb", value__in=wanted)
    titles = dict(rows.values_list("value", "title")) if wanted else {}
    for each in matches:
        each.title_id = titles.get(each.row.imdb)


# ------------------------------------------------------------------ by name
@dataclass(frozen=True)
class _Candidate:
    title_id: int
    year: int | None
    imdb: frozenset


def _by_name(matches):
    candidates = _candidates({name for each in matches for name in _folded(each.row)})
    for each in matches:
        found = {one for name in _folded(each.row) for one in candidates.get(name, ()) if _may_be(each.row, one)}
        found = _of_its_year(each.row.year, found)
        if len(found) == 1 and (each.row.year is None or all(one.year for one in found)):
            each.title_id = found.pop().title_id
        else:
            each.rivals = tuple(sorted(one.title_id for one in found)[:MOST_RIVALS])


def _folded(row):
    said = [name for name in (row.name, row.original) if name.strip()]
    return {names.fold(name) for name in said} | {names.fold(names.article_first(name)) for name in said}


def _may_be(row, candidate):
    return not (row.imdb and candidate.imdb) or row.imdb in candidate.imdb


def _of_its_year(year, found):
    """Those of the very year; else those of the year before or after, or of a year that is not known."""
    if year is None:
        return found
    exact = {one for one in found if one.year == year}
    return exact or {one for one in found if one.year is None or abs(one.year - year) == 1}


def _candidates(wanted):
    """{folded name: candidates} of all titles with such a name or alias."""
    if not wanted:
        return {}
    pairs = set(Title.objects.filter(folded__in=wanted).values_list("folded", "pk", "year"))
    pairs |= set(
        TitleName.objects.filter(announced("title"), folded__in=wanted).values_list("folded", "title", "title__year")
    )
    imdb, found = defaultdict(set), defaultdict(set)
    numbers = TitleIdentifier.objects.filter(scheme="imdb", title__in={title for _, title, _ in pairs})
    for title, value in numbers.values_list("title", "value"):
        imdb[title].add(value)
    for folded, title, year in pairs:
        found[folded].add(_Candidate(title, year, frozenset(imdb[title])))
    return found
