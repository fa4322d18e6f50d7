"""Changes of every row of the catalogue, kept by the triggers of django-pghistory (catalogue/models/history.py).

Made by makemigrations, but for the first operations.
"""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import catalogue.fields
import catalogue.models.history


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0010_first_day"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.RunSQL("CREATE SEQUENCE catalogue_change_number", "DROP SEQUENCE catalogue_change_number"),
        migrations.RunSQL(
            "CREATE INDEX catalogue_deeds_by_time ON pghistory_context (created_at, id)",
            "DROP INDEX catalogue_deeds_by_time",
        ),
        migrations.RunSQL(
            "CREATE INDEX catalogue_deeds_undone ON pghistory_context ((metadata ->> 'undoes'))"
            " WHERE metadata ? 'undoes'",
            "DROP INDEX catalogue_deeds_undone",
        ),
        migrations.CreateModel(
            name="AspectRatioChange",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_id",
                    models.BigIntegerField(
                        db_default=catalogue.models.history.NextChange(), primary_key=True, serialize=False
                    ),
                ),
                ("id", models.BigIntegerField()),
                ("position", models.PositiveSmallIntegerField(default=1)),
                ("printed", models.CharField(max_length=100)),
                ("ratio", models.DecimalField(blank=True, decimal_places=2, max_digits=3, null=True)),
            ],
            options={
                "db_table": "catalogue_aspectratiochange",
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="AudioTrackChange",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_id",
                    models.BigIntegerField(
                        db_default=catalogue.models.history.NextChange(), primary_key=True, serialize=False
                    ),
                ),
                ("id", models.BigIntegerField()),
                ("position", models.PositiveSmallIntegerField(default=1)),
                ("codec", models.CharField(blank=True, max_length=60)),
                ("channels", models.CharField(blank=True, help_text="As printed: 5.1, 1.0, Mono.", max_length=30)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("original", "Original"),
                            ("dub", "Dub"),
                            ("commentary", "Commentary"),
                            ("audio description", "Audio Description"),
                            ("music", "Music"),
                        ],
                        default="original",
                        max_length=17,
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "db_table": "catalogue_audiotrackchange",
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="AwardBodyChange",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_id",
                    models.BigIntegerField(
                        db_default=catalogue.models.history.NextChange(), primary_key=True, serialize=False
                    ),
                ),
                ("id", models.BigIntegerField()),
                ("slug", models.SlugField(db_index=False, max_length=200)),
                ("name", models.CharField(max_length=300)),
                ("folded", catalogue.fields.FoldedField(default="", editable=False, source="name")),
                (
                    "text",
                    catalogue.fields.WordsField(
                        blank=True, db_default="", default="", help_text="Paragraphs printed on top of the body's page."
                    ),
                ),
                ("website", models.URLField(blank=True, db_default="", default="", max_length=500)),
            ],
            options={
                "db_table": "catalogue_awardbodychange",
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="AwardChange",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_id",
                    models.BigIntegerField(
                        db_default=catalogue.models.history.NextChange(), primary_key=True, serialize=False
                    ),
                ),
                ("id", models.BigIntegerField()),
                ("position", models.PositiveSmallIntegerField(default=1)),
                ("year", models.PositiveSmallIntegerField()),
                ("prize", models.CharField(max_length=300)),
                ("recipient", models.CharField(blank=True, help_text="Empty: the title itself.", max_length=300)),
                ("won", models.BooleanField(default=True)),
            ],
            options={
                "db_table": "catalogue_awardchange",
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="BoxOfficeChange",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_id",
                    models.BigIntegerField(
                        db_default=catalogue.models.history.NextChange(), primary_key=True, serialize=False
                    ),
                ),
                ("id", models.BigIntegerField()),
                ("position", models.PositiveSmallIntegerField(default=1)),
                ("currency", models.CharField(help_text="ISO 4217: USD, GBP …", max_length=3)),
                ("amount", models.BigIntegerField()),
            ],
            options={
                "db_table": "catalogue_boxofficechange",
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="CertificateChange",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_id",
                    models.BigIntegerField(
                        db_default=catalogue.models.history.NextChange(), primary_key=True, serialize=False
                    ),
                ),
                ("id", models.BigIntegerField()),
                ("system", models.CharField(max_length=20)),
                ("value", models.CharField(max_length=20)),
            ],
            options={
                "db_table": "catalogue_certificatechange",
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="CollectionChange",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_id",
                    models.BigIntegerField(
                        db_default=catalogue.models.history.NextChange(), primary_key=True, serialize=False
                    ),
                ),
                ("id", models.BigIntegerField()),
                ("slug", models.SlugField(db_index=False, max_length=200)),
                ("name", models.CharField(max_length=300)),
                ("folded", catalogue.fields.FoldedField(default="", editable=False, source="name")),
                ("text", models.TextField(blank=True, help_text="Paragraphs printed on top of the collection's page.")),
                ("sounds", catalogue.fields.SoundsField(db_default="", default="", editable=False, source="name")),
                (
                    "order",
                    models.CharField(
                        choices=[
                            ("year", "by year, the oldest first"),
                            ("place", "in the order given on the titles' pages, then by year"),
                        ],
                        db_default="year",
                        default="year",
                        help_text="How its page lists the titles.",
                        max_length=5,
                    ),
                ),
                (
                    "picture",
                    catalogue.fields.DigestField(
                        blank=True,
                        db_default="",
                        default="",
                        editable=False,
                        help_text="Digest of the uploaded picture; empty: its first three covers.",
                        max_length=64,
                    ),
                ),
                ("sort_key", catalogue.fields.SortKeyField(default="", editable=False, source="name")),
            ],
            options={
                "db_table": "catalogue_collectionchange",
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="CompanyChange",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_id",
                    models.BigIntegerField(
                        db_default=catalogue.models.history.NextChange(), primary_key=True, serialize=False
                    ),
                ),
                ("id", models.BigIntegerField()),
                ("slug", models.SlugField(db_index=False, max_length=200)),
                ("name", models.CharField(max_length=300)),
                ("folded", catalogue.fields.FoldedField(default="", editable=False, source="name")),
            ],
            options={
                "db_table": "catalogue_companychange",
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="CountryChange",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_id",
                    models.BigIntegerField(
                        db_default=catalogue.models.history.NextChange(), primary_key=True, serialize=False
                    ),
                ),
                ("code", models.CharField(max_length=2, serialize=False)),
                ("name", models.CharField(max_length=80)),
                ("ended", models.BooleanField(default=False, help_text="The state no longer exists.")),
                (
                    "text",
                    catalogue.fields.WordsField(
                        blank=True,
                        db_default="",
                        default="",
                        help_text="Paragraphs printed on top of the country's page.",
                    ),
                ),
            ],
            options={
                "db_table": "catalogue_countrychange",
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="CreditChange",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_id",
                    models.BigIntegerField(
                        db_default=catalogue.models.history.NextChange(), primary_key=True, serialize=False
                    ),
                ),
                ("id", models.BigIntegerField()),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("director", "Director"),
                            ("creator", "Creator"),
                            ("writer", "Writer"),
                            ("actor", "Actor"),
                            ("presenter", "Presenter"),
                            ("self", "Self"),
                            ("cinematographer", "Cinematographer"),
                            ("composer", "Composer"),
                            ("editor", "Editor"),
                            ("producer", "Producer"),
                            ("executive producer", "Executive Producer"),
                            ("production designer", "Production Designer"),
                            ("art director", "Art Director"),
                            ("costume designer", "Costume Designer"),
                            ("make-up", "Make Up"),
                            ("visual effects", "Visual Effects"),
                            ("sound", "Sound"),
                            ("songwriter", "Songwriter"),
                            ("original author", "Original Author"),
                            ("other", "Other"),
                        ],
                        max_length=20,
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(help_text="Billing within the role, from 1.")),
                ("printed_name", models.CharField(max_length=300)),
                ("character", models.CharField(blank=True, max_length=300)),
                (
                    "detail",
                    models.CharField(blank=True, help_text="screenplay, sound re-recording mixer …", max_length=200),
                ),
                ("voice", models.BooleanField(default=False)),
                ("uncredited", models.BooleanField(default=False)),
            ],
            options={
                "db_table": "catalogue_creditchange",
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="DiscChange",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_id",
                    models.BigIntegerField(
                        db_default=catalogue.models.history.NextChange(), primary_key=True, serialize=False
                    ),
                ),
                ("id", models.BigIntegerField()),
                ("number", models.PositiveSmallIntegerField()),
                ("label", models.CharField(blank=True, help_text="Episodes 1–4 …", max_length=200)),
            ],
            options={
                "db_table": "catalogue_discchange",
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="ExtraChange",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_id",
                    models.BigIntegerField(
                        db_default=catalogue.models.history.NextChange(), primary_key=True, serialize=False
                    ),
                ),
                ("id", models.BigIntegerField()),
                ("position", models.PositiveSmallIntegerField(default=1)),
                ("name", models.CharField(max_length=500)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("interview", "Interview"),
                            ("documentary", "Documentary"),
                            ("featurette", "Featurette"),
                            ("commentary", "Commentary"),
                            ("trailer", "Trailer"),
                            ("deleted scenes", "Deleted Scenes"),
                            ("short", "Short"),
                            ("gallery", "Gallery"),
                            ("text", "Text"),
                            ("other", "Other"),
                        ],
                        default="other",
                        max_length=14,
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("minutes", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("disc_number", models.PositiveSmallIntegerField(blank=True, help_text="Empty: not known.", null=True)),
            ],
            options={
                "db_table": "catalogue_extrachange",
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="ExtraPersonChange",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_id",
                    models.BigIntegerField(
                        db_default=catalogue.models.history.NextChange(), primary_key=True, serialize=False
                    ),
                ),
                ("id", models.BigIntegerField()),
                ("position", models.PositiveSmallIntegerField(default=1)),
            ],
            options={
                "db_table": "catalogue_extrapersonchange",
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="FormerPersonSlugChange",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_id",
                    models.BigIntegerField(
                        db_default=catalogue.models.history.NextChange(), primary_key=True, serialize=False
                    ),
                ),
                ("id", models.BigIntegerField()),
                ("slug", models.SlugField(db_index=False, max_length=200)),
            ],
            options={
                "db_table": "catalogue_formerpersonslugchange",
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="FormerTitleSlugChange",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_id",
                    models.BigIntegerField(
                        db_default=catalogue.models.history.NextChange(), primary_key=True, serialize=False
                    ),
                ),
                ("id", models.BigIntegerField()),
                ("slug", models.SlugField(db_index=False, max_length=200)),
            ],
            options={
                "db_table": "catalogue_formertitleslugchange",
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="GenreChange",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_id",
                    models.BigIntegerField(
                        db_default=catalogue.models.history.NextChange(), primary_key=True, serialize=False
                    ),
                ),
                ("id", models.BigIntegerField()),
                ("slug", models.SlugField(db_index=False, max_length=200)),
                ("name", models.CharField(max_length=300)),
                ("folded", catalogue.fields.FoldedField(default="", editable=False, source="name")),
                (
                    "text",
                    catalogue.fields.WordsField(
                        blank=True,
                        db_default="",
                        default="",
                        help_text="Paragraphs printed on top of the genre's page.",
                    ),
                ),
            ],
            options={
                "db_table": "catalogue_genrechange",
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="LanguageChange",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_id",
                    models.BigIntegerField(
                        db_default=catalogue.models.history.NextChange(), primary_key=True, serialize=False
                    ),
                ),
                ("code", models.CharField(max_length=3, serialize=False)),
                ("name", models.CharField(max_length=80)),
            ],
            options={
                "db_table": "catalogue_languagechange",
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="OfferChange",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_id",
                    models.BigIntegerField(
                        db_default=catalogue.models.history.NextChange(), primary_key=True, serialize=False
                    ),
                ),
                ("id", models.BigIntegerField()),
                ("position", models.PositiveSmallIntegerField(default=1)),
                (
                    "kind",
                    models.CharField(
                        choices=[("subscription", "Subscription"), ("free", "Free"), ("rent", "Rent"), ("buy", "Buy")],
                        max_length=12,
                    ),
                ),
                ("label", models.CharField(blank=True, max_length=200)),
                ("url", models.URLField(max_length=500)),
                ("checked_on", models.DateField(blank=True, null=True)),
            ],
            options={
                "db_table": "catalogue_offerchange",
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="PersonAliasChange",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_id",
                    models.BigIntegerField(
                        db_default=catalogue.models.history.NextChange(), primary_key=True, serialize=False
                    ),
                ),
                ("id", models.BigIntegerField()),
                ("name", models.CharField(max_length=300)),
                ("script", models.CharField(blank=True, help_text="ISO 15924: Latn, Cyrl, Jpan …", max_length=4)),
                ("position", models.PositiveSmallIntegerField(default=1)),
                ("folded", catalogue.fields.FoldedField(default="", editable=False, source="name")),
                ("sounds", catalogue.fields.SoundsField(db_default="", default="", editable=False, source="name")),
            ],
            options={
                "db_table": "catalogue_personaliaschange",
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="PersonChange",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_id",
                    models.BigIntegerField(
                        db_default=catalogue.models.history.NextChange(), primary_key=True, serialize=False
                    ),
                ),
                ("id", models.BigIntegerField()),
                ("slug", models.SlugField(db_index=False, max_length=200)),
                ("name", models.CharField(max_length=300)),
                (
                    "born_on",
                    catalogue.fields.LooseDateField(
                        blank=True, default="", help_text="1903, 1903-12 or 1903-12-28.", max_length=10
                    ),
                ),
                (
                    "died_on",
                    catalogue.fields.LooseDateField(
                        blank=True, default="", help_text="1973, 1973-03 or 1973-03-27.", max_length=10
                    ),
                ),
                ("birthplace", models.CharField(blank=True, max_length=200)),
                ("biography", models.TextField(blank=True)),
                (
                    "has_page",
                    models.BooleanField(
                        blank=True,
                        help_text="Yes: always; no: never; unknown: with a biography or two credits.",
                        null=True,
                    ),
                ),
                (
                    "portrait",
                    catalogue.fields.DigestField(
                        blank=True,
                        db_default="",
                        default="",
                        editable=False,
                        help_text="Digest of the uploaded portrait; empty: one is drawn.",
                        max_length=64,
                    ),
                ),
                ("folded", catalogue.fields.FoldedField(default="", editable=False, source="name")),
                ("sounds", catalogue.fields.SoundsField(db_default="", default="", editable=False, source="name")),
                ("sort_key", catalogue.fields.SortKeyField(default="", editable=False, source="name")),
            ],
            options={
                "db_table": "catalogue_personchange",
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="PersonIdentifierChange",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_id",
                    models.BigIntegerField(
                        db_default=catalogue.models.history.NextChange(), primary_key=True, serialize=False
                    ),
                ),
                ("id", models.BigIntegerField()),
                ("scheme", models.SlugField(db_index=False, help_text="imdb, wikidata, ean …", max_length=40)),
                ("value", models.CharField(max_length=300)),
            ],
            options={
                "db_table": "catalogue_personidentifierchange",
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="ProviderChange",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_id",
                    models.BigIntegerField(
                        db_default=catalogue.models.history.NextChange(), primary_key=True, serialize=False
                    ),
                ),
                ("id", models.BigIntegerField()),
                ("slug", models.SlugField(db_index=False, max_length=200)),
                ("name", models.CharField(max_length=300)),
                ("folded", catalogue.fields.FoldedField(default="", editable=False, source="name")),
            ],
            options={
                "db_table": "catalogue_providerchange",
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="ReleaseChange",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_id",
                    models.BigIntegerField(
                        db_default=catalogue.models.history.NextChange(), primary_key=True, serialize=False
                    ),
                ),
                ("id", models.BigIntegerField()),
                (
                    "slug",
                    models.SlugField(
                        db_index=False, help_text="Unique within the title: dvd, blu-ray, dvd-2.", max_length=200
                    ),
                ),
                (
                    "medium",
                    models.CharField(choices=[("dvd", "DVD"), ("blu-ray", "Blu-ray"), ("4k", "4K")], max_length=7),
                ),
                ("edition", models.CharField(blank=True, help_text="Collector's edition …", max_length=200)),
                ("released_on", catalogue.fields.LooseDateField(blank=True, default="", max_length=10)),
                ("runtime_minutes", models.PositiveSmallIntegerField(blank=True, null=True)),
                (
                    "regions",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=1), blank=True, default=list, size=None
                    ),
                ),
                (
                    "colour",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("colour", "Colour"),
                            ("black and white", "Black and white"),
                            ("both", "Colour and black and white"),
                        ],
                        max_length=15,
                    ),
                ),
                (
                    "video_standard",
                    models.CharField(blank=True, choices=[("PAL", "PAL"), ("NTSC", "NTSC")], max_length=4),
                ),
                ("box_set", models.CharField(blank=True, help_text="The box this edition is part of.", max_length=300)),
                ("position", models.PositiveSmallIntegerField(default=1)),
            ],
            options={
                "db_table": "catalogue_releasechange",
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="ReleaseEventChange",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_id",
                    models.BigIntegerField(
                        db_default=catalogue.models.history.NextChange(), primary_key=True, serialize=False
                    ),
                ),
                ("id", models.BigIntegerField()),
                ("position", models.PositiveSmallIntegerField(default=1)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("premiere", "Premiere"),
                            ("festival", "Festival"),
                            ("theatrical", "Theatrical"),
                            ("streaming", "Streaming"),
                            ("television", "Television"),
                            ("physical", "Physical"),
                        ],
                        max_length=10,
                    ),
                ),
                ("date", catalogue.fields.LooseDateField(blank=True, default="", max_length=10)),
                ("note", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "db_table": "catalogue_releaseeventchange",
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="ReleaseIdentifierChange",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_id",
                    models.BigIntegerField(
                        db_default=catalogue.models.history.NextChange(), primary_key=True, serialize=False
                    ),
                ),
                ("id", models.BigIntegerField()),
                ("scheme", models.SlugField(db_index=False, help_text="imdb, wikidata, ean …", max_length=40)),
                ("value", models.CharField(max_length=300)),
            ],
            options={
                "db_table": "catalogue_releaseidentifierchange",
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="SubtitleTrackChange",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_id",
                    models.BigIntegerField(
                        db_default=catalogue.models.history.NextChange(), primary_key=True, serialize=False
                    ),
                ),
                ("id", models.BigIntegerField()),
                ("position", models.PositiveSmallIntegerField(default=1)),
                ("hard_of_hearing", models.BooleanField(default=False)),
            ],
            options={
                "db_table": "catalogue_subtitletrackchange",
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="TitleChange",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_id",
                    models.BigIntegerField(
                        db_default=catalogue.models.history.NextChange(), primary_key=True, serialize=False
                    ),
                ),
                ("id", models.BigIntegerField()),
                ("slug", models.SlugField(db_index=False, max_length=200)),
                (
                    "name",
                    models.CharField(help_text="The name in English, as printed on top of the page.", max_length=300),
                ),
                (
                    "kind",
                    models.CharField(choices=[("film", "Film"), ("series", "Series")], default="film", max_length=6),
                ),
                (
                    "year",
                    models.PositiveSmallIntegerField(
                        blank=True, help_text="Of the first public showing; empty if unknown.", null=True
                    ),
                ),
                ("lead", models.TextField(blank=True, help_text="One or two sentences, printed large.")),
                ("synopsis", models.TextField(blank=True, help_text="Paragraphs, parted by an empty line.")),
                ("runtime_minutes", models.PositiveSmallIntegerField(blank=True, null=True)),
                (
                    "cover_palette",
                    models.CharField(blank=True, help_text="Pins the drawn cover's colours.", max_length=30),
                ),
                (
                    "cover_motif",
                    models.CharField(blank=True, help_text="Pins the drawn cover's figure.", max_length=30),
                ),
                (
                    "cover_short_name",
                    models.CharField(blank=True, help_text="Printed on the drawn cover.", max_length=200),
                ),
                (
                    "poster",
                    models.CharField(
                        blank=True,
                        editable=False,
                        help_text="Digest of the uploaded poster; empty: a cover is drawn.",
                        max_length=64,
                    ),
                ),
                ("folded", catalogue.fields.FoldedField(default="", editable=False, source="name")),
                ("sounds", catalogue.fields.SoundsField(db_default="", default="", editable=False, source="name")),
                ("name_key", catalogue.fields.SortKeyField(default="", editable=False, source="name")),
                ("sort_key", catalogue.fields.TitleSortKeyField(default="", editable=False, source="name")),
                (
                    "added_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                ),
            ],
            options={
                "db_table": "catalogue_titlechange",
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="TitleCollectionChange",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_id",
                    models.BigIntegerField(
                        db_default=catalogue.models.history.NextChange(), primary_key=True, serialize=False
                    ),
                ),
                ("id", models.BigIntegerField()),
                ("position", models.PositiveSmallIntegerField(default=1)),
                (
                    "place",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="The title's place in the collection, from 1; empty: after those that have one.",
                        null=True,
                    ),
                ),
            ],
            options={
                "db_table": "catalogue_titlecollectionchange",
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="TitleCompanyChange",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_id",
                    models.BigIntegerField(
                        db_default=catalogue.models.history.NextChange(), primary_key=True, serialize=False
                    ),
                ),
                ("id", models.BigIntegerField()),
                ("position", models.PositiveSmallIntegerField(default=1)),
                (
                    "role",
                    models.CharField(
                        choices=[("production", "Production"), ("sales", "Sales"), ("distribution", "Distribution")],
                        default="production",
                        max_length=12,
                    ),
                ),
            ],
            options={
                "db_table": "catalogue_titlecompanychange",
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="TitleCountryChange",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_id",
                    models.BigIntegerField(
                        db_default=catalogue.models.history.NextChange(), primary_key=True, serialize=False
                    ),
                ),
                ("id", models.BigIntegerField()),
                ("position", models.PositiveSmallIntegerField(default=1)),
            ],
            options={
                "db_table": "catalogue_titlecountrychange",
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="TitleGenreChange",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_id",
                    models.BigIntegerField(
                        db_default=catalogue.models.history.NextChange(), primary_key=True, serialize=False
                    ),
                ),
                ("id", models.BigIntegerField()),
                ("position", models.PositiveSmallIntegerField(default=1)),
            ],
            options={
                "db_table": "catalogue_titlegenrechange",
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="TitleIdentifierChange",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_id",
                    models.BigIntegerField(
                        db_default=catalogue.models.history.NextChange(), primary_key=True, serialize=False
                    ),
                ),
                ("id", models.BigIntegerField()),
                ("scheme", models.SlugField(db_index=False, help_text="imdb, wikidata, ean …", max_length=40)),
                ("value", models.CharField(max_length=300)),
            ],
            options={
                "db_table": "catalogue_titleidentifierchange",
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="TitleLanguageChange",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_id",
                    models.BigIntegerField(
                        db_default=catalogue.models.history.NextChange(), primary_key=True, serialize=False
                    ),
                ),
                ("id", models.BigIntegerField()),
                ("position", models.PositiveSmallIntegerField(default=1)),
            ],
            options={
                "db_table": "catalogue_titlelanguagechange",
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="TitleNameChange",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_id",
                    models.BigIntegerField(
                        db_default=catalogue.models.history.NextChange(), primary_key=True, serialize=False
                    ),
                ),
                ("id", models.BigIntegerField()),
                ("position", models.PositiveSmallIntegerField(default=1)),
                ("name", models.CharField(max_length=300)),
                ("script", models.CharField(blank=True, help_text="ISO 15924: Latn, Cyrl, Jpan …", max_length=4)),
                (
                    "kind",
                    models.CharField(
                        choices=[("original", "Original"), ("aka", "also known as")], default="aka", max_length=8
                    ),
                ),
                ("folded", catalogue.fields.FoldedField(default="", editable=False, source="name")),
                ("sounds", catalogue.fields.SoundsField(db_default="", default="", editable=False, source="name")),
            ],
            options={
                "db_table": "catalogue_titlenamechange",
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Deed",
            fields=[],
            options={
                "proxy": True,
                "verbose_name": "change made",
                "verbose_name_plural": "changes made",
                "default_permissions": ("view", "change"),
                "indexes": [],
                "constraints": [],
            },
            bases=("pghistory.context",),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="aspectratio",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "catalogue_aspectratiochange" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "position", "printed", "ratio", "release_id") SELECT new_values."id", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'insert\', new_values."position", new_values."printed", new_values."ratio", new_values."release_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="312d9b747c4c46c75960fc185fdaf10a5f4bc704",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_01e45",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="catalogue_aspectratio",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="aspectratio",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "catalogue_aspectratiochange" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "position", "printed", "ratio", "release_id") SELECT old_values."id", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'update\', old_values."position", old_values."printed", old_values."ratio", old_values."release_id" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="2adb3eb2906d115516067a895e16ab220e80e746",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_584ae",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="catalogue_aspectratio",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="aspectratio",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "catalogue_aspectratiochange" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "position", "printed", "ratio", "release_id") SELECT old_values."id", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'delete\', old_values."position", old_values."printed", old_values."ratio", old_values."release_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="632786de810636c53eba4640da919864231af831",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_710c3",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="catalogue_aspectratio",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="audiotrack",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "catalogue_audiotrackchange" ("channels", "codec", "id", "kind", "language_id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "position", "release_id") SELECT new_values."channels", new_values."codec", new_values."id", new_values."kind", new_values."language_id", new_values."note", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'insert\', new_values."position", new_values."release_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="5391195fcd130c674ffc39c7c8f1cf91b323e17f",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_d66f4",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="catalogue_audiotrack",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="audiotrack",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "catalogue_audiotrackchange" ("channels", "codec", "id", "kind", "language_id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "position", "release_id") SELECT old_values."channels", old_values."codec", old_values."id", old_values."kind", old_values."language_id", old_values."note", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'update\', old_values."position", old_values."release_id" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="b05057c6ce02b29954bf8884deaf0718c8b31e33",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_d292b",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="catalogue_audiotrack",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="audiotrack",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "catalogue_audiotrackchange" ("channels", "codec", "id", "kind", "language_id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "position", "release_id") SELECT old_values."channels", old_values."codec", old_values."id", old_values."kind", old_values."language_id", old_values."note", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'delete\', old_values."position", old_values."release_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="9bfab8a9a9dd54e54ce7438a3a8808973082c01b",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_45c12",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="catalogue_audiotrack",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="award",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "catalogue_awardchange" ("body_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "position", "prize", "recipient", "title_id", "won", "year") SELECT new_values."body_id", new_values."id", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'insert\', new_values."position", new_values."prize", new_values."recipient", new_values."title_id", new_values."won", new_values."year" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="5fe7f62e64c365439044cf0492cb97fa2e95775b",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_a621a",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="catalogue_award",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="award",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "catalogue_awardchange" ("body_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "position", "prize", "recipient", "title_id", "won", "year") SELECT old_values."body_id", old_values."id", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'update\', old_values."position", old_values."prize", old_values."recipient", old_values."title_id", old_values."won", old_values."year" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="17bc8d257f2fe014ed0e132028e95b7a8a7be9cb",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_c15ea",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="catalogue_award",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="award",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "catalogue_awardchange" ("body_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "position", "prize", "recipient", "title_id", "won", "year") SELECT old_values."body_id", old_values."id", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'delete\', old_values."position", old_values."prize", old_values."recipient", old_values."title_id", old_values."won", old_values."year" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="ceb194e963fbdf67de2eec8cd65f2815b43051a3",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_8f10b",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="catalogue_award",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="awardbody",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "catalogue_awardbodychange" ("folded", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "slug", "text", "website") SELECT new_values."folded", new_values."id", new_values."name", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'insert\', new_values."slug", new_values."text", new_values."website" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="26d57595d1c79a0d897e26a57898850bac531dd7",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_07bff",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="catalogue_awardbody",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="awardbody",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "catalogue_awardbodychange" ("folded", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "slug", "text", "website") SELECT old_values."folded", old_values."id", old_values."name", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'update\', old_values."slug", old_values."text", old_values."website" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."slug" IS DISTINCT FROM (new_values."slug") OR old_values."text" IS DISTINCT FROM (new_values."text") OR old_values."website" IS DISTINCT FROM (new_values."website")) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="78c415101b975ef8de28276a0e3b217e3b16f099",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_f3e95",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="catalogue_awardbody",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="awardbody",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "catalogue_awardbodychange" ("folded", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "slug", "text", "website") SELECT old_values."folded", old_values."id", old_values."name", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'delete\', old_values."slug", old_values."text", old_values."website" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="14024e33d9e1bba2f9dd4c383d98a62569d5074b",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_72df7",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="catalogue_awardbody",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="boxoffice",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "catalogue_boxofficechange" ("amount", "currency", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "position", "territory_id", "title_id") SELECT new_values."amount", new_values."currency", new_values."id", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'insert\', new_values."position", new_values."territory_id", new_values."title_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="589d71a96677d50730ccbc83330f4a8fca47a3a1",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_0eb1f",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="catalogue_boxoffice",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="boxoffice",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "catalogue_boxofficechange" ("amount", "currency", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "position", "territory_id", "title_id") SELECT old_values."amount", old_values."currency", old_values."id", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'update\', old_values."position", old_values."territory_id", old_values."title_id" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="625bce9d869e82bcc5f6fbfde301ddfaba076bdc",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_6eccb",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="catalogue_boxoffice",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="boxoffice",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "catalogue_boxofficechange" ("amount", "currency", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "position", "territory_id", "title_id") SELECT old_values."amount", old_values."currency", old_values."id", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'delete\', old_values."position", old_values."territory_id", old_values."title_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="2e4d0f2a96a12fce47a0bee0ad835941e411f3e6",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_56265",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="catalogue_boxoffice",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="certificate",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "catalogue_certificatechange" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "system", "value") SELECT new_values."id", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'insert\', new_values."system", new_values."value" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="c87721a9223186b8969cbde47688bbb5564de9f8",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_fb2e5",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="catalogue_certificate",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="certificate",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "catalogue_certificatechange" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "system", "value") SELECT old_values."id", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'update\', old_values."system", old_values."value" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="4f1fa94cbb137bacee322c9efd974ccb32cfaf1d",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_bb279",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="catalogue_certificate",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="certificate",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "catalogue_certificatechange" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "system", "value") SELECT old_values."id", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'delete\', old_values."system", old_values."value" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="77b1563fa13bbe8e0d4400e815120bcf66a247f2",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_02b1f",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="catalogue_certificate",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="collection",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "catalogue_collectionchange" ("folded", "id", "name", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "picture", "slug", "sort_key", "sounds", "text") SELECT new_values."folded", new_values."id", new_values."name", new_values."order", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'insert\', new_values."picture", new_values."slug", new_values."sort_key", new_values."sounds", new_values."text" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="7363bfe857feee2df84e7944f44e543b5f47dfa9",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_80bf9",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="catalogue_collection",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="collection",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "catalogue_collectionchange" ("folded", "id", "name", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "picture", "slug", "sort_key", "sounds", "text") SELECT old_values."folded", old_values."id", old_values."name", old_values."order", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'update\', old_values."picture", old_values."slug", old_values."sort_key", old_values."sounds", old_values."text" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."order" IS DISTINCT FROM (new_values."order") OR old_values."picture" IS DISTINCT FROM (new_values."picture") OR old_values."slug" IS DISTINCT FROM (new_values."slug") OR old_values."text" IS DISTINCT FROM (new_values."text")) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="864bd6a6e6019bc19445d65d4d58470823be0336",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_c5bc8",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="catalogue_collection",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="collection",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "catalogue_collectionchange" ("folded", "id", "name", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "picture", "slug", "sort_key", "sounds", "text") SELECT old_values."folded", old_values."id", old_values."name", old_values."order", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'delete\', old_values."picture", old_values."slug", old_values."sort_key", old_values."sounds", old_values."text" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="8034a2cc457c5da3a2dfbfe2ba52375d9e200432",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_1e0bc",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="catalogue_collection",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="company",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "catalogue_companychange" ("folded", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "slug") SELECT new_values."folded", new_values."id", new_values."name", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'insert\', new_values."slug" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="66b66cfa36f7e5ebab4806f8986e8e11503d344c",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_60962",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="catalogue_company",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="company",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "catalogue_companychange" ("folded", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "slug") SELECT old_values."folded", old_values."id", old_values."name", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'update\', old_values."slug" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."slug" IS DISTINCT FROM (new_values."slug")) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="0ebad014107672eb2abeacb0a85e332ec00bf83f",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_e7870",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="catalogue_company",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="company",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "catalogue_companychange" ("folded", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "slug") SELECT old_values."folded", old_values."id", old_values."name", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'delete\', old_values."slug" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="3d7f5ef7fa0fe3cb44f8a792498ab4981a986c40",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_31dac",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="catalogue_company",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="country",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "catalogue_countrychange" ("code", "ended", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "text") SELECT new_values."code", new_values."ended", new_values."name", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'insert\', new_values."text" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="f17c7b41613f2b51653cbfde1c83452a32b0bee8",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_d6a30",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="catalogue_country",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="country",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "catalogue_countrychange" ("code", "ended", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "text") SELECT old_values."code", old_values."ended", old_values."name", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'update\', old_values."text" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."code") = (new_values."code") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="a501abaccda32608a27ce71167057d0e9c1124bb",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_6d8e8",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="catalogue_country",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="country",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "catalogue_countrychange" ("code", "ended", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "text") SELECT old_values."code", old_values."ended", old_values."name", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'delete\', old_values."text" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="051b185748c79d785cb2f8b25cc4be3637ba66c8",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_88ae0",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="catalogue_country",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="credit",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "catalogue_creditchange" ("character", "detail", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "position", "printed_name", "role", "title_id", "uncredited", "voice") SELECT new_values."character", new_values."detail", new_values."id", new_values."person_id", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'insert\', new_values."position", new_values."printed_name", new_values."role", new_values."title_id", new_values."uncredited", new_values."voice" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="c3381df2d46bfbfc6db141fbb14613e60430606f",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_659ca",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="catalogue_credit",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="credit",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "catalogue_creditchange" ("character", "detail", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "position", "printed_name", "role", "title_id", "uncredited", "voice") SELECT old_values."character", old_values."detail", old_values."id", old_values."person_id", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'update\', old_values."position", old_values."printed_name", old_values."role", old_values."title_id", old_values."uncredited", old_values."voice" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="ecaba0d547fa14098ab7b6c1fc73446475354429",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_5f192",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="catalogue_credit",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="credit",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "catalogue_creditchange" ("character", "detail", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "position", "printed_name", "role", "title_id", "uncredited", "voice") SELECT old_values."character", old_values."detail", old_values."id", old_values."person_id", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'delete\', old_values."position", old_values."printed_name", old_values."role", old_values."title_id", old_values."uncredited", old_values."voice" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="fc5cc05d3e660721d76e9a8d9c5b3f5061c65bf1",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_3ff15",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="catalogue_credit",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="disc",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "catalogue_discchange" ("id", "label", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "release_id") SELECT new_values."id", new_values."label", new_values."number", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'insert\', new_values."release_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="e22fb866db6fee7c28f61c8982f41b08d2f58da0",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_19cd5",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="catalogue_disc",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="disc",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "catalogue_discchange" ("id", "label", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "release_id") SELECT old_values."id", old_values."label", old_values."number", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'update\', old_values."release_id" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="49d997f12d25d10d1a4205fcb9b7c340aaf1a2ba",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_b9e86",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="catalogue_disc",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="disc",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "catalogue_discchange" ("id", "label", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "release_id") SELECT old_values."id", old_values."label", old_values."number", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'delete\', old_values."release_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="1cb2e9bfbf3452a256ee845f0b1d69c7751bf4cd",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_65793",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="catalogue_disc",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="extra",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "catalogue_extrachange" ("disc_number", "id", "kind", "minutes", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "position", "release_id", "year") SELECT new_values."disc_number", new_values."id", new_values."kind", new_values."minutes", new_values."name", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'insert\', new_values."position", new_values."release_id", new_values."year" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="e90b9b74dbcfbeb030690dc67d3b7793b97ff124",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_8f1a2",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="catalogue_extra",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="extra",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "catalogue_extrachange" ("disc_number", "id", "kind", "minutes", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "position", "release_id", "year") SELECT old_values."disc_number", old_values."id", old_values."kind", old_values."minutes", old_values."name", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'update\', old_values."position", old_values."release_id", old_values."year" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="8c720d891826b0a86d557cfca2636d5d946829c9",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_bcdf6",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="catalogue_extra",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="extra",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "catalogue_extrachange" ("disc_number", "id", "kind", "minutes", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "position", "release_id", "year") SELECT old_values."disc_number", old_values."id", old_values."kind", old_values."minutes", old_values."name", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'delete\', old_values."position", old_values."release_id", old_values."year" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="a8381c6347b8423b8364f869f08aee5de546bf23",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_1cfe6",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="catalogue_extra",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="extraperson",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "catalogue_extrapersonchange" ("extra_id", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "position") SELECT new_values."extra_id", new_values."id", new_values."person_id", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'insert\', new_values."position" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="5b2678396a13e8930eeb599384c87f4c75a6f15c",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_1489a",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="catalogue_extraperson",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="extraperson",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "catalogue_extrapersonchange" ("extra_id", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "position") SELECT old_values."extra_id", old_values."id", old_values."person_id", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'update\', old_values."position" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="2e0e7d0da14e454ed10ef52efc9cb68936288e5e",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_1027c",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="catalogue_extraperson",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="extraperson",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "catalogue_extrapersonchange" ("extra_id", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "position") SELECT old_values."extra_id", old_values."id", old_values."person_id", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'delete\', old_values."position" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="78035a9f0d05c19f5a82ecd310fefc379c89d02d",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_a5f9d",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="catalogue_extraperson",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="formerpersonslug",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "catalogue_formerpersonslugchange" ("id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "slug") SELECT new_values."id", new_values."person_id", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'insert\', new_values."slug" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="6f677088a7bde1d7bae9a5727fc1dedce2124761",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_65076",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="catalogue_formerpersonslug",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="formerpersonslug",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "catalogue_formerpersonslugchange" ("id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "slug") SELECT old_values."id", old_values."person_id", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'update\', old_values."slug" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="a1d9deb400a5b73a6189fdf73ccd60d4d4cfdd3a",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_4de3a",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="catalogue_formerpersonslug",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="formerpersonslug",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "catalogue_formerpersonslugchange" ("id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "slug") SELECT old_values."id", old_values."person_id", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'delete\', old_values."slug" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="bb84989d89acd59776067173ffe491440be9a0e8",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_436b1",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="catalogue_formerpersonslug",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="formertitleslug",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "catalogue_formertitleslugchange" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "slug", "title_id") SELECT new_values."id", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'insert\', new_values."slug", new_values."title_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="2ba1f243d26b5eb9c54fb177511627da7275da17",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_9500b",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="catalogue_formertitleslug",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="formertitleslug",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "catalogue_formertitleslugchange" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "slug", "title_id") SELECT old_values."id", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'update\', old_values."slug", old_values."title_id" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="d8b5f7e4b4ab02f8e35f10dec52de042f1552e3b",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_04c19",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="catalogue_formertitleslug",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="formertitleslug",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "catalogue_formertitleslugchange" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "slug", "title_id") SELECT old_values."id", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'delete\', old_values."slug", old_values."title_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="887f00f794cf1b631d6fd75333f80328b45fc6a0",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_e091b",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="catalogue_formertitleslug",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="genre",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "catalogue_genrechange" ("folded", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "slug", "text") SELECT new_values."folded", new_values."id", new_values."name", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'insert\', new_values."slug", new_values."text" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="1d3f0b9edb96aafcb5b294fe3aca18db2bd8274d",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_3a8e8",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="catalogue_genre",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="genre",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "catalogue_genrechange" ("folded", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "slug", "text") SELECT old_values."folded", old_values."id", old_values."name", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'update\', old_values."slug", old_values."text" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."slug" IS DISTINCT FROM (new_values."slug") OR old_values."text" IS DISTINCT FROM (new_values."text")) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="a74218533479cb728afab6807ac5dc19202b7f23",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_c0f53",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="catalogue_genre",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="genre",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "catalogue_genrechange" ("folded", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "slug", "text") SELECT old_values."folded", old_values."id", old_values."name", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'delete\', old_values."slug", old_values."text" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="9e56588cec58d50bfff0a078394a70f3f73bf4f4",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_ab7d5",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="catalogue_genre",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="language",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "catalogue_languagechange" ("code", "name", "pgh_context_id", "pgh_created_at", "pgh_label") SELECT new_values."code", new_values."name", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'insert\' FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="cede481cf363408957e34c39b7632516bcd6792c",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_39332",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="catalogue_language",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="language",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "catalogue_languagechange" ("code", "name", "pgh_context_id", "pgh_created_at", "pgh_label") SELECT old_values."code", old_values."name", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'update\' FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."code") = (new_values."code") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="88f503d5a6d72ecdd69b74cb30dbf12bfdcbaef6",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_90a1d",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="catalogue_language",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="language",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "catalogue_languagechange" ("code", "name", "pgh_context_id", "pgh_created_at", "pgh_label") SELECT old_values."code", old_values."name", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'delete\' FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="2ac143a5ce423718a3256a01ae24a28dee529f1d",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_845a7",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="catalogue_language",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="offer",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "catalogue_offerchange" ("checked_on", "id", "kind", "label", "pgh_context_id", "pgh_created_at", "pgh_label", "position", "provider_id", "territory_id", "title_id", "url") SELECT new_values."checked_on", new_values."id", new_values."kind", new_values."label", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'insert\', new_values."position", new_values."provider_id", new_values."territory_id", new_values."title_id", new_values."url" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="c56533525e2018d26824fb40dad511c619cac395",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_d20a7",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="catalogue_offer",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="offer",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "catalogue_offerchange" ("checked_on", "id", "kind", "label", "pgh_context_id", "pgh_created_at", "pgh_label", "position", "provider_id", "territory_id", "title_id", "url") SELECT old_values."checked_on", old_values."id", old_values."kind", old_values."label", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'update\', old_values."position", old_values."provider_id", old_values."territory_id", old_values."title_id", old_values."url" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="d739865d23fd53cc76e7a521033634b7333d2f0e",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_914e3",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="catalogue_offer",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="offer",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "catalogue_offerchange" ("checked_on", "id", "kind", "label", "pgh_context_id", "pgh_created_at", "pgh_label", "position", "provider_id", "territory_id", "title_id", "url") SELECT old_values."checked_on", old_values."id", old_values."kind", old_values."label", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'delete\', old_values."position", old_values."provider_id", old_values."territory_id", old_values."title_id", old_values."url" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="eae95101a1e52bb24d99a3d2d12a0a087d714fc2",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_11823",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="catalogue_offer",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="person",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "catalogue_personchange" ("biography", "birthplace", "born_on", "died_on", "folded", "has_page", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "portrait", "slug", "sort_key", "sounds") SELECT new_values."biography", new_values."birthplace", new_values."born_on", new_values."died_on", new_values."folded", new_values."has_page", new_values."id", new_values."name", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'insert\', new_values."portrait", new_values."slug", new_values."sort_key", new_values."sounds" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="033ef9213f3c73ca90454adc3766afc1adab56ac",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_492ab",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="catalogue_person",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="person",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "catalogue_personchange" ("biography", "birthplace", "born_on", "died_on", "folded", "has_page", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "portrait", "slug", "sort_key", "sounds") SELECT old_values."biography", old_values."birthplace", old_values."born_on", old_values."died_on", old_values."folded", old_values."has_page", old_values."id", old_values."name", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'update\', old_values."portrait", old_values."slug", old_values."sort_key", old_values."sounds" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."biography" IS DISTINCT FROM (new_values."biography") OR old_values."birthplace" IS DISTINCT FROM (new_values."birthplace") OR old_values."born_on" IS DISTINCT FROM (new_values."born_on") OR old_values."died_on" IS DISTINCT FROM (new_values."died_on") OR old_values."has_page" IS DISTINCT FROM (new_values."has_page") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."portrait" IS DISTINCT FROM (new_values."portrait") OR old_values."slug" IS DISTINCT FROM (new_values."slug")) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="1c04ec1eccb82424319bf6021968f98830061cb0",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_7bba3",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="catalogue_person",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="person",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "catalogue_personchange" ("biography", "birthplace", "born_on", "died_on", "folded", "has_page", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "portrait", "slug", "sort_key", "sounds") SELECT old_values."biography", old_values."birthplace", old_values."born_on", old_values."died_on", old_values."folded", old_values."has_page", old_values."id", old_values."name", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'delete\', old_values."portrait", old_values."slug", old_values."sort_key", old_values."sounds" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="ea2e2202681ad8830d5bbb2ffe803f64ae78ed41",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_ffb30",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="catalogue_person",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="personalias",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "catalogue_personaliaschange" ("folded", "id", "language_id", "name", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "position", "script", "sounds") SELECT new_values."folded", new_values."id", new_values."language_id", new_values."name", new_values."person_id", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'insert\', new_values."position", new_values."script", new_values."sounds" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="2501bdc02721600a679b456f576dd06e325d0717",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_897ab",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="catalogue_personalias",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="personalias",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "catalogue_personaliaschange" ("folded", "id", "language_id", "name", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "position", "script", "sounds") SELECT old_values."folded", old_values."id", old_values."language_id", old_values."name", old_values."person_id", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'update\', old_values."position", old_values."script", old_values."sounds" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."language_id" IS DISTINCT FROM (new_values."language_id") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."person_id" IS DISTINCT FROM (new_values."person_id") OR old_values."position" IS DISTINCT FROM (new_values."position") OR old_values."script" IS DISTINCT FROM (new_values."script")) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="8cf64282231303a0d0355ce1ab5d82c97d8f2aba",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_1d29e",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="catalogue_personalias",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="personalias",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "catalogue_personaliaschange" ("folded", "id", "language_id", "name", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "position", "script", "sounds") SELECT old_values."folded", old_values."id", old_values."language_id", old_values."name", old_values."person_id", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'delete\', old_values."position", old_values."script", old_values."sounds" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="319f72fcc250fdf8b40ba8c511ecbe971a5348da",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_19412",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="catalogue_personalias",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="personidentifier",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "catalogue_personidentifierchange" ("id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "scheme", "value") SELECT new_values."id", new_values."person_id", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'insert\', new_values."scheme", new_values."value" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="d3be18d71fb9d13aa2feed2bec32f69a7a0db186",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_40efc",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="catalogue_personidentifier",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="personidentifier",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "catalogue_personidentifierchange" ("id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "scheme", "value") SELECT old_values."id", old_values."person_id", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'update\', old_values."scheme", old_values."value" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="00559df70dfc65b97db1d8d148b6707a568e9f47",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_17df2",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="catalogue_personidentifier",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="personidentifier",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "catalogue_personidentifierchange" ("id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "scheme", "value") SELECT old_values."id", old_values."person_id", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'delete\', old_values."scheme", old_values."value" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="20afa6956ac85766947f0a21b52803b19ee328eb",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_603ce",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="catalogue_personidentifier",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="provider",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "catalogue_providerchange" ("folded", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "slug") SELECT new_values."folded", new_values."id", new_values."name", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'insert\', new_values."slug" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="2bac07331f178df5db08ee31cc64ea865ef460fd",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_185bb",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="catalogue_provider",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="provider",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "catalogue_providerchange" ("folded", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "slug") SELECT old_values."folded", old_values."id", old_values."name", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'update\', old_values."slug" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."slug" IS DISTINCT FROM (new_values."slug")) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="9620d8fc0b6d1139569f865867381812e8e1dd3d",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_d99cb",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="catalogue_provider",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="provider",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "catalogue_providerchange" ("folded", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "slug") SELECT old_values."folded", old_values."id", old_values."name", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'delete\', old_values."slug" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="6b4d4e66d74750f3851ad38cc4692021c4b41069",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_0f5d0",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="catalogue_provider",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="release",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "catalogue_releasechange" ("box_set", "certificate_id", "colour", "distributor_id", "edition", "id", "medium", "pgh_context_id", "pgh_created_at", "pgh_label", "position", "regions", "released_on", "runtime_minutes", "slug", "title_id", "video_standard") SELECT new_values."box_set", new_values."certificate_id", new_values."colour", new_values."distributor_id", new_values."edition", new_values."id", new_values."medium", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'insert\', new_values."position", new_values."regions", new_values."released_on", new_values."runtime_minutes", new_values."slug", new_values."title_id", new_values."video_standard" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="dd315ceed99acff07940ce2dd975f3b6e1615688",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_4d8d4",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="catalogue_release",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="release",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "catalogue_releasechange" ("box_set", "certificate_id", "colour", "distributor_id", "edition", "id", "medium", "pgh_context_id", "pgh_created_at", "pgh_label", "position", "regions", "released_on", "runtime_minutes", "slug", "title_id", "video_standard") SELECT old_values."box_set", old_values."certificate_id", old_values."colour", old_values."distributor_id", old_values."edition", old_values."id", old_values."medium", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'update\', old_values."position", old_values."regions", old_values."released_on", old_values."runtime_minutes", old_values."slug", old_values."title_id", old_values."video_standard" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="7c17abd0de0abe95baec37ad51ba8d356c31ece4",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_b7b99",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="catalogue_release",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="release",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "catalogue_releasechange" ("box_set", "certificate_id", "colour", "distributor_id", "edition", "id", "medium", "pgh_context_id", "pgh_created_at", "pgh_label", "position", "regions", "released_on", "runtime_minutes", "slug", "title_id", "video_standard") SELECT old_values."box_set", old_values."certificate_id", old_values."colour", old_values."distributor_id", old_values."edition", old_values."id", old_values."medium", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'delete\', old_values."position", old_values."regions", old_values."released_on", old_values."runtime_minutes", old_values."slug", old_values."title_id", old_values."video_standard" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="562d5f4efaefd22fc5e767f47db01e0517511fc2",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_82c42",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="catalogue_release",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="releaseevent",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "catalogue_releaseeventchange" ("date", "id", "kind", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "position", "territory_id", "title_id") SELECT new_values."date", new_values."id", new_values."kind", new_values."note", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'insert\', new_values."position", new_values."territory_id", new_values."title_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="f314154cfdc0ecee507fd778a2f188e6106dd416",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_f6deb",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="catalogue_releaseevent",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="releaseevent",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "catalogue_releaseeventchange" ("date", "id", "kind", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "position", "territory_id", "title_id") SELECT old_values."date", old_values."id", old_values."kind", old_values."note", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'update\', old_values."position", old_values."territory_id", old_values."title_id" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="1d84d43605735c69dff70a628e99b0113704ffed",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_c22f2",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="catalogue_releaseevent",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="releaseevent",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "catalogue_releaseeventchange" ("date", "id", "kind", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "position", "territory_id", "title_id") SELECT old_values."date", old_values."id", old_values."kind", old_values."note", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'delete\', old_values."position", old_values."territory_id", old_values."title_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="59766e659947cfc04905764f191511e77d2560dc",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_71ed2",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="catalogue_releaseevent",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="releaseidentifier",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "catalogue_releaseidentifierchange" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "release_id", "scheme", "value") SELECT new_values."id", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'insert\', new_values."release_id", new_values."scheme", new_values."value" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="280b8f374a421ad929f612e031427d07b39a9fcc",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_4042f",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="catalogue_releaseidentifier",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="releaseidentifier",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "catalogue_releaseidentifierchange" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "release_id", "scheme", "value") SELECT old_values."id", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'update\', old_values."release_id", old_values."scheme", old_values."value" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="239e1fff7fcf98b87d10249a37c805c1b8f1e3e5",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_40c47",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="catalogue_releaseidentifier",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="releaseidentifier",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "catalogue_releaseidentifierchange" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "release_id", "scheme", "value") SELECT old_values."id", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'delete\', old_values."release_id", old_values."scheme", old_values."value" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="a5456b92369bd14761923842c062024e61db3f42",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_2f6f9",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="catalogue_releaseidentifier",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="subtitletrack",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "catalogue_subtitletrackchange" ("hard_of_hearing", "id", "language_id", "pgh_context_id", "pgh_created_at", "pgh_label", "position", "release_id") SELECT new_values."hard_of_hearing", new_values."id", new_values."language_id", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'insert\', new_values."position", new_values."release_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="1f58a0c1b590e1bbf111db8562830aaf91736a71",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_9c832",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="catalogue_subtitletrack",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="subtitletrack",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "catalogue_subtitletrackchange" ("hard_of_hearing", "id", "language_id", "pgh_context_id", "pgh_created_at", "pgh_label", "position", "release_id") SELECT old_values."hard_of_hearing", old_values."id", old_values."language_id", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'update\', old_values."position", old_values."release_id" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="b98a715236c45fb4cb44ad53e10742dfcdbfe4e6",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_892da",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="catalogue_subtitletrack",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="subtitletrack",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "catalogue_subtitletrackchange" ("hard_of_hearing", "id", "language_id", "pgh_context_id", "pgh_created_at", "pgh_label", "position", "release_id") SELECT old_values."hard_of_hearing", old_values."id", old_values."language_id", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'delete\', old_values."position", old_values."release_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="eb018aba435c7a7808505e2b4d9e3ccc97869d75",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_3425f",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="catalogue_subtitletrack",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="title",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "catalogue_titlechange" ("added_at", "certificate_id", "cover_motif", "cover_palette", "cover_short_name", "folded", "id", "kind", "lead", "name", "name_key", "pgh_context_id", "pgh_created_at", "pgh_label", "poster", "runtime_minutes", "slug", "sort_key", "sounds", "synopsis", "year") SELECT new_values."added_at", new_values."certificate_id", new_values."cover_motif", new_values."cover_palette", new_values."cover_short_name", new_values."folded", new_values."id", new_values."kind", new_values."lead", new_values."name", new_values."name_key", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'insert\', new_values."poster", new_values."runtime_minutes", new_values."slug", new_values."sort_key", new_values."sounds", new_values."synopsis", new_values."year" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="4018f4acc6df2598b71b4a5ece0d6417b1f14ebe",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_e9297",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="catalogue_title",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="title",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "catalogue_titlechange" ("added_at", "certificate_id", "cover_motif", "cover_palette", "cover_short_name", "folded", "id", "kind", "lead", "name", "name_key", "pgh_context_id", "pgh_created_at", "pgh_label", "poster", "runtime_minutes", "slug", "sort_key", "sounds", "synopsis", "year") SELECT old_values."added_at", old_values."certificate_id", old_values."cover_motif", old_values."cover_palette", old_values."cover_short_name", old_values."folded", old_values."id", old_values."kind", old_values."lead", old_values."name", old_values."name_key", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'update\', old_values."poster", old_values."runtime_minutes", old_values."slug", old_values."sort_key", old_values."sounds", old_values."synopsis", old_values."year" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."added_at" IS DISTINCT FROM (new_values."added_at") OR old_values."certificate_id" IS DISTINCT FROM (new_values."certificate_id") OR old_values."cover_motif" IS DISTINCT FROM (new_values."cover_motif") OR old_values."cover_palette" IS DISTINCT FROM (new_values."cover_palette") OR old_values."cover_short_name" IS DISTINCT FROM (new_values."cover_short_name") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."kind" IS DISTINCT FROM (new_values."kind") OR old_values."lead" IS DISTINCT FROM (new_values."lead") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."poster" IS DISTINCT FROM (new_values."poster") OR old_values."runtime_minutes" IS DISTINCT FROM (new_values."runtime_minutes") OR old_values."slug" IS DISTINCT FROM (new_values."slug") OR old_values."synopsis" IS DISTINCT FROM (new_values."synopsis") OR old_values."year" IS DISTINCT FROM (new_values."year")) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="6ef9337c5a5c1b31528a985730fa02942b222f48",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_e72ea",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="catalogue_title",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="title",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "catalogue_titlechange" ("added_at", "certificate_id", "cover_motif", "cover_palette", "cover_short_name", "folded", "id", "kind", "lead", "name", "name_key", "pgh_context_id", "pgh_created_at", "pgh_label", "poster", "runtime_minutes", "slug", "sort_key", "sounds", "synopsis", "year") SELECT old_values."added_at", old_values."certificate_id", old_values."cover_motif", old_values."cover_palette", old_values."cover_short_name", old_values."folded", old_values."id", old_values."kind", old_values."lead", old_values."name", old_values."name_key", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'delete\', old_values."poster", old_values."runtime_minutes", old_values."slug", old_values."sort_key", old_values."sounds", old_values."synopsis", old_values."year" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="595cf47de99fe931f69fff276448867481c9411d",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_0e697",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="catalogue_title",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="titlecollection",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "catalogue_titlecollectionchange" ("collection_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "place", "position", "title_id") SELECT new_values."collection_id", new_values."id", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'insert\', new_values."place", new_values."position", new_values."title_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="ef650b17e4e12206ac5c8f516cc8968434a0f6b6",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_8239a",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="catalogue_titlecollection",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="titlecollection",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "catalogue_titlecollectionchange" ("collection_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "place", "position", "title_id") SELECT old_values."collection_id", old_values."id", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'update\', old_values."place", old_values."position", old_values."title_id" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="e41e6650fcf4c8d4e9a126163ddb13ebeb61c979",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_70854",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="catalogue_titlecollection",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="titlecollection",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "catalogue_titlecollectionchange" ("collection_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "place", "position", "title_id") SELECT old_values."collection_id", old_values."id", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'delete\', old_values."place", old_values."position", old_values."title_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="a6b49d61f9bc1041a842f3894e2b5ca3a279c610",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_6a704",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="catalogue_titlecollection",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="titlecompany",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "catalogue_titlecompanychange" ("company_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "position", "role", "title_id") SELECT new_values."company_id", new_values."id", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'insert\', new_values."position", new_values."role", new_values."title_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="53db5edbf23df48d55c86adecbbb237351868cf7",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_855bd",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="catalogue_titlecompany",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="titlecompany",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "catalogue_titlecompanychange" ("company_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "position", "role", "title_id") SELECT old_values."company_id", old_values."id", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'update\', old_values."position", old_values."role", old_values."title_id" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="76f05c5e2e1de2dfefa6e75dfc2d53eca0233caa",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_96e0a",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="catalogue_titlecompany",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="titlecompany",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "catalogue_titlecompanychange" ("company_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "position", "role", "title_id") SELECT old_values."company_id", old_values."id", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'delete\', old_values."position", old_values."role", old_values."title_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="1d07e89f160224517110f5d5cec97ed9edff7888",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_a70f8",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="catalogue_titlecompany",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="titlecountry",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "catalogue_titlecountrychange" ("country_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "position", "title_id") SELECT new_values."country_id", new_values."id", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'insert\', new_values."position", new_values."title_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="31beac662598f5ef418da95d8cef5ed58be9be1c",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_a689c",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="catalogue_titlecountry",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="titlecountry",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "catalogue_titlecountrychange" ("country_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "position", "title_id") SELECT old_values."country_id", old_values."id", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'update\', old_values."position", old_values."title_id" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="ad66ddf74d24ba3c568c5eb5035a21bdf7c2fbb4",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_940f6",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="catalogue_titlecountry",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="titlecountry",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "catalogue_titlecountrychange" ("country_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "position", "title_id") SELECT old_values."country_id", old_values."id", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'delete\', old_values."position", old_values."title_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="dd7b1fe3b84b2d61434c233eeb6fee27cc786a00",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_1f1fd",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="catalogue_titlecountry",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="titlegenre",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "catalogue_titlegenrechange" ("genre_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "position", "title_id") SELECT new_values."genre_id", new_values."id", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'insert\', new_values."position", new_values."title_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="f33c967e28450a37d3c2bfeb73058ec20d998cf5",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_471e3",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="catalogue_titlegenre",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="titlegenre",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "catalogue_titlegenrechange" ("genre_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "position", "title_id") SELECT old_values."genre_id", old_values."id", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'update\', old_values."position", old_values."title_id" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="2c3ee5ab4639457a5627ed796437ce941b99de8b",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_ead7d",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="catalogue_titlegenre",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="titlegenre",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "catalogue_titlegenrechange" ("genre_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "position", "title_id") SELECT old_values."genre_id", old_values."id", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'delete\', old_values."position", old_values."title_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="8d5c46889916ddda721b3ce96aad8578fd933a1f",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_b26aa",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="catalogue_titlegenre",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="titleidentifier",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "catalogue_titleidentifierchange" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "scheme", "title_id", "value") SELECT new_values."id", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'insert\', new_values."scheme", new_values."title_id", new_values."value" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="d366fe425550b4a204ba0dd256c6fb7718c0e30e",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_5bc7c",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="catalogue_titleidentifier",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="titleidentifier",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "catalogue_titleidentifierchange" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "scheme", "title_id", "value") SELECT old_values."id", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'update\', old_values."scheme", old_values."title_id", old_values."value" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="55ef6b2d5f6d0f26a850f5f578c5b66b9a535fae",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_5f117",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="catalogue_titleidentifier",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="titleidentifier",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "catalogue_titleidentifierchange" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "scheme", "title_id", "value") SELECT old_values."id", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'delete\', old_values."scheme", old_values."title_id", old_values."value" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="d8cc91444e194f819c9a933b0f4bc52791058c32",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_ffac2",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="catalogue_titleidentifier",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="titlelanguage",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "catalogue_titlelanguagechange" ("id", "language_id", "pgh_context_id", "pgh_created_at", "pgh_label", "position", "title_id") SELECT new_values."id", new_values."language_id", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'insert\', new_values."position", new_values."title_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="fbacac910876a18f1548ae46862f18057197b11a",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_1cc71",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="catalogue_titlelanguage",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="titlelanguage",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "catalogue_titlelanguagechange" ("id", "language_id", "pgh_context_id", "pgh_created_at", "pgh_label", "position", "title_id") SELECT old_values."id", old_values."language_id", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'update\', old_values."position", old_values."title_id" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="2d7aaf6766e7e54e097ebd4252d5db74b880ce3a",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_bd4e7",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="catalogue_titlelanguage",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="titlelanguage",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "catalogue_titlelanguagechange" ("id", "language_id", "pgh_context_id", "pgh_created_at", "pgh_label", "position", "title_id") SELECT old_values."id", old_values."language_id", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'delete\', old_values."position", old_values."title_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="e8a0dacb5d6eb2be40d322585df415e67c738a58",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_98685",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="catalogue_titlelanguage",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="titlename",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "catalogue_titlenamechange" ("folded", "id", "kind", "language_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "position", "script", "sounds", "title_id") SELECT new_values."folded", new_values."id", new_values."kind", new_values."language_id", new_values."name", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'insert\', new_values."position", new_values."script", new_values."sounds", new_values."title_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="d93ce8a72d757e3402dae9e03b723ec024c99376",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_c0738",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="catalogue_titlename",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="titlename",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "catalogue_titlenamechange" ("folded", "id", "kind", "language_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "position", "script", "sounds", "title_id") SELECT old_values."folded", old_values."id", old_values."kind", old_values."language_id", old_values."name", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'update\', old_values."position", old_values."script", old_values."sounds", old_values."title_id" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."kind" IS DISTINCT FROM (new_values."kind") OR old_values."language_id" IS DISTINCT FROM (new_values."language_id") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."position" IS DISTINCT FROM (new_values."position") OR old_values."script" IS DISTINCT FROM (new_values."script") OR old_values."title_id" IS DISTINCT FROM (new_values."title_id")) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="c3c1e0f597b0a6047e93f9b87590d7cba8fb5bba",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_0d953",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="catalogue_titlename",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="titlename",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "catalogue_titlenamechange" ("folded", "id", "kind", "language_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "position", "script", "sounds", "title_id") SELECT old_values."folded", old_values."id", old_values."kind", old_values."language_id", old_values."name", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'delete\', old_values."position", old_values."script", old_values."sounds", old_values."title_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="ce74c0a1ddecbbcae63eb2440663c243f79c1819",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_ca3a0",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="catalogue_titlename",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="aspectratiochange",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="aspectratiochange",
            name="release",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="catalogue.release",
            ),
        ),
        migrations.AddField(
            model_name="audiotrackchange",
            name="language",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="catalogue.language",
            ),
        ),
        migrations.AddField(
            model_name="audiotrackchange",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="audiotrackchange",
            name="release",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="catalogue.release",
            ),
        ),
        migrations.AddField(
            model_name="awardbodychange",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="awardchange",
            name="body",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="catalogue.awardbody",
            ),
        ),
        migrations.AddField(
            model_name="awardchange",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="awardchange",
            name="title",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="catalogue.title",
            ),
        ),
        migrations.AddField(
            model_name="boxofficechange",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="boxofficechange",
            name="territory",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="catalogue.country",
            ),
        ),
        migrations.AddField(
            model_name="boxofficechange",
            name="title",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="catalogue.title",
            ),
        ),
        migrations.AddField(
            model_name="certificatechange",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="collectionchange",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="companychange",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="countrychange",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="creditchange",
            name="person",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="catalogue.person",
            ),
        ),
        migrations.AddField(
            model_name="creditchange",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="creditchange",
            name="title",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="catalogue.title",
            ),
        ),
        migrations.AddField(
            model_name="discchange",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="discchange",
            name="release",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="catalogue.release",
            ),
        ),
        migrations.AddField(
            model_name="extrachange",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="extrachange",
            name="release",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="catalogue.release",
            ),
        ),
        migrations.AddField(
            model_name="extrapersonchange",
            name="extra",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="catalogue.extra",
            ),
        ),
        migrations.AddField(
            model_name="extrapersonchange",
            name="person",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="catalogue.person",
            ),
        ),
        migrations.AddField(
            model_name="extrapersonchange",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="formerpersonslugchange",
            name="person",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="catalogue.person",
            ),
        ),
        migrations.AddField(
            model_name="formerpersonslugchange",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="formertitleslugchange",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="formertitleslugchange",
            name="title",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="catalogue.title",
            ),
        ),
        migrations.AddField(
            model_name="genrechange",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="languagechange",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="offerchange",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="offerchange",
            name="provider",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="catalogue.provider",
            ),
        ),
        migrations.AddField(
            model_name="offerchange",
            name="territory",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="catalogue.country",
            ),
        ),
        migrations.AddField(
            model_name="offerchange",
            name="title",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="catalogue.title",
            ),
        ),
        migrations.AddField(
            model_name="personaliaschange",
            name="language",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="catalogue.language",
            ),
        ),
        migrations.AddField(
            model_name="personaliaschange",
            name="person",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="catalogue.person",
            ),
        ),
        migrations.AddField(
            model_name="personaliaschange",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="personchange",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="personidentifierchange",
            name="person",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="catalogue.person",
            ),
        ),
        migrations.AddField(
            model_name="personidentifierchange",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="providerchange",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="releasechange",
            name="certificate",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="catalogue.certificate",
            ),
        ),
        migrations.AddField(
            model_name="releasechange",
            name="distributor",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="catalogue.company",
            ),
        ),
        migrations.AddField(
            model_name="releasechange",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="releasechange",
            name="title",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="catalogue.title",
            ),
        ),
        migrations.AddField(
            model_name="releaseeventchange",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="releaseeventchange",
            name="territory",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="catalogue.country",
            ),
        ),
        migrations.AddField(
            model_name="releaseeventchange",
            name="title",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="catalogue.title",
            ),
        ),
        migrations.AddField(
            model_name="releaseidentifierchange",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="releaseidentifierchange",
            name="release",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="catalogue.release",
            ),
        ),
        migrations.AddField(
            model_name="subtitletrackchange",
            name="language",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="catalogue.language",
            ),
        ),
        migrations.AddField(
            model_name="subtitletrackchange",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="subtitletrackchange",
            name="release",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="catalogue.release",
            ),
        ),
        migrations.AddField(
            model_name="titlechange",
            name="certificate",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="catalogue.certificate",
            ),
        ),
        migrations.AddField(
            model_name="titlechange",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="titlecollectionchange",
            name="collection",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="catalogue.collection",
            ),
        ),
        migrations.AddField(
            model_name="titlecollectionchange",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="titlecollectionchange",
            name="title",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="catalogue.title",
            ),
        ),
        migrations.AddField(
            model_name="titlecompanychange",
            name="company",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="catalogue.company",
            ),
        ),
        migrations.AddField(
            model_name="titlecompanychange",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="titlecompanychange",
            name="title",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="catalogue.title",
            ),
        ),
        migrations.AddField(
            model_name="titlecountrychange",
            name="country",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="catalogue.country",
            ),
        ),
        migrations.AddField(
            model_name="titlecountrychange",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="titlecountrychange",
            name="title",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="catalogue.title",
            ),
        ),
        migrations.AddField(
            model_name="titlegenrechange",
            name="genre",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="catalogue.genre",
            ),
        ),
        migrations.AddField(
            model_name="titlegenrechange",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="titlegenrechange",
            name="title",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="catalogue.title",
            ),
        ),
        migrations.AddField(
            model_name="titleidentifierchange",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="titleidentifierchange",
            name="title",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="catalogue.title",
            ),
        ),
        migrations.AddField(
            model_name="titlelanguagechange",
            name="language",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="catalogue.language",
            ),
        ),
        migrations.AddField(
            model_name="titlelanguagechange",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="titlelanguagechange",
            name="title",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="catalogue.title",
            ),
        ),
        migrations.AddField(
            model_name="titlenamechange",
            name="language",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="catalogue.language",
            ),
        ),
        migrations.AddField(
            model_name="titlenamechange",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="titlenamechange",
            name="title",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="catalogue.title",
            ),
        ),
        migrations.AddIndex(
            model_name="aspectratiochange",
            index=models.Index(models.F("release"), models.F("pgh_id"), name="aspectratiochange_release"),
        ),
        migrations.AddIndex(
            model_name="aspectratiochange",
            index=models.Index(models.F("id"), models.F("pgh_id"), name="aspectratiochange_id"),
        ),
        migrations.AddIndex(
            model_name="audiotrackchange",
            index=models.Index(models.F("release"), models.F("pgh_id"), name="audiotrackchange_release"),
        ),
        migrations.AddIndex(
            model_name="audiotrackchange",
            index=models.Index(models.F("id"), models.F("pgh_id"), name="audiotrackchange_id"),
        ),
        migrations.AddIndex(
            model_name="awardbodychange",
            index=models.Index(models.F("id"), models.F("pgh_id"), name="awardbodychange_id"),
        ),
        migrations.AddIndex(
            model_name="awardchange",
            index=models.Index(models.F("title"), models.F("pgh_id"), name="awardchange_title"),
        ),
        migrations.AddIndex(
            model_name="awardchange",
            index=models.Index(models.F("id"), models.F("pgh_id"), name="awardchange_id"),
        ),
        migrations.AddIndex(
            model_name="boxofficechange",
            index=models.Index(models.F("title"), models.F("pgh_id"), name="boxofficechange_title"),
        ),
        migrations.AddIndex(
            model_name="boxofficechange",
            index=models.Index(models.F("id"), models.F("pgh_id"), name="boxofficechange_id"),
        ),
        migrations.AddIndex(
            model_name="certificatechange",
            index=models.Index(models.F("id"), models.F("pgh_id"), name="certificatechange_id"),
        ),
        migrations.AddIndex(
            model_name="collectionchange",
            index=models.Index(models.F("id"), models.F("pgh_id"), name="collectionchange_id"),
        ),
        migrations.AddIndex(
            model_name="companychange",
            index=models.Index(models.F("id"), models.F("pgh_id"), name="companychange_id"),
        ),
        migrations.AddIndex(
            model_name="countrychange",
            index=models.Index(models.F("code"), models.F("pgh_id"), name="countrychange_code"),
        ),
        migrations.AddIndex(
            model_name="creditchange",
            index=models.Index(models.F("title"), models.F("pgh_id"), name="creditchange_title"),
        ),
        migrations.AddIndex(
            model_name="creditchange",
            index=models.Index(models.F("id"), models.F("pgh_id"), name="creditchange_id"),
        ),
        migrations.AddIndex(
            model_name="discchange",
            index=models.Index(models.F("release"), models.F("pgh_id"), name="discchange_release"),
        ),
        migrations.AddIndex(
            model_name="discchange",
            index=models.Index(models.F("id"), models.F("pgh_id"), name="discchange_id"),
        ),
        migrations.AddIndex(
            model_name="extrachange",
            index=models.Index(models.F("release"), models.F("pgh_id"), name="extrachange_release"),
        ),
        migrations.AddIndex(
            model_name="extrachange",
            index=models.Index(models.F("id"), models.F("pgh_id"), name="extrachange_id"),
        ),
        migrations.AddIndex(
            model_name="extrapersonchange",
            index=models.Index(models.F("extra"), models.F("pgh_id"), name="extrapersonchange_extra"),
        ),
        migrations.AddIndex(
            model_name="extrapersonchange",
            index=models.Index(models.F("id"), models.F("pgh_id"), name="extrapersonchange_id"),
        ),
        migrations.AddIndex(
            model_name="formerpersonslugchange",
            index=models.Index(models.F("person"), models.F("pgh_id"), name="formerpersonslugchange_person"),
        ),
        migrations.AddIndex(
            model_name="formerpersonslugchange",
            index=models.Index(models.F("id"), models.F("pgh_id"), name="formerpersonslugchange_id"),
        ),
        migrations.AddIndex(
            model_name="formertitleslugchange",
            index=models.Index(models.F("title"), models.F("pgh_id"), name="formertitleslugchange_title"),
        ),
        migrations.AddIndex(
            model_name="formertitleslugchange",
            index=models.Index(models.F("id"), models.F("pgh_id"), name="formertitleslugchange_id"),
        ),
        migrations.AddIndex(
            model_name="genrechange",
            index=models.Index(models.F("id"), models.F("pgh_id"), name="genrechange_id"),
        ),
        migrations.AddIndex(
            model_name="languagechange",
            index=models.Index(models.F("code"), models.F("pgh_id"), name="languagechange_code"),
        ),
        migrations.AddIndex(
            model_name="offerchange",
            index=models.Index(models.F("title"), models.F("pgh_id"), name="offerchange_title"),
        ),
        migrations.AddIndex(
            model_name="offerchange",
            index=models.Index(models.F("id"), models.F("pgh_id"), name="offerchange_id"),
        ),
        migrations.AddIndex(
            model_name="personaliaschange",
            index=models.Index(models.F("person"), models.F("pgh_id"), name="personaliaschange_person"),
        ),
        migrations.AddIndex(
            model_name="personaliaschange",
            index=models.Index(models.F("id"), models.F("pgh_id"), name="personaliaschange_id"),
        ),
        migrations.AddIndex(
            model_name="personchange",
            index=models.Index(models.F("id"), models.F("pgh_id"), name="personchange_id"),
        ),
        migrations.AddIndex(
            model_name="personidentifierchange",
            index=models.Index(models.F("person"), models.F("pgh_id"), name="personidentifierchange_person"),
        ),
        migrations.AddIndex(
            model_name="personidentifierchange",
            index=models.Index(models.F("id"), models.F("pgh_id"), name="personidentifierchange_id"),
        ),
        migrations.AddIndex(
            model_name="providerchange",
            index=models.Index(models.F("id"), models.F("pgh_id"), name="providerchange_id"),
        ),
        migrations.AddIndex(
            model_name="releasechange",
            index=models.Index(models.F("title"), models.F("pgh_id"), name="releasechange_title"),
        ),
        migrations.AddIndex(
            model_name="releasechange",
            index=models.Index(models.F("id"), models.F("pgh_id"), name="releasechange_id"),
        ),
        migrations.AddIndex(
            model_name="releaseeventchange",
            index=models.Index(models.F("title"), models.F("pgh_id"), name="releaseeventchange_title"),
        ),
        migrations.AddIndex(
            model_name="releaseeventchange",
            index=models.Index(models.F("id"), models.F("pgh_id"), name="releaseeventchange_id"),
        ),
        migrations.AddIndex(
            model_name="releaseidentifierchange",
            index=models.Index(models.F("release"), models.F("pgh_id"), name="releaseidentifierchange_releas"),
        ),
        migrations.AddIndex(
            model_name="releaseidentifierchange",
            index=models.Index(models.F("id"), models.F("pgh_id"), name="releaseidentifierchange_id"),
        ),
        migrations.AddIndex(
            model_name="subtitletrackchange",
            index=models.Index(models.F("release"), models.F("pgh_id"), name="subtitletrackchange_release"),
        ),
        migrations.AddIndex(
            model_name="subtitletrackchange",
            index=models.Index(models.F("id"), models.F("pgh_id"), name="subtitletrackchange_id"),
        ),
        migrations.AddIndex(
            model_name="titlechange",
            index=models.Index(models.F("id"), models.F("pgh_id"), name="titlechange_id"),
        ),
        migrations.AddIndex(
            model_name="titlecollectionchange",
            index=models.Index(models.F("title"), models.F("pgh_id"), name="titlecollectionchange_title"),
        ),
        migrations.AddIndex(
            model_name="titlecollectionchange",
            index=models.Index(models.F("id"), models.F("pgh_id"), name="titlecollectionchange_id"),
        ),
        migrations.AddIndex(
            model_name="titlecompanychange",
            index=models.Index(models.F("title"), models.F("pgh_id"), name="titlecompanychange_title"),
        ),
        migrations.AddIndex(
            model_name="titlecompanychange",
            index=models.Index(models.F("id"), models.F("pgh_id"), name="titlecompanychange_id"),
        ),
        migrations.AddIndex(
            model_name="titlecountrychange",
            index=models.Index(models.F("title"), models.F("pgh_id"), name="titlecountrychange_title"),
        ),
        migrations.AddIndex(
            model_name="titlecountrychange",
            index=models.Index(models.F("id"), models.F("pgh_id"), name="titlecountrychange_id"),
        ),
        migrations.AddIndex(
            model_name="titlegenrechange",
            index=models.Index(models.F("title"), models.F("pgh_id"), name="titlegenrechange_title"),
        ),
        migrations.AddIndex(
            model_name="titlegenrechange",
            index=models.Index(models.F("id"), models.F("pgh_id"), name="titlegenrechange_id"),
        ),
        migrations.AddIndex(
            model_name="titleidentifierchange",
            index=models.Index(models.F("title"), models.F("pgh_id"), name="titleidentifierchange_title"),
        ),
        migrations.AddIndex(
            model_name="titleidentifierchange",
            index=models.Index(models.F("id"), models.F("pgh_id"), name="titleidentifierchange_id"),
        ),
        migrations.AddIndex(
            model_name="titlelanguagechange",
            index=models.Index(models.F("title"), models.F("pgh_id"), name="titlelanguagechange_title"),
        ),
        migrations.AddIndex(
            model_name="titlelanguagechange",
            index=models.Index(models.F("id"), models.F("pgh_id"), name="titlelanguagechange_id"),
        ),
        migrations.AddIndex(
            model_name="titlenamechange",
            index=models.Index(models.F("title"), models.F("pgh_id"), name="titlenamechange_title"),
        ),
        migrations.AddIndex(
            model_name="titlenamechange",
            index=models.Index(models.F("id"), models.F("pgh_id"), name="titlenamechange_id"),
        ),
    ]
