"""What is missing of each title's page, kept by triggers; and what visitors searched for in vain.

The view `catalogue_completeness_of` says in SQL when something counts as missing; `catalogue.completeness` has the words
and weights, which the generated columns repeat. Triggers on the tables that the view reads note whose rows changed in
`catalogue_incomplete`, and a deferred trigger on that table works them all out at once when the transaction commits (or
checks its constraints), so that a thousand titles brought by an import are one set. A note is gone before anybody else
can see it.

Whoever changes a title or what hangs on it holds its page version until commit (migration 0004: the triggers of all
these tables take it), so two transactions never work out one title side by side, and none overlooks the other.
"""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

WEIGHTS = {
    "editions": 24,
    "synopsis": 14,
    "poster": 10,
    "director": 10,
    "language": 10,
    "cast": 8,
    "sound": 7,
    "script": 6,
    "country": 6,
    "genre": 6,
    "year": 5,
    "date": 5,
    "identifier": 4,
    "runtime": 3,
}


def score():
    """100 less the weights of what is missing."""
    left = models.Value(100, output_field=models.IntegerField())
    for code, weight in WEIGHTS.items():
        lost = models.When(missing__contains=[code], then=models.Value(weight))
        left -= models.Case(lost, default=models.Value(0))
    return left


KEEP = r"""
-- Languages that are not written in Latin letters; and letters that are not Latin: Greek to Ol Chiki, kana, Han, Hangul.
CREATE VIEW catalogue_completeness_of AS
  SELECT t.id AS title_id, array_remove(ARRAY[
    CASE WHEN r.editions = 0 THEN 'editions' END,
    CASE WHEN btrim(t.synopsis, E' \t\r\n') = '' THEN 'synopsis' END,
    CASE WHEN t.poster = '' THEN 'poster' END,
    CASE WHEN NOT EXISTS (SELECT FROM catalogue_credit c WHERE c.title_id = t.id AND (c.role = 'director'
      OR t.kind = 'series' AND c.role = 'creator')) THEN 'director' END,
    CASE WHEN l.language IS NULL THEN 'language' END,
    CASE WHEN (SELECT count(*) FROM (SELECT FROM catalogue_credit c WHERE c.title_id = t.id
      AND c.role IN ('actor', 'presenter', 'self') LIMIT 3) few) < 3 THEN 'cast' END,
    CASE WHEN r.silent THEN 'sound' END,
    CASE WHEN l.language IN ('am', 'ar', 'be', 'bg', 'bn', 'bo', 'dz', 'el', 'fa', 'gu', 'he', 'hi', 'hy', 'ja', 'ka', 'km',
        'kn', 'ko', 'lo', 'mk', 'ml', 'mn', 'mr', 'my', 'ne', 'or', 'pa', 'ps', 'ru', 'si', 'ta', 'te', 'th', 'ti', 'uk', 'ur',
        'yi', 'yue', 'zh') AND t.name !~ '[\u0370-\u1CFF\u3040-\uD7FF]' AND NOT EXISTS (
      SELECT FROM catalogue_titlename n WHERE n.title_id = t.id
        AND (n.script NOT IN ('', 'Latn') OR n.name ~ '[\u0370-\u1CFF\u3040-\uD7FF]')) THEN 'script' END,
    CASE WHEN NOT EXISTS (SELECT FROM catalogue_titlecountry c WHERE c.title_id = t.id) THEN 'country' END,
    CASE WHEN NOT EXISTS (SELECT FROM catalogue_titlegenre g WHERE g.title_id = t.id) THEN 'genre' END,
    CASE WHEN t.year IS NULL THEN 'year' END,
    CASE WHEN r.undated THEN 'date' END,
    CASE WHEN NOT EXISTS (SELECT FROM catalogue_titleidentifier i WHERE i.title_id = t.id) THEN 'identifier' END,
    CASE WHEN t.runtime_minutes IS NULL THEN 'runtime' END]::varchar(20)[], NULL) AS missing,
    (SELECT min(coalesce(o.checked_on, '0001-01-01')) FROM catalogue_offer o WHERE o.title_id = t.id)
      AS offers_checked_on
  FROM catalogue_title t
    CROSS JOIN LATERAL (SELECT count(*) AS editions, coalesce(bool_or(r.released_on = ''), false) AS undated,
      coalesce(bool_or(NOT EXISTS (SELECT FROM catalogue_audiotrack a WHERE a.release_id = r.id)), false) AS silent
      FROM catalogue_release r WHERE r.title_id = t.id) r
    LEFT JOIN LATERAL (SELECT l.language_id AS language FROM catalogue_titlelanguage l WHERE l.title_id = t.id
      ORDER BY l.position LIMIT 1) l ON true;

-- always by indexes: in the middle of an import the planner still takes the tables for empty
CREATE FUNCTION catalogue_complete(ids bigint[]) RETURNS void LANGUAGE sql SET enable_seqscan = off AS $$
  INSERT INTO public.catalogue_completeness AS c (title_id, missing, offers_checked_on)
    SELECT title_id, missing, offers_checked_on FROM public.catalogue_completeness_of
    WHERE title_id = ANY (ids) ORDER BY title_id
    ON CONFLICT (title_id) DO UPDATE
      SET missing = excluded.missing, offers_checked_on = excluded.offers_checked_on
      WHERE (c.missing, c.offers_checked_on) IS DISTINCT FROM (excluded.missing, excluded.offers_checked_on)
$$;

CREATE UNLOGGED TABLE catalogue_incomplete (ids bigint[] NOT NULL);

CREATE FUNCTION catalogue_completeness_keep() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE stale bigint[];
BEGIN
    WITH noted AS (DELETE FROM public.catalogue_incomplete RETURNING ids)
      SELECT array_agg(DISTINCT id) INTO stale FROM noted, unnest(ids) AS id;
    IF stale IS NOT NULL THEN
        PERFORM public.catalogue_complete(stale);
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER catalogue_completeness_keep AFTER INSERT ON catalogue_incomplete
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION catalogue_completeness_keep();

CREATE FUNCTION catalogue_incomplete_note(ids bigint[]) RETURNS void LANGUAGE sql AS $$
  INSERT INTO public.catalogue_incomplete SELECT ids WHERE cardinality(ids) > 0
$$;

CREATE FUNCTION catalogue_incomplete_title_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM public.catalogue_incomplete_note((SELECT array_agg(id) FROM changed));
    RETURN NULL;
END $$;

CREATE FUNCTION catalogue_incomplete_title_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM public.catalogue_incomplete_note((SELECT array_agg(c.id) FROM changed c JOIN before b ON b.id = c.id
      WHERE (c.name, c.kind, c.year, c.synopsis, c.poster, c.runtime_minutes)
        IS DISTINCT FROM (b.name, b.kind, b.year, b.synopsis, b.poster, b.runtime_minutes)));
    RETURN NULL;
END $$;

-- rows that name their title
CREATE FUNCTION catalogue_incomplete_part_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM public.catalogue_incomplete_note((SELECT array_agg(DISTINCT title_id) FROM changed));
    RETURN NULL;
END $$;

CREATE FUNCTION catalogue_incomplete_sound_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM public.catalogue_incomplete_note((SELECT array_agg(DISTINCT r.title_id)
      FROM changed c JOIN public.catalogue_release r ON r.id = c.release_id));
    RETURN NULL;
END $$;
"""
DROP = """
DROP FUNCTION catalogue_incomplete_title_added(), catalogue_incomplete_title_changed(),
  catalogue_incomplete_part_changed(), catalogue_incomplete_sound_changed(), catalogue_incomplete_note(bigint[]),
  catalogue_completeness_keep(), catalogue_complete(bigint[]) CASCADE;
DROP TABLE catalogue_incomplete;
DROP VIEW catalogue_completeness_of;
"""
COMPLETE_WHAT_IS_THERE = "SELECT catalogue_complete(array_agg(id)) FROM catalogue_title;"

PARTS = "titlename titlelanguage titlecountry titlegenre titleidentifier credit release offer"
CHANGES = (("INSERT", "NEW"), ("UPDATE", "NEW"), ("UPDATE", "OLD"), ("DELETE", "OLD"))


def trigger(table, event, rows, function):
    """SQL of a trigger that fires once after `event` statements; `rows` are the transition tables it sees."""
    name = f"{function}_{event}_{rows.split()[0]}".lower()
    return (
        f"CREATE TRIGGER {name} AFTER {event} ON catalogue_{table} REFERENCING {rows} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {function}();"
    )


def triggers():
    yield trigger("title", "INSERT", "NEW TABLE AS changed", "catalogue_incomplete_title_added")
    both = "OLD TABLE AS before NEW TABLE AS changed"
    yield trigger("title", "UPDATE", both, "catalogue_incomplete_title_changed")
    for event, rows in CHANGES:
        changed = f"{rows} TABLE AS changed"
        yield trigger("audiotrack", event, changed, "catalogue_incomplete_sound_changed")
        yield from (trigger(table, event, changed, "catalogue_incomplete_part_changed") for table in PARTS.split())


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0013_announcing_kept")]
    operations = [
        migrations.CreateModel(
            name="CountedVisit",
            fields=[
                ("digest", models.BinaryField(max_length=16, primary_key=True, serialize=False)),
                ("day", models.DateField(db_index=True)),
                ("times", models.PositiveSmallIntegerField(default=1)),
            ],
        ),
        migrations.CreateModel(
            name="Completeness",
            fields=[
                (
                    "title",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="completeness",
                        serialize=False,
                        to="catalogue.title",
                    ),
                ),
                (
                    "missing",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20),
                        db_default=models.Value("{}"),
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "offers_checked_on",
                    models.DateField(help_text="The oldest check of its offers; year 1: one was never.", null=True),
                ),
                (
                    "asked_for",
                    models.FloatField(db_default=0, default=0, help_text="As the search ranks it; of last night."),
                ),
                (
                    "score",
                    models.GeneratedField(
                        db_persist=True, expression=score(), output_field=models.PositiveSmallIntegerField()
                    ),
                ),
                (
                    "urgency",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.F("asked_for") * (models.Value(100) - score()),
                        output_field=models.FloatField(),
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "completeness",
                "indexes": [
                    models.Index(fields=["score", "title"], name="completeness_by_score"),
                    models.Index(fields=["-urgency", "title"], name="completeness_by_urgency"),
                    models.Index(fields=["offers_checked_on", "title"], name="completeness_by_offers"),
                    django.contrib.postgres.indexes.GinIndex(fields=["missing"], name="completeness_missing"),
                ],
            },
        ),
        migrations.CreateModel(
            name="WantedSearch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("folded", models.CharField(max_length=100)),
                (
                    "typed",
                    models.CharField(help_text="As it was typed last.", max_length=100, verbose_name="searched for"),
                ),
                (
                    "visitors",
                    models.PositiveIntegerField(default=0, help_text="Counted once for each visitor and day."),
                ),
                ("last_on", models.DateField(verbose_name="last asked")),
                ("put_aside_at", models.DateTimeField(blank=True, null=True)),
                (
                    "title",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="wanted_searches",
                        to="catalogue.title",
                        verbose_name="found",
                    ),
                ),
            ],
            options={
                "verbose_name": "search in vain",
                "verbose_name_plural": "searched for, not found",
            },
        ),
        migrations.CreateModel(
            name="WantedDay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(db_index=True)),
                ("visitors", models.PositiveIntegerField()),
                (
                    "search",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="days", to="catalogue.wantedsearch"
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="wantedsearch",
            index=models.Index(
                condition=models.Q(("put_aside_at", None)), fields=["-visitors", "id"], name="wantedsearch_most"
            ),
        ),
        migrations.AddConstraint(
            model_name="wantedsearch",
            constraint=models.UniqueConstraint(
                fields=("folded",), name="wantedsearch_once", violation_error_message="These words are counted already."
            ),
        ),
        migrations.AddConstraint(
            model_name="wantedsearch",
            constraint=models.CheckConstraint(
                condition=models.Q(("folded", ""), _negated=True),
                name="wantedsearch_folded_filled",
                violation_error_message="The folded cannot be empty.",
            ),
        ),
        migrations.AddConstraint(
            model_name="wantedday",
            constraint=models.UniqueConstraint(
                fields=("search", "day"), name="wantedday_once", violation_error_message="That day is counted already."
            ),
        ),
        migrations.AddConstraint(
            model_name="wantedday",
            constraint=models.CheckConstraint(
                condition=models.Q(("visitors__gte", 1)),
                name="wantedday_visitors",
                violation_error_message="Somebody searched for it on that day.",
            ),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(fields=["sort_key", "id"], name="person_by_name"),
        ),
        migrations.RunSQL(KEEP + "\n".join(triggers()) + COMPLETE_WHAT_IS_THERE, DROP),
    ]
