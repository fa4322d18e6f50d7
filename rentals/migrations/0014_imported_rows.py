"""What came in from other shops, by the ids it had there."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("rentals", "0013_copies_tell"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ImportedRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("shop", models.SlugField(max_length=30)),
                (
                    "kind",
                    models.CharField(
                        choices=[("copy", "Copy"), ("member", "Member"), ("rental", "Rental")], max_length=6
                    ),
                ),
                ("key", models.CharField(help_text="The id it has there.", max_length=100)),
                ("digest", models.BinaryField(max_length=16)),
                (
                    "copy",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="imported_rows",
                        to="rentals.copy",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="imported_rows",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "rental",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="imported_rows",
                        to="rentals.rental",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("shop", "kind", "key"),
                        name="importedrow_once",
                        violation_error_message="This came in before.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("key", ""), _negated=True),
                        name="importedrow_key_filled",
                        violation_error_message="The key cannot be empty.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("shop", ""), _negated=True),
                        name="importedrow_shop_filled",
                        violation_error_message="The shop cannot be empty.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("copy__isnull", False), ("kind", "copy"), ("member", None), ("rental", None)),
                            models.Q(("copy", None), ("kind", "member"), ("rental", None)),
                            models.Q(("copy", None), ("kind", "rental"), ("member", None), ("rental__isnull", False)),
                            _connector="OR",
                        ),
                        name="importedrow_is_of_its_kind",
                        violation_error_message="What came in as a copy, a member or a rental is one.",
                    ),
                ],
            },
        ),
    ]
