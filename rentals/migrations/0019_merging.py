"""Editions and discs with copies may move while titles are merged or split (rentals/merging.py), and only then.

Whoever moves them says so by a setting of the transaction, and counts the stock of the titles anew at its end. A copy
that comes in meanwhile has waited for the stock of its title: it is counted where its disc is then.
"""

from django.db import migrations

MAY = "IF current_setting('kinopost.moving', true) = 'on' THEN RETURN NULL; END IF;"
FUNCTIONS = """
CREATE OR REPLACE FUNCTION rentals_discs_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    {may}
    IF EXISTS (SELECT FROM changed c JOIN before b USING (id) JOIN public.rentals_copy k ON k.disc_id = c.id
               WHERE (c.release_id, c.number) <> (b.release_id, b.number)) THEN
        RAISE EXCEPTION 'We have copies of this disc: it keeps its release and its number.'
          USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'disc_with_copies_stays', TABLE = 'catalogue_disc';
    END IF;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION rentals_releases_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    {may}
    IF EXISTS (SELECT FROM changed c JOIN before b USING (id) JOIN public.catalogue_disc d ON d.release_id = c.id
               JOIN public.rentals_copy k ON k.disc_id = d.id WHERE c.title_id <> b.title_id) THEN
        RAISE EXCEPTION 'We have copies of this release: it stays with its title.'
          USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'release_with_copies_stays',
            TABLE = 'catalogue_release';
    END IF;
    RETURN NULL;
END $$;
"""

COPIES = """
CREATE OR REPLACE FUNCTION rentals_copies_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    discs bigint[];
    titles bigint[];
BEGIN
    IF TG_OP = 'INSERT' THEN
        discs := ARRAY(SELECT DISTINCT disc_id FROM changed);
    ELSIF TG_OP = 'UPDATE' THEN
        discs := ARRAY(SELECT disc_id FROM changed UNION SELECT disc_id FROM before);
    ELSE
        discs := ARRAY(SELECT DISTINCT disc_id FROM before);
    END IF;
    titles := public.rentals_titles_of_discs(discs);
    PERFORM public.rentals_count_shelf(titles);
    {again}
    RETURN NULL;
END $$;
"""
AGAIN = """
    IF titles IS DISTINCT FROM public.rentals_titles_of_discs(discs) THEN
        PERFORM public.rentals_count_shelf(public.rentals_titles_of_discs(discs));
    END IF;
"""


class Migration(migrations.Migration):
    dependencies = [("rentals", "0018_dashboard")]
    operations = [
        migrations.RunSQL(FUNCTIONS.format(may=MAY), FUNCTIONS.format(may="")),
        migrations.RunSQL(COPIES.format(again=AGAIN), COPIES.format(again="")),
    ]
