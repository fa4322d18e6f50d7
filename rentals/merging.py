"""What of rentals follows when titles or editions are merged or split: requests, copies, orders, lists.

A request with the better claim is never lost: of two that ask for the same, the one with the older claim stands, at the
better place of the two; the other is taken off the queue.
"""

from contextlib import contextmanager

from django.db import connection
from django.utils import timezone

from catalogue import merging
from catalogue.merging import Follower, Plan
from catalogue.models import Disc, Release, Title
from rentals.models import (
    Copy,
    ListEntry,
    MemberList,
    Order,
    OutOfPrint,
    PassedOver,
    QueueEntry,
    Rental,
    Seen,
    Stock,
    TwoAtOnce,
)
from rentals.models.queue import NO_PROMISE

TWICE = "The member asks for the same of both: the older claim stands, at the better of the two places."
MOVING = "SELECT set_config('kinopost.moving', %s, true)"
COUNT = """
UPDATE rentals_stock s SET copies = c.copies, on_shelf = c.on_shelf, held_since = c.held_since, rentals = c.rentals,
  waiting = c.waiting
FROM unnest(%s::bigint[]) AS t(id), LATERAL (
  SELECT count(k.id) FILTER (WHERE k.withdrawn_at IS NULL AND k.missing_at IS NULL)::int AS copies,
    count(k.id) FILTER (WHERE k.withdrawn_at IS NULL AND k.missing_at IS NULL AND k.in_inspection_since IS NULL
      AND NOT EXISTS (SELECT FROM rentals_rental o WHERE o.copy_id = k.id AND o.checked_in_at IS NULL
        AND o.cancelled_at IS NULL))::int AS on_shelf,
    min(k.acquired_on) AS held_since,
    coalesce(sum((SELECT count(*) FROM rentals_rental n WHERE n.copy_id = k.id AND n.cancelled_at IS NULL)), 0)::int
      AS rentals,
    (SELECT count(*)::int FROM rentals_queueentry e WHERE e.title_id = t.id
      AND rentals_in_line(e.paused_at, e.removed_at, e.sent_at, e.disc_id)) AS waiting
  FROM catalogue_release r JOIN catalogue_disc d ON d.release_id = r.id AND d.number = 1
  JOIN rentals_copy k ON k.disc_id = d.id WHERE r.title_id = t.id) c
WHERE s.title_id = t.id
"""
TWO_OF_A_SET = """
SELECT count(*) FROM rentals_rental a JOIN rentals_copy ka ON ka.id = a.copy_id
JOIN catalogue_disc da ON da.id = ka.disc_id AND da.release_id = %s
JOIN rentals_rental b ON b.round_id = a.round_id AND b.member_id = a.member_id
JOIN rentals_copy kb ON kb.id = b.copy_id JOIN catalogue_disc db ON db.id = kb.disc_id AND db.release_id = %s
"""


class Requests(Follower):
    """Entries of queues. What is sent or taken off moves as it is; of two live ones for the same, one stands."""

    def plan(self, gone, stays):
        rows = list(self.of(gone.pk).order_by("pk"))
        ours = {self._wish(row): row for row in self.of(stays.pk) if _is_live(row)}
        pairs = ((row, ours.get(self._wish(row))) for row in rows if _is_live(row))
        return Plan([row.pk for row in rows], dict(_ranked(*pair) for pair in pairs if pair[1]))

    def _wish(self, row):
        return row.member_id, *((row.medium, row.disc_id) if self.path == "title" else ())

    def line(self, gone, stays):
        line, off = super().line(gone, stays), len(self.plan(gone, stays).dropped)
        return line._replace(moved=line.moved - off)

    def carry_out(self, gone, stays, deed):
        plan, now = self.plan(gone, stays), timezone.now()
        for worse, better in plan.dropped.items():
            _put_together(worse, better, deed, now)
        self.move(plan.moved, stays, deed)


class Stocks(Follower):
    """Triggers make and count them; how long copies are away was learned, and is remembered."""

    def plan(self, gone, stays):
        return Plan()

    def carry_out(self, gone, stays, deed):
        for stock in self.of(gone.pk):
            merging.note(deed, stock, days_away=stock.days_away)


def _is_live(row):
    return row.removed_at is None and row.sent_at is None


def _ranked(one, other):
    """The keys of two entries, the one with the younger claim first."""
    older, younger = sorted((one, other), key=lambda row: (row.claim_at is None, row.claim_at, row.asked_at, row.pk))
    return younger.pk, older.pk


def _put_together(worse, better, deed, now):
    rows = QueueEntry.objects.in_bulk([worse, better])
    ranks = sorted(row.rank for row in rows.values())
    merging.change(deed, QueueEntry.objects.filter(pk=worse), removed_at=now, rank=ranks[1], **NO_PROMISE)
    waits = {"paused_at": None} if rows[worse].paused_at is None else {}
    merging.change(deed, QueueEntry.objects.filter(pk=better), rank=ranks[0], **waits)


def declare():
    """Register all of it."""
    merging.register(
        Requests(QueueEntry, "title", "Requests in queues", why=TWICE, member="member"),
        Follower(
            ListEntry,
            "title",
            "Places on members’ lists",
            same=("list_id",),
            better=lambda row: -row["rank"],
            why="The list has both: the better place stands.",
            member="list__member",
        ),
        Follower(
            Seen,
            "title",
            "Marked as seen",
            same=("member_id",),
            why="The member marked both.",
            member="member",
        ),
        Requests(QueueEntry, "disc", "Requests for discs", why=TWICE, member="member"),
        Follower(Copy, "disc", "Copies"),
        Follower(PassedOver, "disc", "Told of rounds", same=("round_id", "entry_id"), why="One round told of both."),
        Follower(TwoAtOnce, "release", "Two discs at once", same=("member_id",), why="It is so already."),
        Follower(Order, "release", "Orders"),
        Follower(OutOfPrint, "release", "", goes=True),
        Stocks(Stock, "title", ""),
    )
    _come_along()
    merging.register_lock(_lock)
    merging.wrap(_moving)
    merging.refuse_if(Release, _two_in_a_round)
    merging.after_splitting(Release, "title", _requests_follow_their_disc)


def _come_along():
    """What hangs on discs and editions, which move themselves."""
    release = "disc__release__title"
    merging.register_count(Title, "Copies", lambda key: Copy.objects.filter(**{release: key}))
    merging.register_count(Title, "Rentals", lambda key: Rental.objects.filter(**{f"copy__{release}": key}))
    merging.register_count(Title, "Orders", lambda key: Order.objects.filter(release__title=key))


def _lock(titles):
    """Lists, open rentals, copies and stock of `titles`, each in the order of their keys."""
    lists = MemberList.objects.filter(pk__in=ListEntry.objects.filter(title__in=titles).values("list"))
    copies = Copy.objects.filter(pk__in=Copy.objects.filter(disc__release__title__in=titles).values("pk"))
    rentals = Rental.objects.open().filter(copy__in=copies)
    for rows in (lists, rentals, copies, Stock.objects.filter(pk__in=titles)):
        list(rows.order_by("pk").select_for_update(no_key=rows.model is not Copy).values_list("pk"))


@contextmanager
def _moving(titles):
    """Editions and discs with copies may move meanwhile; at the end the stock of `titles` is counted anew."""
    with connection.cursor() as cursor:
        cursor.execute(MOVING, ["on"])
        yield
        cursor.execute(MOVING, ["off"])
        cursor.execute(COUNT, [sorted(titles)])


def _two_in_a_round(gone, stays):
    with connection.cursor() as cursor:
        cursor.execute(TWO_OF_A_SET, [gone.pk, stays.pk])
        (number,) = cursor.fetchone()
    return ["A member got a disc of each in one round: they were not one edition then."] if number else []


def _requests_follow_their_disc(title, to, releases, deed):
    rows = QueueEntry.objects.filter(title=title, disc__in=Disc.objects.filter(release__in=releases))
    merging.change(deed, QueueEntry.objects.filter(pk__in=list(rows.values_list("pk", flat=True))), title_id=to.pk)
