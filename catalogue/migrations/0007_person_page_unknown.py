"""Whether a person has a page may be left unsaid: the database took that, `full_clean` did not."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0006_died_in_the_year_of_birth")]
    operations = [
        migrations.AlterField(
            model_name="person",
            name="has_page",
            field=models.BooleanField(
                null=True, blank=True, help_text="Yes: always; no: never; unknown: with a biography or two credits."
            ),
        ),
    ]
