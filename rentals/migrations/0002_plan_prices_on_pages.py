"""Every page prints the cheapest plan's price: a changed plan changes the version all pages share."""

from django.db import migrations

CHANGES = (("INSERT", "NEW"), ("UPDATE", "NEW"), ("DELETE", "OLD"))
CREATE = "\n".join(
    f"CREATE TRIGGER plan_touches_site_{event}_{rows} AFTER {event} ON rentals_plan "
    f"REFERENCING {rows} TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION catalogue_touch_site();"
    for event, rows in CHANGES
)
DROP = "\n".join(f"DROP TRIGGER plan_touches_site_{event}_{rows} ON rentals_plan;" for event, rows in CHANGES)


class Migration(migrations.Migration):
    dependencies = [("rentals", "0001_plans"), ("catalogue", "0004_page_versions")]
    operations = [migrations.RunSQL(CREATE, DROP)]
