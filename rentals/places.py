"""The places at home that a member's plan gives, and which of them are free, read from rows (never counted up).

Whoever fills a place reads them under the lock of the member's row; whoever only prints them needs none.
"""

from dataclasses import dataclass

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef, Subquery
from django.utils import timezone

from rentals.models import Membership, Player, Rental

NO_PLAN, UNCONFIRMED, UNPAID, PAUSED = "no plan", "unconfirmed", "unpaid", "paused"
USED_UP, FULL = "used up", "full"  # the discs of this month; all places


@dataclass
class Places:
    """`free`: the numbers of the places that may be filled now. `cause`: why there is none, or ""."""

    membership: Membership | None
    free: list
    cause: str


def places_of(member, now):
    """The Places of `member` at the instant `now`, in one query."""
    membership = _membership(member, now)
    cause = _cause(membership, timezone.localdate(now))
    free = [] if cause else _free(membership)
    return Places(membership, free, cause or ("" if free else FULL))


def _membership(member, now):
    """The open membership with its plan, the places `taken`, discs `had` this month and media that the member `plays`.

    None without one.
    """
    mine = Rental.objects.filter(member=OuterRef("member"))
    had = mine.filter(allocated_at__gte=_month(now), cancelled_at=None).order_by().values("member")
    return (
        Membership.objects.open()
        .filter(member=member)
        .select_related("plan")
        .annotate(
            taken=ArraySubquery(mine.open().values("place")),
            had=Subquery(had.annotate(n=Count("pk")).values("n")),
            plays=ArraySubquery(Player.objects.filter(member=OuterRef("member")).values("medium")),
        )
        .first()
    )


def _month(now):
    """The instant at which the calendar month of `now` began."""
    return timezone.localtime(now).replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def _cause(membership, today):
    if membership is None:
        return NO_PLAN
    if membership.confirmed_at is None:
        return UNCONFIRMED
    if membership.paid_until is None or membership.paid_until < today:
        return UNPAID
    if _is_paused(membership, today):
        return PAUSED
    cap = membership.plan.discs_a_month
    return USED_UP if cap is not None and (membership.had or 0) >= cap else ""


def _is_paused(membership, today):
    since, until = membership.paused_from, membership.paused_until
    return since is not None and since <= today and (until is None or until >= today)


def _free(membership):
    """The lowest numbers that are not taken. A plan that became smaller gives none until enough discs are back."""
    plan, taken = membership.plan, set(membership.taken)
    room = plan.places_at_home - len(taken)
    if plan.discs_a_month is not None:
        room = min(room, plan.discs_a_month - (membership.had or 0))
    return [place for place in range(1, plan.places_at_home + 1) if place not in taken][: max(room, 0)]
