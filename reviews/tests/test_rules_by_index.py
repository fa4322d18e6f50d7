"""What the rules ask is answered by indexes: none reads a whole table of what readers said, however much that is."""

import re
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalogue.models import Title
from members.models import Member
from reviews import moderation
from reviews.models import HelpfulVote, Review, ReviewDraft
from tests.factories import make_member, make_review, make_title

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
BODY = "It begins on a bridge over the Moskva and never quite comes back down, and the camera runs up the stairs. "
AUTHORS, TITLES = 300, 100
# 30,000 reviews of different texts with a step, a report and two votes each. Triggers are not what is looked at here.
MANY = """
SET LOCAL session_replication_role = replica;
INSERT INTO reviews_review (title_id, author_id, headline, body, contains_spoilers, written_on, verified)
  SELECT t.id, m.id, 'Good', repeat(md5(t.id || ' ' || m.id) || ' ', 12), false, '2026-01-01', false
  FROM catalogue_title t, members_member m;
INSERT INTO reviews_reviewstanding
  (review_id, title_id, author_id, written_on, shown, verified, helpful_votes, all_votes)
  SELECT id, title_id, author_id, written_on, true, false, 2, 2 FROM reviews_review;
INSERT INTO reviews_moderationstep (review_id, verb, rule, reason, text_digest, at)
  SELECT id, 'hold', 'links', '', '', '2026-01-01' FROM reviews_review;
INSERT INTO reviews_moderationstep (member_id, other_id, verb, rule, reason, text_digest, at)
  SELECT m.id, o.id, 'count votes', '', '', '', '2026-01-01' FROM members_member m, members_member o
  WHERE o.id % 50 = m.id % 50 AND o.id <> m.id;
INSERT INTO reviews_report (review_id, reporter_id, reason, note, reported_at)
  SELECT id, author_id, 'fake', '', '2026-01-01' FROM reviews_review;
INSERT INTO reviews_withdrawn (title_id, author_id, what, reason, withdrawn_at)
  SELECT title_id, author_id, 'Rejected', '', '2026-01-01' FROM reviews_review WHERE id % 2 = 0;
INSERT INTO reviews_helpfulvote (review_id, voter_id, helpful, voted_at, counts)
  SELECT r.id, m.id, true, '2026-11-02', true FROM reviews_review r JOIN members_member m
  ON m.id % 150 = r.id % 150 AND m.id <> r.author_id;
SET LOCAL session_replication_role = origin;
ANALYZE;
"""
ASKED = re.compile("reviews_(review|helpfulvote|moderationstep|report|withdrawn|reviewstanding)\\b")
SCANNED = re.compile("Seq Scan on " + ASKED.pattern)


@pytest.fixture
def many():
    Title.objects.bulk_create(Title(slug=f"film-{n}", name=f"Film {n}", year=1957) for n in range(TITLES))
    Member.objects.bulk_create(
        Member(email=f"m{n}@example.org", handle=f"m{n}", shown_as=f"M{n}") for n in range(AUTHORS)
    )
    with connection.cursor() as cursor:
        cursor.execute(MANY)


def scans(work):
    """(how many questions `work` asks of these tables, those that read one from end to end)."""
    with CaptureQueriesContext(connection) as asked:
        work()
    questions = [row["sql"] for row in asked if row["sql"].lstrip().startswith(("SELECT", "UPDATE", "DELETE"))]
    questions = [sql for sql in questions if ASKED.search(sql)]
    return len(questions), [sql for sql in questions if SCANNED.search(_plan(sql))]


def _plan(sql):
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {sql}")
        return "\n".join(line for (line,) in cursor)


def test_no_rule_reads_a_table_from_end_to_end(many):
    author, title = make_member(), make_title()
    said = {"title": title, "author": author, "on": NOON.date(), "at": NOON, "contains_spoilers": False}
    posted = []

    def write(body=BODY * 4):
        posted.append(Review.objects.write(headline="Good", body=body, **said))

    voter = Member.objects.get(handle="m1")
    other = Review.objects.exclude(author=voter).exclude(votes__voter=voter).first()

    def vote():
        HelpfulVote.objects.record(review=other, voter=voter, helpful=True, at=NOON)

    def report():
        moderation.report(make_review(), voter, reason="fake", note="", at=NOON)

    def delete():
        ReviewDraft.objects.take_down(posted[-1], at=NOON)

    for work in (write, lambda: write("Short."), lambda: write(BODY * 3), vote, report, delete):
        number, found = scans(work)
        assert number and found == []
    assert posted[0].withheld_by is None


def test_a_table_that_is_read_from_end_to_end_is_seen(many):
    assert scans(lambda: list(Review.objects.filter(headline="Bad")))[1]
