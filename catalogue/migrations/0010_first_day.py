"""The first day on which anybody could see a title, as far as we know it."""

from django.db import migrations

CREATE = """
-- A loose date, "1957" or "1957-10-12": the earliest of its events and editions, or its year if that was before them;
-- null if none is known. As text it compares with a day as it should: "2027" is after "2026-11-25", "2026" is not.
CREATE FUNCTION catalogue_first_day(title bigint) RETURNS text STABLE LANGUAGE sql AS $$
    SELECT CASE WHEN known.day IS NULL OR known.year < substr(known.day, 1, 4) THEN known.year ELSE known.day END
    FROM (SELECT t.year::text COLLATE "C" AS year, least(
        (SELECT min(e.date COLLATE "C") FROM public.catalogue_releaseevent e WHERE e.title_id = t.id),
        (SELECT min(r.released_on COLLATE "C") FROM public.catalogue_release r
          WHERE r.title_id = t.id AND r.released_on <> '')) AS day
      FROM public.catalogue_title t WHERE t.id = title) known;
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0009_changed_at")]
    operations = [migrations.RunSQL(CREATE, "DROP FUNCTION catalogue_first_day(bigint)")]
