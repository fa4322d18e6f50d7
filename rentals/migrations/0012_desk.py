"""What the desk writes down; a copy's condition, licence, source and bin; when a disc was picked and packed."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0010_first_day"),
        ("rentals", "0011_barcodes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CopyEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("acquired", "Acquired"),
                            ("moved", "Given another shelf place"),
                            ("condition", "Condition changed"),
                            ("licence", "Licence changed"),
                            ("held", "Held back for inspection"),
                            ("passed", "Passed inspection"),
                            ("missing", "Missing"),
                            ("found", "Found"),
                            ("withdrawn", "Withdrawn"),
                            ("restored", "In service again"),
                        ],
                        max_length=9,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("value", models.CharField(blank=True, max_length=40)),
                ("note", models.CharField(blank=True, max_length=200)),
            ],
        ),
        migrations.CreateModel(
            name="Finding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("cracked", "Cracked"),
                            ("scratched", "Scratched"),
                            ("wrong disc", "Wrong disc in the sleeve"),
                            ("empty", "Sleeve empty"),
                            ("two in one", "Two discs in one envelope"),
                            ("not in place", "Not in its place"),
                            ("unknown", "A disc that we do not know"),
                        ],
                        max_length=12,
                    ),
                ),
                ("code", models.CharField(help_text="What was scanned.", max_length=80)),
                ("note", models.CharField(blank=True, max_length=200)),
                ("found_at", models.DateTimeField()),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                ("outcome", models.CharField(blank=True, max_length=200)),
            ],
        ),
        migrations.CreateModel(
            name="Scan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "key",
                    models.UUIDField(
                        help_text="Made where it was scanned: sent again, it is the same scan.", unique=True
                    ),
                ),
                ("code", models.CharField(max_length=80)),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("returned", "Came back"),
                            ("picked", "Picked"),
                            ("packed", "Packed"),
                            ("posted", "Posted"),
                            ("found", "Found something"),
                            ("looked", "Looked up"),
                            ("nothing", "Nothing changed"),
                            ("undone", "Undone"),
                        ],
                        max_length=8,
                    ),
                ),
                ("answer", models.JSONField(default=dict)),
                ("scanned_at", models.DateTimeField()),
                ("received_at", models.DateTimeField()),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.AddField(
            model_name="copy",
            name="bin",
            field=models.PositiveSmallIntegerField(
                blank=True,
                editable=False,
                help_text="Of those for what goes out next: where it waits to be picked.",
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="copy",
            name="condition",
            field=models.CharField(
                choices=[
                    ("new", "As new"),
                    ("good", "Good"),
                    ("worn", "Worn, plays well"),
                    ("poor", "Poor: replace it soon"),
                ],
                db_default="good",
                default="good",
                max_length=4,
            ),
        ),
        migrations.AddField(
            model_name="copy",
            name="licence",
            field=models.CharField(
                choices=[("rental", "For rental"), ("none", "Not for rental")],
                db_default="rental",
                default="rental",
                help_text="A copy that is not for rental is held back until it is.",
                max_length=6,
            ),
        ),
        migrations.AddField(
            model_name="copy",
            name="source",
            field=models.CharField(
                blank=True,
                db_default="",
                help_text="Who sold or gave it, and under which delivery note.",
                max_length=100,
            ),
        ),
        migrations.AddField(
            model_name="copy",
            name="withdrawn_for",
            field=models.CharField(
                blank=True,
                choices=[
                    ("worn", "Worn out"),
                    ("broken", "Cracked or damaged"),
                    ("sold", "Sold"),
                    ("recalled", "Recalled by its supplier"),
                    ("other", "For another reason"),
                ],
                db_default="",
                max_length=8,
                verbose_name="why withdrawn",
            ),
        ),
        migrations.AddField(
            model_name="rental",
            name="packed_at",
            field=models.DateTimeField(blank=True, help_text="In its envelope, with the label on it.", null=True),
        ),
        migrations.AddField(
            model_name="rental",
            name="picked_at",
            field=models.DateTimeField(blank=True, help_text="Taken from its shelf.", null=True),
        ),
        migrations.AddIndex(
            model_name="rental",
            index=models.Index(
                condition=models.Q(("checked_in_at__isnull", False)), fields=["-checked_in_at"], name="rental_by_return"
            ),
        ),
        migrations.AddIndex(
            model_name="rental",
            index=models.Index(
                condition=models.Q(("cancelled_at", None), ("checked_in_at", None), ("posted_at", None)),
                fields=["allocated_at", "id"],
                name="rental_to_post",
            ),
        ),
        migrations.AddConstraint(
            model_name="copy",
            constraint=models.CheckConstraint(
                condition=models.Q(("condition__in", ["new", "good", "worn", "poor"])),
                name="copy_condition",
                violation_error_message="Choose one of: new, good, worn, poor.",
            ),
        ),
        migrations.AddConstraint(
            model_name="copy",
            constraint=models.CheckConstraint(
                condition=models.Q(("licence__in", ["rental", "none"])),
                name="copy_licence",
                violation_error_message="Choose one of: rental, none.",
            ),
        ),
        migrations.AddConstraint(
            model_name="copy",
            constraint=models.CheckConstraint(
                condition=models.Q(("bin", None), ("bin__range", (1, 20)), _connector="OR"),
                name="copy_bin",
                violation_error_message="Bins are numbered 1 to 20.",
            ),
        ),
        migrations.AddConstraint(
            model_name="copy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("withdrawn_for", ""),
                    models.Q(
                        ("withdrawn_at__isnull", False),
                        ("withdrawn_for__in", ["worn", "broken", "sold", "recalled", "other"]),
                    ),
                    _connector="OR",
                ),
                name="copy_withdrawn_for",
                violation_error_message="Only a withdrawn copy has a reason to be.",
            ),
        ),
        migrations.AddConstraint(
            model_name="copy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("licence", "rental"),
                    ("in_inspection_since__isnull", False),
                    ("withdrawn_at__isnull", False),
                    _connector="OR",
                ),
                name="copy_licensed_or_held",
                violation_error_message="A copy that is not for rental is held back or withdrawn.",
            ),
        ),
        migrations.AddConstraint(
            model_name="rental",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("allocated_at__isnull", True),
                    ("picked_at__isnull", True),
                    ("picked_at__gte", models.F("allocated_at")),
                    _connector="OR",
                ),
                name="rental_picked_after_allocated",
                violation_error_message="A copy is not picked before it is allocated.",
            ),
        ),
        migrations.AddConstraint(
            model_name="rental",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("packed_at", None),
                    models.Q(("packed_at__gte", models.F("picked_at")), ("picked_at__isnull", False)),
                    _connector="OR",
                ),
                name="rental_packed_after_picked",
                violation_error_message="A copy is not packed before it is picked.",
            ),
        ),
        migrations.AddField(
            model_name="copyevent",
            name="by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="copyevent",
            name="copy",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="events", to="rentals.copy"
            ),
        ),
        migrations.AddField(
            model_name="finding",
            name="by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="finding",
            name="copy",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="findings",
                to="rentals.copy",
            ),
        ),
        migrations.AddField(
            model_name="finding",
            name="rental",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="findings",
                to="rentals.rental",
            ),
        ),
        migrations.AddField(
            model_name="scan",
            name="by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="scan",
            name="copy",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="scans",
                to="rentals.copy",
            ),
        ),
        migrations.AddField(
            model_name="scan",
            name="finding",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="scans",
                to="rentals.finding",
            ),
        ),
        migrations.AddField(
            model_name="scan",
            name="rental",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="scans",
                to="rentals.rental",
            ),
        ),
        migrations.AddConstraint(
            model_name="copyevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "acquired",
                            "moved",
                            "condition",
                            "licence",
                            "held",
                            "passed",
                            "missing",
                            "found",
                            "withdrawn",
                            "restored",
                        ],
                    )
                ),
                name="copyevent_kind",
                violation_error_message="Choose one of: acquired, moved, condition, licence, held, passed, missing, found, withdrawn, restored.",
            ),
        ),
        migrations.AddConstraint(
            model_name="copyevent",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "acquired")),
                fields=("copy",),
                name="copyevent_acquired_once",
                violation_error_message="A copy is acquired once.",
            ),
        ),
        migrations.AddIndex(
            model_name="finding",
            index=models.Index(condition=models.Q(("settled_at", None)), fields=["-found_at"], name="finding_open"),
        ),
        migrations.AddConstraint(
            model_name="finding",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        ["cracked", "scratched", "wrong disc", "empty", "two in one", "not in place", "unknown"],
                    )
                ),
                name="finding_kind",
                violation_error_message="Choose one of: cracked, scratched, wrong disc, empty, two in one, not in place, unknown.",
            ),
        ),
        migrations.AddConstraint(
            model_name="finding",
            constraint=models.CheckConstraint(
                condition=models.Q(("code", ""), _negated=True),
                name="finding_code_filled",
                violation_error_message="The code cannot be empty.",
            ),
        ),
        migrations.AddConstraint(
            model_name="finding",
            constraint=models.UniqueConstraint(
                condition=models.Q(("rental__isnull", False), ("settled_at", None)),
                fields=("rental", "kind"),
                name="finding_once",
                violation_error_message="This is written down already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="finding",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind", "unknown"), ("copy__isnull", False), _connector="OR"),
                name="finding_of_a_copy",
                violation_error_message="What is found wrong is wrong with a copy.",
            ),
        ),
        migrations.AddConstraint(
            model_name="finding",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("found_at__isnull", True),
                    ("settled_at__isnull", True),
                    ("settled_at__gte", models.F("found_at")),
                    _connector="OR",
                ),
                name="finding_settled_after_found",
                violation_error_message="Nothing is settled before it is found.",
            ),
        ),
        migrations.AddIndex(
            model_name="scan",
            index=models.Index(fields=["by", "-id"], name="scan_by_hand"),
        ),
        migrations.AddConstraint(
            model_name="scan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("step__in", ["returned", "picked", "packed", "posted", "found", "looked", "nothing", "undone"])
                ),
                name="scan_step",
                violation_error_message="Choose one of: returned, picked, packed, posted, found, looked, nothing, undone.",
            ),
        ),
        migrations.AddConstraint(
            model_name="scan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("received_at__isnull", True),
                    ("undone_at__isnull", True),
                    ("undone_at__gte", models.F("received_at")),
                    _connector="OR",
                ),
                name="scan_undone_after",
                violation_error_message="A scan is undone after it was made.",
            ),
        ),
    ]
