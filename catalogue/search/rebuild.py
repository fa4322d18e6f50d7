"""All that a search looks in, made anew, and ranked by what is popular now.

Works in batches, each a transaction of its own, so that nobody waits long to edit; what is right already is not
written. The triggers' function (migration 0005) does the work: there is one way to index a title.
"""

from itertools import islice

from django.db import connection, transaction

from catalogue.models import Collection, Person, PersonAlias, SearchKind, Title, TitleName
from catalogue.search import popularity
from catalogue.sounds import forms

BATCH = 5000
POPULAR = 20_000
NAMED = {SearchKind.TITLE: Title, SearchKind.PERSON: Person, SearchKind.COLLECTION: Collection}

RANKS = """
CREATE TEMPORARY TABLE search_rank AS
WITH asked AS (SELECT title_id, sum(times) AS times FROM ({counts}) c GROUP BY title_id),
titles AS (
  SELECT d.owner AS id, round(ln(1 + coalesce(a.times, 0))::numeric, 1)::float + d.first_rank AS rank
  FROM catalogue_searchdocument_of d LEFT JOIN asked a ON a.title_id = d.owner WHERE d.kind = 1),
ranks AS (
  SELECT 1::smallint AS kind, id AS owner, rank FROM titles
  UNION ALL SELECT 2::smallint, p.id, coalesce(r.rank, 0) FROM catalogue_person p LEFT JOIN (
    SELECT c.person_id, round((0.5 * max(t.rank) + 0.4 * ln(1 + count(*)))::numeric, 1)::float AS rank
    FROM catalogue_credit c JOIN titles t ON t.id = c.title_id GROUP BY c.person_id) r ON r.person_id = p.id
  UNION ALL SELECT kind, owner, first_rank FROM catalogue_searchdocument_of WHERE kind = 3)
SELECT kind, owner, rank, row_number() OVER (ORDER BY rank DESC, kind, owner) <= {popular} AS popular FROM ranks;
CREATE UNIQUE INDEX ON search_rank (kind, owner);
ANALYZE search_rank;
"""
LOCK = """
SELECT FROM catalogue_searchdocument WHERE kind = %(kind)s AND owner = ANY (%(ids)s) ORDER BY owner FOR UPDATE;
"""
RANK = """
INSERT INTO catalogue_searchdocument (kind, owner, words, rank, popular)
  SELECT kind, owner, '', rank, popular FROM search_rank WHERE kind = %(kind)s AND owner = ANY (%(ids)s)
  ON CONFLICT (kind, owner) DO NOTHING;
UPDATE catalogue_searchdocument d SET rank = r.rank, popular = r.popular FROM search_rank r
  WHERE d.kind = %(kind)s AND d.owner = ANY (%(ids)s) AND r.kind = d.kind AND r.owner = d.owner
  AND (d.rank, d.popular) <> (r.rank, r.popular);
UPDATE catalogue_searchterm t SET rank = d.rank FROM catalogue_searchdocument d
  WHERE t.kind = %(kind)s AND t.owner = ANY (%(ids)s) AND d.kind = t.kind AND d.owner = t.owner AND t.rank <> d.rank;
SELECT catalogue_search_index(%(kind)s::smallint, %(ids)s::bigint[]);
"""
# Rows of what is gone; the triggers leave none.
SWEEP = """
DELETE FROM catalogue_searchterm t WHERE NOT EXISTS (
  SELECT FROM catalogue_searchdocument d WHERE d.kind = t.kind AND d.owner = t.owner);
LOCK TABLE catalogue_searchword IN SHARE ROW EXCLUSIVE MODE;
"""
SWEEP_WORDS = """
DELETE FROM catalogue_searchword s WHERE s.id NOT IN (
  SELECT min(w.id) FROM catalogue_searchword w JOIN (
    SELECT DISTINCT word FROM catalogue_searchname n, catalogue_search_words(n.sounds) AS word) used USING (word)
  GROUP BY w.word)
"""
GONE = "SELECT owner FROM catalogue_searchdocument WHERE kind = %s"
CORRECT = """
UPDATE {table} t SET sounds = right_.sounds FROM unnest(%s::bigint[], %s::text[]) AS right_ (id, sounds)
WHERE t.id = right_.id
"""


def rebuild_search():
    """Make the search index anew, from the forms of names on. Safe beside edits and searches."""
    for model in (Title, TitleName, Person, PersonAlias, Collection):
        _correct_sounds(model)
    _run("DROP TABLE IF EXISTS search_rank")
    _run(RANKS.format(counts=popularity.counts(), popular=POPULAR))
    for kind, model in NAMED.items():
        for ids in _batches(_keys(kind, model)):
            with transaction.atomic():
                _run(LOCK, {"kind": kind.value, "ids": ids})
                _run(RANK, {"kind": kind.value, "ids": ids})
    with transaction.atomic():
        _run(SWEEP)
        _run(SWEEP_WORDS)
    _run("DROP TABLE search_rank")
    _tidy()


def _correct_sounds(model):
    """Write the forms of names that were copied in without, or made by an older rule."""
    rows = model._default_manager.order_by("pk").values_list("pk", "name", "sounds").iterator(chunk_size=BATCH)
    wrong = ((pk, right) for pk, name, sounds in rows if (right := forms(name)) != sounds)
    for batch in _batches(wrong):
        with transaction.atomic():
            _run(CORRECT.format(table=model._meta.db_table), [list(column) for column in zip(*batch, strict=True)])
            _run("DELETE FROM catalogue_searchstale")  # our own notes: all is indexed below


def _keys(kind, model):
    """Keys of all there is, and of what the index holds and should not."""
    yield from model.objects.order_by("pk").values_list("pk", flat=True).iterator(chunk_size=BATCH)
    with connection.cursor() as cursor:
        cursor.execute(GONE, [kind.value])
        held = {key for (key,) in cursor}
    yield from sorted(held.difference(model.objects.values_list("pk", flat=True)))


def _batches(rows):
    rows = iter(rows)
    while batch := list(islice(rows, BATCH)):
        yield batch


def _tidy():
    """Let the planner know, and leave no dead rows: searches then read indexes alone."""
    how = "ANALYZE" if connection.in_atomic_block else "VACUUM ANALYZE"
    for table in ("term", "document", "word"):
        _run(f"{how} catalogue_search{table}")


def _run(sql, values=None):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
