"""The places at home that a member's plan gives, and which of them are free, read from rows (never counted up).

Whoever fills a place reads them under the lock of the member's row; whoever only prints them needs none.
"""

from dataclasses import dataclass

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Subquery

from rentals import editions, invoices, memberships
from rentals.models import Membership, Rental

NO_PLAN, UNCONFIRMED, UNPAID, PAUSED = "no plan", "unconfirmed", "unpaid", "paused"
USED_UP, FULL = "used up", "full"  # the discs of this month; all places


@dataclass
class Places:
    """`free`: the numbers of the places that may be filled now. `cause`: why there is none, or "".

    `left`: how many more discs the plan's cap lets out this month, None without a cap; `viewing`: how the member
    watches, None without a plan.
    """

    membership: Membership | None
    free: list
    cause: str
    left: int | None = None
    viewing: editions.Viewing | None = None


def places_of(member, today):
    """The Places of `member` on `today`. One query; two more where the plan has a cap for the month."""
    membership = _membership(member)
    if membership is None:
        return Places(None, [], NO_PLAN)
    memberships.brought_up_to(membership, today)
    cause, left = _cause(membership, today), _left_this_month(membership, today)
    free = [] if cause else _free(membership, left)
    viewing = editions.Viewing.of(membership.viewing, membership.plan)
    return Places(membership, free, cause or ("" if free else _why_none(membership)), left, viewing)


def _membership(member):
    """The open membership with its plan, the places `taken` and what the member told of `viewing`; None without one."""
    taken = Rental.objects.open().filter(member=OuterRef("member")).values("place")
    rows = Membership.objects.open().for_page().filter(member=member)
    told = Subquery(editions.viewing_told(OuterRef("member")))
    return rows.annotate(taken=ArraySubquery(taken), viewing=told).first()


def _cause(membership, today):
    if membership.confirmed_at is None:
        return UNCONFIRMED
    if not membership.paid_on(today):
        return UNPAID
    return PAUSED if membership.paused_on(today) else ""


def _why_none(membership):
    return USED_UP if has_room(membership) else FULL


def has_room(membership):
    """Whether fewer discs are out than the plan has places."""
    return len(membership.taken) < membership.plan.places_at_home


def _left_this_month(membership, today):
    """How many more discs go out in the month paid for last, which a pause makes longer; None without a cap."""
    if membership.plan.discs_a_month is None or membership.confirmed_at is None:
        return None
    sent = Rental.objects.filter(member=membership.member_id, cancelled_at=None, lost_at=None)
    sent = sent.filter(allocated_at__date__gte=invoices.month_began(membership, today)).count()
    return max(0, membership.plan.discs_a_month - sent)


def _free(membership, left):
    """The lowest numbers that are not taken, at most `left`, if that is a number.

    A plan that became smaller gives none until enough discs are back.
    """
    plan, taken = membership.plan, set(membership.taken)
    room = plan.places_at_home - len(taken)
    room = room if left is None else min(room, left)
    return [place for place in range(1, plan.places_at_home + 1) if place not in taken][: max(room, 0)]
