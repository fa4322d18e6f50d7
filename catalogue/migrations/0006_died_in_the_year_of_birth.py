"""Of somebody born on 28 December 1903 it may be known only that they died in 1903."""

from django.db import migrations, models
from django.db.models.functions import Left, Length
from django.db.models.lookups import GreaterThanOrEqual


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0005_credits_that_move")]
    operations = [
        migrations.RemoveConstraint(model_name="person", name="person_died_after_birth"),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.CheckConstraint(
                condition=GreaterThanOrEqual(Left("died_on", Length("born_on")), Left("born_on", Length("died_on"))),
                name="person_died_after_birth",
                violation_error_message="Nobody dies before being born: look at both dates.",
            ),
        ),
    ]
