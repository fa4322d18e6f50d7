"""What the titles that each process holds in memory are kept true by (catalogue/browse/fresh.py).

A process asks which titles have changed since it last looked, by the number of the transaction: an index finds them.
What no page shows has no page version, and a deleted title has none any more: `catalogue_touch_browse(ids)` writes the
number of the running transaction for them, as `catalogue_touch` does for pages.
"""

from django.db import migrations, models

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
    ]
