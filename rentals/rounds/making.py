"""Making a round: read what takes part, match, write it down. One transaction: it happens whole or not at all."""

from dataclasses import dataclass, replace
from datetime import timedelta

import numpy as np
from django.db import connection, transaction
from django.utils import timezone

from config.jobs import defer
from rentals import renewals
from rentals.allocation import Discs, allocate
from rentals.allocation import Round as Result
from rentals.calendar import last_round
from rentals.models import Cause, PassedOver, Round
from rentals.models.rounds import IdlePlace, SetAside
from rentals.refused import Refused
from rentals.rounds import arrays
from rentals.rounds.loading import Market, load
from rentals.tasks import keep_promises

KEPT = timedelta(days=30)  # what is told of single places and requests
ONE_AT_A_TIME = "SELECT pg_try_advisory_xact_lock(hashtext('rentals.rounds'))"
POSITIONS = """
SELECT q.id AS entry, (SELECT count(*) FROM rentals_queueentry l WHERE l.member_id = q.member_id
  AND l.removed_at IS NULL AND l.sent_at IS NULL AND l.rank <= q.rank) AS position
FROM rentals_queueentry q WHERE q.id = ANY (%(entries)s) ORDER BY q.id
"""
LEND = """
INSERT INTO rentals_rental (round_id, member_id, place, entry_id, copy_id, position, allocated_at, reason)
SELECT %s, s.*, %s, '' FROM unnest(%s::bigint[], %s::smallint[], %s::bigint[], %s::bigint[], %s::int[]) s
"""
CLOSE = """
UPDATE rentals_queueentry q SET sent_at = %s FROM unnest(%s::bigint[]) AS s (id)
WHERE q.id = s.id AND q.removed_at IS NULL AND q.sent_at IS NULL
"""
DATE_CLAIMS = """
UPDATE rentals_queueentry q SET claim_at = %s FROM unnest(%s::bigint[]) AS s (id)
WHERE q.id = s.id AND q.claim_at IS NULL
"""


@dataclass(frozen=True)
class Made:
    """A round as it came out; `round` is None if it was only looked at. `copy`, `position`: those of `result.sent`."""

    round: Round | None
    market: Market
    result: Result
    copy: np.ndarray
    position: np.ndarray

    def counts(self):
        """{"places", "sent", "passed_over"} and how many idle places have which cause."""
        causes = dict(zip(*np.unique(self.result.idle.cause, return_counts=True), strict=True))
        causes = {str(cause): int(count) for cause, count in causes.items()}
        unpaid = len(self.market.unpaid.member)
        return {
            "places": len(self.market.places.member) + unpaid,
            "sent": len(self.copy),
            "passed_over": len(np.unique(self.result.refused.entry)),
            "idle": causes | ({Cause.PAYMENT.value: unpaid} if unpaid else {}),
        }


class MadeAlready(Refused):
    """There was a round for this instant, or for a later one: claims that it made would be older than they are."""


# ------------------------------------------------------------------ making one
def make_round(at, *, now, by=None):
    """The round for the instant `at`, made now: opens rentals, closes the requests they answer, dates claims.

    Returns Made. Raises MadeAlready if there was one for `at` or later, Refused while another one is made. Takes the
    advisory lock of rounds, then the rows of all members with an open place, then those of all free copies, and holds
    them until commit: meanwhile these members cannot change their queues.
    """
    renewals.settle(now=now)
    with transaction.atomic():
        _take_turn()
        if (last := last_made(at)) is not None:
            raise MadeAlready(f"The round of {timezone.localtime(last.at):%d %B %Y, %H:%M} was made before.")
        made = _matched(load(timezone.localdate(now), lock=True))
        counts = made.counts()
        del counts["idle"]
        row = Round.objects.create(at=at, made_at=now, by=by, **counts)
        _lend(made, row, now)
        _date_claims(made.result.refused.entry, at)
        _tell(made, row)
        defer(keep_promises, at=at.isoformat())
    return replace(made, round=row)


def make_round_due(*, now):
    """The last round that should have been made today, if nobody has; None if there is none to make."""
    at = last_round(now)
    if at is None or last_made(at):
        return None
    try:
        return make_round(at, now=now)
    except MadeAlready:
        return None


def last_made(at):
    """The last round for the instant `at` or a later one, or None."""
    return Round.objects.filter(at__gte=at).order_by("at").last()


def look(now):
    """What a round would come to now. Changes nothing and locks nothing. Returns Made."""
    with transaction.atomic():
        return _matched(load(timezone.localdate(now), lock=False))


def what_if(more, now):
    """(Made now, Made if there were `more`, {disc: copies}, on the shelf). Changes nothing and locks nothing."""
    with transaction.atomic():
        market = load(timezone.localdate(now), lock=False)
        return _matched(market), _matched(_with(market, more))


def _take_turn():
    with connection.cursor() as cursor:
        cursor.execute(ONE_AT_A_TIME)
        if not cursor.fetchone()[0]:
            raise Refused("Another round is being made. Wait for it to end.")


def _with(market, more):
    """`market` with more copies; a disc that nobody asks for changes nothing. The copies have numbers below 0."""
    added = np.array([more.get(int(disc), 0) for disc in market.discs.disc], np.int64)  # of none it would be floats
    new = np.repeat(market.discs.disc, added)
    disc, copy = np.append(market.free["disc"], new), np.append(market.free["copy"], -1 - np.arange(len(new)))
    order = np.lexsort((copy, disc))
    discs = Discs(market.discs.disc, market.discs.release, market.discs.copies + added)
    return market._replace(discs=discs, free={"disc": disc[order], "copy": copy[order]})


def _matched(market):
    result = allocate(market.places, market.wishes, market.discs, market.held_in_sets)
    copy = _copies(result.sent, market)
    return Made(None, market, result, copy, _positions(result.sent.entry))


def _copies(sent, market):
    """The copy for each that is sent: of one disc the oldest claim gets the copy with the lowest key."""
    entries, first = np.unique(market.wishes.entry, return_index=True)
    claim = market.wishes.claim[first][np.searchsorted(entries, sent.entry)]
    order = np.lexsort((claim, sent.disc))
    disc = sent.disc[order]
    starts = np.searchsorted(disc, disc)
    copy = np.empty(len(disc), np.int64)
    copy[order] = market.free["copy"][np.searchsorted(market.free["disc"], disc) + np.arange(len(disc)) - starts]
    return copy


def _positions(entries):
    """The place in the queue of each, before anything is sent."""
    with connection.cursor() as cursor:
        rows = arrays.read(cursor, ("entry", "position"), POSITIONS, {"entries": entries.tolist()})
    return rows["position"][np.searchsorted(rows["entry"], entries)]


# ------------------------------------------------------------------ writing it down
def _lend(made, row, now):
    sent = made.result.sent
    columns = [sent.member, sent.place, sent.entry, made.copy, made.position]
    with connection.cursor() as cursor:
        cursor.execute(LEND, [row.pk, now, *(column.tolist() for column in columns)])
        cursor.execute(CLOSE, [now, sent.entry.tolist()])
        if cursor.rowcount != len(sent.entry):
            raise AssertionError(f"{len(sent.entry) - cursor.rowcount} requests changed under the locks of the round.")


def _date_claims(entries, at):
    """A request has its claim from the first round that refused it a disc, whatever becomes of it later."""
    with connection.cursor() as cursor:
        cursor.execute(DATE_CLAIMS, [at, np.unique(entries).tolist()])


def _tell(made, row):
    result, unpaid = made.result, made.market.unpaid
    of_round = {"round_id": (">i8", row.pk)}
    refused = result.refused
    passed = {"entry_id": (">i8", refused.entry), "disc_id": (">i8", refused.disc)}
    passed |= {name: (">i4", getattr(refused, name)) for name in ("copies", "proposed", "turn")}
    aside = {"entry_id": (">i8", result.set_aside.entry), "sent_id": (">i8", result.set_aside.sent)}
    with connection.cursor() as cursor:
        arrays.write(cursor, PassedOver._meta.db_table, of_round | passed | {"served": ("?", refused.served)})
        arrays.write(cursor, SetAside._meta.db_table, of_round | aside)
    for cause in np.unique(result.idle.cause):
        of_cause = result.idle.cause == cause
        _tell_idle(row, str(cause), result.idle.member[of_cause], result.idle.place[of_cause])
    _tell_idle(row, Cause.PAYMENT, unpaid.member, unpaid.number)


def _tell_idle(row, cause, members, places):
    kind = f"S{len(cause)}"
    columns = {"round_id": (">i8", row.pk), "member_id": (">i8", members), "place": (">i2", places)}
    with connection.cursor() as cursor:
        arrays.write(cursor, IdlePlace._meta.db_table, columns | {"cause": (kind, cause.encode())})


# ------------------------------------------------------------------ what is kept
def forget_rounds(*, now):
    """Delete what rounds of more than 30 days ago told of places and requests; what they sent stays. How many rows."""
    old = {"round__at__lt": now - KEPT}
    return sum(model.objects.filter(**old).delete()[0] for model in (PassedOver, SetAside, IdlePlace))
