"""Which title of the catalogue a row of a file is, and where the member stands with it.

By the address of our own page, by IMDb number, else by folded name, or alias, and year: the very year first, one year
off only where a single title fits. A title with another IMDb number than the row's is another film. All rows together:
as many queries for 5,000 as for one.
"""

from collections import defaultdict
from dataclasses import dataclass

from catalogue import names
from catalogue.models import Disc, FormerTitleSlug, Title, TitleIdentifier, TitleName
from rentals import waits
from rentals.models import QueueEntry, Rental
from rentals.transfer.rows import EDITIONS, Row

MOST_RIVALS = 12
MEDIA = {label: medium for medium, label in EDITIONS.items()}


@dataclass
class Match:
    """A row, the title it is, or the titles it may be, and the wish: a medium, or one disc."""

    row: Row
    title_id: int | None = None
    rivals: tuple = ()
    medium: str = ""
    disc_id: int | None = None

    @property
    def wish(self):
        return self.title_id, self.medium, self.disc_id


def match(rows):
    """A Match for each row, in order; a wish that came before is left out."""
    matches = [Match(row) for row in rows]
    for find in (_by_slug, _by_imdb, _by_name):
        if still := [each for each in matches if each.title_id is None]:
            find(still)
    _find_editions([each for each in matches if each.title_id])
    return _once(matches)


def _once(matches):
    seen, kept = set(), []
    for each in matches:
        if each.title_id is None or each.wish not in seen:
            kept.append(each)
        seen.add(each.wish)
    return kept


def _by_slug(matches):
    wanted = {each.row.slug for each in matches} - {""}
    titles = dict(FormerTitleSlug.objects.filter(slug__in=wanted).values_list("slug", "title")) if wanted else {}
    titles |= dict(Title.objects.filter(slug__in=wanted).values_list("slug", "pk")) if wanted else {}
    for each in matches:
        each.title_id = titles.get(each.row.slug)


def _by_imdb(matches):
    wanted = {each.row.imdb for each in matches} - {""}
    rows = TitleIdentifier.objects.filter(scheme="imdb", value__in=wanted) if wanted else TitleIdentifier.objects.none()
    titles = dict(rows.values_list("value", "title"))
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
    return {names.fold(name) for name in (row.name, row.original) if name.strip()}


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
    pairs |= set(TitleName.objects.filter(folded__in=wanted).values_list("folded", "title", "title__year"))
    imdb, found = defaultdict(set), defaultdict(set)
    numbers = TitleIdentifier.objects.filter(scheme="imdb", title__in={title for _, title, _ in pairs})
    for title, value in numbers.values_list("title", "value"):
        imdb[title].add(value)
    for folded, title, year in pairs:
        found[folded].add(_Candidate(title, year, frozenset(imdb[title])))
    return found


# ------------------------------------------------------------------ editions
def _find_editions(matches):
    """Set the medium or the disc that rows ask for; a disc that is not there any more means any edition."""
    discs = _discs([each.title_id for each in matches if each.row.disc is not None])
    for each in matches:
        if each.row.disc is None:
            each.medium = MEDIA.get(each.row.edition, "")
        else:
            each.disc_id = discs.get((each.title_id, each.row.edition, each.row.disc))


def _discs(titles):
    """{(title, slug of the release, number): disc}."""
    rows = Disc.objects.filter(release__title__in=titles) if titles else Disc.objects.none()
    return {tuple(key): pk for *key, pk in rows.values_list("release__title", "release__slug", "number", "pk")}


# ------------------------------------------------------------------ where the member stands
@dataclass(frozen=True)
class Standing:
    """Of some wishes, (title, medium, disc): those in the queue, those with the member, {those not to be had: why}.

    And the titles that were with the member.
    """

    queued: frozenset
    home: frozenset
    absent: dict
    had: frozenset

    def of(self, wish):
        """ "queued", "home", "absent", "had" or "ready"."""
        for kind in ("queued", "home", "absent"):
            if wish in getattr(self, kind):
                return kind
        return "had" if wish[0] in self.had else "ready"


def standing(member, wishes):
    """Where `member` stands with these wishes. Three queries."""
    wishes = list(dict.fromkeys(wishes))
    titles = {title for title, _, _ in wishes}
    queued = QueueEntry.objects.live().filter(member=member, title__in=titles)
    mine = Rental.objects.filter(member=member, cancelled_at=None, copy__disc__release__title__in=titles)
    rows = list(mine.values_list("copy__disc__release__title", "copy__disc", "copy__disc__number", "checked_in_at"))
    out = {(title, disc, number) for title, disc, number, checked_in_at in rows if checked_in_at is None}
    return Standing(
        frozenset(queued.values_list("title", "medium", "disc")),
        frozenset(wish for wish in wishes if any(_is_of(wish, *row) for row in out)),
        _absent(member, wishes),
        frozenset(title for title, *_ in rows),
    )


def _is_of(wish, title, disc, number):
    """Whether the disc is the one that is wished for: the first, if none is named."""
    return wish[2] == disc or wish[2] is None and wish[0] == title and number == 1


def _absent(member, wishes):
    """{wish: why it cannot be had, or does not play}"""
    asked = [waits.Asked(title, member.pk, medium, disc) for title, medium, disc in wishes]
    found = zip(wishes, waits.waits(asked, must_play=True), strict=True)
    return {wish: wait.reason for wish, wait in found if wait.kind == "none"}
