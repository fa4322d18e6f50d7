"""Which title of the catalogue a draft is about.

By what the source said last time, by slug (our own format), by outside identifier, else by folded name or alias with
the year ± 1 and, where both have one, a director in common. A candidate that carries another identifier of the same
scheme is another film. Several candidates: the draft is kept apart, and they are listed.
"""

from dataclasses import dataclass

from django.db import connection

from catalogue.models import FormerTitleSlug, ImportedRecord, ReleaseIdentifier, Title, TitleIdentifier

CANDIDATES = """
WITH wanted AS (SELECT DISTINCT unnest(%s::text[]) AS folded),
hits AS (
  SELECT w.folded, t.id FROM wanted w JOIN catalogue_title t USING (folded)
  UNION SELECT w.folded, n.title_id FROM wanted w JOIN catalogue_titlename n USING (folded))
SELECT h.folded, t.id, t.slug,
  coalesce(t.year, (SELECT min(left(e.date, 4)::int) FROM catalogue_releaseevent e WHERE e.title_id = t.id)),
  ARRAY(SELECT p.folded FROM catalogue_credit c JOIN catalogue_person p ON p.id = c.person_id
        WHERE c.title_id = t.id AND c.role = 'director'
        UNION SELECT a.folded FROM catalogue_credit c JOIN catalogue_personalias a ON a.person_id = c.person_id
        WHERE c.title_id = t.id AND c.role = 'director'),
  ARRAY(SELECT scheme FROM catalogue_titleidentifier i WHERE i.title_id = t.id)
FROM hits h JOIN catalogue_title t ON t.id = h.id
"""


@dataclass(frozen=True)
class Candidate:
    title_id: int
    slug: str
    year: int | None
    directors: frozenset
    schemes: frozenset

    def may_be(self, draft):
        """Whether the draft can be this title, names being equal."""
        return (
            any(abs(year - self.year) <= 1 for year in draft.years if self.year)
            and (not self.directors or not draft.directors or bool(self.directors & draft.directors))
            and not self.schemes & {scheme for scheme, _ in draft.identifiers}
        )


def known_digests(source, drafts):
    """{key: (digest, title id)} of what `source` said of these drafts' titles last time."""
    rows = ImportedRecord.objects.filter(source=source, key__in=[draft.key for draft in drafts])
    return {key: (bytes(digest), title) for key, digest, title in rows.values_list("key", "digest", "title_id")}


def match(drafts):
    """Set `title_id` (and `rivals`) of every draft whose title is in the catalogue."""
    for find in (_by_slug, _by_identifier, _by_release_identifier, _by_name):
        if open_drafts := [draft for draft in drafts if draft.title_id is None]:
            find(open_drafts)


def _by_slug(drafts):
    slugs = {draft.record["slug"]: draft for draft in drafts if draft.replaces}
    for model, key in ((Title, "pk"), (FormerTitleSlug, "title_id")):
        for slug, title in model._default_manager.filter(slug__in=slugs).values_list("slug", key):
            slugs[slug].title_id = slugs[slug].title_id or title


def _by_identifier(drafts):
    _by_pairs(drafts, lambda draft: draft.identifiers, TitleIdentifier, "title_id")


def _by_release_identifier(drafts):
    _by_pairs(drafts, lambda draft: draft.release_identifiers, ReleaseIdentifier, "release__title_id")


def _by_pairs(drafts, pairs_of, model, key):
    values = {value for draft in drafts for _, value in pairs_of(draft)}
    if not values:
        return
    rows = model.objects.filter(value__in=values).values_list("scheme", "value", key)
    titles = {(scheme, value): title for scheme, value, title in rows}
    for draft in drafts:
        draft.title_id = next((titles[pair] for pair in pairs_of(draft) if pair in titles), None)


def _by_name(drafts):
    candidates = _candidates({name for draft in drafts for name in draft.folded_names})
    for draft in drafts:
        found = {c for name in draft.folded_names for c in candidates.get(name, ()) if c.may_be(draft)}
        if len(found) == 1:
            draft.title_id = found.pop().title_id
        else:
            draft.rivals = sorted(c.slug for c in found)


def _candidates(names):
    found = {}
    with connection.cursor() as cursor:
        cursor.execute(CANDIDATES, [list(names)])
        for folded, title_id, slug, year, directors, schemes in cursor:
            candidate = Candidate(title_id, slug, year, frozenset(directors), frozenset(schemes))
            found.setdefault(folded, set()).add(candidate)
    return found


def split_repeats(drafts):
    """Parts drafts from those about a title that another of them is about too, or may be.

    The second part is to be matched again once the first is in the catalogue.
    """
    by_name, titles, first, later = {}, set(), [], []
    for draft in drafts:
        names = draft.folded_names if draft.is_new else ()
        if draft.title_id in titles or any(other.may_be(draft) for name in names for other in by_name.get(name, ())):
            later.append(draft)
            continue
        first.append(draft)
        titles |= {draft.title_id} - {None}
        for name in names:
            by_name.setdefault(name, []).append(_as_candidate(draft))
    return first, later


def _as_candidate(draft):
    return Candidate(
        0,
        "",
        next(iter(draft.years), None),
        frozenset(draft.directors),
        frozenset(scheme for scheme, _ in draft.identifiers),
    )
