"""Memberships and what is paid, lists, players, problems; rentals that outlive who had them."""

import django.contrib.postgres.fields
import django.db.models.constraints
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0009_changed_at"),
        ("rentals", "0006_queues_in_ranks"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AccessNeeds",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "hard_of_hearing",
                    models.BooleanField(default=False, verbose_name="subtitles for the hard of hearing"),
                ),
                ("audio_description", models.BooleanField(default=False, verbose_name="audio description")),
            ],
            options={
                "verbose_name_plural": "access needs",
            },
        ),
        migrations.CreateModel(
            name="Invoice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("first_day", models.DateField()),
                ("last_day", models.DateField()),
                (
                    "what",
                    models.CharField(
                        choices=[("month", "A month"), ("difference", "The difference to a dearer plan")],
                        default="month",
                        max_length=10,
                    ),
                ),
                ("amount_pence", models.PositiveIntegerField()),
                ("for_what", models.CharField(help_text="The line on the invoice.", max_length=200)),
                ("provider", models.CharField(help_text="How it is charged: rentals/billing.", max_length=20)),
                ("issued_at", models.DateTimeField()),
                ("paid_at", models.DateTimeField(blank=True, null=True)),
                ("voided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "refund_asked_at",
                    models.DateTimeField(blank=True, help_text="The money is to go back.", null=True),
                ),
                ("refunded_at", models.DateTimeField(blank=True, help_text="The money went back.", null=True)),
            ],
        ),
        migrations.CreateModel(
            name="ListEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("rank", models.BigIntegerField()),
                ("added_at", models.DateTimeField()),
            ],
            options={
                "verbose_name_plural": "list entries",
            },
        ),
        migrations.CreateModel(
            name="MemberLanguage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ],
        ),
        migrations.CreateModel(
            name="MemberList",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(max_length=80)),
                ("name", models.CharField(max_length=80)),
                ("text", models.TextField(blank=True, max_length=2000, verbose_name="about it")),
                ("public", models.BooleanField(default=False)),
                ("made_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "list",
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("asked_at", models.DateTimeField()),
                ("confirmed_at", models.DateTimeField(blank=True, help_text="Discs may go out from now.", null=True)),
                ("trial_until", models.DateField(blank=True, help_text="The last day of the free trial.", null=True)),
                (
                    "paid_until",
                    models.DateField(blank=True, help_text="The last day that is paid for, or free.", null=True),
                ),
                (
                    "next_plan_on",
                    models.DateField(blank=True, help_text="The day from which the plan to come holds.", null=True),
                ),
                (
                    "pay_day",
                    models.PositiveSmallIntegerField(
                        blank=True, help_text="The day on which months begin; in shorter ones their last.", null=True
                    ),
                ),
                ("paused_from", models.DateField(blank=True, null=True)),
                ("paused_until", models.DateField(blank=True, help_text="Empty: until the member says.", null=True)),
                ("cancelled_at", models.DateTimeField(blank=True, null=True)),
                ("ends_on", models.DateField(blank=True, help_text="The last day, once it is cancelled.", null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="MembershipChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("asked", "Asked for"),
                            ("confirmed", "Confirmed"),
                            ("plan", "Plan changed"),
                            ("next plan", "Plan to change"),
                            ("paid", "Paid"),
                            ("paused", "Paused"),
                            ("resumed", "Resumed"),
                            ("cancelled", "Cancelled"),
                            ("kept", "Cancellation taken back"),
                            ("ended", "Ended"),
                            ("repaid", "Paid back"),
                        ],
                        max_length=10,
                    ),
                ),
                ("was", models.CharField(blank=True, max_length=200)),
                ("became", models.CharField(blank=True, max_length=200)),
            ],
        ),
        migrations.CreateModel(
            name="Player",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "medium",
                    models.CharField(choices=[("dvd", "DVD"), ("blu-ray", "Blu-ray"), ("4k", "4K")], max_length=7),
                ),
                (
                    "regions",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=1),
                        blank=True,
                        default=list,
                        help_text="Empty: any.",
                        size=None,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Problem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("not arrived", "It has not arrived"),
                            ("damaged", "It is cracked, skips or freezes"),
                            ("wrong disc", "The wrong disc was in the sleeve"),
                            ("not logged", "I sent it back and you still show it here"),
                        ],
                        max_length=11,
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=500)),
                ("reported_at", models.DateTimeField()),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                ("outcome", models.CharField(blank=True, max_length=200)),
            ],
        ),
        migrations.CreateModel(
            name="Seen",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("marked_at", models.DateTimeField()),
            ],
            options={
                "verbose_name_plural": "seen",
            },
        ),
        migrations.CreateModel(
            name="TwoAtOnce",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("asked_at", models.DateTimeField()),
            ],
            options={
                "verbose_name_plural": "two at once",
            },
        ),
        migrations.AddField(
            model_name="plan",
            name="trial_days",
            field=models.PositiveSmallIntegerField(blank=True, help_text="Free at first; empty: none.", null=True),
        ),
        migrations.AddField(
            model_name="rental",
            name="arrived_at",
            field=models.DateTimeField(blank=True, help_text="The member said so; else after two days.", null=True),
        ),
        migrations.AddField(
            model_name="rental",
            name="entry",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="rentals",
                to="rentals.queueentry",
            ),
        ),
        migrations.AddField(
            model_name="rental",
            name="reason",
            field=models.CharField(blank=True, help_text="Why staff lent it by hand.", max_length=200),
        ),
        migrations.AddField(
            model_name="rental",
            name="said_posted_at",
            field=models.DateTimeField(
                blank=True, help_text="The member said so.", null=True, verbose_name="posted back"
            ),
        ),
        migrations.AlterField(
            model_name="rental",
            name="member",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="rentals",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="plan",
            constraint=models.CheckConstraint(
                condition=models.Q(("trial_days", None), ("trial_days__range", (1, 90)), _connector="OR"),
                name="plan_trial",
                violation_error_message="A trial has 1 to 90 days; leave it empty for none.",
            ),
        ),
        migrations.AddConstraint(
            model_name="rental",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("member__isnull", False),
                    models.Q(("cancelled_at", None), ("checked_in_at", None), _negated=True),
                    _connector="OR",
                ),
                name="rental_open_has_member",
                violation_error_message="An open rental has a member.",
            ),
        ),
        migrations.AddConstraint(
            model_name="rental",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("posted_at__isnull", False),
                        models.Q(("arrived_at", None), ("arrived_at__gte", models.F("posted_at")), _connector="OR"),
                        models.Q(
                            ("said_posted_at", None), ("said_posted_at__gte", models.F("posted_at")), _connector="OR"
                        ),
                    ),
                    models.Q(("arrived_at", None), ("said_posted_at", None)),
                    _connector="OR",
                ),
                name="rental_member_steps",
                violation_error_message="A disc arrives and goes back after it was posted.",
            ),
        ),
        migrations.AddField(
            model_name="accessneeds",
            name="member",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE, related_name="access_needs", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="invoice",
            name="confirmed_by",
            field=models.ForeignKey(
                blank=True,
                help_text="Who saw the money.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="listentry",
            name="title",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="catalogue.title"
            ),
        ),
        migrations.AddField(
            model_name="memberlanguage",
            name="language",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="catalogue.language"
            ),
        ),
        migrations.AddField(
            model_name="memberlanguage",
            name="member",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="languages", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="memberlist",
            name="member",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="lists", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="listentry",
            name="list",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="entries", to="rentals.memberlist"
            ),
        ),
        migrations.AddField(
            model_name="membership",
            name="member",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="memberships", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="membership",
            name="next_plan",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="rentals.plan"
            ),
        ),
        migrations.AddField(
            model_name="membership",
            name="plan",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="memberships", to="rentals.plan"
            ),
        ),
        migrations.AddField(
            model_name="invoice",
            name="membership",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="invoices", to="rentals.membership"
            ),
        ),
        migrations.AddField(
            model_name="membershipchange",
            name="by",
            field=models.ForeignKey(
                blank=True,
                help_text="Empty: the clock.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="membershipchange",
            name="membership",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="changes", to="rentals.membership"
            ),
        ),
        migrations.AddField(
            model_name="player",
            name="member",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="players", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="problem",
            name="rental",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="problems", to="rentals.rental"
            ),
        ),
        migrations.AddField(
            model_name="seen",
            name="member",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="seen", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="seen",
            name="title",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="catalogue.title"
            ),
        ),
        migrations.AddField(
            model_name="twoatonce",
            name="member",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="two_at_once", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="twoatonce",
            name="release",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="catalogue.release"
            ),
        ),
        migrations.AddConstraint(
            model_name="memberlanguage",
            constraint=models.UniqueConstraint(
                fields=("member", "language"),
                name="memberlanguage_once",
                violation_error_message="This language is there already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="memberlist",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True),
                name="memberlist_name_filled",
                violation_error_message="The name cannot be empty.",
            ),
        ),
        migrations.AddConstraint(
            model_name="memberlist",
            constraint=models.CheckConstraint(
                condition=models.Q(("slug__regex", "^[a-z0-9]+(-[a-z0-9]+)*$")),
                name="memberlist_slug",
                violation_error_message="A slug has small letters, digits and single hyphens only.",
            ),
        ),
        migrations.AddConstraint(
            model_name="memberlist",
            constraint=models.UniqueConstraint(
                fields=("member", "slug"),
                name="memberlist_once",
                violation_error_message="You have a list of that name already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="listentry",
            constraint=models.UniqueConstraint(
                deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                fields=("list", "rank"),
                name="listentry_order",
                violation_error_message="Two titles cannot have the same place on a list.",
            ),
        ),
        migrations.AddConstraint(
            model_name="listentry",
            constraint=models.UniqueConstraint(
                fields=("list", "title"), name="listentry_once", violation_error_message="This is on the list already."
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)),
                fields=("member",),
                name="membership_one_open",
                violation_error_message="There is a membership already; change that one.",
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(
                condition=models.Q(("next_plan", models.F("plan")), _negated=True),
                name="membership_next_plan",
                violation_error_message="This is the plan already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("asked_at__isnull", True),
                    ("confirmed_at__isnull", True),
                    ("confirmed_at__gte", models.F("asked_at")),
                    _connector="OR",
                ),
                name="membership_confirmed_after_asked",
                violation_error_message="A membership is not confirmed before it is asked for.",
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("asked_at__isnull", True),
                    ("ended_at__isnull", True),
                    ("ended_at__gte", models.F("asked_at")),
                    _connector="OR",
                ),
                name="membership_ended_after_asked",
                violation_error_message="A membership does not end before it is asked for.",
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("paused_until", None),
                    models.Q(("paused_from__isnull", False), ("paused_until__gte", models.F("paused_from"))),
                    _connector="OR",
                ),
                name="membership_pause",
                violation_error_message="A pause ends on or after the day it begins.",
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("cancelled_at", None), ("ends_on", None)),
                    models.Q(("cancelled_at__isnull", False), ("ends_on__isnull", False)),
                    _connector="OR",
                ),
                name="membership_cancelled_ends",
                violation_error_message="A cancelled membership has a last day, and only a cancelled one.",
            ),
        ),
        migrations.AddConstraint(
            model_name="invoice",
            constraint=models.CheckConstraint(
                condition=models.Q(("last_day__gte", models.F("first_day"))),
                name="invoice_days",
                violation_error_message="The last day is not before the first.",
            ),
        ),
        migrations.AddConstraint(
            model_name="invoice",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount_pence__gte", 1)),
                name="invoice_amount",
                violation_error_message="An invoice is for a penny or more.",
            ),
        ),
        migrations.AddConstraint(
            model_name="invoice",
            constraint=models.CheckConstraint(
                condition=models.Q(("paid_at", None), ("voided_at", None), _connector="OR"),
                name="invoice_paid_or_void",
                violation_error_message="An invoice that was paid is not void: pay it back.",
            ),
        ),
        migrations.AddIndex(
            model_name="membershipchange",
            index=models.Index(fields=["membership", "at"], name="membershipchange_by_time"),
        ),
        migrations.AddConstraint(
            model_name="membershipchange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "what__in",
                        [
                            "asked",
                            "confirmed",
                            "plan",
                            "next plan",
                            "paid",
                            "paused",
                            "resumed",
                            "cancelled",
                            "kept",
                            "ended",
                            "repaid",
                        ],
                    )
                ),
                name="membershipchange_what",
                violation_error_message="Choose one of: asked, confirmed, plan, next plan, paid, paused, resumed, cancelled, kept, ended, repaid.",
            ),
        ),
        migrations.AddConstraint(
            model_name="player",
            constraint=models.UniqueConstraint(
                fields=("member", "medium"), name="player_once", violation_error_message="This medium is there already."
            ),
        ),
        migrations.AddConstraint(
            model_name="player",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("medium", "dvd"), ("regions__contained_by", ["0", "1", "2", "3", "4", "5", "6", "7", "8"])
                    ),
                    models.Q(("medium", "blu-ray"), ("regions__contained_by", ["A", "B", "C"])),
                    models.Q(("medium", "4k"), ("regions", [])),
                    _connector="OR",
                ),
                name="player_regions",
                violation_error_message="A DVD player has regions 0 to 8, a Blu-ray player A, B or C, a 4K player none.",
            ),
        ),
        migrations.AddConstraint(
            model_name="problem",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["not arrived", "damaged", "wrong disc", "not logged"])),
                name="problem_kind",
                violation_error_message="Choose one of: not arrived, damaged, wrong disc, not logged.",
            ),
        ),
        migrations.AddConstraint(
            model_name="problem",
            constraint=models.UniqueConstraint(
                condition=models.Q(("settled_at", None)),
                fields=("rental", "kind"),
                name="problem_once",
                violation_error_message="You have told us already; we are looking into it.",
            ),
        ),
        migrations.AddConstraint(
            model_name="problem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("reported_at__isnull", True),
                    ("settled_at__isnull", True),
                    ("settled_at__gte", models.F("reported_at")),
                    _connector="OR",
                ),
                name="problem_settled_after_reported",
                violation_error_message="A problem is not settled before it is reported.",
            ),
        ),
        migrations.AddConstraint(
            model_name="seen",
            constraint=models.UniqueConstraint(
                fields=("member", "title"),
                name="seen_once",
                violation_error_message="You have marked this as seen already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="twoatonce",
            constraint=models.UniqueConstraint(
                fields=("member", "release"),
                name="twoatonce_once",
                violation_error_message="Two discs of this set come at once already.",
            ),
        ),
        migrations.AddField(
            model_name="membershipchange",
            name="plan",
            field=models.ForeignKey(
                blank=True,
                help_text="The plan from then on.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="rentals.plan",
            ),
        ),
        migrations.AddField(
            model_name="plan",
            name="note",
            field=models.CharField(
                blank=True, help_text="Whom it suits, in a line on the page of plans.", max_length=120
            ),
        ),
        migrations.AddConstraint(
            model_name="invoice",
            constraint=models.CheckConstraint(
                condition=models.Q(("what__in", ["month", "difference"])),
                name="invoice_what",
                violation_error_message="Choose one of: month, difference.",
            ),
        ),
        migrations.AddConstraint(
            model_name="invoice",
            constraint=models.UniqueConstraint(
                condition=models.Q(("paid_at", None), ("voided_at", None), ("what", "month")),
                fields=("membership",),
                name="invoice_one_month_due",
                violation_error_message="The next month has an invoice already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="invoice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("refund_asked_at", None), ("refunded_at", None)),
                    models.Q(
                        ("paid_at__isnull", False),
                        ("refund_asked_at__gte", models.F("paid_at")),
                        ("refund_asked_at__isnull", False),
                        models.Q(
                            ("refunded_at", None),
                            ("refunded_at__gte", models.F("refund_asked_at")),
                            _connector="OR",
                        ),
                    ),
                    _connector="OR",
                ),
                name="invoice_refund",
                violation_error_message="Money goes back after it came and after that was asked for.",
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("next_plan", None), ("next_plan_on", None)),
                    models.Q(("next_plan__isnull", False), ("next_plan_on__isnull", False)),
                    _connector="OR",
                ),
                name="membership_next_plan_day",
                violation_error_message="A plan to come has a day, and only a plan to come.",
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(
                condition=models.Q(("pay_day", None), ("pay_day__range", (1, 31)), _connector="OR"),
                name="membership_pay_day",
                violation_error_message="A month has days 1 to 31.",
            ),
        ),
    ]
