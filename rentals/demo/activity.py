"""All of the demo's life, in order."""

import random
from datetime import timedelta

from django.db import transaction

from catalogue import viewings
from members import mail
from rentals import queue, waits
from rentals.demo import memberships, shop, showpiece
from rentals.demo.life import YEARS, Life, Renter
from rentals.demo.lists import make_lists
from rentals.demo.people import settle_in
from rentals.demo.tastes import Tastes

RENTERS = 200
OLD_HANDS = 30  # of the members, who rent from the first day
PAUSES = 7  # every seventh entry of some queues


@transaction.atomic
def make_activity(*, members, now):
    """Make copies, plans, queues, rentals and lists up to `now` for `members`, the first of whom rent longest."""
    chance = random.Random(1957)
    settle_in(members, chance, now)
    titles, copies = shop.stocked(chance, now)
    tastes = Tastes(titles, chance)
    plans = [memberships.plan_of(number) for number in range(len(members))]
    renters = [_renter(*row, tastes, chance, now) for row in zip(range(len(members)), members, plans, strict=True)]
    with mail.unsaid(), viewings.told_at_the_end():
        Life(renters, copies, tastes, chance, now).live()
        memberships.join_all(renters, plans, now=now)
        showpiece.dress(renters[0], now)
    _pause_some(renters, now)
    make_lists(members, chance, now)
    waits.learn_days_away(now)


def _renter(number, member, plan, tastes, chance, now):
    days = 365 * YEARS if number < OLD_HANDS else round(chance.triangular(20, 365 * YEARS, 90))
    places = showpiece.AT_HOME if number == 0 else plan.places_at_home
    begins = (now - timedelta(days=days)).date()
    return Renter(member, begins, tastes.new(), list(range(places, 0, -1)))


def _pause_some(renters, now):
    for renter in renters[::5]:
        for entry in renter.queue[2::PAUSES]:
            queue.pause(entry, now=now)
