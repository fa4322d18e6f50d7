"""What lists of titles are narrowed down and sorted by changes with the stock, on a page or not (catalogue 0006)."""

from django.db import migrations

CREATE = """
CREATE FUNCTION rentals_stock_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM public.catalogue_touch_browse((SELECT array_agg(title_id) FROM changed));
    RETURN NULL;
END $$;

CREATE TRIGGER rentals_stock_changed AFTER UPDATE ON rentals_stock REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION rentals_stock_changed();
"""


class Migration(migrations.Migration):
    dependencies = [("rentals", "0004_stock_kept_true"), ("catalogue", "0006_browse")]
    operations = [migrations.RunSQL(CREATE, "DROP FUNCTION rentals_stock_changed() CASCADE")]
