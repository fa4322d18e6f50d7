"""Pages of titles name the authors of reviews with a link to their own page: they change when that page comes or goes."""

from django.db import migrations

FUNCTIONS = """
-- who has chosen nothing has a page
CREATE FUNCTION reviews_page_chosen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM public.catalogue_touch((SELECT array_agg(DISTINCT r.title_id)
      FROM changed c JOIN public.reviews_review r ON r.author_id = c.member_id WHERE NOT c.has_page));
    RETURN NULL;
END $$;

CREATE FUNCTION reviews_page_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM public.catalogue_touch((SELECT array_agg(DISTINCT r.title_id)
      FROM changed c JOIN before b ON b.member_id = c.member_id
      JOIN public.reviews_review r ON r.author_id = c.member_id WHERE b.has_page <> c.has_page));
    RETURN NULL;
END $$;

CREATE TRIGGER touch_titles_page_chosen AFTER INSERT ON reviews_readerchoices
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION reviews_page_chosen();
CREATE TRIGGER touch_titles_page_forgotten AFTER DELETE ON reviews_readerchoices
  REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION reviews_page_chosen();
CREATE TRIGGER touch_titles_page_changed AFTER UPDATE ON reviews_readerchoices
  REFERENCING OLD TABLE AS before NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION reviews_page_changed();
"""
DROP = """
DROP FUNCTION reviews_page_chosen(), reviews_page_changed() CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("reviews", "0008_rights_of_moderators"), ("catalogue", "0004_page_versions")]
    operations = [migrations.RunSQL(FUNCTIONS, DROP)]
