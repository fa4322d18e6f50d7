"""Titles of a shop into the catalogue, by the catalogue's own importer, and the discs that its copies are of."""

from dataclasses import dataclass

from django.db import connection, transaction

from catalogue.importers.drafts import Draft
from catalogue.importers.problems import REFUSALS, reason
from catalogue.importers.titles import write_titles
from catalogue.models import Disc, Medium, Release
from catalogue.names import title_slug
from catalogue.readers.languages import language_code
from catalogue.readers.rows import checked
from rentals.shop_import.cells import number_in
from rentals.shop_import.report import ALREADY_HERE, BROUGHT_IN, KEPT_APART
from rentals.shop_import.rows import Unfit, first_ones

BATCH = 1000


@dataclass(eq=False)
class Film(Draft):
    """A title of a shop: known by the id it has there, so that it is found again."""

    row: object = None

    @property
    def key(self):
        return self.row.key


def bring_in(rows, shop, report, progress):
    """Find or make the titles; {id in the shop: title's key}, and what of them is out in which medium, [(key, medium)].

    A title of ours with the same name, within a year, is used; the importer of the catalogue says how.
    """
    films = [film for row in first_ones(rows, report) if (film := _film(row, shop, report))]
    for start in range(0, len(films), BATCH):
        batch = films[start : start + BATCH]
        _write(batch, report)
        progress(len(batch))
    done = [film for film in films if film.title_id]
    editions = [(film.title_id, film.row.cell("medium")) for film in done if film.row.cell("medium")]
    return {film.key: film.title_id for film in done}, editions


def _film(row, shop, report):
    try:
        return Film(f"shop {shop}", row.line, _record(row), row=row)
    except Unfit as refusal:
        report.reject(row, refusal)
        return None


def _record(row):
    """The row as a record of docs/import-format.md."""
    medium_of(row, "")
    year = number_in(row, "year", least=1870, most=2100, otherwise=None)
    record = {"record": "title", "slug": title_slug(row.cell("name"), year), "name": row.cell("name")}
    more = {
        "year": year,
        "runtime_minutes": number_in(row, "minutes", least=1, most=6000, otherwise=None),
        "languages": _languages(row),
        "certificate": _certificate(row),
    }
    record |= {key: value for key, value in more.items() if value}
    if problem := checked(row.line, record).problem:
        raise Unfit("bad title", f"Title {row.key}: {problem}")
    return record


def _languages(row):
    if not (text := row.cell("language")):
        return []
    if not (code := language_code(text)):
        raise Unfit("bad language", f"Title {row.key} is in “{text}”: write a code of ISO 639, such as en.")
    return [code]


def _certificate(row):
    if not (text := row.cell("certificate")):
        return None
    system, _, value = text.partition(" ")
    if not value:
        raise Unfit(
            "bad certificate", f"Title {row.key} has the certificate “{text}”: write system and value, BBFC 15."
        )
    return {"system": system, "value": value.strip()}


def medium_of(row, otherwise):
    medium = row.cell("medium").lower() or otherwise
    if medium and medium not in Medium.values:
        what = f"{row.kind.title()} {row.key} is on “{row.cell('medium')}”: we have {', '.join(Medium.values)}."
        raise Unfit("unknown medium", what)
    return medium


def _write(films, report):
    """All of them; if the database refuses that, by halves, so that only bad ones stay out."""
    if not films:
        return
    try:
        with transaction.atomic():
            write_titles(films)
            connection.check_constraints()
    except REFUSALS as refusal:
        _by_halves(films, Unfit("refused", reason(refusal)), report)
        return
    for film in films:
        report.add("title", BROUGHT_IN if film.is_new else ALREADY_HERE)
        if film.is_new and film.rivals:
            what = f"{film.record['name']} is a title of its own: it could be any of {', '.join(film.rivals)}."
            report.note(film.row, "title", KEPT_APART, "several like it", what)


def _by_halves(films, refusal, report):
    if len(films) == 1:
        films[0].title_id = None
        report.reject(films[0].row, refusal)
        return
    half = len(films) // 2
    for part in (films[:half], films[half:]):
        for film in part:
            film.title_id = None
        _write(part, report)


# ------------------------------------------------------------------ discs
def discs_of(titles):
    """{(title, medium): {number: disc}} of the first release in each medium that has discs."""
    found, chosen = {}, {}
    rows = Disc.objects.filter(release__title__in=titles).order_by("release__position", "release")
    for title, medium, release, number, disc in rows.values_list(
        "release__title", "release__medium", "release", "number", "pk"
    ):
        if chosen.setdefault((title, medium), release) == release:
            found.setdefault((title, medium), {})[number] = disc
    return found


def add_editions(wanted):
    """Make the discs of {(title, medium): numbers}, which have none: on the release that is there, or on a new one."""
    there = Release.objects.filter(title__in={title for title, _ in wanted}).order_by("-position", "-pk")
    releases = {(release.title_id, release.medium): release for release in there}
    new = _releases([edition for edition in sorted(wanted) if edition not in releases], there)
    releases |= {(one.title_id, one.medium): one for one in Release.objects.bulk_create(new, batch_size=5000)}
    numbers = ((edition, number) for edition in sorted(wanted) for number in sorted(wanted[edition]))
    Disc.objects.bulk_create((Disc(release=releases[e], number=number) for e, number in numbers), batch_size=5000)


def _releases(editions, there):
    """New releases for [(title, medium)], each after those its title has."""
    last, taken = {}, {(release.title_id, release.slug) for release in there}
    for release in there:
        last[release.title_id] = max(release.position, last.get(release.title_id, 0))
    for title, medium in editions:
        last[title] = last.get(title, 0) + 1
        yield Release(title_id=title, medium=medium, slug=_free_slug(title, medium, taken), position=last[title])


def _free_slug(title, medium, taken):
    slug, number = medium, 1
    while (title, slug) in taken:
        number += 1
        slug = f"{medium}-{number}"
    taken.add((title, slug))
    return slug
