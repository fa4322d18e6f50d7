"""Two years of the demo's shop, day by day, by the verbs that the shop itself uses.

On each working day (until a while ago: on Mondays and Thursdays) discs come back, people begin, queues are topped up,
and what is free goes to whoever has it highest in the queue and a place for it. Members take turns in a random order,
as if staff lent by hand.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db import connection
from django.utils import timezone

from members.models import Member
from rentals import lending, queue
from rentals.calendar import is_business_day

YEARS = 2
CHECK_IN, FILL, ROUND, POST = time(9), time(9, 30), time(10), time(15)
DAILY = 120  # days for which the shop has worked every day: it began small, and the demo is made sooner
ANALYZED = 30  # days
SHORT, LONG = 4, 10  # a queue shorter than the one is filled up to the other


@dataclass
class Renter:
    """A member, and what the days to come need to know of them."""

    member: Member
    begins_on: date
    weights: list
    free: list  # places at home
    asked: set = field(default_factory=set)  # titles in the queue, at home or had
    queue: list = field(default_factory=list)  # entries in order


class Life:
    """The shop from `now` minus two years to `now`."""

    def __init__(self, renters, copies, tastes, chance, now):
        self.renters, self.copies, self.tastes, self.chance, self.now = renters, copies, tastes, chance, now
        self.back = defaultdict(list)  # day: (renter, place, rental)
        self.out = set()  # copies

    def live(self):
        for number, day in enumerate(_working_days(self.now.date())):
            if number % ANALYZED == 0:
                _analyze()
            self._check_in(day)
            self._fill(day)
            self._send(day)

    # ------------------------------------------------------------------ the steps of a day
    def _check_in(self, day):
        due = [row for back in sorted(self.back) if back <= day for row in self.back.pop(back)]
        if due and (at := _at(day, CHECK_IN)) <= self.now:
            lending.check_in_many([rental for _, _, rental in due], at=at, tell=False)
            for renter, place, rental in due:
                renter.free.append(place)
                self.out.discard(rental.copy_id)

    def _fill(self, day):
        for renter in self.renters:
            if renter.begins_on <= day and len(renter.queue) < SHORT:
                titles = self.tastes.choose(renter.weights, LONG - len(renter.queue), renter.asked)
                queue.enqueue_all(renter.member, titles, now=min(_at(day, FILL), self.now))
                renter.asked.update(titles)
                renter.queue = list(renter.member.queue.in_order())

    def _send(self, day):
        if (at := _at(day, ROUND)) > self.now:
            return
        chosen = list(self._chosen(day))
        rentals = lending.lend_many([(entry, copy, place) for _, entry, copy, place in chosen], now=at)
        if _at(day, POST) <= self.now:
            lending.dispatch(rentals, at=_at(day, POST), tell=False)
        for (renter, *_, place), rental in zip(chosen, rentals, strict=True):
            self.back[self._return_day(day)].append((renter, place, rental))

    # ------------------------------------------------------------------ who gets what, and for how long
    def _chosen(self, day):
        """(renter, entry, copy, place) of what goes out on `day`."""
        for renter in self.chance.sample(self.renters, len(self.renters)):
            while renter.free and (found := self._first_in(renter, day)):
                entry, copy = found
                renter.queue.remove(entry)
                self.out.add(copy.pk)
                yield renter, entry, copy, renter.free.pop()

    def _first_in(self, renter, day):
        for entry in renter.queue:
            for copy in self.copies[entry.title_id]:
                if copy.pk not in self.out and copy.acquired_on <= day:
                    return entry, copy
        return None

    def _return_day(self, day):
        back = day + timedelta(days=4 + round(self.chance.lognormvariate(2.1, 0.45)))
        while not is_business_day(back):
            back += timedelta(days=1)
        return back


def _working_days(today):
    start = today - timedelta(days=365 * YEARS)
    days = (start + timedelta(days=number) for number in range((today - start).days + 1))
    return [day for day in days if is_business_day(day) and _is_open(day, today)]


def _is_open(day, today):
    return day.isoweekday() in (1, 4) or (today - day).days < DAILY


def _analyze():
    """Postgres plans by what it last knew of a table, and here tables grow from nothing in one transaction."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE rentals_rental, rentals_queueentry, rentals_copy")


def _at(day, hour):
    return timezone.make_aware(datetime.combine(day, hour))
