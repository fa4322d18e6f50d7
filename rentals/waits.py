"""How long a member waits for a disc: a range of days, and its reason in words.

Copies that are away come back one by one, each after `days_away` days on average and whatever the others do, so a title
with several copies has one back every `days_away / copies` days. Who is third in line waits for the third of these
returns. If nothing but chance moved them, its time would have a Gamma distribution with shape 3. In truth members keep
discs for times of their own, some ahead in line are sent something they wanted more, and some discs never come back:
the times of a whole shop scatter SCATTER times as far (`bin/bench shop`), which is a Gamma distribution with the same
mean and its shape divided by that. The range leaves out a tenth on either side; its ends are worked out by the cube
that Wilson and Hilferty found to be nearly normal ("The Distribution of Chi-Square", 1931).
"""

from dataclasses import dataclass, replace
from math import ceil, floor, sqrt

from django.db import connection, transaction
from django.utils import timezone

from catalogue.wording import counted, ordinal
from rentals.editions import CAN_PLAY, when_out
from rentals.models import SHORT_WAIT_DAYS
from rentals.models.stock import DAYS_AWAY

TENTH = 1.2816  # the normal deviate beyond which a tenth lies
SCATTER = 3  # the variance of a wait, over that of returns by chance alone
DAYS_IN_THE_POST = 3  # of those that a copy is away: there and back
LEARNED_YEARS = 2
PRIOR_RENTALS = 10  # so many rentals of the catalogue's mean stand beside a title's own
WORDED_IN_DAYS = 27  # longer ranges are said in weeks


@dataclass(frozen=True)
class Wait:
    """`kind` is in, soon, long, reserved or none, `text` its label. Days are None where nobody can say.

    `place` (from 1) of how many `waiting` for how many `copies`: 0 where there is no line.
    """

    kind: str
    text: str
    low_days: int | None
    high_days: int | None
    reason: str
    place: int = 0
    waiting: int = 0
    copies: int = 0
    days: int | None = None  # about

    @property
    def range(self):
        """ "4 to 12 days"; "" if there is none."""
        if not self.high_days:
            return ""
        low, high = self.low_days, self.high_days
        if high <= WORDED_IN_DAYS:
            return f"{low} to {high} days" if low < high else counted(high, "day")
        return (
            f"{counted(low, 'day')} to {ceil(high / 7)} weeks" if low < 14 else f"{low // 7} to {ceil(high / 7)} weeks"
        )


def estimate(place, copies, on_shelf, days_away, waiting=None, mine=False):
    """The Wait of who is in `place` (from 1) of `waiting` for one of `copies`, in service and away `days_away` days.

    With a copy on the shelf nobody waits: the last round left it there, so nobody who could have had it wants it more.
    `mine`: the one in that place is the reader, who stands in line already.
    """
    if not copies:
        return Wait("none", "Cannot be had", None, None, "No copy is in service: all are withdrawn or missing.")
    waiting = place - 1 if waiting is None else waiting
    reason = f"{counted(copies, 'copy', 'copies')}, {on_shelf if on_shelf else waiting:,}"
    if on_shelf:
        return Wait("in", "In stock", 0, 0, f"{reason} on the shelf.", place, waiting, copies)
    one_back = days_away / copies
    days, (low, high) = place * one_back, _range(place)
    you = f", you are {ordinal(place)}" if mine else ""
    kept = f"members keep it about {counted(max(1, days_away - DAYS_IN_THE_POST), 'day')}"
    kind = "soon" if days <= SHORT_WAIT_DAYS else "long"
    low, high = max(1, floor(low * one_back)), ceil(high * one_back)
    about = min(max(low, round(days)), high)
    return Wait(kind, _about(days), low, high, f"{reason} waiting{you}, {kept}.", place, waiting, copies, about)


def _range(place):
    """Between how many returns, at the mean pace, who is in `place` is served: 10 % and 90 % of all times."""
    spread = SCATTER / (9 * place)
    return [place * max(0, 1 - spread + end * sqrt(spread)) ** 3 for end in (-TENTH, TENTH)]


def _about(days):
    number, unit = (round(days), "day") if days < 14 else (round(days / 7), "week")
    return f"About {number} {unit}s" if number > 1 else f"About a {unit}"


# ------------------------------------------------------------------ who stands where in which line
@dataclass(frozen=True)
class Asked:
    """What somebody asks for, or would: an entry of a queue, if it has a `claim`: (claim_at, asked_at, id)."""

    title: int
    member: int
    medium: str = ""
    disc: int | None = None
    claim: tuple = (None, None, None)


# In line are those who ask for a disc that would do for both. The older claim comes first; who would ask now, last.
LINES = f"""
WITH asked AS (
  SELECT * FROM unnest(%(title)s::bigint[], %(member)s::bigint[], %(medium)s::text[], %(disc)s::bigint[],
    %(claim)s::timestamptz[], %(asked)s::timestamptz[], %(entry)s::bigint[])
    WITH ORDINALITY AS a (title_id, member_id, medium, disc_id, claim_at, asked_at, entry_id, row)),
a AS (
  SELECT asked.*, coalesce(d.number, 1) AS number, coalesce(dr.medium, nullif(asked.medium, '')) AS only,
    dr.id AS release_id
  FROM asked LEFT JOIN catalogue_disc d ON d.id = asked.disc_id LEFT JOIN catalogue_release dr ON dr.id = d.release_id)
SELECT line.others, line.ahead, have.copies, have.on_shelf, have.ever, have.released, have.is_out, have.day,
  coming.sets, s.days_away
FROM a LEFT JOIN rentals_stock s ON s.title_id = a.title_id
CROSS JOIN LATERAL (
  SELECT count(*) AS others, count(*) FILTER (WHERE a.entry_id IS NULL
    OR (coalesce(q.claim_at, 'infinity'), q.asked_at, q.id)
      < (coalesce(a.claim_at, 'infinity'), a.asked_at, a.entry_id)) AS ahead
  FROM rentals_queueentry q
  LEFT JOIN catalogue_disc qd ON qd.id = q.disc_id LEFT JOIN catalogue_release qr ON qr.id = qd.release_id
  WHERE q.title_id = a.title_id AND q.member_id <> a.member_id
    AND q.removed_at IS NULL AND q.sent_at IS NULL AND q.paused_at IS NULL
    AND coalesce(qd.number, 1) = a.number AND coalesce(q.disc_id = a.disc_id, true)
    AND coalesce(coalesce(qr.medium, nullif(q.medium, '')) = a.only, true)) line
CROSS JOIN LATERAL (
  SELECT count(k.id) FILTER (WHERE k.withdrawn_at IS NULL AND k.missing_at IS NULL) AS copies,
    count(k.id) FILTER (WHERE k.withdrawn_at IS NULL AND k.missing_at IS NULL AND k.in_inspection_since IS NULL
      AND o.id IS NULL) AS on_shelf,
    count(k.id) AS ever, count(DISTINCT r.id) AS released,
    coalesce(bool_or(r.released_on <= %(today)s), false) AS is_out, min(r.released_on) AS day
  FROM catalogue_release r
  LEFT JOIN catalogue_disc x ON x.release_id = r.id AND x.number = a.number
  LEFT JOIN rentals_copy k ON k.disc_id = x.id
  LEFT JOIN rentals_rental o ON o.copy_id = k.id AND o.checked_in_at IS NULL AND o.cancelled_at IS NULL
  WHERE r.title_id = a.title_id AND coalesce(r.medium = a.only, true) AND coalesce(x.id = a.disc_id, a.disc_id IS NULL)
    AND (a.only IS NOT NULL AND NOT %(must_play)s OR ({CAN_PLAY}))) have
CROSS JOIN LATERAL (
  SELECT coalesce(sum(o.quantity - o.received), 0) AS sets
  FROM catalogue_release r JOIN rentals_order o
    ON o.release_id = r.id AND o.closed_on IS NULL AND o.received < o.quantity
  WHERE r.title_id = a.title_id AND coalesce(r.medium = a.only, true) AND coalesce(r.id = a.release_id, true)
    AND (a.only IS NOT NULL AND NOT %(must_play)s OR ({CAN_PLAY}))) coming
ORDER BY a.row
"""


def for_entries(entries):
    """{key of the entry: Wait} of entries of queues, in one query. A paused one: as if it were not."""
    entries = list(entries)
    claims = [(entry.claim_at, entry.asked_at, entry.pk) for entry in entries]
    asked = [
        Asked(entry.title_id, entry.member_id, entry.medium, entry.disc_id, claim)
        for entry, claim in zip(entries, claims, strict=True)
    ]
    return dict(zip([entry.pk for entry in entries], waits(asked), strict=True))


def for_titles(titles, member):
    """{key: Wait} of `member`, who would ask now for the titles of these keys in any edition. In one query."""
    titles = list(titles)
    return dict(zip(titles, waits([Asked(title, member.pk) for title in titles]), strict=True))


def waits(asked, *, must_play=False):
    """The Wait of each of `asked`, in order, in one query.

    Who asks for one medium or one disc is taken to know that it plays, unless it `must_play`.
    """
    if not asked:
        return []
    claims = zip(*(each.claim for each in asked), strict=True)
    columns = dict(zip(("claim", "asked", "entry"), map(list, claims), strict=True))
    columns |= {name: [getattr(each, name) for each in asked] for name in ("title", "member", "medium", "disc")}
    with connection.cursor() as cursor:
        cursor.execute(LINES, columns | {"today": timezone.localdate().isoformat(), "must_play": must_play})
        return [_told(*row, mine=each.claim[2] is not None) for row, each in zip(cursor, asked, strict=True)]


def _told(*row, mine):
    """The Wait of a row, with what is on order where none of it is here."""
    *facts, coming, days_away = row
    wait = _wait(*facts, days_away, mine=mine)
    if not coming or wait.kind == "in":
        return wait
    more = "more " if wait.copies else ""
    ordered = counted(coming, f"{more}copy is", f"{more}copies are")
    return replace(wait, reason=f"{wait.reason} {ordered} on order.")


def _wait(others, ahead, copies, on_shelf, ever, released, is_out, day, days_away, *, mine):
    if not released:
        return Wait("none", "Cannot be had", None, None, "There is no disc of it that you can play and your plan has.")
    if not is_out:
        line = {"place": ahead + 1, "waiting": others + mine, "copies": copies}
        return Wait("reserved", "Reserved", None, None, f"It comes out on disc {when_out(day)}.", **line)
    if not ever:
        return Wait("none", "Cannot be had", None, None, "We have no copy of it yet.")
    return estimate(ahead + 1, copies, on_shelf, days_away, others + mine, mine)


# ------------------------------------------------------------------ what is learned every night
LEARN = """
WITH past AS (
  SELECT r.title_id, extract(epoch FROM n.checked_in_at - n.allocated_at) / 86400 AS days
  FROM rentals_rental n JOIN rentals_copy k ON k.id = n.copy_id
  JOIN catalogue_disc d ON d.id = k.disc_id AND d.number = 1 JOIN catalogue_release r ON r.id = d.release_id
  WHERE n.checked_in_at BETWEEN %(since)s AND %(now)s),
own AS (SELECT title_id, count(*) AS times, sum(days) AS days FROM past GROUP BY title_id),
mean AS (SELECT coalesce(avg(days), %(unknown)s) AS days FROM past),
learned AS (
  SELECT s.title_id, least(365, greatest(1, round(
    (coalesce(own.days, 0) + %(prior)s * mean.days) / (coalesce(own.times, 0) + %(prior)s))))::int AS days
  FROM rentals_stock s CROSS JOIN mean LEFT JOIN own ON own.title_id = s.title_id)
UPDATE rentals_stock s SET days_away = l.days FROM learned l WHERE s.title_id = l.title_id AND s.days_away <> l.days
"""


@transaction.atomic
def learn_days_away(now):
    """Set how long copies of each title are away: from allocated to checked in, on average over two years.

    A title with few rentals goes by the catalogue's mean. Returns how many titles changed. Holds off those who change
    stock until commit.
    """
    since = now.replace(year=now.year - LEARNED_YEARS, day=min(now.day, 28))
    known = {"since": since, "now": now, "unknown": DAYS_AWAY, "prior": PRIOR_RENTALS}
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE rentals_stock IN SHARE ROW EXCLUSIVE MODE")
        cursor.execute(LEARN, known)
        return cursor.rowcount
