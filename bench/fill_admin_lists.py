"""A shop around the made-up titles for `bin/bench admin_lists`: 1,000,000 copies, and what members did with them.

Rows go in with triggers off, by a few statements: enough of each for lists that scan a table to show it. The sums and
pages that stand on them are not made anew, so `fsck` would say so.
"""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.db import connection, transaction  # noqa: E402

FILL = """
SET LOCAL session_replication_role = replica;
INSERT INTO rentals_copy (disc_id, barcode, shelf, acquired_on, withdrawn_at, missing_at)
  SELECT disc_id, 'B' || n || '-' || id, shelf, acquired_on,
    CASE WHEN id % 97 = 0 THEN timestamptz '2026-01-01' + id * interval '1 minute' END,
    CASE WHEN id % 89 = 0 THEN timestamptz '2026-01-01' + id * interval '1 minute' END
  FROM rentals_copy CROSS JOIN generate_series(1, 3) AS n
  LIMIT greatest(0, 1000000 - (SELECT count(*) FROM rentals_copy));
INSERT INTO members_member 
    (password, is_superuser, email, handle, shown_as, is_staff, is_active, joined_at, keeps_history)
  SELECT '!', false, 'reader' || n || '@example.org', 'reader-' || n, 'R. ' || n, false, true,
    timestamptz '2020-01-01' + n * interval '1 hour', true FROM generate_series(1, 50000) AS n;
INSERT INTO rentals_rental (place, allocated_at, posted_at, checked_in_at, copy_id, member_id, reason)
  SELECT 1, at, at + interval '1 hour', CASE WHEN row <= 475000 THEN at + interval '9 days' END, id,
    (SELECT min(id) FROM members_member) + row % 50000, ''
  FROM (SELECT id, row, timestamptz '2022-01-01' + row * interval '4 minutes' AS at
    FROM (SELECT id, row_number() OVER (ORDER BY hashint8(id)) AS row FROM rentals_copy) k WHERE row <= 500000) r;
INSERT INTO rentals_problem (kind, note, reported_at, settled_at, outcome, rental_id)
  SELECT 'not arrived', '', allocated_at + interval '6 days',
    CASE WHEN id % 5 > 0 THEN allocated_at + interval '7 days' END,
    CASE WHEN id % 5 > 0 THEN 'closed' ELSE '' END, id FROM rentals_rental WHERE id % 25 = 0;
INSERT INTO rentals_queueentry (medium, rank, asked_at, member_id, title_id, claim_at,
    promised_low_days, promised_days, promised_high_days)
  SELECT '', n, timestamptz '2026-01-01', m.id, 1 + (m.id * 7919 + n * 104729) % 500000,
    CASE WHEN n = 1 THEN now() - (m.id % 40) * interval '1 day' END,
    CASE WHEN n = 1 THEN 5 END, CASE WHEN n = 1 THEN 20 END, CASE WHEN n = 1 THEN 39 END
  FROM members_member m, generate_series(1, 12) AS n;
INSERT INTO reviews_rating (half_stars, rated_on, member_id, title_id, counts, verified)
  SELECT 1 + n % 10, date '2024-01-01' + n % 700, m.id, 1 + (m.id * 7919 + n * 104729) % 500000, true, n % 3 = 0
  FROM members_member m, generate_series(1, 12) AS n;
INSERT INTO reviews_review (headline, body, contains_spoilers, written_on, author_id, title_id, verified)
  SELECT 'What I think of it', repeat('It is long, and I did not once look at my watch. ', 6), n = 2,
    date '2024-01-01' + (m.id % 700)::int, m.id, 1 + (m.id * 7919 + n * 104729) % 500000, n = 1
  FROM members_member m, generate_series(1, 3) AS n;
INSERT INTO members_message ("to", kind, key, subject, text, html, written_at, sent_at, tries, last_error)
  SELECT 'reader' || n || '@example.org', 'rentals.dispatched', 'bench-' || n, 'Your disc is on its way', 'It is.', '',
    timestamptz '2026-11-01' + n * interval '20 seconds', timestamptz '2026-11-02' + n * interval '20 seconds', 1, ''
  FROM generate_series(1, 100000) AS n;
INSERT INTO procrastinate_jobs (queue_name, task_name, args, status)
  SELECT 'mail', 'members.tasks.send', '{}',
    CASE WHEN n % 1000 = 0 THEN 'failed' ELSE 'succeeded' END::procrastinate_job_status
  FROM generate_series(1, 100000) AS n;
"""


def main():
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(FILL)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


if __name__ == "__main__":
    main()
