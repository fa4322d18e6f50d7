"""A credit given to another person may give that person a page, and take one away: on every title that names them."""

from django.db import migrations

CREATE = """
CREATE FUNCTION catalogue_credits_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM public.catalogue_touch((SELECT array_agg(DISTINCT k.title_id)
      FROM changed c JOIN before b ON b.id = c.id
      JOIN public.catalogue_credit k ON k.person_id = ANY (ARRAY[c.person_id, b.person_id])
      WHERE c.person_id <> b.person_id));
    RETURN NULL;
END $$;

CREATE TRIGGER catalogue_credits_moved AFTER UPDATE ON catalogue_credit
  REFERENCING OLD TABLE AS before NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION catalogue_credits_moved();
"""
DROP = "DROP FUNCTION catalogue_credits_moved() CASCADE;"


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0004_page_versions")]
    operations = [migrations.RunSQL(CREATE, DROP)]
