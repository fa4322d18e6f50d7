"""A credit that turns out to be another person's may give that person a page, or take one: on every title of both."""

from django.db import migrations

CREATE = """
CREATE FUNCTION catalogue_credits_changed_hands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM public.catalogue_touch((SELECT array_agg(DISTINCT k.title_id)
      FROM changed c JOIN before b ON b.id = c.id AND b.person_id <> c.person_id
      JOIN public.catalogue_credit k ON k.person_id IN (b.person_id, c.person_id)));
    RETURN NULL;
END $$;

CREATE TRIGGER catalogue_credits_changed_hands AFTER UPDATE ON catalogue_credit
  REFERENCING OLD TABLE AS before NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION catalogue_credits_changed_hands();
"""


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0004_page_versions")]
    operations = [migrations.RunSQL(CREATE, "DROP FUNCTION catalogue_credits_changed_hands() CASCADE")]
