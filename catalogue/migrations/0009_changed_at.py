"""When each title's page last changed, beside by which transaction: sitemaps say so.

Of pages made before we do not know, and say nothing. The instant is that of the transaction's start, like `now()`.
Locks and order are those of migration 0004.
"""

from django.db import migrations, models

TOUCH = """
CREATE OR REPLACE FUNCTION catalogue_touch(ids bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM public.catalogue_pageversion
      WHERE title_id = ANY (ids) AND version <> pg_current_xact_id()::text::bigint
      ORDER BY title_id FOR NO KEY UPDATE;
    UPDATE public.catalogue_pageversion SET version = pg_current_xact_id()::text::bigint{instant}
      WHERE title_id = ANY (ids) AND version <> pg_current_xact_id()::text::bigint;
END $$;

CREATE OR REPLACE FUNCTION catalogue_title_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO public.catalogue_pageversion (title_id, version{column})
      SELECT id, pg_current_xact_id()::text::bigint{value} FROM changed;
    RETURN NULL;
END $$;
"""
WITH = TOUCH.format(instant=", changed_at = now()", column=", changed_at", value=", now()")
WITHOUT = TOUCH.format(instant="", column="", value="")


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0008_releases_by_day")]
    operations = [
        migrations.AddField("pageversion", "changed_at", models.DateTimeField(null=True)),
        migrations.RunSQL(WITH, WITHOUT),
    ]
