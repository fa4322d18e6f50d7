"""A shop that never was, day by day: tastes, hold times, the post and its losses, and rounds by some rule.

Members want titles by Zipf's law (bench/markets.py), each title on one disc, and put in another film for each that they
were sent. Discs come back after a time that is the member's own; some are lost. The shop buys once, with a rough idea
of demand. The same seed is the same world for each rule, until what they send differs.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np

from bench import markets, rules
from rentals.allocation import NEVER, Discs, Wishes, in_order_of_claims
from rentals.calendar import add_business_days, is_business_day
from rentals.models.stock import DAYS_AWAY
from rentals.waits import estimate

BEGINS = date(2026, 1, 5)  # a Monday
ROUNDS = 2  # a day
ENTRIES = 30
COPIES_PER_PLACE = 1.3
HOLD_DAYS, HOLD_SPREAD = 5, 0.9  # median over members and rentals; sigmas of two lognormals, together
SECOND_DAY = 0.2  # of what is posted comes a business day later
LOST = 0.002  # of what is posted, each way
OVERDUE = 5  # business days until a member reports what has not come


@dataclass
class Wait:
    """A request from its first refusal on: what it was promised then, and how long it took."""

    since: float
    low: int
    high: int
    days: float | None = None


@dataclass
class Shop:
    """What there is at some moment. Days are whole and count from BEGINS; a round adds a fraction."""

    members: int
    seed: int
    day: int = 0
    sent: list = field(default_factory=list)  # (day, member, number in the queue, days since the first refusal or None)
    rounds: list = field(default_factory=list)  # (day, open places, sent, members wronged)
    waits: dict = field(default_factory=dict)  # request: Wait
    lost: int = 0

    def __post_init__(self):
        self.chance = np.random.default_rng(self.seed)
        self.demand = markets.demand_of(self.members // markets.MEMBERS_PER_TITLE)
        self.titles = len(self.demand)
        shape = (self.members, ENTRIES)
        self.queue = markets.queues(self.chance, self.demand, *shape).reshape(shape)
        self.entry = np.arange(self.queue.size).reshape(shape)
        self.asked = self.chance.random(shape) - 1
        self.refused = np.full(shape, np.inf)  # when first
        self.new_entry = self.queue.size
        self.plan = self.chance.integers(1, markets.MOST_PLACES + 1, self.members)
        self.out = np.zeros(self.members, int)
        self.pace = self.chance.lognormal(0, HOLD_SPREAD / 2**0.5, self.members)
        guess = self.demand * self.chance.lognormal(0, markets.GUESS, self.titles)
        total = int(COPIES_PER_PLACE * self.plan.sum())
        self.copies = self.chance.multinomial(total, guess / guess.sum())
        self.shelf = self.copies.copy()
        self.away = np.array([0, 0])  # days, rentals: what is learned of how long copies are away
        self.back, self.freed = {}, {}  # day: [(member, title, days away)], day: [member]

    # -------------------------------------------------------------- a day
    def live(self, days, rule):
        """Go on for `days`, sharing out by `rule` (bench/rules.py)."""
        for day in range(self.day, self.day + days):
            self.day = day
            if is_business_day(self._date(self.day)):
                for number in range(ROUNDS):
                    self._take_in(number)
                    self._round(self.day + (number + 1) / 4, rule)

    def _date(self, day):
        return BEGINS + timedelta(days=day)

    def _take_in(self, number):
        """The post of the morning: one half is checked in before the first round, the rest before the second."""
        rows = self.back.get(self.day, [])
        for member, title, days in rows[number::ROUNDS]:
            self.out[member] -= 1
            self.shelf[title] += 1
            self.away += (days, 1)
        for member in self.freed.get(self.day, []) if number == 0 else ():
            self.out[member] -= 1

    # -------------------------------------------------------------- a round
    def _round(self, now, rule):
        places, wishes, discs = self._market()
        if not len(places.member):
            return
        won = np.sort(rule(places, wishes, discs)).astype(int)
        self.rounds.append((self.day, len(places.member), len(won), _wronged(places, wishes, discs, won)))
        wishes = wishes._replace(member=np.flatnonzero(self.plan > self.out)[wishes.member])
        spots = list(zip(wishes.member[won].tolist(), wishes.rank[won].tolist(), strict=True))
        self._refuse(wishes, won, now)
        for member, rank in reversed(spots):  # the lowest of a queue first, so that numbers above it stay
            self._send(member, rank, now)

    def _market(self):
        """Of those with an open place, who are numbered from 0, as are the requests."""
        who = np.flatnonzero(self.plan > self.out)
        places = markets.places_of((self.plan - self.out)[who])
        rows = np.repeat(who, ENTRIES)
        rank = np.tile(np.arange(ENTRIES), len(who))
        title, entry = self.queue[rows, rank], self.entry[rows, rank]
        refused = self.refused[rows, rank]
        first = np.where(np.isinf(refused), NEVER, np.nan_to_num(refused * 1e6, posinf=0).astype(np.int64))
        claim = in_order_of_claims(first, self.asked[rows, rank], entry)
        discs = np.unique(title)
        number = np.repeat(np.arange(len(who)), ENTRIES)
        wishes = Wishes(number, rank, np.arange(len(rows)), np.zeros(len(rows), np.int8), title, claim)
        return places, wishes, Discs(discs, discs, self.shelf[discs])

    def _refuse(self, wishes, won, now):
        """What stands above the lowest that a member got, or anywhere if a place stays open, was refused."""
        lowest = np.full(self.members, -1)
        np.maximum.at(lowest, wishes.member[won], wishes.rank[won])
        got = np.bincount(wishes.member[won], minlength=self.members)
        lowest[got < self.plan - self.out] = ENTRIES
        passed = wishes.rank < lowest[wishes.member]
        passed[won] = False
        new = passed & np.isinf(self.refused[wishes.member, wishes.rank])
        if not new.any():
            return
        self.refused[wishes.member[new], wishes.rank[new]] = now
        lines = self._lines(wishes.disc[new])
        for row in np.flatnonzero(new).tolist():
            self._promise((wishes.member[row], wishes.rank[row]), lines, now)

    def _lines(self, titles):
        """{title: the claims of all requests for it, in order}"""
        wanted = np.isin(self.queue, np.unique(titles))
        order = np.lexsort((self.asked[wanted], self.refused[wanted], self.queue[wanted]))
        title, entry = self.queue[wanted][order], self.entry[wanted][order]
        bounds = np.flatnonzero(np.diff(title, prepend=-1))
        return {
            int(title[start]): {int(key): place for place, key in enumerate(entry[start:end], 1)}
            for start, end in zip(bounds, np.append(bounds[1:], len(title)), strict=True)
        }

    def _promise(self, spot, lines, now):
        """What the site would say to who was just passed over (`rentals.waits.estimate`)."""
        title, key = int(self.queue[spot]), int(self.entry[spot])
        if self.copies[title]:
            place, days = lines[title][key], self._days_away()
            wait = estimate(place, int(self.copies[title]), 0, days, len(lines[title]), mine=True)
            self.waits[key] = Wait(now, wait.low_days, wait.high_days)

    def _days_away(self):
        days, rentals = self.away
        return round((days + 10 * DAYS_AWAY) / (rentals + 10))

    def _send(self, member, rank, now):
        title, key = int(self.queue[member, rank]), int(self.entry[member, rank])
        wait = self.waits.get(key)
        if wait:
            wait.days = now - wait.since
        self.sent.append((self.day, member, rank, wait and wait.days))
        self.shelf[title] -= 1
        self.out[member] += 1
        self._post(member, title)
        self._ask_for_another(member, rank, now)

    def _post(self, member, title):
        """Out, kept, back: on which day it is here again, if it ever is."""
        here = self._date(self.day)
        arrives = add_business_days(here, 1 + int(self.chance.random() < SECOND_DAY))
        kept = max(1, round(HOLD_DAYS * self.pace[member] * self.chance.lognormal(0, HOLD_SPREAD / 2**0.5)))
        returns = add_business_days(arrives + timedelta(days=kept), 1 + int(self.chance.random() < SECOND_DAY))
        fate = self.chance.random()
        if fate < 2 * LOST:
            self._lose(member, title, add_business_days(here if fate < LOST else returns, OVERDUE))
        else:
            day = (returns - BEGINS).days
            self.back.setdefault(day, []).append((member, title, day - self.day))

    def _lose(self, member, title, told):
        self.lost += 1
        self.copies[title] -= 1
        self.freed.setdefault((told - BEGINS).days, []).append(member)

    def _ask_for_another(self, member, rank, now):
        """Take the entry out, and put one at the bottom that is not in the queue."""
        for column in (self.queue, self.entry, self.asked, self.refused):
            column[member, rank:-1] = column[member, rank + 1 :]
        self.queue[member, -1] = -1
        new = -1
        while new in self.queue[member]:
            new = int(np.searchsorted(np.cumsum(self.demand), self.chance.random()).clip(max=self.titles - 1))
        self.queue[member, -1], self.entry[member, -1] = new, self.new_entry
        self.asked[member, -1], self.refused[member, -1] = now, np.inf
        self.new_entry += 1


def _wronged(places, wishes, discs, won):
    """Members who would rather have had a disc that is left, or that went to a younger claim."""
    envy, waste = rules.complaints(places, wishes, discs, won)
    return len(np.unique(wishes.member[envy | waste]))
