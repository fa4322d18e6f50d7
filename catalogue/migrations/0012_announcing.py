"""Titles and collections that nobody but staff sees before their moment.

`hidden_until` is one fact of a row, and it is emptied when the moment comes (catalogue/announcing.py). So triggers hear
of it as of any other change: pages get another version (0004), the index in memory looks again (0006), and names
are put where searches look, or taken out. The views of 0005 say what belongs there: only what is announced.
"""

import django.db.models.manager
from django.db import migrations, models

import catalogue.models.announced

SEARCH = """
CREATE OR REPLACE VIEW catalogue_searchname AS
  SELECT 1::smallint AS kind, id AS owner, sounds FROM catalogue_title{title}
  UNION ALL SELECT 1::smallint, title_id, sounds FROM catalogue_titlename{name}
  UNION ALL SELECT 2::smallint, id, sounds FROM catalogue_person
  UNION ALL SELECT 2::smallint, person_id, sounds FROM catalogue_personalias
  UNION ALL SELECT 3::smallint, id, sounds FROM catalogue_collection{title};

CREATE OR REPLACE VIEW catalogue_searchdocument_of AS
  SELECT 1::smallint AS kind, t.id AS owner, array_to_tsvector(ARRAY(
      SELECT word FROM catalogue_search_words(t.sounds) AS word
      UNION ALL SELECT word FROM catalogue_titlename n, catalogue_search_words(n.sounds) AS word WHERE n.title_id = t.id
      UNION ALL SELECT '#' || t.year WHERE t.year IS NOT NULL
      UNION ALL SELECT '@' || word FROM catalogue_credit c JOIN catalogue_person p ON p.id = c.person_id,
        catalogue_search_words(p.sounds) AS word WHERE c.title_id = t.id
      UNION ALL SELECT '@' || word FROM catalogue_credit c JOIN catalogue_personalias a ON a.person_id = c.person_id,
        catalogue_search_words(a.sounds) AS word WHERE c.title_id = t.id)) AS words,
      CASE WHEN EXISTS (SELECT FROM catalogue_release WHERE title_id = t.id) THEN 0.5 ELSE 0 END AS first_rank
  FROM catalogue_title t{title}
  UNION ALL SELECT 2::smallint, p.id, array_to_tsvector(ARRAY(
      SELECT word FROM catalogue_search_words(p.sounds) AS word
      UNION ALL SELECT word FROM catalogue_personalias a, catalogue_search_words(a.sounds) AS word
        WHERE a.person_id = p.id)),
      (SELECT round(0.4 * ln(1 + count(*))::numeric, 1) FROM catalogue_credit WHERE person_id = p.id)
  FROM catalogue_person p
  UNION ALL SELECT 3::smallint, c.id, array_to_tsvector(ARRAY(SELECT catalogue_search_words(c.sounds))),
      (SELECT round(0.4 * ln(1 + count(*))::numeric, 1) FROM catalogue_titlecollection WHERE collection_id = c.id)
  FROM catalogue_collection c{title};

CREATE OR REPLACE FUNCTION catalogue_search_title_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM public.catalogue_search_note(1, (SELECT array_agg(c.id) FROM changed c JOIN before b ON b.id = c.id
      WHERE (c.sounds, c.year{new}) IS DISTINCT FROM (b.sounds, b.year{old})));
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION catalogue_search_collection_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM public.catalogue_search_note(3, (SELECT array_agg(c.id) FROM changed c JOIN before b ON b.id = c.id
      WHERE (c.sounds{new}) IS DISTINCT FROM (b.sounds{old})));
    RETURN NULL;
END $$;
"""
# Titles are found by the collections that everybody sees: those of one that comes are looked at again.
COLLECTION = """
CREATE FUNCTION catalogue_collection_announced() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM public.catalogue_touch_browse((SELECT array_agg(t.title_id)
      FROM changed c JOIN before b ON b.id = c.id JOIN public.catalogue_titlecollection t ON t.collection_id = c.id
      WHERE (c.hidden_until IS NULL) <> (b.hidden_until IS NULL)));
    RETURN NULL;
END $$;

CREATE TRIGGER catalogue_collection_announced AFTER UPDATE ON catalogue_collection
  REFERENCING OLD TABLE AS before NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION catalogue_collection_announced();
"""
NO_COLLECTION = "DROP FUNCTION catalogue_collection_announced() CASCADE"
WITH = SEARCH.format(
    title=" WHERE hidden_until IS NULL",
    name="\n    WHERE title_id NOT IN (SELECT id FROM catalogue_title WHERE hidden_until IS NOT NULL)",
    new=", c.hidden_until IS NULL",
    old=", b.hidden_until IS NULL",
)
WITHOUT = SEARCH.format(title="", name="", new="", old="")
EVERY = [("every", django.db.models.manager.Manager())]


def hidden_until():
    return catalogue.models.announced.HiddenUntilField(verbose_name="not announced until")


def index(name):
    return models.Index(models.F("hidden_until"), condition=models.Q(hidden_until__isnull=False), name=name)


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0011_history")]
    operations = [
        migrations.AlterModelManagers("title", EVERY),
        migrations.AlterModelManagers("collection", EVERY),
        migrations.AddField("title", "hidden_until", hidden_until()),
        migrations.AddField("collection", "hidden_until", hidden_until()),
        migrations.AddIndex("title", index("title_not_announced")),
        migrations.AddIndex("collection", index("collection_not_announced")),
        migrations.RunSQL(WITH, WITHOUT),
        migrations.RunSQL(COLLECTION, NO_COLLECTION),
    ]
