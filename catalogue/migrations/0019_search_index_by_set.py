"""Documents that nothing has a name for any more are found as a set.

Since 0012 the view of names has conditions in its arms, and Postgres asks such a view for one owner by reading all of
its rows: indexing a thousand titles read the whole catalogue a thousand times. Asked for many owners by `= ANY`, it uses
their keys.
"""

from django.db import migrations

INDEX = """
-- always by indexes: in the middle of an import the planner still takes the tables for empty
CREATE OR REPLACE FUNCTION catalogue_search_index(of_kind smallint, ids bigint[]) RETURNS void LANGUAGE plpgsql
  SET enable_seqscan = off AS $$
BEGIN
    PERFORM 1 FROM public.catalogue_searchdocument WHERE kind = of_kind AND owner = ANY (ids)
      ORDER BY owner FOR UPDATE;
    -- statements of their own, which see what was committed while we waited
    INSERT INTO public.catalogue_searchdocument AS there (kind, owner, words, rank, popular)
      SELECT kind, owner, words, first_rank, false
      FROM public.catalogue_searchdocument_of WHERE kind = of_kind AND owner = ANY (ids)
      ON CONFLICT (kind, owner) DO UPDATE SET words = excluded.words WHERE there.words <> excluded.words;
    {forget}
    WITH wanted AS MATERIALIZED (
      SELECT owner, term, start FROM public.catalogue_searchterm_of WHERE kind = of_kind AND owner = ANY (ids)),
    gone AS (
      DELETE FROM public.catalogue_searchterm t WHERE kind = of_kind AND owner = ANY (ids)
        AND NOT EXISTS (SELECT FROM wanted w WHERE w.owner = t.owner AND w.term = t.term))
    INSERT INTO public.catalogue_searchterm AS there (kind, owner, term, start, rank)
      SELECT of_kind, w.owner, w.term, w.start, d.rank
      FROM wanted w JOIN public.catalogue_searchdocument d ON d.kind = of_kind AND d.owner = w.owner
        AND d.owner = ANY (ids)
      ON CONFLICT (kind, owner, term) DO UPDATE SET start = excluded.start WHERE there.start <> excluded.start;
    INSERT INTO public.catalogue_searchword (word)
      SELECT DISTINCT used.word
      FROM public.catalogue_searchname n, public.catalogue_search_words(n.sounds) AS used (word)
      WHERE n.kind = of_kind AND n.owner = ANY (ids)
        AND NOT EXISTS (SELECT FROM public.catalogue_searchword there WHERE there.word = used.word OFFSET 0);
END $$;
"""
AS_A_SET = """WITH named AS MATERIALIZED (
      SELECT owner FROM public.catalogue_searchname WHERE kind = of_kind AND owner = ANY (ids))
    DELETE FROM public.catalogue_searchdocument d WHERE kind = of_kind AND owner = ANY (ids)
      AND NOT EXISTS (SELECT FROM named WHERE named.owner = d.owner);"""
ONE_BY_ONE = """DELETE FROM public.catalogue_searchdocument d WHERE kind = of_kind AND owner = ANY (ids)
      AND NOT EXISTS (SELECT FROM public.catalogue_searchname n WHERE n.kind = d.kind AND n.owner = d.owner);"""


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0018_undo_by_job")]
    operations = [migrations.RunSQL(INDEX.format(forget=AS_A_SET), INDEX.format(forget=ONE_BY_ONE))]
