"""Triggers that keep every title's stock true in the transaction that changes a copy, a rental or a queue.

Each fires once per statement. It locks the stock rows it is about to change in order of title, so that two writers
cannot deadlock; what lies on the shelf is counted anew after that lock, when what others committed meanwhile is seen;
who waits and how often a title was rented are sums, so the difference is enough. Copies and rentals are counted of
first discs: a set is sent in order, so those are what a member waits for.

A page that shows a title or its card shows how long one waits and nothing else of the stock: only a change of that
touches pages. Who makes a page show a card locks the title's row (catalogue migration 0004), so this does too, after
the stock. A card also says whether its title is out on disc at all, so releases touch the pages that show it.
"""

from django.db import migrations

CREATE = """
CREATE FUNCTION rentals_lock_stock(ids bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM public.rentals_stock WHERE title_id = ANY (ids) ORDER BY title_id FOR NO KEY UPDATE;
END $$;

-- every title has a stock, so nobody asks whether it is there
CREATE FUNCTION rentals_add_stock() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO public.rentals_stock (title_id, copies, on_shelf, waiting, rentals)
      SELECT id, 0, 0, 0, 0 FROM changed;
    RETURN NULL;
END $$;

-- what we hold of these titles and what of it is in
CREATE FUNCTION rentals_count_shelf(ids bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM public.rentals_lock_stock(ids);
    UPDATE public.rentals_stock s
      SET copies = c.copies, on_shelf = c.on_shelf, held_since = c.held_since
      FROM (SELECT t.id, count(k.id) FILTER (WHERE k.withdrawn_at IS NULL AND k.missing_at IS NULL) AS copies,
          count(k.id) FILTER (WHERE k.withdrawn_at IS NULL AND k.missing_at IS NULL AND k.in_inspection_since IS NULL
            AND o.id IS NULL) AS on_shelf,
          min(k.acquired_on) AS held_since
        FROM unnest(ids) AS t(id)
        LEFT JOIN public.catalogue_release r ON r.title_id = t.id
        LEFT JOIN public.catalogue_disc d ON d.release_id = r.id AND d.number = 1
        LEFT JOIN public.rentals_copy k ON k.disc_id = d.id
        LEFT JOIN public.rentals_rental o ON o.copy_id = k.id AND o.checked_in_at IS NULL AND o.cancelled_at IS NULL
        GROUP BY t.id) c
      WHERE s.title_id = c.id
        AND (s.copies, s.on_shelf, s.held_since) IS DISTINCT FROM (c.copies, c.on_shelf, c.held_since);
END $$;

CREATE FUNCTION rentals_titles_of_discs(discs bigint[]) RETURNS bigint[] STABLE LANGUAGE sql AS $$
    SELECT array_agg(DISTINCT r.title_id) FROM public.catalogue_disc d
      JOIN public.catalogue_release r ON r.id = d.release_id WHERE d.id = ANY (discs);
$$;

CREATE FUNCTION rentals_copies_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    discs bigint[];
BEGIN
    IF TG_OP = 'INSERT' THEN
        discs := ARRAY(SELECT DISTINCT disc_id FROM changed);
    ELSIF TG_OP = 'UPDATE' THEN
        discs := ARRAY(SELECT disc_id FROM changed UNION SELECT disc_id FROM before);
    ELSE
        discs := ARRAY(SELECT DISTINCT disc_id FROM before);
    END IF;
    PERFORM public.rentals_count_shelf(public.rentals_titles_of_discs(discs));
    RETURN NULL;
END $$;

-- rentals come and go: what is in changes, and how often the title was rented
CREATE FUNCTION rentals_rentals_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    copies bigint[];
    counts int[];
BEGIN
    IF TG_OP = 'INSERT' THEN
        SELECT array_agg(copy_id), array_agg(n) INTO copies, counts FROM (
          SELECT copy_id, count(*) FILTER (WHERE cancelled_at IS NULL)::int AS n FROM changed GROUP BY copy_id) c;
    ELSIF TG_OP = 'UPDATE' THEN
        SELECT array_agg(copy_id), array_agg(n) INTO copies, counts FROM (
          SELECT copy_id, sum(n)::int AS n FROM (
            SELECT copy_id, CASE WHEN cancelled_at IS NULL THEN 1 ELSE 0 END AS n FROM changed
            UNION ALL SELECT copy_id, CASE WHEN cancelled_at IS NULL THEN -1 ELSE 0 END FROM before) b
          GROUP BY copy_id) c;
    ELSE
        SELECT array_agg(copy_id), array_agg(n) INTO copies, counts FROM (
          SELECT copy_id, -count(*) FILTER (WHERE cancelled_at IS NULL)::int AS n FROM before GROUP BY copy_id) c;
    END IF;
    PERFORM public.rentals_count_shelf(public.rentals_titles_of_discs(
      ARRAY(SELECT disc_id FROM public.rentals_copy WHERE id = ANY (copies))));
    UPDATE public.rentals_stock s SET rentals = s.rentals + n.n
      FROM (SELECT r.title_id, sum(c.n)::int AS n
        FROM unnest(copies, counts) AS c(copy_id, n)
        JOIN public.rentals_copy k ON k.id = c.copy_id
        JOIN public.catalogue_disc d ON d.id = k.disc_id AND d.number = 1
        JOIN public.catalogue_release r ON r.id = d.release_id
        GROUP BY r.title_id HAVING sum(c.n) <> 0) n
      WHERE s.title_id = n.title_id;
    RETURN NULL;
END $$;

-- requests come and go; moving one within a queue changes nobody's wait here
CREATE FUNCTION rentals_queues_changed() RETURNS trigger LANGUAGE plpgsql AS $$
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

-- what is written on a copy's disc stays true: it is the same disc of the same release of the same title
CREATE FUNCTION rentals_discs_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM changed c JOIN before b USING (id) JOIN public.rentals_copy k ON k.disc_id = c.id
               WHERE (c.release_id, c.number) <> (b.release_id, b.number)) THEN
        RAISE EXCEPTION 'We have copies of this disc: it keeps its release and its number.'
          USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'disc_with_copies_stays', TABLE = 'catalogue_disc';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION rentals_releases_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM changed c JOIN before b USING (id) JOIN public.catalogue_disc d ON d.release_id = c.id
               JOIN public.rentals_copy k ON k.disc_id = d.id WHERE c.title_id <> b.title_id) THEN
        RAISE EXCEPTION 'We have copies of this release: it stays with its title.'
          USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'release_with_copies_stays',
            TABLE = 'catalogue_release';
    END IF;
    RETURN NULL;
END $$;

-- how long one waits is on the title's page, and on every page that shows its card
CREATE FUNCTION rentals_wait_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    ids bigint[];
BEGIN
    SELECT array_agg(c.title_id) INTO ids FROM changed c JOIN before b USING (title_id)
      WHERE c.wait_days IS DISTINCT FROM b.wait_days;
    IF ids IS NOT NULL THEN
        PERFORM 1 FROM public.catalogue_title WHERE id = ANY (ids) ORDER BY id FOR NO KEY UPDATE;
        PERFORM public.catalogue_touch((SELECT array_agg(id) FROM (
          SELECT unnest(ids) AS id
          UNION SELECT title_id FROM public.catalogue_similartitle WHERE other_id = ANY (ids)) pages));
        IF EXISTS (SELECT FROM public.catalogue_populartitle WHERE title_id = ANY (ids)) THEN
            UPDATE public.catalogue_siteversion SET version = pg_current_xact_id()::text::bigint
              WHERE version <> pg_current_xact_id()::text::bigint;
        END IF;
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER rentals_add_stock AFTER INSERT ON catalogue_title
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION rentals_add_stock();
CREATE TRIGGER rentals_wait_changed AFTER UPDATE ON rentals_stock
  REFERENCING OLD TABLE AS before NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION rentals_wait_changed();
CREATE TRIGGER rentals_discs_moved AFTER UPDATE ON catalogue_disc
  REFERENCING OLD TABLE AS before NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION rentals_discs_moved();
CREATE TRIGGER rentals_releases_moved AFTER UPDATE ON catalogue_release
  REFERENCING OLD TABLE AS before NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION rentals_releases_moved();

INSERT INTO rentals_stock (title_id, copies, on_shelf, waiting, rentals)
  SELECT id, 0, 0, 0, 0 FROM catalogue_title ON CONFLICT DO NOTHING;
"""
DROP = """
DROP FUNCTION rentals_lock_stock(bigint[]), rentals_count_shelf(bigint[]), rentals_titles_of_discs(bigint[]),
  rentals_add_stock(), rentals_copies_changed(), rentals_rentals_changed(), rentals_queues_changed(),
  rentals_discs_moved(), rentals_releases_moved(), rentals_wait_changed() CASCADE;
DROP TRIGGER rentals_card_changed_insert_new ON catalogue_release;
DROP TRIGGER rentals_card_changed_update_new ON catalogue_release;
DROP TRIGGER rentals_card_changed_update_old ON catalogue_release;
DROP TRIGGER rentals_card_changed_delete_old ON catalogue_release;
"""
TABLES = {
    "INSERT": "NEW TABLE AS changed",
    "UPDATE": "OLD TABLE AS before NEW TABLE AS changed",
    "DELETE": "OLD TABLE AS before",
}
OF_RELEASES = (("INSERT", "NEW"), ("UPDATE", "NEW"), ("UPDATE", "OLD"), ("DELETE", "OLD"))


def triggers():
    for table, function in (
        ("copy", "rentals_copies_changed"),
        ("rental", "rentals_rentals_changed"),
        ("queueentry", "rentals_queues_changed"),
    ):
        for event, tables in TABLES.items():
            yield (
                f"CREATE TRIGGER {function}_{event.lower()} AFTER {event} ON rentals_{table} REFERENCING {tables} "
                f"FOR EACH STATEMENT EXECUTE FUNCTION {function}();"
            )
    for event, rows in OF_RELEASES:
        yield (
            f"CREATE TRIGGER rentals_card_changed_{event}_{rows} AFTER {event} ON catalogue_release "
            f"REFERENCING {rows} TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION catalogue_card_changed();"
        )


class Migration(migrations.Migration):
    dependencies = [("rentals", "0003_stock_and_queue"), ("catalogue", "0004_page_versions")]
    operations = [migrations.RunSQL(CREATE + "\n".join(triggers()), DROP)]
