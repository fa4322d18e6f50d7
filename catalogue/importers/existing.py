"""What an import does to titles that are in the catalogue already."""

from django.db.models import Max

from catalogue.importers.rows import PARTS_OF_RELEASE, PARTS_OF_TITLE
from catalogue.models import (
    Award,
    BoxOffice,
    Credit,
    Offer,
    Release,
    ReleaseEvent,
    ReleaseIdentifier,
    Title,
    TitleCollection,
    TitleCompany,
    TitleCountry,
    TitleGenre,
    TitleIdentifier,
    TitleLanguage,
    TitleName,
)
from catalogue.names import fold

# Lists that are filled only if the title has none of the kind.
LISTS = {
    "languages": TitleLanguage,
    "countries": TitleCountry,
    "genres": TitleGenre,
    "collections": TitleCollection,
    "companies": TitleCompany,
    "awards": Award,
    "events": ReleaseEvent,
    "box_office": BoxOffice,
    "offers": Offer,
}
COLUMNS = ("year", "lead", "synopsis", "runtime_minutes")


def outdated_parts(titles):
    """Querysets of the rows that a whole new record of these titles replaces; releases and discs stay."""
    for model in PARTS_OF_TITLE:
        yield model.objects.filter(title__in=titles)
    for model in PARTS_OF_RELEASE:
        yield model.objects.filter(release__title__in=titles)


def fill(drafts, words):
    """{draft: the part of its record that its title lacks}: another source adds and never overwrites.

    Empty columns of the titles are filled here. `draft.changed` says whether anything is added.
    """
    if not drafts:
        return {}
    titles = Title.every.in_bulk([draft.title_id for draft in drafts])
    there = _there(titles)
    return {draft: _lacking(draft, titles[draft.title_id], there, words) for draft in drafts}


def _there(titles):
    pairs = {
        key: set(model.objects.filter(title__in=titles).values_list("title_id", flat=True))
        for key, model in LISTS.items()
    }
    return pairs | {
        "roles": set(Credit.objects.filter(title__in=titles).values_list("title_id", "role")),
        "names": {(t, fold(n)) for t, n in TitleName.objects.filter(title__in=titles).values_list("title_id", "name")},
        "places": dict(
            TitleName.objects.filter(title__in=titles)
            .values("title")
            .annotate(last=Max("position"))
            .values_list("title", "last")
        ),
        "schemes": set(TitleIdentifier.objects.filter(title__in=titles).values_list("title_id", "scheme")),
        "release identifiers": set(
            ReleaseIdentifier.objects.filter(release__title__in=titles).values_list("scheme", "value")
        ),
        "release slugs": set(Release.objects.filter(title__in=titles).values_list("title_id", "slug")),
    }


def _lacking(draft, title, there, words):
    record, key = draft.record, draft.title_id
    lacking = {list_: record[list_] for list_ in LISTS if record.get(list_) and key not in there[list_]}
    lacking["credits"] = [c for c in record.get("credits", ()) if (key, c["role"]) not in there["roles"]]
    lacking["names"] = _new_names(record, title, there["names"])
    lacking["identifiers"] = [i for i in record.get("identifiers", ()) if (key, i["scheme"]) not in there["schemes"]]
    lacking["releases"] = list(_new_releases(record, key, there))
    draft.changed = _fill_columns(title, record, words) or any(lacking.values())
    return lacking | {"names_there": there["places"].get(key, 0)}


def _new_names(record, title, there):
    said = [*record.get("names", ()), {"name": record["name"]}]
    new = {fold(n["name"]): n for n in reversed(said)}
    return [n for folded, n in new.items() if folded != title.folded and (title.pk, folded) not in there]


def _new_releases(record, title_id, there):
    for release in record.get("releases", ()):
        pairs = {(i["scheme"], i["value"]) for i in release.get("identifiers", ())}
        if not pairs & there["release identifiers"]:
            slug, number = release["slug"], 1
            while (title_id, slug) in there["release slugs"]:
                number += 1
                slug = f"{release['slug']}-{number}"
            there["release slugs"].add((title_id, slug))
            yield release | {"slug": slug}


def _fill_columns(title, record, words):
    lacking = {c: record[c] for c in COLUMNS if record.get(c) and not getattr(title, c)}
    if not title.certificate_id and record.get("certificate"):
        lacking["certificate_id"] = words.certificate(record)
    if lacking:
        Title.every.filter(pk=title.pk).update(**lacking)
    return bool(lacking)
