"""Reviews by the million for `bin/bench reviews`, in a database that `make_big` has filled with titles.

    python -m bench.fill_reviews REVIEWS OF_ONE

Rows go in with triggers off, by a few statements; the sums are then made anew from them, as `rebuild` does. The first
title that is out and has releases has OF_ONE reviews, the next twenty have three each, the others what Zipf's law gives
them. Reviews of one title lie apart in the table, as they do when they come in over years. Every third member lets
others compare their taste.
"""

import os
import sys
from contextlib import contextmanager
from math import ceil

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.db import connection  # noqa: E402

from members.models import Member  # noqa: E402
from reviews.models import HelpfulVote, Rating, Review, ReviewStanding, ScoreSummary  # noqa: E402

MEMBERS = 200_000
RATINGS = 100_000  # of the title with many reviews
AT_ONCE = 250_000  # standings made by one statement
FEW, WITH_FEW = 3, 20  # reviews, titles
PLACES = """
CREATE TEMP TABLE place AS
SELECT id AS title_id, row_number() OVER (ORDER BY id NOT IN (SELECT title_id FROM catalogue_release), id) AS place
FROM catalogue_title WHERE coalesce(catalogue_first_day(id) <= '2020', true) AND year < 2020;
CREATE TEMP TABLE share AS
SELECT title_id, place, CASE WHEN place = 1 THEN %(of_one)s WHEN place <= 1 + %(with_few)s THEN %(few)s
  ELSE least(ceil((%(reviews)s - %(of_one)s) * (place + 60) ^ -0.8 / sum((place + 60) ^ -0.8) OVER w), %(of_one)s)
  END::int AS reviews
FROM place WINDOW w AS (PARTITION BY place > 1 + %(with_few)s);
"""
# A member writes once of a title: from a place of the title's own every seventh member, and 7 divides no 200,000.
SAID = """
CREATE TEMP TABLE said AS
SELECT title_id, place, (SELECT min(id) FROM members_member) + (place * 7919 + n * 7) %% %(members)s AS author_id,
  n, hashint8(place * 1000003 + n) AS chance
FROM share, generate_series(1, reviews) AS n ORDER BY hashint8(place * 1000003 + n)
"""
WORDS = """
INSERT INTO reviews_review (title_id, author_id, headline, body, contains_spoilers, written_on, verified)
SELECT title_id, author_id, 'What I think of it, ' || to_hex(chance),
  repeat('It is long, and I did not once look at my watch. ', 2 + abs(chance %% 9)) || to_hex(chance) || E'.\\n\\n'
  || repeat('Her face in the crowd is what I go back for. ', abs(chance %% 7)) || 'See it.',
  chance %% 12 = 0, date '2010-01-01' + abs(chance %% 5600), chance %% 5 < 2
FROM said
"""
STARS = """
INSERT INTO reviews_rating (title_id, member_id, half_stars, rated_on, verified, counts)
SELECT title_id, author_id, 1 + abs(chance %% 10), date '2010-01-01' + abs(chance %% 5600), chance %% 5 < 2, true
FROM said WHERE chance %% 10 <> 0
"""
MORE_STARS = """
INSERT INTO reviews_rating (title_id, member_id, half_stars, rated_on, verified, counts)
SELECT title_id, m.id, 1 + m.id %% 10, '2015-01-01', m.id %% 3 = 0, true FROM place, members_member m
WHERE place = 1 ORDER BY m.id LIMIT %(ratings)s ON CONFLICT DO NOTHING
"""
SHARING = """
INSERT INTO reviews_readerchoices (member_id, always_show_spoilers, has_page, shows_ratings, shares_taste)
SELECT id, false, true, false, true FROM members_member WHERE id %% 3 = 0
"""
# Every review of the one title has up to 40 votes, every tenth of the others up to 9.
VOTES = """
INSERT INTO reviews_helpfulvote (review_id, voter_id, helpful, counts)
SELECT v.id, m.first + (v.author_id - m.first + n) %% %(members)s, (v.id + n * 7919) %% 10 < v.id %% 11, true
FROM reviews_review v JOIN place USING (title_id), (SELECT min(id) AS first FROM members_member) m,
  generate_series(1, CASE WHEN place = 1 THEN v.id %% 41 WHEN v.id %% 10 = 0 THEN v.id / 10 %% 10 ELSE 0 END) AS n
"""
# (how to drop it, how to make it again)
INDEXES = """
SELECT format('ALTER TABLE %%s DROP CONSTRAINT %%I', conrelid::regclass, conname),
  format('ALTER TABLE %%s ADD CONSTRAINT %%I %%s', conrelid::regclass, conname, pg_get_constraintdef(oid))
FROM pg_constraint WHERE conrelid = %s::regclass AND contype = 'u'
UNION ALL SELECT format('DROP INDEX %%s', indexrelid::regclass), pg_get_indexdef(indexrelid)
FROM pg_index WHERE indrelid = %s::regclass AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)
"""


def main(reviews, of_one):
    Member.objects.bulk_create(map(_member, range(MEMBERS)), batch_size=5000)
    numbers = {"reviews": reviews, "of_one": of_one, "few": FEW, "with_few": WITH_FEW}
    numbers |= {"members": MEMBERS, "ratings": RATINGS}
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica; SET synchronous_commit = off")
        cursor.execute("SET work_mem = '256MB'; SET maintenance_work_mem = '512MB'")
        for step in (*PLACES.split(";")[:2], SAID, SHARING):
            cursor.execute(step, numbers)
        for model, step in ((Review, WORDS), (Rating, STARS), (HelpfulVote, VOTES)):
            with _indexed_afterwards(cursor, model):
                cursor.execute(step, numbers)
        cursor.execute(MORE_STARS, numbers)
        cursor.execute("ANALYZE reviews_review, reviews_rating, reviews_helpfulvote")
        with _indexed_afterwards(cursor, ReviewStanding):
            _stand(cursor)
        _sum_up(cursor)
        cursor.execute("RESET session_replication_role")
        cursor.execute("VACUUM ANALYZE")


@contextmanager
def _indexed_afterwards(cursor, model):
    """Make all indexes of a table but that of its key when its rows are in."""
    cursor.execute(INDEXES, [model._meta.db_table] * 2)
    indexes = cursor.fetchall()
    for drop, _ in indexes:
        cursor.execute(drop)
    yield
    for _, make in indexes:
        cursor.execute(make)


def _member(number):
    return Member(email=f"bench-{number}@members.invalid", handle=f"bench-{number}", shown_as=f"B. {number}")


def _stand(cursor):
    cursor.execute("SELECT min(id), max(id) FROM reviews_review")
    first, last = cursor.fetchone()
    for part in range(ceil((last - first + 1) / AT_ONCE)):
        start = first + part * AT_ONCE
        ReviewStanding.objects.rebuild(range(start, min(start + AT_ONCE, last + 1)))


def _sum_up(cursor):
    cursor.execute("ANALYZE reviews_reviewstanding")
    cursor.execute("SELECT title_id FROM place")
    ScoreSummary.objects.rebuild([title for (title,) in cursor.fetchall()])


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
