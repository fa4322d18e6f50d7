"""Changes of what staff enter of critics, kept as the catalogue is (catalogue/models/history.py). Made by makemigrations."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import catalogue.fields
import catalogue.models.history


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0011_history"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("reviews", "0011_withdrawn"),
    ]

    operations = [
        migrations.CreateModel(
            name="CriticChange",
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
                    "is_top",
                    models.BooleanField(
                        default=False, help_text="Printed before the others.", verbose_name="top critic"
                    ),
                ),
            ],
            options={
                "db_table": "reviews_criticchange",
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="CriticReviewChange",
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
                ("quote", models.TextField(blank=True)),
                ("score", models.CharField(blank=True, help_text="As its author printed it: 6/6, B+.", max_length=20)),
                ("fresh", models.BooleanField(help_text="The review is for the title.")),
                ("published_on", catalogue.fields.LooseDateField(blank=True, default="", max_length=10)),
                ("added_on", models.DateField()),
                ("url", models.URLField(blank=True, max_length=500)),
            ],
            options={
                "db_table": "reviews_criticreviewchange",
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="OutsideReviewChange",
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
                ("author", models.CharField(max_length=80)),
                ("half_stars", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("body", models.TextField()),
                ("written_on", models.DateField()),
                ("url", models.URLField(blank=True, max_length=500)),
            ],
            options={
                "db_table": "reviews_outsidereviewchange",
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="OutsideScoreChange",
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
                ("liked_percent", models.PositiveSmallIntegerField()),
                ("ratings", models.PositiveIntegerField()),
                ("ratings_at_least", models.BooleanField(default=False, help_text="The source prints “2,500+”.")),
                ("reviews", models.PositiveIntegerField(blank=True, null=True)),
                ("url", models.URLField(blank=True, max_length=500)),
                ("as_of", models.DateField()),
            ],
            options={
                "db_table": "reviews_outsidescorechange",
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="OutsideSourceChange",
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
                ("url", models.URLField(blank=True, max_length=500)),
            ],
            options={
                "db_table": "reviews_outsidesourcechange",
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="PublicationChange",
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
                ("url", models.URLField(blank=True, max_length=500)),
            ],
            options={
                "db_table": "reviews_publicationchange",
                "abstract": False,
                "default_permissions": (),
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="critic",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reviews_criticchange" ("id", "is_top", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "slug") SELECT new_values."id", new_values."is_top", new_values."name", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'insert\', new_values."slug" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="4acbb3a1269fb423c86b8002b07590f78dba0d89",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_6e93d",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="reviews_critic",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="critic",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reviews_criticchange" ("id", "is_top", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "slug") SELECT old_values."id", old_values."is_top", old_values."name", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'update\', old_values."slug" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="0803a217460c42f6b70b6c471c61344740adde40",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_74086",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="reviews_critic",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="critic",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reviews_criticchange" ("id", "is_top", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "slug") SELECT old_values."id", old_values."is_top", old_values."name", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'delete\', old_values."slug" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="91c30c3868a835be31959395fce87bcb37adfca8",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_81125",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="reviews_critic",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="criticreview",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reviews_criticreviewchange" ("added_on", "critic_id", "fresh", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "publication_id", "published_on", "quote", "score", "title_id", "url") SELECT new_values."added_on", new_values."critic_id", new_values."fresh", new_values."id", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'insert\', new_values."publication_id", new_values."published_on", new_values."quote", new_values."score", new_values."title_id", new_values."url" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="893d0a1fb695d3adaa427c5240dea950d17c07c0",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_2216f",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="reviews_criticreview",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="criticreview",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reviews_criticreviewchange" ("added_on", "critic_id", "fresh", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "publication_id", "published_on", "quote", "score", "title_id", "url") SELECT old_values."added_on", old_values."critic_id", old_values."fresh", old_values."id", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'update\', old_values."publication_id", old_values."published_on", old_values."quote", old_values."score", old_values."title_id", old_values."url" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="bdc2960329304b84a649728d0b8caf9b69a46608",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_33615",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="reviews_criticreview",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="criticreview",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reviews_criticreviewchange" ("added_on", "critic_id", "fresh", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "publication_id", "published_on", "quote", "score", "title_id", "url") SELECT old_values."added_on", old_values."critic_id", old_values."fresh", old_values."id", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'delete\', old_values."publication_id", old_values."published_on", old_values."quote", old_values."score", old_values."title_id", old_values."url" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="7da74abc17d2e4c519367bffb43fbb5a6b297b1b",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_270e4",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="reviews_criticreview",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="outsidereview",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reviews_outsidereviewchange" ("author", "body", "half_stars", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "source_id", "title_id", "url", "written_on") SELECT new_values."author", new_values."body", new_values."half_stars", new_values."id", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'insert\', new_values."source_id", new_values."title_id", new_values."url", new_values."written_on" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="fe8e135b68fbe40fa1c748a2db98b7c63152d72d",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_5c560",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="reviews_outsidereview",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="outsidereview",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reviews_outsidereviewchange" ("author", "body", "half_stars", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "source_id", "title_id", "url", "written_on") SELECT old_values."author", old_values."body", old_values."half_stars", old_values."id", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'update\', old_values."source_id", old_values."title_id", old_values."url", old_values."written_on" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="43fc2cd8cb85034eedc379f8242c7a3e9d8433d8",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_0f68f",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="reviews_outsidereview",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="outsidereview",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reviews_outsidereviewchange" ("author", "body", "half_stars", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "source_id", "title_id", "url", "written_on") SELECT old_values."author", old_values."body", old_values."half_stars", old_values."id", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'delete\', old_values."source_id", old_values."title_id", old_values."url", old_values."written_on" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="48d3730d51d14219e5544273a0b8844fad9a41f1",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_e775f",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="reviews_outsidereview",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="outsidescore",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reviews_outsidescorechange" ("as_of", "id", "liked_percent", "pgh_context_id", "pgh_created_at", "pgh_label", "ratings", "ratings_at_least", "reviews", "source_id", "title_id", "url") SELECT new_values."as_of", new_values."id", new_values."liked_percent", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'insert\', new_values."ratings", new_values."ratings_at_least", new_values."reviews", new_values."source_id", new_values."title_id", new_values."url" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="e0b534101f593188607f4bbccf6eb721c26121b2",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_d1941",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="reviews_outsidescore",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="outsidescore",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reviews_outsidescorechange" ("as_of", "id", "liked_percent", "pgh_context_id", "pgh_created_at", "pgh_label", "ratings", "ratings_at_least", "reviews", "source_id", "title_id", "url") SELECT old_values."as_of", old_values."id", old_values."liked_percent", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'update\', old_values."ratings", old_values."ratings_at_least", old_values."reviews", old_values."source_id", old_values."title_id", old_values."url" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="4116aad656ed8e51003c7e16190d2abc4e70ab85",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_59792",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="reviews_outsidescore",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="outsidescore",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reviews_outsidescorechange" ("as_of", "id", "liked_percent", "pgh_context_id", "pgh_created_at", "pgh_label", "ratings", "ratings_at_least", "reviews", "source_id", "title_id", "url") SELECT old_values."as_of", old_values."id", old_values."liked_percent", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'delete\', old_values."ratings", old_values."ratings_at_least", old_values."reviews", old_values."source_id", old_values."title_id", old_values."url" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="5622dd9e23a7108084c494744dff1cc3c0673fd7",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_1e5d1",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="reviews_outsidescore",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="outsidesource",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reviews_outsidesourcechange" ("id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "slug", "url") SELECT new_values."id", new_values."name", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'insert\', new_values."slug", new_values."url" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="670bfdfdbfc27eec26cffdff769d07d1a654169b",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_64be3",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="reviews_outsidesource",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="outsidesource",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reviews_outsidesourcechange" ("id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "slug", "url") SELECT old_values."id", old_values."name", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'update\', old_values."slug", old_values."url" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="f6e95fa6802a5e5e5073aeb8e9c680b1e76a67f5",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_8d0a3",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="reviews_outsidesource",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="outsidesource",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reviews_outsidesourcechange" ("id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "slug", "url") SELECT old_values."id", old_values."name", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'delete\', old_values."slug", old_values."url" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="43e991fb0d6bfe9614865e555ef0267a1144d45e",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_601d5",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="reviews_outsidesource",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="publication",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reviews_publicationchange" ("id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "slug", "url") SELECT new_values."id", new_values."name", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'insert\', new_values."slug", new_values."url" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="249b5bc7a7c93bf76cfa85885848e88c91b4bfd0",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_78e2a",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="reviews_publication",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="publication",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reviews_publicationchange" ("id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "slug", "url") SELECT old_values."id", old_values."name", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'update\', old_values."slug", old_values."url" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="3676cc896d4ceea75a5d717aaed49be7adc49df2",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_0321d",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="reviews_publication",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="publication",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reviews_publicationchange" ("id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "slug", "url") SELECT old_values."id", old_values."name", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'delete\', old_values."slug", old_values."url" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="a3d42b4aa4d34548c4789d44fb2f24093d200bbd",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_41506",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="reviews_publication",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="criticchange",
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
            model_name="criticreviewchange",
            name="critic",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="reviews.critic",
            ),
        ),
        migrations.AddField(
            model_name="criticreviewchange",
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
            model_name="criticreviewchange",
            name="publication",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="reviews.publication",
            ),
        ),
        migrations.AddField(
            model_name="criticreviewchange",
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
            model_name="outsidereviewchange",
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
            model_name="outsidereviewchange",
            name="source",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="reviews.outsidesource",
            ),
        ),
        migrations.AddField(
            model_name="outsidereviewchange",
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
            model_name="outsidescorechange",
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
            model_name="outsidescorechange",
            name="source",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="reviews.outsidesource",
            ),
        ),
        migrations.AddField(
            model_name="outsidescorechange",
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
            model_name="outsidesourcechange",
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
            model_name="publicationchange",
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
        migrations.AddIndex(
            model_name="criticchange",
            index=models.Index(models.F("id"), models.F("pgh_id"), name="criticchange_id"),
        ),
        migrations.AddIndex(
            model_name="criticreviewchange",
            index=models.Index(models.F("title"), models.F("pgh_id"), name="criticreviewchange_title"),
        ),
        migrations.AddIndex(
            model_name="criticreviewchange",
            index=models.Index(models.F("id"), models.F("pgh_id"), name="criticreviewchange_id"),
        ),
        migrations.AddIndex(
            model_name="outsidereviewchange",
            index=models.Index(models.F("title"), models.F("pgh_id"), name="outsidereviewchange_title"),
        ),
        migrations.AddIndex(
            model_name="outsidereviewchange",
            index=models.Index(models.F("id"), models.F("pgh_id"), name="outsidereviewchange_id"),
        ),
        migrations.AddIndex(
            model_name="outsidescorechange",
            index=models.Index(models.F("title"), models.F("pgh_id"), name="outsidescorechange_title"),
        ),
        migrations.AddIndex(
            model_name="outsidescorechange",
            index=models.Index(models.F("id"), models.F("pgh_id"), name="outsidescorechange_id"),
        ),
        migrations.AddIndex(
            model_name="outsidesourcechange",
            index=models.Index(models.F("id"), models.F("pgh_id"), name="outsidesourcechange_id"),
        ),
        migrations.AddIndex(
            model_name="publicationchange",
            index=models.Index(models.F("id"), models.F("pgh_id"), name="publicationchange_id"),
        ),
    ]
