"""Markets that never were, always the same for a seed: queues of tastes that follow Zipf's law, stock, claims."""

import numpy as np

from rentals.allocation import Discs, Places, Wishes

MEMBERS_PER_TITLE = 10
ZIPF = 0.8  # the title of rank r is wanted r**-0.8 times as much as the first
COPIES_PER_PLACE = 1.0  # free copies in the whole shop for each open place
GUESS = 1.0  # how far the shop's idea of demand is off: sigma of a lognormal
MEDIA = 3  # 4K, Blu-ray, DVD; every title is on DVD
ON_BETTER = (0.1, 0.45)  # share of titles that are on 4K, and on Blu-ray or 4K
PLAYS_BETTER = (0.15, 0.6)  # of members who play 4K, and Blu-ray
WANTS_ANY = 0.8  # of entries; the others ask for one medium
MOST_PLACES = 4
REFUSED_DOWN_TO = 5  # number 1 of a queue has been refused before, number 6 in one case of e
LONG_AGO = 1000


def make(members, entries=30, seed=1):
    """(Places, Wishes, Discs), the wishes in their order."""
    chance = np.random.default_rng(seed)
    demand = demand_of(members // MEMBERS_PER_TITLE)
    best = _best(chance, ON_BETTER, len(demand))
    title = queues(chance, demand, members, entries)
    first, many = _media(chance, title, best, entries)
    claim = _claims(chance, members, entries)
    places = chance.integers(1, MOST_PLACES + 1, members)
    return (
        places_of(places),
        _wishes(title, first, many, claim, entries),
        _discs(chance, demand, best, int(places.sum())),
    )


def demand_of(titles):
    share = np.arange(1, titles + 1) ** -ZIPF
    return share / share.sum()


def queues(chance, demand, members, entries):
    """A row of different titles for each member, in the order in which they are wanted."""
    upto = np.cumsum(demand).astype(np.float32)
    title = np.empty((members, entries), np.int32)
    wrong = np.ones(title.shape, bool)
    while wrong.any():
        drawn = np.searchsorted(upto, chance.random(np.count_nonzero(wrong), np.float32))
        title[wrong] = np.minimum(drawn, len(demand) - 1)
        wrong = _repeated(title)
    return title.ravel()


def _repeated(title):
    """Which of each row's titles stand in it further to the left."""
    order = np.argsort(title, axis=1, kind="stable")
    in_order = np.take_along_axis(title, order, axis=1)
    again = np.zeros(title.shape, bool)
    again[:, 1:] = in_order[:, 1:] == in_order[:, :-1]
    wrong = np.empty_like(again)
    np.put_along_axis(wrong, order, again, axis=1)
    return wrong


def _best(chance, shares, size):
    """The best medium of each title, or of each member's players: 0 for 4K, 2 for DVD."""
    return np.searchsorted(shares, chance.random(size, np.float32), side="right").astype(np.int8)


def _media(chance, title, best, entries):
    """(the best medium that will do for each entry, how many do)"""
    first = np.repeat(_best(chance, PLAYS_BETTER, len(title) // entries), entries)
    first = np.maximum(first, best[title])
    many = np.where(chance.random(len(title), np.float32) < WANTS_ANY, MEDIA - first, 1).astype(np.int8)
    return first, many


def _claims(chance, members, entries):
    """Claims from 0. What stands high in a queue has mostly been refused before, some time since its member joined."""
    joined = chance.exponential(1, (members, 1)).astype(np.float32)
    ago = joined * chance.random((members, entries), np.float32)
    refused = chance.random((members, entries), np.float32) < np.exp(-np.arange(entries) / REFUSED_DOWN_TO)
    claims = np.empty(members * entries, np.int32)
    claims[np.argsort(np.where(refused, -ago - LONG_AGO, -ago).ravel())] = np.arange(members * entries, dtype=np.int32)
    return claims


def places_of(of_member):
    member = np.repeat(np.arange(len(of_member), dtype=np.int32), of_member)
    before = np.repeat(np.cumsum(of_member) - of_member, of_member)
    return Places(member, np.arange(1, len(member) + 1) - before)


def _wishes(title, first, many, claim, entries):
    entry = np.repeat(np.arange(len(title), dtype=np.int32), many)
    before = np.cumsum(many, dtype=np.int64) - many
    choice = (np.arange(len(entry)) - before[entry]).astype(np.int8)
    disc = (title * MEDIA + first)[entry] + choice
    return Wishes(entry // entries, (entry % entries).astype(np.int16), entry, choice, disc, claim[entry])


def _discs(chance, demand, best, places):
    """What a shop has bought that knows demand roughly, as much of each medium that there is."""
    guess = demand * chance.lognormal(0, GUESS, len(demand))
    there = np.arange(MEDIA) >= best[:, None]
    of_disc = (guess / (MEDIA - best))[:, None].repeat(MEDIA, axis=1)[there]
    disc = np.flatnonzero(there)
    return Discs(disc, disc, chance.multinomial(int(COPIES_PER_PLACE * places), of_disc / of_disc.sum()))
