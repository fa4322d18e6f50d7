"""Queues in ranks: a move writes one row, and what was taken off or sent keeps its place.

Who stands in line for a title are those whose request is live, not paused, and not for a later disc of a set. How long
a copy is away becomes a fact of each title, by which the wait is counted.
"""

import django.db.models.constraints
import django.db.models.expressions
import django.db.models.functions.comparison
from django.db import migrations, models

GAP = 2**40
WAITING = """
CREATE FUNCTION rentals_in_line(paused timestamptz, removed timestamptz, sent timestamptz, disc bigint)
RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT paused IS NULL AND removed IS NULL AND sent IS NULL
      AND NOT EXISTS (SELECT FROM public.catalogue_disc d WHERE d.id = disc AND d.number > 1);
$$;

CREATE OR REPLACE FUNCTION rentals_queues_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    ids bigint[];
    counts int[];
BEGIN
    IF TG_OP = 'INSERT' THEN
        SELECT array_agg(title_id), array_agg(n) INTO ids, counts FROM (
          SELECT title_id, count(*)::int AS n FROM changed
          WHERE public.rentals_in_line(paused_at, removed_at, sent_at, disc_id) GROUP BY title_id) c;
    ELSIF TG_OP = 'UPDATE' THEN
        SELECT array_agg(title_id), array_agg(n) INTO ids, counts FROM (
          SELECT title_id, sum(n)::int AS n FROM (
            SELECT title_id, 1 AS n FROM changed
          WHERE public.rentals_in_line(paused_at, removed_at, sent_at, disc_id)
            UNION ALL SELECT title_id, -1 FROM before
          WHERE public.rentals_in_line(paused_at, removed_at, sent_at, disc_id)) b
          GROUP BY title_id HAVING sum(n) <> 0) c;
    ELSE
        SELECT array_agg(title_id), array_agg(n) INTO ids, counts FROM (
          SELECT title_id, -count(*)::int AS n FROM before
          WHERE public.rentals_in_line(paused_at, removed_at, sent_at, disc_id) GROUP BY title_id) c;
    END IF;
    IF ids IS NOT NULL THEN
        PERFORM public.rentals_lock_stock(ids);
        UPDATE public.rentals_stock s SET waiting = s.waiting + c.n
          FROM unnest(ids, counts) AS c(title_id, n) WHERE s.title_id = c.title_id;
    END IF;
    RETURN NULL;
END $$;
"""
BEFORE = """
CREATE OR REPLACE FUNCTION rentals_queues_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    ids bigint[];
    counts int[];
BEGIN
    IF TG_OP = 'INSERT' THEN
        SELECT array_agg(title_id), array_agg(n) INTO ids, counts FROM (
          SELECT title_id, count(*)::int AS n FROM changed WHERE paused_at IS NULL GROUP BY title_id) c;
    ELSIF TG_OP = 'UPDATE' THEN
        SELECT array_agg(title_id), array_agg(n) INTO ids, counts FROM (
          SELECT title_id, sum(n)::int AS n FROM (
            SELECT title_id, 1 AS n FROM changed WHERE paused_at IS NULL
            UNION ALL SELECT title_id, -1 FROM before WHERE paused_at IS NULL) b
          GROUP BY title_id HAVING sum(n) <> 0) c;
    ELSE
        SELECT array_agg(title_id), array_agg(n) INTO ids, counts FROM (
          SELECT title_id, -count(*)::int AS n FROM before WHERE paused_at IS NULL GROUP BY title_id) c;
    END IF;
    IF ids IS NOT NULL THEN
        PERFORM public.rentals_lock_stock(ids);
        UPDATE public.rentals_stock s SET waiting = s.waiting + c.n
          FROM unnest(ids, counts) AS c(title_id, n) WHERE s.title_id = c.title_id;
    END IF;
    RETURN NULL;
END $$;
DROP FUNCTION rentals_in_line(timestamptz, timestamptz, timestamptz, bigint);
"""


class Migration(migrations.Migration):
    dependencies = [("rentals", "0005_browse")]

    operations = [
        migrations.RemoveConstraint(
            model_name="queueentry",
            name="queueentry_order",
        ),
        migrations.RemoveConstraint(
            model_name="queueentry",
            name="queueentry_from_1",
        ),
        migrations.RemoveConstraint(
            model_name="queueentry",
            name="queueentry_once",
        ),
        migrations.RenameField("queueentry", "position", "rank"),
        migrations.AlterField("queueentry", "rank", models.BigIntegerField()),
        migrations.RunSQL(
            f"UPDATE rentals_queueentry SET rank = rank * {GAP}",
            f"UPDATE rentals_queueentry SET rank = rank / {GAP}",
        ),
        migrations.AddField(
            model_name="queueentry",
            name="claim_at",
            field=models.DateTimeField(blank=True, help_text="The round that first passed it over.", null=True),
        ),
        migrations.AddField(
            model_name="queueentry",
            name="removed_at",
            field=models.DateTimeField(blank=True, help_text="Taken off by the member; kept for 30 days.", null=True),
        ),
        migrations.AddField(
            model_name="queueentry",
            name="sent_at",
            field=models.DateTimeField(blank=True, help_text="A copy was allocated for it.", null=True),
        ),
        migrations.AddConstraint(
            model_name="queueentry",
            constraint=models.UniqueConstraint(
                deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                fields=("member", "rank"),
                name="queueentry_order",
                violation_error_message="Two requests cannot have the same place in a queue.",
            ),
        ),
        migrations.AddConstraint(
            model_name="queueentry",
            constraint=models.UniqueConstraint(
                condition=models.Q(("removed_at", None), ("sent_at", None)),
                fields=("member", "title", "medium", "disc"),
                name="queueentry_once",
                nulls_distinct=False,
                violation_error_message="This is in the queue already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="queueentry",
            constraint=models.CheckConstraint(
                condition=models.Q(("removed_at", None), ("sent_at", None), _connector="OR"),
                name="queueentry_one_end",
                violation_error_message="A request ends once: taken off, or sent.",
            ),
        ),
        migrations.RemoveIndex("stock", "stock_by_wait"),
        migrations.RemoveField("stock", "wait_days"),
        migrations.AddField(
            model_name="stock",
            name="days_away",
            field=models.PositiveSmallIntegerField(
                db_default=12, help_text="How long a copy is usually away: learned from its rentals every night."
            ),
        ),
        migrations.AddField(
            model_name="stock",
            name="wait_days",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Case(
                    models.When(copies=0, then=models.Value(None)),
                    models.When(on_shelf__gt=0, then=models.Value(0)),
                    default=django.db.models.expressions.CombinedExpression(
                        django.db.models.functions.comparison.Greatest(
                            models.Value(1),
                            django.db.models.expressions.CombinedExpression(
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        django.db.models.expressions.CombinedExpression(
                                            django.db.models.expressions.CombinedExpression(
                                                models.F("waiting"), "+", models.Value(1)
                                            ),
                                            "*",
                                            models.F("days_away"),
                                        ),
                                        "/",
                                        models.F("copies"),
                                    ),
                                    "+",
                                    models.Value(3),
                                ),
                                "/",
                                models.Value(7),
                            ),
                        ),
                        "*",
                        models.Value(7),
                    ),
                ),
                output_field=models.PositiveIntegerField(null=True),
            ),
        ),
        migrations.AddIndex("stock", models.Index(fields=["wait_days", "title"], name="stock_by_wait")),
        migrations.AddConstraint(
            model_name="stock",
            constraint=models.CheckConstraint(
                condition=models.Q(("days_away__range", (1, 365))),
                name="stock_days_away",
                violation_error_message="A copy is away for 1 to 365 days.",
            ),
        ),
        migrations.RunSQL(WAITING, BEFORE),
    ]
