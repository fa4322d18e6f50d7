"""A batch of title records into the catalogue: match, replace or fill, write."""

from catalogue.importers import sections
from catalogue.importers.copying import copy_rows, reserve_ids
from catalogue.importers.existing import fill, outdated_parts
from catalogue.importers.matching import known_digests, match, split_repeats
from catalogue.importers.people import People
from catalogue.importers.releases import write_releases
from catalogue.importers.rows import Rows
from catalogue.importers.words import Words, unique_slugs
from catalogue.models import ImportedRecord, Title
from catalogue.names import fold, sort_key
from catalogue.sounds import forms

TITLE_COLUMNS = [
    "slug",
    "name",
    "kind",
    "year",
    "lead",
    "synopsis",
    "runtime_minutes",
    "certificate",
    "cover_palette",
    "cover_motif",
    "cover_short_name",
]
DERIVED = ["folded", "name_key", "sounds"]


def write_titles(drafts):
    """Bring the drafts' titles into the catalogue; return the drafts, which then say what became of them.

    Runs in the caller's transaction. Raises one of `problems.REFUSALS` for the batch as a whole.
    """
    waiting = _without_unchanged(drafts)
    while waiting:
        match(waiting)
        for draft in waiting:
            draft.is_new = draft.title_id is None
        first, waiting = split_repeats(waiting)
        _write(first)
    return drafts


def _without_unchanged(drafts):
    known = known_digests(drafts[0].source, drafts)
    for draft in drafts:
        digest, draft.title_id = known.get(draft.key, (None, None))
        draft.changed, draft.is_new = digest != draft.digest, False
    return [draft for draft in drafts if draft.changed]


def _write(drafts):
    sections.hold(drafts)
    words, people = Words(), People()
    filled = [draft for draft in drafts if not draft.replaces and not draft.is_new]
    records = {draft: draft.record for draft in drafts} | fill(filled, words)
    words.gather(records.values())
    people.gather(records.values())
    _add_new_titles([draft for draft in drafts if draft.is_new], words)
    replaced = [draft for draft in drafts if draft.replaces and not draft.is_new]
    _update_titles(replaced, words)
    _write_parts(records, words, people)
    sections.write(drafts)
    _remember(drafts)


def _add_new_titles(drafts, words):
    ids = reserve_ids(Title, len(drafts))
    slugs = unique_slugs(Title, [draft.record["slug"] for draft in drafts])
    rows = []
    for draft, key, slug in zip(drafts, ids, slugs, strict=True):
        draft.title_id = key
        values = title_values(draft.record, words) | {"slug": slug}
        rows.append((key, *(values[column] for column in TITLE_COLUMNS), *_derived(values["name"]), ""))
    copy_rows(Title, ["id", *TITLE_COLUMNS, *DERIVED, "poster"], rows)


def _derived(name):
    return fold(name), sort_key(name), forms(name)


def title_values(record, words):
    """A title's own columns, by name."""
    cover = record.get("cover", {})
    return {
        "slug": record["slug"],
        "name": record["name"],
        "kind": record.get("kind", "film"),
        "year": record.get("year"),
        "lead": record.get("lead", ""),
        "synopsis": record.get("synopsis", ""),
        "runtime_minutes": record.get("runtime_minutes"),
        "certificate": words.certificate(record),
        "cover_palette": cover.get("palette", ""),
        "cover_motif": cover.get("motif", ""),
        "cover_short_name": cover.get("short_name", ""),
    }


def _update_titles(drafts, words):
    """Give titles of our own format their new columns, and take away the lists the record replaces."""
    titles = Title.every.in_bulk([draft.title_id for draft in drafts])
    for draft in drafts:
        title, values = titles[draft.title_id], title_values(draft.record, words)
        title.move_to(values.pop("slug"))
        title.certificate_id = values.pop("certificate")
        title.folded, title.name_key, title.sounds = _derived(values["name"])  # bulk_update derives nothing
        for column, value in values.items():
            setattr(title, column, value)
    Title.every.bulk_update(titles.values(), [*TITLE_COLUMNS, *DERIVED])
    for rows in outdated_parts(titles):
        rows.delete()


def _write_parts(records, words, people):
    rows = Rows(words, people)
    releases, new = write_releases(records, words)
    for draft, record in records.items():
        rows.add_title(draft.title_id, record)
        for said in record.get("releases", ()):
            release = releases[draft.title_id, said["slug"]]
            rows.add_release(release, said)
            if release in new:
                rows.add_discs(release, said)
    rows.copy()


def _remember(drafts):
    """Note what the source said. Of a title that is new it never said anything, so those rows can be copied."""
    new = [(d.source, d.key, d.digest, d.title_id) for d in drafts if d.is_new]
    copy_rows(ImportedRecord, ["source", "key", "digest", "title"], new)
    again = [d for d in drafts if not d.is_new]
    ImportedRecord.objects.bulk_create(
        [ImportedRecord(source=d.source, key=d.key, digest=d.digest, title_id=d.title_id) for d in again],
        update_conflicts=True,
        unique_fields=["source", "key"],
        update_fields=["digest", "title"],
    )
