"""The plans that members of a shop are on.

What they paid for there is free here: the days to `paid_until` are a free trial, of which everybody has one. Before it
ends the first invoice goes out, as with every trial.
"""

from datetime import timedelta

from django.db.models import Max
from django.db.models.functions import Greatest
from django.utils import timezone

from catalogue.wording import day
from rentals.models import Happening, Membership, MembershipChange, Plan
from rentals.models.shelf import MOST_PLACES
from rentals.months import ONE
from rentals.shop_import.cells import day_in
from rentals.shop_import.report import ALREADY_HERE, BROUGHT_IN
from rentals.shop_import.rows import Unfit

FARTHEST = timedelta(days=366)


def bring_in(rows, members, now, report):
    """Open a membership for each of `members` ({id: key}) whose row names a plan and who has none."""
    rows = [row for row in rows if row.key in members and row.cell("plan")]
    step = _Plans(rows, members, now)
    made = {}
    for row in rows:
        key = members[row.key]
        if key in step.open or key in made:
            report.add("membership", ALREADY_HERE)
            continue
        try:
            made[key] = step.membership(row, key)
        except Unfit as refusal:
            report.reject(row, refusal, kind="membership")
        else:
            report.add("membership", BROUGHT_IN)
    _write(made.values(), now)


class _Plans:
    """What is asked of the database for all `rows` at once."""

    def __init__(self, rows, members, now):
        keys = [members[row.key] for row in rows]
        memberships = Membership.objects.filter(member__in=keys)
        self.open = set(memberships.open().values_list("member", flat=True))
        self.tried = set(memberships.filter(trial_until__isnull=False).values_list("member", flat=True))
        self.plans, self.now, self.today = (
            {plan.slug: plan for plan in Plan.objects.all()},
            now,
            timezone.localdate(now),
        )

    def membership(self, row, key):
        if not (plan := self.plans.get(row.cell("plan"))):
            what = f"Member {row.key} is on the plan “{row.cell('plan')}”; there are {', '.join(sorted(self.plans))}."
            raise Unfit("unknown plan", what)
        until = day_in(row, "paid_until")
        if until is None or not self.today <= until <= self.today + FARTHEST:
            what = (
                f"Member {row.key} has a plan and is paid until “{row.cell('paid_until')}”. Write a day within a year"
            )
            raise Unfit("not paid", f"{what} from today; else the member comes without a plan and joins one here.")
        if key in self.tried:
            raise Unfit("had a trial", f"Member {row.key} had a membership with free days here before, and joins anew.")
        days = {"trial_until": until, "paid_until": until, "pay_day": (until + ONE).day}
        return Membership(member_id=key, plan=plan, asked_at=self.now, confirmed_at=self.now, **days)


def _write(memberships, now):
    made = Membership.objects.bulk_create(memberships, batch_size=5000)
    MembershipChange.objects.bulk_create(
        (
            MembershipChange(membership=one, at=now, what=what, became=became)
            for one in made
            for what, became in (
                (Happening.ASKED, one.plan.name),
                (Happening.CONFIRMED, f"free until {day(one.trial_until)}"),
            )
        ),
        batch_size=5000,
    )


def places(members):
    """{member's key: how many discs may be at home}: as the plan says, or the biggest plan there was; else the most."""
    rows = Membership.objects.filter(member__in=members)
    had = rows.annotate(most=Greatest("plan__places_at_home", Max("changes__plan__places_at_home")))
    most = {}
    for member, number in had.values_list("member", "most"):
        most[member] = max(number, most.get(member, 0))
    now = dict(rows.open().values_list("member", "plan__places_at_home"))
    return dict.fromkeys(members, MOST_PLACES) | most | now
