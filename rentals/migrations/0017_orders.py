"""What is ordered from suppliers, what is out of print; the desk's rights to order."""

import django.db.models.deletion
from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.db import migrations, models

NEW = ["view_order", "add_order", "change_order"]


def give(apps, schema_editor):
    _make_rights(apps)
    for group, rights in _groups(apps):
        group.permissions.add(*rights)


def take(apps, schema_editor):
    for group, rights in _groups(apps):
        group.permissions.remove(*rights)


def _groups(apps):
    Group, Permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    rights = list(Permission.objects.filter(content_type__app_label="rentals", codename__in=NEW))
    return [(group, rights) for group in Group.objects.filter(name__in=["desk", "manager"])]


def _make_rights(apps):
    """As a rule they are made only once all migrations have run."""
    config = apps.get_app_config("rentals")
    config.models_module = True  # of a migration's apps it is None, and create_permissions passes those over
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = None


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0010_first_day"),
        ("rentals", "0016_promises"),
        ("members", "0004_roles"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="OutOfPrint",
            fields=[
                (
                    "release",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="out_of_print",
                        serialize=False,
                        to="catalogue.release",
                    ),
                ),
                ("noted_on", models.DateField()),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "out of print",
            },
        ),
        migrations.CreateModel(
            name="Order",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("quantity", models.PositiveSmallIntegerField()),
                ("supplier", models.CharField(max_length=100)),
                ("ordered_on", models.DateField()),
                ("expected_on", models.DateField(blank=True, null=True)),
                ("received", models.PositiveSmallIntegerField(default=0)),
                ("received_on", models.DateField(blank=True, help_text="When some of it came in last.", null=True)),
                (
                    "closed_on",
                    models.DateField(blank=True, help_text="From then on the rest is not waited for.", null=True),
                ),
                ("note", models.CharField(blank=True, max_length=200)),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "release",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="orders", to="catalogue.release"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("closed_on", None), ("received__lt", models.F("quantity"))),
                        fields=["release"],
                        name="order_open",
                    ),
                    models.Index(fields=["-ordered_on", "-id"], name="order_by_day"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("quantity__range", (1, 240))),
                        name="order_quantity",
                        violation_error_message="Order 1 to 240 at once.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("supplier", ""), _negated=True),
                        name="order_supplier_filled",
                        violation_error_message="The supplier cannot be empty.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("received__lte", models.F("quantity"))),
                        name="order_received",
                        violation_error_message="No more comes in than was ordered.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("received", 0), ("received_on", None)),
                            models.Q(("received__gt", 0), ("received_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="order_received_on",
                        violation_error_message="What came in came in on a day.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ordered_on__isnull", True),
                            ("expected_on__isnull", True),
                            ("expected_on__gte", models.F("ordered_on")),
                            _connector="OR",
                        ),
                        name="order_expected_after_ordered",
                        violation_error_message="It cannot come before that day.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ordered_on__isnull", True),
                            ("closed_on__isnull", True),
                            ("closed_on__gte", models.F("ordered_on")),
                            _connector="OR",
                        ),
                        name="order_closed_after_ordered",
                        violation_error_message="An order is cancelled after it.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closed_on", None), ("received__lt", models.F("quantity")), _connector="OR"
                        ),
                        name="order_closed_unfilled",
                        violation_error_message="An order that came in whole has no rest to cancel.",
                    ),
                ],
            },
        ),
        migrations.RunPython(give, take),
    ]
