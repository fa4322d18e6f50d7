"""What takes part in a round, read from the rows: open places, free copies, and the requests that may be answered.

First everybody with an open place, then every free copy is locked, in the order of keys, and only then anything is
read: until the round is over nobody changes these queues and plans, or withdraws these copies. A glance (`lock=False`)
takes no lock and may be wrong by the time it is read.
"""

from typing import NamedTuple

import numpy as np
from django.conf import settings
from django.db import connection

from rentals.allocation import NEVER, Discs, Places, Wishes, in_order_of_claims
from rentals.editions import PLAYER_TAKES
from rentals.rounds import arrays

# Members whose plan runs, whether it is paid for, and how many more discs may go out to each.
RENTING = """
SELECT b.member_id, b.paid_until >= %(today)s AS paid, p.media, p.places_at_home,
  EXISTS (SELECT FROM rentals_player y WHERE y.member_id = b.member_id) AS told_players,
  least(p.places_at_home - (SELECT count(*) FROM rentals_rental n
      WHERE n.member_id = b.member_id AND n.checked_in_at IS NULL AND n.cancelled_at IS NULL),
    p.discs_a_month - CASE WHEN p.discs_a_month IS NOT NULL THEN (SELECT count(*) FROM rentals_rental n
      WHERE n.member_id = b.member_id AND n.cancelled_at IS NULL AND n.lost_at IS NULL
      AND (n.allocated_at AT TIME ZONE %(zone)s)::date >= coalesce((SELECT max(i.first_day) FROM rentals_invoice i
        WHERE i.membership_id = b.id AND i.what = 'month' AND i.paid_at IS NOT NULL AND i.refund_asked_at IS NULL
        AND i.first_day <= %(today)s), (b.confirmed_at AT TIME ZONE %(zone)s)::date)) END) AS room
FROM rentals_membership b JOIN rentals_plan p ON p.id = b.plan_id
WHERE b.ended_at IS NULL AND b.confirmed_at IS NOT NULL
  AND NOT (b.paused_from IS NOT NULL AND b.paused_from <= %(today)s
    AND (b.paused_until IS NULL OR b.paused_until >= %(today)s))
"""
MEMBERS = f"""
CREATE TEMP TABLE renting ON COMMIT DROP AS
SELECT m.id AS member_id FROM members_member m
WHERE m.is_active AND m.id IN (SELECT member_id FROM ({RENTING}) r WHERE room > 0) ORDER BY m.id
"""
ON_SHELF = """
SELECT k.id FROM rentals_copy k WHERE k.withdrawn_at IS NULL AND k.missing_at IS NULL AND k.in_inspection_since IS NULL
AND NOT EXISTS (SELECT FROM rentals_rental n
  WHERE n.copy_id = k.id AND n.checked_in_at IS NULL AND n.cancelled_at IS NULL)
"""
LOCK_COPIES = f"{ON_SHELF} ORDER BY k.id FOR NO KEY UPDATE"
# Read once more under the locks: what changed while we waited for them counts.
AGAIN = f"""
CREATE TEMP TABLE taking_part ON COMMIT DROP AS
SELECT r.* FROM ({RENTING}) r JOIN renting USING (member_id) WHERE r.room > 0
"""
PLACES = """
SELECT t.member_id::bigint, n::bigint, t.paid::int::bigint FROM taking_part t CROSS JOIN LATERAL (
  SELECT n FROM generate_series(1, t.places_at_home) n
  WHERE n NOT IN (SELECT o.place FROM rentals_rental o
    WHERE o.member_id = t.member_id AND o.checked_in_at IS NULL AND o.cancelled_at IS NULL)
  ORDER BY n LIMIT t.room) free
"""
LIVE = "q.removed_at IS NULL AND q.sent_at IS NULL"
# A disc of a set goes after those before it that are asked for too, and while one is out, or two if that is wished.
HELD = """
(EXISTS (SELECT FROM rentals_queueentry e JOIN catalogue_disc x ON x.id = e.disc_id
    WHERE e.member_id = q.member_id AND e.removed_at IS NULL AND e.sent_at IS NULL
    AND x.release_id = d.release_id AND x.number < d.number)
  OR (SELECT count(*) FROM rentals_rental n
    JOIN rentals_copy k ON k.id = n.copy_id JOIN catalogue_disc x ON x.id = k.disc_id
    WHERE n.member_id = q.member_id AND n.checked_in_at IS NULL AND n.cancelled_at IS NULL
    AND x.release_id = d.release_id)
  > (SELECT count(*) FROM rentals_twoatonce w WHERE w.member_id = q.member_id AND w.release_id = d.release_id))
"""
# Who asks for one medium or one disc is taken to know that it plays; the plan must have it all the same.
PLAYS = f"""
(q.medium <> '' OR NOT t.told_players
  OR EXISTS (SELECT FROM rentals_player p WHERE p.member_id = q.member_id AND {PLAYER_TAKES}))
"""
OUT = "r.released_on <= %(today)s::text AND r.medium = ANY (t.media)"
COLUMNS = ("member", "rank", "entry", "choice", "disc", "first_refused", "asked")
VALUES = f"""
q.member_id, q.rank, q.id,
(CASE r.medium WHEN '4k' THEN 0 WHEN 'blu-ray' THEN 1 ELSE 2 END * 100000 + r.position)::bigint, d.id,
coalesce((date_part('epoch', q.claim_at) * 1000000)::bigint, {NEVER}),
(date_part('epoch', q.asked_at) * 1000000)::bigint
"""
WISHES = f"""
SELECT {VALUES} FROM taking_part t
JOIN rentals_queueentry q ON q.member_id = t.member_id AND {LIVE} AND q.paused_at IS NULL AND q.disc_id IS NULL
JOIN catalogue_release r ON r.title_id = q.title_id AND {OUT} AND (q.medium = '' OR r.medium = q.medium) AND {PLAYS}
JOIN catalogue_disc d ON d.release_id = r.id AND d.number = 1
WHERE t.paid
UNION ALL
SELECT {VALUES} FROM taking_part t
JOIN rentals_queueentry q ON q.member_id = t.member_id AND {LIVE} AND q.paused_at IS NULL
JOIN catalogue_disc d ON d.id = q.disc_id JOIN catalogue_release r ON r.id = d.release_id AND {OUT}
WHERE t.paid AND NOT {HELD}
"""
HELD_IN_SETS = f"""
SELECT DISTINCT q.member_id FROM taking_part t
JOIN rentals_queueentry q ON q.member_id = t.member_id AND {LIVE} AND q.paused_at IS NULL
JOIN catalogue_disc d ON d.id = q.disc_id WHERE t.paid AND {HELD}
"""
FREE = f"SELECT k.disc_id, k.id FROM rentals_copy k WHERE k.id IN ({ON_SHELF}) ORDER BY k.disc_id, k.id"
RELEASES = "SELECT d.id, d.release_id FROM catalogue_disc d WHERE d.id = ANY (%(discs)s) ORDER BY d.id"


class Market(NamedTuple):
    """What `rentals.allocation.allocate` takes, and what it does not ask for.

    `unpaid`: open places of memberships that are not paid for. `free`: the copies behind `discs.copies`, by disc.
    """

    places: Places
    wishes: Wishes
    discs: Discs
    held_in_sets: np.ndarray
    unpaid: Places
    free: dict


def load(today, *, lock):
    """The Market of the day `today`, in the caller's transaction. Holds members and copies until commit if `lock`."""
    known = {"today": today, "zone": settings.TIME_ZONE}
    with connection.cursor() as cursor:
        cursor.execute(f"{MEMBERS} {'FOR NO KEY UPDATE' if lock else ''}", known)
        if lock:
            cursor.execute(LOCK_COPIES)
        cursor.execute(AGAIN, known)
        cursor.execute("ANALYZE taking_part")
        places = arrays.read(cursor, ("member", "number", "paid"), PLACES, known)
        rows = arrays.read(cursor, COLUMNS, WISHES, known)
        held = arrays.read(cursor, ("member",), HELD_IN_SETS, known)["member"]
        free = arrays.read(cursor, ("disc", "copy"), FREE, known)
        asked_for = np.unique(rows["disc"])
        discs = arrays.read(cursor, ("disc", "release"), RELEASES, {"discs": asked_for.tolist()})
        cursor.execute("DROP TABLE renting, taking_part")
    paid = places["paid"] == 1
    return Market(
        Places(places["member"][paid], places["number"][paid]),
        Wishes(**{name: rows[name] for name in COLUMNS[:5]}, claim=_claims(rows)),
        Discs(discs["disc"], discs["release"], _count(discs["disc"], free["disc"])),
        held,
        Places(places["member"][~paid], places["number"][~paid]),
        free,
    )


def _claims(rows):
    entry, first, where = np.unique(rows["entry"], return_index=True, return_inverse=True)
    return in_order_of_claims(rows["first_refused"][first], rows["asked"][first], entry)[where]


def _count(discs, of):
    """How often each of `discs` is among `of`; both are sorted."""
    return np.searchsorted(of, discs, side="right") - np.searchsorted(of, discs, side="left")
