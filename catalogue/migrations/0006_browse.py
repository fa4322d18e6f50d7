"""What the titles that each process holds in memory are kept true by (catalogue/browse/fresh.py).

A process asks which titles have changed since it last looked, by the number of the transaction: an index finds them.
What no page shows has no page version, and a deleted title has none any more: `catalogue_touch_browse(ids)` writes the
number of the running transaction for them, as `catalogue_touch` does for pages.

In a list from A to Z the leading article of a film's own language counts for nothing: Die Büchse der Pandora is under
B, Die Hard under D. A title's key is worked out from its name (`name_key`, which knows English articles only), and its
language is a row of another table, so triggers bring the two together.
"""

from django.db import migrations, models

import catalogue.fields

CREATE = """
CREATE FUNCTION catalogue_touch_browse(ids bigint[]) RETURNS void LANGUAGE sql AS $$
    INSERT INTO public.catalogue_browseversion AS v (title_id, version)
      SELECT id, pg_current_xact_id()::text::bigint FROM unnest(ids) AS changed(id) GROUP BY id ORDER BY id
      ON CONFLICT (title_id) DO UPDATE SET version = excluded.version WHERE v.version <> excluded.version;
$$;

CREATE FUNCTION catalogue_title_deleted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM public.catalogue_touch_browse((SELECT array_agg(id) FROM changed));
    RETURN NULL;
END $$;

CREATE TRIGGER catalogue_title_deleted AFTER DELETE ON catalogue_title REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION catalogue_title_deleted();
"""
DROP = "DROP FUNCTION catalogue_title_deleted(), catalogue_touch_browse(bigint[]) CASCADE"

ARTICLES = {
    "ar": "al", "da": "den det en et", "de": "der die das ein eine", "el": "o i to ta oi", "es": "el la los las un una",
    "fr": "le la les un une", "hu": "az egy", "it": "il lo la i gli le un uno una", "nl": "de het een",
    "no": "den det en et ei", "pt": "o os as um uma", "sv": "den det en ett",
}  # fmt: skip
LIST = """
-- `key` without the article it begins with, if the first language the title was made in has that article
CREATE FUNCTION catalogue_without_article(key text, title bigint) RETURNS text STABLE LANGUAGE sql AS $$
    SELECT coalesce((SELECT substr(key, length(a.article) + 2)
      FROM (SELECT language_id FROM public.catalogue_titlelanguage WHERE title_id = title ORDER BY position LIMIT 1) l
      JOIN (VALUES ARTICLES) AS a(language, article) ON a.language = l.language_id
      WHERE starts_with(key, a.article || ' ')), key);
$$;

CREATE FUNCTION catalogue_title_listed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        NEW.sort_key := NEW.name_key;  -- it has no language yet
    ELSE
        NEW.sort_key := public.catalogue_without_article(NEW.name_key, NEW.id);
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER catalogue_title_listed BEFORE INSERT OR UPDATE OF name_key, sort_key ON catalogue_title
  FOR EACH ROW EXECUTE FUNCTION catalogue_title_listed();

CREATE FUNCTION catalogue_languages_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE public.catalogue_title t SET sort_key = name_key
      FROM (SELECT DISTINCT title_id AS id FROM changed) c
      WHERE t.id = c.id AND t.sort_key <> public.catalogue_without_article(t.name_key, t.id);
    RETURN NULL;
END $$;
"""
PAIRS = ", ".join(f"('{language}', '{article}')" for language in ARTICLES for article in ARTICLES[language].split())
UNLIST = """
DROP FUNCTION catalogue_languages_changed(), catalogue_title_listed() CASCADE;
DROP FUNCTION catalogue_without_article(text, bigint);
"""
CHANGES = (("INSERT", "NEW"), ("UPDATE", "NEW"), ("UPDATE", "OLD"), ("DELETE", "OLD"))


def triggers():
    for event, rows in CHANGES:
        yield (
            f"CREATE TRIGGER catalogue_languages_changed_{event}_{rows} AFTER {event} ON catalogue_titlelanguage "
            f"REFERENCING {rows} TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION catalogue_languages_changed();"
        )


def make_keys(apps, schema_editor):
    """Give titles their new key, from which the trigger makes the one they are sorted by."""
    title = apps.get_model("catalogue", "Title")
    field = title._meta.get_field("name_key")
    for row in title.objects.only("name").iterator():
        title.objects.filter(pk=row.pk).update(name_key=field.pre_save(row, False))


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0005_search")]
    operations = [
        migrations.CreateModel(
            name="BrowseVersion",
            fields=[
                ("title_id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("version", models.BigIntegerField(db_index=True)),
            ],
        ),
        migrations.AlterField("pageversion", "version", models.BigIntegerField(db_index=True)),
        migrations.RunSQL(CREATE, DROP),
        migrations.AddField("title", "name_key", catalogue.fields.SortKeyField(default="", editable=False)),
        migrations.AlterField("title", "sort_key", catalogue.fields.TitleSortKeyField(default="", editable=False)),
        migrations.RunSQL(LIST.replace("ARTICLES", PAIRS) + "\n".join(triggers()), UNLIST),
        migrations.RunPython(make_keys, migrations.RunPython.noop),
    ]
