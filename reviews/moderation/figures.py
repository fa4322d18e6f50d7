"""What we publish of moderation: the figures of the last 12 months."""

from datetime import timedelta

from django.core.cache import cache
from django.db import connection

FOR_AN_HOUR = 3600
FIGURES = """
WITH steps AS (
    SELECT s.* FROM reviews_moderationstep s WHERE s.at > %(since)s AND s.at <= %(now)s
      AND NOT EXISTS (SELECT FROM reviews_moderationstep u WHERE u.undoes_id = s.id)
), decided AS (
    SELECT s.at - h.at AS took FROM steps s JOIN reviews_moderationstep h ON h.id = s.before_id
    WHERE s.verb IN ('approve', 'reject', 'ask') AND h.verb = 'hold'
), written AS (
    SELECT verified FROM reviews_reviewstanding WHERE shown AND written_on > %(since)s::date
)
SELECT
    (SELECT count(*) FROM written) AS written,
    (SELECT count(DISTINCT review_id) FROM steps WHERE verb = 'hold') AS held,
    (SELECT count(DISTINCT review_id) FROM steps WHERE verb = 'reject') AS rejected,
    (SELECT count(*) FROM steps WHERE verb = 'ban') AS banned,
    (SELECT count(*) FROM reviews_report WHERE reported_at > %(since)s) AS reports,
    (SELECT count(*) FROM reviews_votehold w JOIN reviews_review v ON v.author_id = w.author_id
      JOIN reviews_helpfulvote h ON h.review_id = v.id AND h.voter_id = w.voter_id WHERE h.voted_at > %(since)s)
    + (SELECT count(*) FROM reviews_ban b JOIN reviews_helpfulvote h ON h.voter_id = b.member_id
      WHERE h.voted_at > %(since)s AND NOT EXISTS (SELECT FROM reviews_votehold w JOIN reviews_review v
        ON v.author_id = w.author_id WHERE w.voter_id = h.voter_id AND v.id = h.review_id)) AS votes,
    (SELECT count(*) FROM decided) AS decisions,
    (SELECT extract(epoch FROM percentile_cont(0.5) WITHIN GROUP (ORDER BY took))::float / 3600 FROM decided) AS hours,
    (SELECT round(100.0 * count(*) FILTER (WHERE verified) / nullif(count(*), 0))::int FROM written) AS verified
"""


def of_the_last_year(now):
    """{"written", "held", "rejected", "banned", "reports", "votes", "decisions", "median", "verified"}.

    As they were an hour ago at most: they count millions of rows. `median` is in words, "" without decisions;
    `verified` a whole percentage, None without reviews.
    """
    return cache.get_or_set("reviews.figures", lambda: _figures(now), FOR_AN_HOUR)


def _figures(now):
    with connection.cursor() as cursor:
        cursor.execute(FIGURES, {"since": now - timedelta(days=365), "now": now})
        counts = dict(zip([column.name for column in cursor.description], cursor.fetchone(), strict=True))
    return counts | {"median": _span(counts["hours"]), "since": (now - timedelta(days=365)).date(), "until": now}


def _span(hours):
    """A span of hours in words."""
    if hours is None:
        return ""
    if hours < 1:
        return "less than an hour"
    if hours < 48:
        return f"{round(hours)} hour{'' if round(hours) == 1 else 's'}"
    return f"{round(hours / 24)} days"
