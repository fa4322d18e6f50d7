"""Where discs break or vanish, by postcode area and week: so that the post is suspected before the member.

A week counts discs by the day they were posted. Nobody is named here: an area is a letter or two.
"""

from dataclasses import dataclass

from django.db import connection

from rentals.desk.findings import TAKEN_BACK

WEEKS = 8
MANY = 3  # troubles of an area in the time shown, from which it is marked
SQL = """
SELECT substring(a.postcode FROM '^[A-Z]+') AS area,
  date_trunc('week', n.posted_at AT TIME ZONE %(zone)s)::date AS week,
  count(*) AS posted,
  count(*) FILTER (WHERE EXISTS (SELECT FROM rentals_problem p
    WHERE p.rental_id = n.id AND p.kind IN ('not arrived', 'not logged'))) AS lost,
  count(*) FILTER (WHERE EXISTS (SELECT FROM rentals_problem p WHERE p.rental_id = n.id AND p.kind = 'damaged')
    OR EXISTS (SELECT FROM rentals_finding f WHERE f.rental_id = n.id AND f.kind IN ('cracked', 'scratched')
      AND f.outcome <> %(taken_back)s)) AS broken
FROM rentals_rental n JOIN members_address a ON a.member_id = n.member_id
WHERE n.posted_at >= %(since)s GROUP BY area, week
"""


@dataclass(frozen=True)
class Area:
    """A postcode area: its weeks are (posted, lost, broken), the oldest first."""

    name: str
    weeks: list

    @property
    def posted(self):
        return sum(posted for posted, _, _ in self.weeks)

    @property
    def trouble(self):
        return sum(lost + broken for _, lost, broken in self.weeks)

    @property
    def many(self):
        return self.trouble >= MANY


def by_area(weeks, *, since, zone):
    """[Area] with the most trouble for what was posted first. `weeks`: Mondays, the oldest first; one query."""
    with connection.cursor() as cursor:
        cursor.execute(SQL, {"since": since, "zone": zone, "taken_back": TAKEN_BACK})
        found = {(area, week): tuple(counts) for area, week, *counts in cursor}
    areas = {area for area, _ in found}
    rows = [Area(area, [found.get((area, week), (0, 0, 0)) for week in weeks]) for area in areas]
    return sorted(rows, key=lambda row: (-row.trouble / row.posted, -row.posted, row.name))
