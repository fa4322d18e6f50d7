"""The releases of title records into the catalogue."""

from django.db.models import Max

from catalogue.importers.copying import copy_rows, reserve_ids
from catalogue.importers.problems import RejectedRow
from catalogue.models import Company, Release

COLUMNS = [
    "medium",
    "edition",
    "released_on",
    "runtime_minutes",
    "distributor_id",
    "certificate_id",
    "regions",
    "colour",
    "video_standard",
    "box_set",
    "position",
]


def write_releases(records, words):
    """Write the releases of {draft: record}; return {(title id, slug): release id} and the ids that are new.

    A release that was there keeps its row and its discs, because copies hang on those.
    """
    for record in records.values():
        _refuse_namesakes(record.get("releases", ()))
    there = _there(records)
    _remove_outdated(records, there)
    start = _last_places(records)
    new = {}
    for draft, record in records.items():
        for place, said in enumerate(record.get("releases", ()), start.get(draft.title_id, 0) + 1):
            key, values = (draft.title_id, said["slug"]), _values(said, place, words)
            if key in there:
                _update(there[key], values, said)
            else:
                new[key] = values
    return _add(new, there)


def _refuse_namesakes(releases):
    slugs = [release["slug"] for release in releases]
    if twice := [slug for slug in slugs if slugs.count(slug) > 1]:
        raise RejectedRow(f"There are two releases {twice[0]}; a slug is unique within the title.")


def _there(records):
    titles = [draft.title_id for draft in records if not draft.is_new]
    return {(r.title_id, r.slug): r for r in Release.objects.filter(title__in=titles)} if titles else {}


def _remove_outdated(records, there):
    """A whole new record of a title says which releases it has: the others go."""
    said = {(draft.title_id, r["slug"]) for draft, record in records.items() for r in record.get("releases", ())}
    replaced = {draft.title_id for draft in records if draft.replaces}
    outdated = [r.pk for key, r in there.items() if key[0] in replaced and key not in said]
    rows = Release.objects.filter(pk__in=outdated)
    if kept := rows.filter(discs__copies__isnull=False).first():
        raise RejectedRow(f"We have copies of the release {kept.slug}, which this record leaves out.")
    if kept := rows.filter(orders__isnull=False).first():
        raise RejectedRow(f"We have ordered the release {kept.slug}, which this record leaves out.")
    rows.delete()


def _last_places(records):
    """{title id: last place taken} of titles to which releases are only added."""
    filled = [draft.title_id for draft in records if not (draft.is_new or draft.replaces)]
    if not filled:
        return {}
    places = Release.objects.filter(title__in=filled).values("title").annotate(last=Max("position"))
    return dict(places.values_list("title", "last"))


def _values(record, place, words):
    """A release's own columns, by name, in the order of COLUMNS."""
    distributor = record.get("distributor")
    return {
        "medium": record["medium"],
        "edition": record.get("edition", ""),
        "released_on": record.get("released_on", ""),
        "runtime_minutes": record.get("runtime_minutes"),
        "distributor_id": words.id(Company, distributor) if distributor else None,
        "certificate_id": words.certificate(record),
        "regions": record.get("regions", []),
        "colour": record.get("colour", ""),
        "video_standard": record.get("video_standard", ""),
        "box_set": record.get("box_set", ""),
        "position": place,
    }


def _update(release, values, record):
    Release.objects.filter(pk=release.pk).update(**values)
    for disc in record.get("discs", ()):
        release.discs.update_or_create(number=disc["number"], defaults={"label": disc.get("label", "")})


def _add(new, there):
    ids = reserve_ids(Release, len(new)) if new else []
    rows = [(pk, *key, *values.values()) for pk, (key, values) in zip(ids, new.items(), strict=True)]
    copy_rows(Release, ["id", "title", "slug", *COLUMNS], rows)
    added = dict(zip(new, ids, strict=True))
    return {key: release.pk for key, release in there.items()} | added, set(ids)
