"""What the index of titles in each process is kept true by (catalogue/browse/fresh.py).

It asks which titles have changed since it last looked, by the number of the transaction: an index finds them. A deleted
title has no page version any more, so a trigger leaves its key and the number.
"""

from django.db import migrations, models

DELETED = """
CREATE FUNCTION catalogue_title_deleted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO public.catalogue_deletedtitle (title_id, version)
      SELECT id, pg_current_xact_id()::text::bigint FROM changed
      ON CONFLICT (title_id) DO UPDATE SET version = excluded.version;
    RETURN NULL;
END $$;

CREATE TRIGGER catalogue_title_deleted AFTER DELETE ON catalogue_title REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION catalogue_title_deleted();
"""


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0004_page_versions")]
    operations = [
        migrations.CreateModel(
            name="DeletedTitle",
            fields=[
                ("title_id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("version", models.BigIntegerField(db_index=True)),
            ],
        ),
        migrations.AlterField("pageversion", "version", models.BigIntegerField(db_index=True)),
        migrations.RunSQL(DELETED, "DROP FUNCTION catalogue_title_deleted() CASCADE"),
    ]
