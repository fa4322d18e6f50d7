"""How often a critic's verdict is a member's own, or that of our members together, on titles that both judged.

A critic is for a title by the flag of the review, whatever scale its score is printed on; of several reviews of one
title the one added last counts. A member likes a title from LIKED_FROM half stars on; our members together do if their
average, as it is printed, is as high.
"""

from dataclasses import dataclass

from django.db import connection

from reviews.queries import Z
from reviews.thresholds import LIKED_FROM, RATINGS_TO_SHOW, TASTE_IN_COMMON

WITH_ALL = f"""
WITH judged AS (SELECT DISTINCT ON (title_id) title_id, fresh FROM reviews_criticreview
  WHERE {{who}} = %s ORDER BY title_id, added_on DESC, id DESC),
rated AS (SELECT j.fresh, sum(h.n) AS ratings, sum(h.n * h.half_stars) AS half_stars
  FROM judged j JOIN reviews_scoresummary s USING (title_id)
  CROSS JOIN LATERAL unnest(s.histogram) WITH ORDINALITY AS h (n, half_stars)
  GROUP BY j.title_id, j.fresh HAVING sum(h.n) >= {RATINGS_TO_SHOW})
SELECT count(*) FILTER (WHERE fresh = (round(half_stars / 2.0 / ratings, 1) >= {LIKED_FROM} / 2.0)), count(*) FROM rated
"""
SAME = f"""
SELECT DISTINCT ON (c.critic_id, c.title_id) c.critic_id, c.fresh = (r.half_stars >= {LIKED_FROM}) AS same
FROM reviews_rating r JOIN reviews_criticreview c USING (title_id)
WHERE r.member_id = %s ORDER BY c.critic_id, c.title_id, c.added_on DESC, c.id DESC
"""
LIKE_MINDED = f"""
WITH counted AS (
  SELECT critic_id, count(*) FILTER (WHERE same) AS agreed, count(*) AS common, avg(same::int)::float AS share
  FROM ({SAME}) AS judged GROUP BY critic_id HAVING count(*) >= {TASTE_IN_COMMON})
SELECT k.name, k.slug, k.is_top, n.agreed, n.common FROM counted n JOIN reviews_critic k ON k.id = n.critic_id
ORDER BY (share + {Z * Z / 2} / common - {Z} * sqrt((share * (1 - share) + {Z * Z / 4} / common) / common))
  / (1 + {Z * Z} / common) DESC, common DESC, k.name, k.id LIMIT %s
"""
TOGETHER = f"""
SELECT DISTINCT ON (c.title_id) c.title_id, r.half_stars, c.fresh, c.fresh = (r.half_stars >= {LIKED_FROM}) AS same
FROM reviews_criticreview c JOIN reviews_rating r ON r.title_id = c.title_id AND r.member_id = %s
WHERE c.critic_id = %s ORDER BY c.title_id, c.added_on DESC, c.id DESC
"""
WITH_MEMBER = f"""
SELECT t.name, t.slug, t.year, j.half_stars, j.fresh, j.same FROM ({TOGETHER}) j
JOIN catalogue_title t ON t.id = j.title_id ORDER BY j.same DESC, t.sort_key, t.id
"""


@dataclass(frozen=True)
class Agreement:
    """They agreed on `agreed` of `common` titles."""

    agreed: int
    common: int

    @property
    def is_enough(self):
        """Whether they judged enough of the same to say anything of it."""
        return self.common >= TASTE_IN_COMMON


def with_all_members(writer):
    """The Agreement of a critic or a publication with our members."""
    who = {"critic": "critic_id", "publication": "publication_id"}[writer._meta.model_name]
    return Agreement(*_rows(WITH_ALL.format(who=who), [writer.pk])[0])


def like_minded(member, most):
    """Critics who judged enough of what `member` rated, those who agree the surest first."""
    names = ("name", "slug", "top", "agreed", "common")
    return [dict(zip(names, row, strict=True)) for row in _rows(LIKE_MINDED, [member.pk, most])]


def with_member(critic, member):
    """What both judged, where they agreed first: [{name, slug, year, half_stars, fresh, same}]."""
    names = ("name", "slug", "year", "half_stars", "fresh", "same")
    return [dict(zip(names, row, strict=True)) for row in _rows(WITH_MEMBER, [member.pk, critic.pk])]


def _rows(sql, values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()
