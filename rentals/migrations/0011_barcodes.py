"""Numbers for the barcodes of new copies, each given once; and a sentence about a barcode that is taken."""

from django.db import migrations, models

CREATE = "CREATE SEQUENCE rentals_copy_number AS integer MAXVALUE 9999999;"
DROP = "DROP SEQUENCE rentals_copy_number;"


class Migration(migrations.Migration):
    dependencies = [("rentals", "0010_rights_on_rounds")]

    operations = [
        migrations.RunSQL(CREATE, DROP),
        migrations.AlterField(
            model_name="copy",
            name="barcode",
            field=models.CharField(
                error_messages={"unique": "Another copy has this barcode already."}, max_length=40, unique=True
            ),
        ),
    ]
