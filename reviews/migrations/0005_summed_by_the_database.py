"""Triggers that keep true what is summed up of ratings, reviews, votes and critics.

Each fires once per statement and changes a sum by the difference, so that a rating of a popular title costs what any
costs, and two at once wait for each other from the change to the commit and no longer. A bulk write, an import or the
admin cannot forget it.

All who write sums lock in one order, and so nobody waits in a ring: the member's row, or those of several by key; then
the titles, by key. A title's lock is the row of its page version, which every one of these changes writes anyhow: no
standing or summary is written by somebody who does not hold it, nor is a page touched before it is held. Who deletes
what others say (a review with its votes) or votes holds the title before the rows, by `reviews_lock_titles`.

Whether a member is heard (open account, no ban) is written into each rating and vote (`counts`) and each standing
(`shown`). Who writes one holds the member's row, and so does who closes or bans the account: neither overlooks the
other.
"""

from django.db import migrations

HEARD = """
CREATE FUNCTION reviews_heard(who bigint) RETURNS boolean STABLE LANGUAGE sql AS $$
    SELECT m.is_active AND NOT EXISTS (SELECT FROM public.reviews_ban b WHERE b.member_id = m.id)
    FROM public.members_member m WHERE m.id = who;
$$;

CREATE FUNCTION reviews_vote_counts(who bigint, review bigint) RETURNS boolean STABLE LANGUAGE sql AS $$
    SELECT public.reviews_heard(who) AND NOT EXISTS (SELECT FROM public.reviews_votehold h
      JOIN public.reviews_review v ON v.author_id = h.author_id WHERE h.voter_id = who AND v.id = review);
$$;

CREATE FUNCTION reviews_rating_given() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM public.members_member WHERE id = NEW.member_id FOR NO KEY UPDATE;
    IF public.catalogue_first_day(NEW.title_id) > NEW.rated_on::text COLLATE "C" THEN
        RAISE EXCEPTION 'It is not out yet, so nobody can rate it.'
          USING ERRCODE = 'check_violation', CONSTRAINT = 'rating_not_before_release', TABLE = 'reviews_rating';
    END IF;
    NEW.counts := public.reviews_heard(NEW.member_id);
    RETURN NEW;
END $$;

CREATE FUNCTION reviews_review_given() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM public.members_member WHERE id = NEW.author_id FOR NO KEY UPDATE;
    RETURN NEW;
END $$;

CREATE FUNCTION reviews_vote_given() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM public.members_member WHERE id = NEW.voter_id FOR NO KEY UPDATE;
    NEW.counts := public.reviews_vote_counts(NEW.voter_id, NEW.review_id);
    RETURN NEW;
END $$;

CREATE TRIGGER reviews_rating_given BEFORE INSERT ON reviews_rating
  FOR EACH ROW EXECUTE FUNCTION reviews_rating_given();
CREATE TRIGGER reviews_review_given BEFORE INSERT ON reviews_review
  FOR EACH ROW EXECUTE FUNCTION reviews_review_given();
CREATE TRIGGER reviews_vote_given BEFORE INSERT ON reviews_helpfulvote
  FOR EACH ROW EXECUTE FUNCTION reviews_vote_given();
"""

STANDINGS = """
-- all sums of these titles, in the order that all keep
CREATE FUNCTION reviews_lock_titles(ids bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM public.catalogue_pageversion WHERE title_id = ANY (ids) ORDER BY title_id FOR NO KEY UPDATE;
END $$;

-- all that a standing says, but its votes, anew from the rows
CREATE FUNCTION reviews_restand(ids bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM public.reviews_lock_titles(ARRAY(SELECT title_id FROM public.reviews_review WHERE id = ANY (ids)
      UNION SELECT title_id FROM public.reviews_reviewstanding WHERE review_id = ANY (ids)));
    UPDATE public.reviews_reviewstanding s SET title_id = n.title_id, author_id = n.author_id,
        written_on = n.written_on, shown = n.shown, verified = n.verified, half_stars = n.half_stars
      FROM (SELECT v.id, v.title_id, v.author_id, v.written_on,
          v.withheld_by_id IS NULL AND public.reviews_heard(v.author_id) AS shown, v.verified, r.half_stars
        FROM public.reviews_review v
        LEFT JOIN public.reviews_rating r ON (r.title_id, r.member_id) = (v.title_id, v.author_id)
        WHERE v.id = ANY (ids)) n
      WHERE s.review_id = n.id
        AND (s.title_id, s.author_id, s.written_on, s.shown, s.verified, s.half_stars)
          IS DISTINCT FROM (n.title_id, n.author_id, n.written_on, n.shown, n.verified, n.half_stars);
END $$;

CREATE FUNCTION reviews_reviews_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM public.reviews_lock_titles(ARRAY(SELECT title_id FROM added));
    INSERT INTO public.reviews_reviewstanding
        (review_id, title_id, author_id, written_on, shown, verified, half_stars, helpful_votes, all_votes)
      SELECT v.id, v.title_id, v.author_id, v.written_on,
        v.withheld_by_id IS NULL AND public.reviews_heard(v.author_id), v.verified, r.half_stars, 0, 0
      FROM added v LEFT JOIN public.reviews_rating r ON (r.title_id, r.member_id) = (v.title_id, v.author_id);
    RETURN NULL;
END $$;

CREATE FUNCTION reviews_reviews_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM public.reviews_restand(ARRAY(SELECT id FROM added));
    RETURN NULL;
END $$;

CREATE TRIGGER reviews_reviews_added AFTER INSERT ON reviews_review
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION reviews_reviews_added();
CREATE TRIGGER reviews_reviews_changed AFTER UPDATE ON reviews_review
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION reviews_reviews_changed();

-- a member is heard again, or not any more
CREATE FUNCTION reviews_hear(who bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    heard boolean := public.reviews_heard(who);
    own bigint[] := ARRAY(SELECT id FROM public.reviews_review WHERE author_id = who);
BEGIN
    PERFORM public.reviews_lock_titles(ARRAY(SELECT title_id FROM public.reviews_rating WHERE member_id = who
      UNION SELECT title_id FROM public.reviews_review WHERE author_id = who
      UNION SELECT v.title_id FROM public.reviews_review v
        JOIN public.reviews_helpfulvote h ON h.review_id = v.id WHERE h.voter_id = who));
    PERFORM public.reviews_restand(own);
    UPDATE public.reviews_rating SET counts = heard WHERE member_id = who AND counts <> heard;
    UPDATE public.reviews_helpfulvote v SET counts = public.reviews_vote_counts(who, v.review_id)
      WHERE v.voter_id = who AND v.counts <> public.reviews_vote_counts(who, v.review_id);
END $$;

CREATE FUNCTION reviews_account_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM public.reviews_hear(NEW.id);
    RETURN NULL;
END $$;

CREATE FUNCTION reviews_ban_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    who bigint := coalesce(NEW.member_id, OLD.member_id);
BEGIN
    PERFORM 1 FROM public.members_member WHERE id = who FOR NO KEY UPDATE;
    PERFORM public.reviews_hear(who);
    RETURN NULL;
END $$;

CREATE FUNCTION reviews_votehold_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    who bigint := coalesce(NEW.voter_id, OLD.voter_id);
BEGIN
    PERFORM 1 FROM public.members_member WHERE id = who FOR NO KEY UPDATE;
    PERFORM public.reviews_hear(who);
    RETURN NULL;
END $$;

CREATE TRIGGER reviews_account_changed AFTER UPDATE OF is_active ON members_member
  FOR EACH ROW WHEN (OLD.is_active <> NEW.is_active) EXECUTE FUNCTION reviews_account_changed();
CREATE TRIGGER reviews_ban_changed AFTER INSERT OR DELETE ON reviews_ban
  FOR EACH ROW EXECUTE FUNCTION reviews_ban_changed();
CREATE TRIGGER reviews_votehold_changed AFTER INSERT OR DELETE ON reviews_votehold
  FOR EACH ROW EXECUTE FUNCTION reviews_votehold_changed();
"""

# What a statement changed, row by row: +1 for what is there now, -1 for what was there before.
DIFFERENCES = {
    "INSERT": "SELECT {now}, 1 AS n FROM added c",
    "DELETE": "SELECT {before}, -1 AS n FROM gone c",
    "UPDATE": (
        "SELECT {now}, 1 AS n FROM added c JOIN gone b ON b.{key} = c.{key} "
        "WHERE ({all_now}) IS DISTINCT FROM ({all_before}) "
        "UNION ALL SELECT {before}, -1 AS n FROM gone c JOIN added b ON b.{key} = c.{key} "
        "WHERE ({all_now}) IS DISTINCT FROM ({all_before})"
    ),
}
TABLES = {
    "INSERT": "REFERENCING NEW TABLE AS added",
    "DELETE": "REFERENCING OLD TABLE AS gone",
    "UPDATE": "REFERENCING NEW TABLE AS added OLD TABLE AS gone",
}


def difference(event, key, columns):
    """SQL of the rows of `columns`, and n, that a statement of kind `event` changed."""
    words = {
        "key": key,
        "now": ", ".join(f"c.{name}" for name in columns),
        "before": ", ".join(f"c.{name}" for name in columns),
        "all_now": ", ".join(f"c.{name}" for name in columns),
        "all_before": ", ".join(f"b.{name}" for name in columns),
    }
    return DIFFERENCES[event].format(**words)


def summing(table, name, event, body):
    """A function and the trigger that calls it after statements of kind `event` on `table`."""
    name = f"reviews_{name}_{event}".lower()
    return f"""
CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
{body}
    RETURN NULL;
END $$;
CREATE TRIGGER {name} AFTER {event} ON reviews_{table} {TABLES[event]}
  FOR EACH STATEMENT EXECUTE FUNCTION {name}();
"""


def _plus(histogram, prefix):
    return "ARRAY[" + ", ".join(f"s.{histogram}[{n}] + d.{prefix}{n}" for n in range(1, 11)) + "]"


def _by_star(prefix, condition):
    return ", ".join(
        f"coalesce(sum(n) FILTER (WHERE half_stars = {n}{condition}), 0)::int AS {prefix}{n}" for n in range(1, 11)
    )


def ratings(event):
    rows = difference(event, "id", ["title_id", "member_id", "half_stars", "verified", "counts"])
    return summing(
        "rating",
        "sum_ratings",
        event,
        f"""    PERFORM public.reviews_lock_titles(ARRAY(SELECT title_id FROM ({rows}) d));
    PERFORM public.reviews_restand(ARRAY(SELECT DISTINCT v.id FROM public.reviews_review v
      JOIN ({rows}) d ON (d.title_id, d.member_id) = (v.title_id, v.author_id)));
    UPDATE public.reviews_scoresummary s
      SET histogram = {_plus("histogram", "all")}, verified_histogram = {_plus("verified_histogram", "verified")}
      FROM (SELECT title_id, {_by_star("all", "")}, {_by_star("verified", " AND verified")}
        FROM ({rows}) d WHERE counts GROUP BY title_id) d
      WHERE s.title_id = d.title_id;""",
    )


def votes(event):
    rows = difference(event, "id", ["review_id", "helpful", "counts"])
    return summing(
        "helpfulvote",
        "sum_votes",
        event,
        f"""    PERFORM public.reviews_lock_titles(ARRAY(SELECT v.title_id FROM ({rows}) d
      JOIN public.reviews_review v ON v.id = d.review_id WHERE d.counts));
    UPDATE public.reviews_reviewstanding s
      SET helpful_votes = s.helpful_votes + d.helpful, all_votes = s.all_votes + d.votes
      FROM (SELECT review_id, coalesce(sum(n) FILTER (WHERE helpful), 0)::int AS helpful, sum(n)::int AS votes
        FROM ({rows}) d WHERE counts GROUP BY review_id) d
      WHERE s.review_id = d.review_id AND (d.helpful, d.votes) <> (0, 0);""",
    )


def reviews(event):
    rows = difference(event, "review_id", ["title_id", "shown"])
    return summing(
        "reviewstanding",
        "sum_reviews",
        event,
        f"""    PERFORM public.reviews_lock_titles(ARRAY(SELECT title_id FROM ({rows}) d WHERE shown));
    UPDATE public.reviews_scoresummary s SET reviews = s.reviews + d.reviews
      FROM (SELECT title_id, sum(n)::int AS reviews FROM ({rows}) d WHERE shown GROUP BY title_id) d
      WHERE s.title_id = d.title_id AND d.reviews <> 0;""",
    )


def critics(event):
    rows = difference(event, "id", ["title_id", "critic_id", "fresh"])
    return summing(
        "criticreview",
        "sum_critics",
        event,
        f"""    PERFORM 1 FROM public.reviews_critic WHERE id IN (SELECT critic_id FROM ({rows}) d) ORDER BY id FOR SHARE;
    PERFORM public.reviews_lock_titles(ARRAY(SELECT title_id FROM ({rows}) d));
    UPDATE public.reviews_scoresummary s SET critic_reviews = s.critic_reviews + d.reviews,
        fresh_reviews = s.fresh_reviews + d.fresh, top_critic_reviews = s.top_critic_reviews + d.top
      FROM (SELECT title_id, sum(n)::int AS reviews, coalesce(sum(n) FILTER (WHERE fresh), 0)::int AS fresh,
          coalesce(sum(n) FILTER (WHERE k.is_top), 0)::int AS top
        FROM ({rows}) d JOIN public.reviews_critic k ON k.id = d.critic_id GROUP BY title_id) d
      WHERE s.title_id = d.title_id AND (d.reviews, d.fresh, d.top) <> (0, 0, 0);""",
    )


TOP_CRITICS = """
CREATE FUNCTION reviews_top_critic_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM public.reviews_lock_titles(
      ARRAY(SELECT title_id FROM public.reviews_criticreview WHERE critic_id = NEW.id));
    UPDATE public.reviews_scoresummary s
      SET top_critic_reviews = s.top_critic_reviews + CASE WHEN NEW.is_top THEN d.reviews ELSE -d.reviews END
      FROM (SELECT title_id, count(*)::int AS reviews FROM public.reviews_criticreview
        WHERE critic_id = NEW.id GROUP BY title_id) d
      WHERE s.title_id = d.title_id;
    RETURN NULL;
END $$;
CREATE TRIGGER reviews_top_critic_changed AFTER UPDATE OF is_top ON reviews_critic
  FOR EACH ROW WHEN (OLD.is_top <> NEW.is_top) EXECUTE FUNCTION reviews_top_critic_changed();
"""

SUMMARIES = """
CREATE OR REPLACE FUNCTION reviews_add_summaries() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO public.reviews_scoresummary (title_id, histogram, verified_histogram, reviews, critic_reviews,
        fresh_reviews, top_critic_reviews)
      SELECT id, array_fill(0, ARRAY[10]), array_fill(0, ARRAY[10]), 0, 0, 0, 0 FROM changed;
    RETURN NULL;
END $$;
"""

CHANGES = (("insert", "new"), ("update", "new"), ("update", "old"), ("delete", "old"))


def touching_last():
    """Pages are touched after the sums; where a sum is on the page, by the sum alone."""
    for event, rows in CHANGES:
        yield f"DROP TRIGGER catalogue_touch_title_{event}_{rows} ON reviews_rating;"
        yield f"DROP TRIGGER reviews_touch_title_of_review_{event}_{rows} ON reviews_helpfulvote;"
        for table in ("review", "criticreview"):
            name = f"catalogue_touch_title_{event}_{rows}"
            yield f"ALTER TRIGGER {name} ON reviews_{table} RENAME TO touch_{name};"
        for table in ("reviewstanding", "wanttosee"):
            yield (
                f"CREATE TRIGGER touch_catalogue_touch_title_{event}_{rows} AFTER {event.upper()} "
                f"ON reviews_{table} REFERENCING {rows.upper()} TABLE AS changed "
                "FOR EACH STATEMENT EXECUTE FUNCTION catalogue_touch_title();"
            )
    yield "DROP FUNCTION reviews_touch_title_of_review();"
    yield "DROP FUNCTION reviews_author_shown() CASCADE;"


REPLY = """
CREATE FUNCTION reviews_touch_title_of_reply() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM public.catalogue_touch((SELECT array_agg(DISTINCT r.title_id)
      FROM changed c JOIN public.reviews_review r ON r.id = c.review_id));
    RETURN NULL;
END $$;
"""


def replies():
    yield REPLY
    for event, rows in CHANGES:
        yield (
            f"CREATE TRIGGER reviews_touch_title_of_reply_{event}_{rows} AFTER {event.upper()} "
            f"ON reviews_staffreply REFERENCING {rows.upper()} TABLE AS changed "
            "FOR EACH STATEMENT EXECUTE FUNCTION reviews_touch_title_of_reply();"
        )


def statements():
    yield from (HEARD, STANDINGS)
    for event in DIFFERENCES:
        yield from (ratings(event), votes(event), reviews(event), critics(event))
    yield from (TOP_CRITICS, SUMMARIES)
    yield from touching_last()
    yield from replies()


ANEW = """
UPDATE reviews_rating SET counts = false WHERE NOT reviews_heard(member_id);
UPDATE reviews_helpfulvote SET counts = false WHERE NOT reviews_heard(voter_id);
INSERT INTO reviews_reviewstanding
    (review_id, title_id, author_id, written_on, shown, verified, half_stars, helpful_votes, all_votes)
  SELECT v.id, v.title_id, v.author_id, v.written_on, reviews_heard(v.author_id), v.verified, r.half_stars,
    (SELECT count(*) FROM reviews_helpfulvote h WHERE h.review_id = v.id AND h.counts AND h.helpful),
    (SELECT count(*) FROM reviews_helpfulvote h WHERE h.review_id = v.id AND h.counts)
  FROM reviews_review v LEFT JOIN reviews_rating r ON (r.title_id, r.member_id) = (v.title_id, v.author_id);
UPDATE reviews_scoresummary s SET
  reviews = (SELECT count(*) FROM reviews_reviewstanding v WHERE v.title_id = s.title_id AND v.shown),
  top_critic_reviews = (SELECT count(*) FROM reviews_criticreview c JOIN reviews_critic k ON k.id = c.critic_id
    WHERE c.title_id = s.title_id AND k.is_top);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("reviews", "0004_what_members_say"),
        ("catalogue", "0010_first_day"),
        ("members", "0002_accounts"),
    ]
    operations = [
        # What is there already is summed before the triggers are: they would count it twice.
        migrations.RunSQL(HEARD_FIRST := HEARD.split("CREATE FUNCTION reviews_rating_given")[0]),
        migrations.RunSQL(ANEW),
        migrations.RunSQL(HEARD.removeprefix(HEARD_FIRST) + "\n".join(list(statements())[1:])),
    ]
