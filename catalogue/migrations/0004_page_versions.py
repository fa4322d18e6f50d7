"""Triggers that note, in the transaction of the change, which titles' pages show something else now.

`catalogue_touch(ids)` writes the running transaction's number into the titles' page versions: once per title and
transaction, in order of id so that two writers cannot deadlock. `catalogue_touch_site()` does so for what all pages
share. All triggers fire once per statement and see its rows as the table `changed`.

Who makes a page show a row of another table (a credit, a card) locks that row, and so does who changes it: the second
waits for the first to commit, and then sees whose pages it changes. Without that, both would overlook each other.
"""

from django.db import migrations

TOUCH = """
CREATE FUNCTION catalogue_touch(ids bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM public.catalogue_pageversion
      WHERE title_id = ANY (ids) AND version <> pg_current_xact_id()::text::bigint
      ORDER BY title_id FOR NO KEY UPDATE;
    UPDATE public.catalogue_pageversion SET version = pg_current_xact_id()::text::bigint
      WHERE title_id = ANY (ids) AND version <> pg_current_xact_id()::text::bigint;
END $$;

CREATE FUNCTION catalogue_touch_site() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM changed) THEN
        UPDATE public.catalogue_siteversion SET version = pg_current_xact_id()::text::bigint
          WHERE version <> pg_current_xact_id()::text::bigint;
    END IF;
    RETURN NULL;
END $$;

INSERT INTO catalogue_siteversion (id, version) VALUES (1, 0);

-- rows that name their title
CREATE FUNCTION catalogue_touch_title() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM public.catalogue_touch((SELECT array_agg(DISTINCT title_id) FROM changed));
    RETURN NULL;
END $$;

-- rows that name their release
CREATE FUNCTION catalogue_touch_title_of_release() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM public.catalogue_touch((SELECT array_agg(DISTINCT r.title_id)
      FROM changed c JOIN public.catalogue_release r ON r.id = c.release_id));
    RETURN NULL;
END $$;

CREATE FUNCTION catalogue_touch_title_of_extra() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM public.catalogue_touch((SELECT array_agg(DISTINCT r.title_id)
      FROM changed c JOIN public.catalogue_extra e ON e.id = c.extra_id
      JOIN public.catalogue_release r ON r.id = e.release_id));
    RETURN NULL;
END $$;

-- a new title gets its version; a changed one changes its own page and the pages that show its card
CREATE FUNCTION catalogue_title_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO public.catalogue_pageversion (title_id, version)
      SELECT id, pg_current_xact_id()::text::bigint FROM changed;
    RETURN NULL;
END $$;

CREATE FUNCTION catalogue_title_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM public.catalogue_touch((SELECT array_agg(id) FROM (
      SELECT id FROM changed
      UNION SELECT s.title_id FROM changed c JOIN public.catalogue_similartitle s ON s.other_id = c.id) pages));
    IF EXISTS (SELECT FROM changed c JOIN public.catalogue_populartitle p ON p.title_id = c.id) THEN
        UPDATE public.catalogue_siteversion SET version = pg_current_xact_id()::text::bigint;
    END IF;
    RETURN NULL;
END $$;

-- a card is shown: nobody changes what is on it until this is committed
CREATE FUNCTION catalogue_similar_shown() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM public.catalogue_title WHERE id IN (SELECT other_id FROM changed) ORDER BY id FOR SHARE;
    RETURN NULL;
END $$;

CREATE FUNCTION catalogue_popular_shown() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM public.catalogue_title WHERE id IN (SELECT title_id FROM changed) ORDER BY id FOR SHARE;
    RETURN NULL;
END $$;

-- countries and genres choose a card's drawn cover
CREATE FUNCTION catalogue_card_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM public.catalogue_title WHERE id IN (SELECT title_id FROM changed) ORDER BY id FOR NO KEY UPDATE;
    PERFORM public.catalogue_touch((SELECT array_agg(DISTINCT s.title_id)
      FROM changed c JOIN public.catalogue_similartitle s ON s.other_id = c.title_id));
    IF EXISTS (SELECT FROM changed c JOIN public.catalogue_populartitle p ON p.title_id = c.title_id) THEN
        UPDATE public.catalogue_siteversion SET version = pg_current_xact_id()::text::bigint;
    END IF;
    RETURN NULL;
END $$;

-- a person's name, address or right to a page
CREATE FUNCTION catalogue_person_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM public.catalogue_touch((SELECT array_agg(title_id) FROM (
      SELECT k.title_id FROM changed c JOIN public.catalogue_credit k ON k.person_id = c.id
      UNION SELECT r.title_id FROM changed c JOIN public.catalogue_extraperson p ON p.person_id = c.id
        JOIN public.catalogue_extra e ON e.id = p.extra_id
        JOIN public.catalogue_release r ON r.id = e.release_id) pages));
    RETURN NULL;
END $$;

-- a second credit gives a person a page, and the loss of it takes it away: on every title that names them
CREATE FUNCTION catalogue_credits_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM public.catalogue_person WHERE id IN (SELECT person_id FROM changed)
      ORDER BY id FOR NO KEY UPDATE;
    PERFORM public.catalogue_touch((SELECT array_agg(DISTINCT title_id) FROM public.catalogue_credit
      WHERE person_id = ANY (ARRAY(SELECT c.person_id
        FROM (SELECT person_id, count(*) AS n FROM changed GROUP BY person_id) c
        CROSS JOIN LATERAL (SELECT count(*) AS n FROM (SELECT FROM public.catalogue_credit
          WHERE person_id = c.person_id LIMIT c.n + 2) few) now
        WHERE now.n >= 2 AND now.n - c.n < 2))));
    RETURN NULL;
END $$;

CREATE FUNCTION catalogue_credits_removed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM public.catalogue_person WHERE id IN (SELECT person_id FROM changed)
      ORDER BY id FOR NO KEY UPDATE;
    PERFORM public.catalogue_touch((SELECT array_agg(DISTINCT title_id) FROM public.catalogue_credit
      WHERE person_id = ANY (ARRAY(SELECT c.person_id
        FROM (SELECT person_id, count(*) AS n FROM changed GROUP BY person_id) c
        CROSS JOIN LATERAL (SELECT count(*) AS n FROM (SELECT FROM public.catalogue_credit
          WHERE person_id = c.person_id LIMIT 2) few) now
        WHERE now.n < 2 AND now.n + c.n >= 2))));
    RETURN NULL;
END $$;

-- a credit given to another person: on every title that names either
CREATE FUNCTION catalogue_credits_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM public.catalogue_person
      WHERE id IN (SELECT person_id FROM changed UNION SELECT person_id FROM before) ORDER BY id FOR NO KEY UPDATE;
    PERFORM public.catalogue_touch((SELECT array_agg(DISTINCT k.title_id)
      FROM changed c JOIN before b ON b.id = c.id
      JOIN public.catalogue_credit k ON k.person_id = ANY (ARRAY[c.person_id, b.person_id])
      WHERE c.person_id <> b.person_id));
    RETURN NULL;
END $$;

CREATE TRIGGER catalogue_credits_moved AFTER UPDATE ON catalogue_credit
  REFERENCING OLD TABLE AS before NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION catalogue_credits_moved();
"""
DROP = """
DROP FUNCTION catalogue_touch(bigint[]), catalogue_touch_site(), catalogue_touch_title(),
  catalogue_touch_title_of_release(), catalogue_touch_title_of_extra(), catalogue_title_added(),
  catalogue_title_changed(), catalogue_card_changed(), catalogue_person_changed(), catalogue_credits_added(),
  catalogue_credits_removed(), catalogue_credits_moved(), catalogue_similar_shown(), catalogue_popular_shown() CASCADE;
DELETE FROM catalogue_siteversion;
"""

OF_TITLE = (
    "titlename titleidentifier titlelanguage titlecountry titlegenre titlecollection titlecompany credit award "
    "releaseevent boxoffice offer similartitle release"
)
OF_RELEASE = "aspectratio audiotrack subtitletrack disc extra"
SHARED = "genre collection company awardbody provider certificate country language"
CHANGES = (("INSERT", "NEW"), ("UPDATE", "NEW"), ("UPDATE", "OLD"), ("DELETE", "OLD"))


def trigger(table, event, rows, function):
    """SQL of a trigger that fires once after `event` statements; `rows` NEW or OLD is what `changed` holds."""
    name = f"{function}_{event}_{rows}".lower()
    return (
        f"CREATE TRIGGER {name} AFTER {event} ON catalogue_{table} REFERENCING {rows} TABLE AS changed "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {function}();"
    )


def triggers():
    for tables, function in (
        (OF_TITLE, "catalogue_touch_title"),
        (OF_RELEASE, "catalogue_touch_title_of_release"),
        ("extraperson", "catalogue_touch_title_of_extra"),
        ("titlecountry titlegenre", "catalogue_card_changed"),
        ("populartitle", "catalogue_touch_site"),
    ):
        yield from (trigger(table, *change, function) for table in tables.split() for change in CHANGES)
    for table in SHARED.split():
        yield from (trigger(table, *change, "catalogue_touch_site") for change in CHANGES[1:])
    for event in ("INSERT", "UPDATE"):
        yield trigger("similartitle", event, "NEW", "catalogue_similar_shown")
        yield trigger("populartitle", event, "NEW", "catalogue_popular_shown")
    yield trigger("title", "INSERT", "NEW", "catalogue_title_added")
    yield trigger("title", "UPDATE", "NEW", "catalogue_title_changed")
    yield trigger("person", "UPDATE", "NEW", "catalogue_person_changed")
    yield trigger("credit", "INSERT", "NEW", "catalogue_credits_added")
    yield trigger("credit", "DELETE", "OLD", "catalogue_credits_removed")


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0003_languages_and_countries")]
    operations = [migrations.RunSQL(TOUCH + "\n".join(triggers()), DROP)]
