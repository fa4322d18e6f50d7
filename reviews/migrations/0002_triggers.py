"""Page versions change with what readers say; every title has a score summary; nobody votes on their own review."""

from django.db import migrations

FUNCTIONS = """
CREATE FUNCTION reviews_touch_title_of_review() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM public.catalogue_touch((SELECT array_agg(DISTINCT r.title_id)
      FROM changed c JOIN public.reviews_review r ON r.id = c.review_id));
    RETURN NULL;
END $$;

-- a review shows its author: nobody changes that name until it is committed
CREATE FUNCTION reviews_author_shown() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM public.members_member WHERE id IN (SELECT author_id FROM changed) ORDER BY id FOR SHARE;
    RETURN NULL;
END $$;

-- the name a member shows, or whether the account is open
CREATE FUNCTION reviews_touch_titles_of_member() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM public.catalogue_touch((SELECT array_agg(DISTINCT title_id) FROM (
      SELECT r.title_id FROM changed c JOIN before b ON b.id = c.id JOIN public.reviews_review r ON r.author_id = c.id
      WHERE (c.shown_as, c.handle, c.is_active) IS DISTINCT FROM (b.shown_as, b.handle, b.is_active)) pages));
    RETURN NULL;
END $$;

-- every title has a summary, so nobody asks whether it is there
CREATE FUNCTION reviews_add_summaries() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO public.reviews_scoresummary (title_id, histogram, reviews, critic_reviews, fresh_reviews)
      SELECT id, array_fill(0, ARRAY[10]), 0, 0, 0 FROM changed;
    RETURN NULL;
END $$;

CREATE TRIGGER reviews_add_summaries AFTER INSERT ON catalogue_title
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION reviews_add_summaries();

INSERT INTO reviews_scoresummary (title_id, histogram, reviews, critic_reviews, fresh_reviews)
  SELECT id, array_fill(0, ARRAY[10]), 0, 0, 0 FROM catalogue_title ON CONFLICT DO NOTHING;

CREATE FUNCTION reviews_refuse_own_vote() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM public.reviews_review WHERE id = NEW.review_id AND author_id = NEW.voter_id) THEN
        RAISE EXCEPTION 'Nobody votes on their own review.'
          USING ERRCODE = 'check_violation', CONSTRAINT = 'helpfulvote_not_own', TABLE = 'reviews_helpfulvote';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER helpfulvote_not_own BEFORE INSERT OR UPDATE ON reviews_helpfulvote
  FOR EACH ROW EXECUTE FUNCTION reviews_refuse_own_vote();

CREATE TRIGGER reviews_touch_titles_of_member AFTER UPDATE ON members_member
  REFERENCING OLD TABLE AS before NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION reviews_touch_titles_of_member();
"""
DROP = """
DROP FUNCTION reviews_touch_title_of_review(), reviews_touch_titles_of_member(), reviews_refuse_own_vote(),
  reviews_add_summaries(), reviews_author_shown() CASCADE;
"""
CHANGES = (("INSERT", "NEW"), ("UPDATE", "NEW"), ("UPDATE", "OLD"), ("DELETE", "OLD"))


def trigger(table, event, rows, function):
    name = f"{function}_{event}_{rows}".lower()
    return (
        f"CREATE TRIGGER {name} AFTER {event} ON reviews_{table} REFERENCING {rows} TABLE AS changed "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {function}();"
    )


def triggers():
    for table in ("rating", "review", "criticreview", "outsidescore", "outsidereview", "scoresummary"):
        yield from (trigger(table, *change, "catalogue_touch_title") for change in CHANGES)
    yield from (trigger("helpfulvote", *change, "reviews_touch_title_of_review") for change in CHANGES)
    for event in ("INSERT", "UPDATE"):
        yield trigger("review", event, "NEW", "reviews_author_shown")
    for table in ("critic", "publication", "outsidesource"):
        yield from (trigger(table, *change, "catalogue_touch_site") for change in CHANGES[1:])


class Migration(migrations.Migration):
    dependencies = [("reviews", "0001_reviews"), ("catalogue", "0004_page_versions"), ("members", "0001_members")]
    operations = [
        migrations.RunSQL(
            FUNCTIONS + "\n".join(triggers()),
            DROP,
        )
    ]
