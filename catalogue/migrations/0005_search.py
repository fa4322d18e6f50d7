"""What a search looks in, and the triggers that keep it true in the transaction of every edit.

Views say what belongs in the tables: `catalogue_searchname` (all names), `catalogue_searchterm_of` and
`catalogue_searchdocument_of`. `catalogue_search_index(kind, ids)` makes the tables say so for some titles, people or
collections. Triggers on what has names, and on credits, note whose names changed in `catalogue_searchstale`; a
deferred trigger on that table indexes them all at once when the transaction commits (or checks its constraints), so
that a thousand titles brought by an import are one set. A note is gone before anybody else can see it.

Two transactions that change one title take turns: each locks the documents of what it indexes, in order of kind and
key, before it reads the names. Who credits a person and who changes that person's names also take turns, by the lock
on the person that a credit takes (migration 0004), so that neither overlooks the other.
"""

from itertools import islice

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.functions.text
from django.db import migrations, models

import catalogue.fields
from catalogue.sounds import forms

SEARCH = """
CREATE EXTENSION IF NOT EXISTS fuzzystrmatch;

CREATE VIEW catalogue_searchname AS
  SELECT 1::smallint AS kind, id AS owner, sounds FROM catalogue_title
  UNION ALL SELECT 1::smallint, title_id, sounds FROM catalogue_titlename
  UNION ALL SELECT 2::smallint, id, sounds FROM catalogue_person
  UNION ALL SELECT 2::smallint, person_id, sounds FROM catalogue_personalias
  UNION ALL SELECT 3::smallint, id, sounds FROM catalogue_collection;

-- a name of more than 12 words, or 100 letters, is found by the first of them
CREATE VIEW catalogue_searchterm_of AS
  SELECT n.kind, n.owner, left(array_to_string(f.words[place:], ''), 100) AS term, min(place - 1)::smallint AS start
  FROM catalogue_searchname n
    CROSS JOIN LATERAL (SELECT string_to_array(form, ' ') AS words FROM string_to_table(n.sounds, '|') AS form
      WHERE form <> '' AND left(form, 1) <> '=') f
    CROSS JOIN LATERAL generate_series(1, least(cardinality(f.words), 12)) AS place
  GROUP BY 1, 2, 3;

CREATE FUNCTION catalogue_search_words(sounds text) RETURNS SETOF text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT word FROM string_to_table(translate(sounds, '|=', '  '), ' ') AS word WHERE word <> ''
$$;

-- first_rank: how popular something is before anybody rated it; `rebuild_search` knows better
CREATE VIEW catalogue_searchdocument_of AS
  SELECT 1::smallint AS kind, t.id AS owner, array_to_tsvector(ARRAY(
      SELECT word FROM catalogue_search_words(t.sounds) AS word
      UNION ALL SELECT word FROM catalogue_titlename n, catalogue_search_words(n.sounds) AS word WHERE n.title_id = t.id
      UNION ALL SELECT '#' || t.year WHERE t.year IS NOT NULL
      UNION ALL SELECT '@' || word FROM catalogue_credit c JOIN catalogue_person p ON p.id = c.person_id,
        catalogue_search_words(p.sounds) AS word WHERE c.title_id = t.id
      UNION ALL SELECT '@' || word FROM catalogue_credit c JOIN catalogue_personalias a ON a.person_id = c.person_id,
        catalogue_search_words(a.sounds) AS word WHERE c.title_id = t.id)) AS words,
      CASE WHEN EXISTS (SELECT FROM catalogue_release WHERE title_id = t.id) THEN 0.5 ELSE 0 END AS first_rank
  FROM catalogue_title t
  UNION ALL SELECT 2::smallint, p.id, array_to_tsvector(ARRAY(
      SELECT word FROM catalogue_search_words(p.sounds) AS word
      UNION ALL SELECT word FROM catalogue_personalias a, catalogue_search_words(a.sounds) AS word
        WHERE a.person_id = p.id)),
      (SELECT round(0.4 * ln(1 + count(*))::numeric, 1) FROM catalogue_credit WHERE person_id = p.id)
  FROM catalogue_person p
  UNION ALL SELECT 3::smallint, c.id, array_to_tsvector(ARRAY(SELECT catalogue_search_words(c.sounds))),
      (SELECT round(0.4 * ln(1 + count(*))::numeric, 1) FROM catalogue_titlecollection WHERE collection_id = c.id)
  FROM catalogue_collection c;

-- always by indexes: in the middle of an import the planner still takes the tables for empty
CREATE FUNCTION catalogue_search_index(of_kind smallint, ids bigint[]) RETURNS void LANGUAGE plpgsql
  SET enable_seqscan = off AS $$
BEGIN
    PERFORM 1 FROM public.catalogue_searchdocument WHERE kind = of_kind AND owner = ANY (ids)
      ORDER BY owner FOR UPDATE;
    -- statements of their own, which see what was committed while we waited
    INSERT INTO public.catalogue_searchdocument AS there (kind, owner, words, rank, popular)
      SELECT kind, owner, words, first_rank, false
      FROM public.catalogue_searchdocument_of WHERE kind = of_kind AND owner = ANY (ids)
      ON CONFLICT (kind, owner) DO UPDATE SET words = excluded.words WHERE there.words <> excluded.words;
    DELETE FROM public.catalogue_searchdocument d WHERE kind = of_kind AND owner = ANY (ids)
      AND NOT EXISTS (SELECT FROM public.catalogue_searchname n WHERE n.kind = d.kind AND n.owner = d.owner);
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

CREATE UNLOGGED TABLE catalogue_searchstale (kind smallint NOT NULL, ids bigint[] NOT NULL);

CREATE FUNCTION catalogue_search_keep() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE stale record;
BEGIN
    FOR stale IN
      WITH noted AS (DELETE FROM public.catalogue_searchstale RETURNING kind, ids)
      SELECT kind, array_agg(DISTINCT id) AS ids FROM noted, unnest(ids) AS id GROUP BY kind ORDER BY kind DESC
    LOOP
        PERFORM public.catalogue_search_index(stale.kind, stale.ids);
    END LOOP;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER catalogue_search_keep AFTER INSERT ON catalogue_searchstale
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION catalogue_search_keep();

CREATE FUNCTION catalogue_search_note(of_kind integer, of_ids bigint[]) RETURNS void LANGUAGE sql AS $$
  INSERT INTO public.catalogue_searchstale (kind, ids) SELECT of_kind, of_ids WHERE cardinality(of_ids) > 0
$$;

-- rows that are found by their own names: titles, people, collections
CREATE FUNCTION catalogue_search_came_or_went() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM public.catalogue_search_note(TG_ARGV[0]::integer, (SELECT array_agg(id) FROM changed));
    RETURN NULL;
END $$;

CREATE FUNCTION catalogue_search_title_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM public.catalogue_search_note(1, (SELECT array_agg(c.id) FROM changed c JOIN before b ON b.id = c.id
      WHERE (c.sounds, c.year) IS DISTINCT FROM (b.sounds, b.year)));
    RETURN NULL;
END $$;

CREATE FUNCTION catalogue_search_collection_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM public.catalogue_search_note(3, (SELECT array_agg(c.id) FROM changed c JOIN before b ON b.id = c.id
      WHERE c.sounds <> b.sounds));
    RETURN NULL;
END $$;

CREATE FUNCTION catalogue_search_people(people bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM public.catalogue_search_note(2, people);
    PERFORM public.catalogue_search_note(1, (SELECT array_agg(DISTINCT title_id) FROM public.catalogue_credit
      WHERE person_id = ANY (people)));
END $$;

CREATE FUNCTION catalogue_search_person_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM public.catalogue_search_people((SELECT array_agg(c.id) FROM changed c JOIN before b ON b.id = c.id
      WHERE c.sounds <> b.sounds));
    RETURN NULL;
END $$;

-- nobody credits the person meanwhile: see above
CREATE FUNCTION catalogue_search_alias_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM public.catalogue_person WHERE id IN (SELECT person_id FROM changed) ORDER BY id FOR NO KEY UPDATE;
    PERFORM public.catalogue_search_people((SELECT array_agg(DISTINCT person_id) FROM changed));
    RETURN NULL;
END $$;

-- rows that name the title they make findable: its other names, its credits
CREATE FUNCTION catalogue_search_part_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM public.catalogue_search_note(1, (SELECT array_agg(DISTINCT title_id) FROM changed));
    RETURN NULL;
END $$;
"""
DROP = """
DROP FUNCTION catalogue_search_came_or_went(), catalogue_search_title_changed(), catalogue_search_collection_changed(),
  catalogue_search_person_changed(), catalogue_search_alias_changed(), catalogue_search_part_changed(),
  catalogue_search_people(bigint[]), catalogue_search_note(integer, bigint[]), catalogue_search_keep(),
  catalogue_search_index(smallint, bigint[]) CASCADE;
DROP TABLE catalogue_searchstale;
DROP VIEW catalogue_searchdocument_of, catalogue_searchterm_of, catalogue_searchname;
DROP FUNCTION catalogue_search_words(text);
"""
CHANGES = (("INSERT", "NEW"), ("UPDATE", "NEW"), ("UPDATE", "OLD"), ("DELETE", "OLD"))
KINDS = {"title": 1, "person": 2, "collection": 3}


def trigger(table, event, rows, function, argument=""):
    """SQL of a trigger that fires once after `event` statements; `rows` are the transition tables it sees."""
    name = f"{function}_{event}_{rows.split()[0]}".lower()
    return (
        f"CREATE TRIGGER {name} AFTER {event} ON catalogue_{table} REFERENCING {rows} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {function}({argument});"
    )


def triggers():
    for table, kind in KINDS.items():
        for event, rows in (("INSERT", "NEW"), ("DELETE", "OLD")):
            yield trigger(table, event, f"{rows} TABLE AS changed", "catalogue_search_came_or_went", kind)
        both = "OLD TABLE AS before NEW TABLE AS changed"
        yield trigger(table, "UPDATE", both, f"catalogue_search_{table}_changed")
    for table, function in (
        ("titlename", "catalogue_search_part_changed"),
        ("credit", "catalogue_search_part_changed"),
        ("personalias", "catalogue_search_alias_changed"),
    ):
        yield from (trigger(table, event, f"{rows} TABLE AS changed", function) for event, rows in CHANGES)


NAMED = ("Title", "TitleName", "Person", "PersonAlias", "Collection")
NOTE_ALL = """
SELECT catalogue_search_note(1, array_agg(id)) FROM catalogue_title;
SELECT catalogue_search_note(2, array_agg(id)) FROM catalogue_person;
SELECT catalogue_search_note(3, array_agg(id)) FROM catalogue_collection;
"""


def index_what_is_there(apps, schema_editor):
    """Give the names that are there already their forms; what is noted is indexed when the migration commits."""
    for name in NAMED:
        model = apps.get_model("catalogue", name)
        rows = model.objects.only("name").iterator(chunk_size=5000)
        while batch := list(islice(rows, 5000)):
            for row in batch:
                row.sounds = forms(row.name)
            model.objects.bulk_update(batch, ["sounds"])
    schema_editor.execute(NOTE_ALL)


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0004_page_versions"),
    ]

    operations = [
        migrations.AddField(
            model_name="collection",
            name="sounds",
            field=catalogue.fields.SoundsField(db_default="", default="", editable=False, source="name"),
        ),
        migrations.AddField(
            model_name="person",
            name="sounds",
            field=catalogue.fields.SoundsField(db_default="", default="", editable=False, source="name"),
        ),
        migrations.AddField(
            model_name="personalias",
            name="sounds",
            field=catalogue.fields.SoundsField(db_default="", default="", editable=False, source="name"),
        ),
        migrations.AddField(
            model_name="title",
            name="sounds",
            field=catalogue.fields.SoundsField(db_default="", default="", editable=False, source="name"),
        ),
        migrations.AddField(
            model_name="titlename",
            name="sounds",
            field=catalogue.fields.SoundsField(db_default="", default="", editable=False, source="name"),
        ),
        migrations.CreateModel(
            name="SearchDocument",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "kind", "owner", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("kind", models.PositiveSmallIntegerField(choices=[(1, "Title"), (2, "Person"), (3, "Collection")])),
                ("owner", models.BigIntegerField()),
                ("words", django.contrib.postgres.search.SearchVectorField()),
                ("rank", models.FloatField(help_text="How popular it is, on a scale of logarithms.")),
                (
                    "popular",
                    models.BooleanField(default=False, help_text="One of the first, in which a search looks first."),
                ),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["words"], name="searchdocument_words"),
                    django.contrib.postgres.indexes.GinIndex(
                        condition=models.Q(("popular", True)), fields=["words"], name="searchdocument_popular"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SearchTerm",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "kind", "owner", "term", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("kind", models.PositiveSmallIntegerField(choices=[(1, "Title"), (2, "Person"), (3, "Collection")])),
                ("owner", models.BigIntegerField()),
                ("term", models.TextField()),
                (
                    "start",
                    models.PositiveSmallIntegerField(
                        help_text="How many words of the name it leaves out; 0: the whole name."
                    ),
                ),
                ("rank", models.FloatField()),
            ],
            options={
                "indexes": [
                    models.Index(
                        django.contrib.postgres.indexes.OpClass(models.F("term"), "text_pattern_ops"),
                        include=("kind", "owner", "rank"),
                        name="searchterm_term",
                    ),
                    models.Index(
                        django.db.models.functions.text.Left("term", 2),
                        models.OrderBy(models.F("rank"), descending=True),
                        name="searchterm_head_2",
                    ),
                    models.Index(
                        django.db.models.functions.text.Left("term", 3),
                        models.OrderBy(models.F("rank"), descending=True),
                        name="searchterm_head_3",
                    ),
                    models.Index(
                        django.db.models.functions.text.Left("term", 4),
                        models.OrderBy(models.F("rank"), descending=True),
                        name="searchterm_head_4",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SearchWord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("word", models.TextField()),
            ],
            options={
                "indexes": [
                    models.Index(
                        django.contrib.postgres.indexes.OpClass(models.F("word"), "text_pattern_ops"),
                        name="searchword_word",
                    ),
                    models.Index(
                        django.contrib.postgres.indexes.OpClass(
                            django.db.models.functions.text.Reverse("word"), "text_pattern_ops"
                        ),
                        name="searchword_reversed",
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.indexes.OpClass(models.F("word"), "gin_trgm_ops"),
                        name="searchword_trigrams",
                    ),
                ],
            },
        ),
        migrations.RunSQL(SEARCH + "\n".join(triggers()), DROP),
        migrations.RunPython(index_what_is_there, migrations.RunPython.noop),
    ]
