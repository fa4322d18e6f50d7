"""The languages of ISO 639 and the countries of ISO 3166, with the states that are gone."""

import csv
from pathlib import Path

from django.db import migrations

DATA = Path(__file__).resolve().parent.parent / "data"


def rows(name):
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def add(apps, schema_editor):
    language, country = apps.get_model("catalogue", "Language"), apps.get_model("catalogue", "Country")
    language.objects.bulk_create([language(**row) for row in rows("languages")], ignore_conflicts=True)
    country.objects.bulk_create(
        [country(code=row["code"], name=row["name"], ended=row["ended"] == "1") for row in rows("countries")],
        ignore_conflicts=True,
    )


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0002_catalogue")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
