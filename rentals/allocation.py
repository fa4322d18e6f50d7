"""Who gets which disc in a round: the matching alone, over plain arrays. No database, no Django, no clock, no chance.

Members propose, discs keep the oldest claims: deferred acceptance (Gale & Shapley 1962), with as many partners on both
sides as there are open places and free copies (Roth 1984). `docs/decisions/0004-allocation.md` says why; in short:

- **Order.** A member's wishes are (entry, disc) pairs in one strict order: by the rank of the entry, within an entry by
  its `choice`, the best medium first. A disc's are the entries in the one strict order of claims.
- **Limits.** Of what has not been refused, a member takes greedily, from the top: no more than there are open places,
  and one of each *bundle*. A bundle is an entry with all its discs, together with the entries of this member that want
  a disc of the same release (so one disc of a set goes out per round). Bundles do not overlap, so a member's limits
  are a truncated partition matroid and the greedy choice is *substitutable*: a wish that is taken stays taken when
  others are refused. Limits that cross (one per entry and, separately, one per release) would not be: with A = "any
  edition" (4K, else Blu-ray) and B = "the Blu-ray", both wanting the same Blu-ray, B would be taken while A has
  the 4K, and dropped once A is refused it. That is why entries that share a release, be it through a third, are one.
- **Refusals only grow.** Substitutability on both sides makes "who is refused, given who was refused" monotone, and the
  algorithm finds its least fixed point. Hence no order of proposals, of rows or of places changes the result, and each
  of these holds exactly, however many places members have:
  *stable*: no member would take, instead of or besides what is sent, a disc that has a copy left (no waste) or one that
  went to a younger claim (no justified envy);
  *best for members*: no stable result has the k-th best disc of any member better than this one, for any k;
  *more is never worse*: with another copy, or another member gone, no member's k-th best is worse;
  *as many*: every stable result sends each member, and of each disc, the same number.
  Telling the true order is the best policy for a member with one open place, and need not be for one with several.

What may be sent at all is for the caller to say: entries that are paused, reserved or behind a disc of their set that
has not been sent, discs that do not play or are not out, and members without open places are left out of the arrays.
Discs without a free copy are not: who asks for one is refused, and that is when an entry gets its claim.
"""

from heapq import heapify, heappush, heappushpop
from typing import NamedTuple

import numpy as np

NEVER = np.iinfo(np.int64).max  # the first refusal of an entry that has had none
NOTHING_IN_STOCK, SET_ORDER, QUEUE_TOO_SHORT = "nothing in stock", "set order", "queue too short"
CAUSES = np.array([NOTHING_IN_STOCK, SET_ORDER, QUEUE_TOO_SHORT])
FEW = 1000  # as many proposals per copy there is, and each is quicker made alone than in a wave
OPEN_TO_ALL = np.iinfo(np.int64).max  # the cutoff of a disc that has copies left


# ------------------------------------------------------------------ what goes in, and what comes out
class Places(NamedTuple):
    """Open places at home, one row each. `number` is the place's own, unique per member."""

    member: np.ndarray
    number: np.ndarray


class Wishes(NamedTuple):
    """Discs that satisfy an entry, one row each. Quickest in the order of (member, rank, entry, choice, disc).

    `choice` is smaller for what is rather sent. `claim` is the entry's, from `in_order_of_claims` or SQL's row_number.
    """

    member: np.ndarray
    rank: np.ndarray
    entry: np.ndarray
    choice: np.ndarray
    disc: np.ndarray
    claim: np.ndarray


class Discs(NamedTuple):
    """Every disc that is wished for: the release it is part of, and how many copies are free."""

    disc: np.ndarray
    release: np.ndarray
    copies: np.ndarray


class Sent(NamedTuple):
    """In the order of (member, place): a member's best goes into the place with the lowest number."""

    member: np.ndarray
    place: np.ndarray
    entry: np.ndarray
    disc: np.ndarray


class Refused(NamedTuple):
    """ "2 copies, 5 proposed, turn 3" for each entry and disc that refused it, in the order of the wishes.

    `served`: the entry got another of its discs. The others are passed over, and this is the round of their claim.
    """

    member: np.ndarray
    entry: np.ndarray
    disc: np.ndarray
    copies: np.ndarray
    proposed: np.ndarray
    turn: np.ndarray
    served: np.ndarray


class SetAside(NamedTuple):
    """Entries that were passed over without a refusal, since `sent`, one of the same bundle, goes out."""

    member: np.ndarray
    entry: np.ndarray
    sent: np.ndarray


class Idle(NamedTuple):
    """Open places that got nothing, in the order of (member, place). `cause` is one of CAUSES."""

    member: np.ndarray
    place: np.ndarray
    cause: np.ndarray


class Round(NamedTuple):
    sent: Sent
    refused: Refused
    set_aside: SetAside
    idle: Idle


def in_order_of_claims(first_refused, asked, entry):
    """Each entry's claim, 0 for the oldest: by first refusal (`NEVER` comes last), then asked for, then number."""
    claims = np.empty(len(entry), np.int32)
    claims[np.lexsort((entry, asked, first_refused))] = np.arange(len(entry), dtype=np.int32)
    return claims


def allocate(places, wishes, discs, held_in_sets=()):
    """The Round for these arrays, whose rows may come in any order.

    `held_in_sets` are members from whose wishes something was left out because of the order of a set: it is what an
    open place may lack. Raises ValueError if the arrays contradict themselves.
    """
    places, wishes, discs = _sorted(places, keys=2), _sorted(wishes, keys=5), _sorted(discs, keys=1)
    _check(wishes, discs)
    market = _Market(places, wishes, discs)
    market.match()
    return _report(market, places, np.asarray(held_in_sets))


# ------------------------------------------------------------------ the matching
class _Market:
    """Wishes, by their row, and what has come of them. A member is a number from 0, and so is a disc."""

    def __init__(self, places, wishes, discs):
        starts = _starts(wishes.member)
        self.members = np.union1d(places.member[_starts(places.member)], wishes.member[starts])
        length = np.zeros(len(self.members), np.int32)
        length[np.searchsorted(self.members, wishes.member[starts])] = np.diff(np.append(starts, len(wishes.member)))
        self.end = np.cumsum(length, dtype=np.int32)
        self.next = self.end - length  # the wish that each member looks at next
        self.open = np.zeros(len(self.members), np.int32)  # places
        np.add.at(self.open, np.searchsorted(self.members, places.member), 1)
        self.wishes, self.discs = wishes, discs
        self.member = np.repeat(np.arange(len(self.members), dtype=np.int32), length)
        self.disc = _positions(wishes.disc, discs.disc)
        self.bundle, self.shared = _bundles(wishes.entry, self.member, discs.release[self.disc])
        self.later = _later(self.bundle, self.shared)
        self.proposed, self.taken = np.zeros(len(self.disc), bool), np.zeros(len(self.disc), bool)  # wishes; bundles
        self.first_copy = np.concatenate([[0], np.cumsum(discs.copies)])
        self.copy_for = np.full(self.first_copy[-1], -1, np.int32)  # the wish each copy is kept for, oldest claim first
        self.kept = np.zeros(len(discs.disc), np.int64)
        self.cutoff = np.where(discs.copies > 0, OPEN_TO_ALL, -1)  # younger claims are refused

    def match(self):
        """Propose in waves while there are many, then one by one: no order changes the result."""
        again, few = np.empty(0, np.int32), len(self.copy_for) // FEW
        while len(again) + np.count_nonzero(self._able()) > few:
            again = self._free(self._answer(self._propose(again)))
        self._one_by_one(again)

    def _able(self):
        """Whether a member has an open place and a wish not looked at."""
        return (self.open > 0) & (self.next < self.end)

    def _propose(self, again):
        """For every open place, go on until a disc does not refuse out of hand; the wishes that discs must compare."""
        in_time = []
        while len(looking := np.flatnonzero(self._able())) or len(again):
            wishes = np.concatenate([again, self._look(looking)])
            self.proposed[wishes] = True
            late = self.wishes.claim[wishes] > self.cutoff[self.disc[wishes]]
            in_time.append(wishes[~late])
            again = self._free(wishes[late])
        return np.concatenate(in_time)

    def _look(self, members):
        """Each of them looks at the next wish, for one open place, and proposes unless its bundle is taken."""
        wishes = self.next[members]
        self.next[members] += 1
        able = ~self.taken[self.bundle[wishes]]
        self.open[members[able]] -= 1
        self.taken[self.bundle[wishes[able]]] = True
        return wishes[able]

    def _free(self, refused):
        """Give back the places of refused wishes, or let them propose again: returns the wishes that they propose.

        The next wish of the bundle, if it was passed by while the bundle was taken, is now the best there is.
        """
        member, later = self.member[refused], self.later[refused]
        again = (later >= 0) & (later < self.next[member])
        self.taken[self.bundle[refused[~again]]] = False
        np.add.at(self.open, member[~again], 1)
        return later[again]

    def _answer(self, wishes):
        """Discs keep the oldest claims of those they had and of `wishes`; the wishes that they refuse."""
        asked = np.flatnonzero(np.bincount(self.disc[wishes], minlength=len(self.kept)))
        disc, wish, turn, size = self.by_claim(np.concatenate([self.copy_for[self.copies_kept(asked)], wishes]))
        keep = turn < self.discs.copies[disc]
        self.copy_for[self.first_copy[disc[keep]] + turn[keep]] = wish[keep]
        self.kept[asked] = np.minimum(size, self.discs.copies[asked])
        self._close(asked[size >= self.discs.copies[asked]])
        return wish[~keep]

    def _close(self, full):
        """Discs without a copy left refuse whoever is younger than the youngest they keep."""
        self.cutoff[full] = self.wishes.claim[self.copy_for[self.first_copy[full + 1] - 1]]

    def copies_kept(self, discs):
        """Where `copy_for` has the wishes that these discs keep."""
        kept = self.kept[discs]
        before = np.cumsum(kept) - kept
        return np.arange(kept.sum()) + np.repeat(self.first_copy[discs] - before, kept)

    def by_claim(self, wishes):
        """(disc, wish, its turn from 0) in the order of discs and claims, and how many wishes each disc has."""
        wishes = wishes[np.argsort(self.disc[wishes].astype(np.int64) << 32 | self.wishes.claim[wishes])]
        disc = self.disc[wishes]
        starts = _starts(disc)
        size = np.diff(np.append(starts, len(disc)))
        return disc, wishes, _turn(disc), size

    def _one_by_one(self, again):
        """The same once more without waves (McVitie & Wilson 1971), for the long chains in which it ends.

        A call is (the wish to propose, its member), or (-1, a member who looks on for one open place).
        """
        member, disc, later = self.member.data, self.disc.data, self.later.data
        next_, proposed, claim = self.next.data, self.proposed.data, self.wishes.claim.data
        kept = _Heaps(self)
        calls = [(-1, number) for number in np.repeat(np.arange(len(self.open)), self.open * self._able()).tolist()]
        calls += [(wish, member[wish]) for wish in again.tolist()]
        while calls:
            wish, who = calls.pop()
            if wish < 0 and (wish := self._next_of(who)) < 0:
                continue
            proposed[wish] = True
            refused = kept.instead_of(disc[wish], claim[wish], wish)
            if refused < 0:
                continue
            who, after = member[refused], later[refused]
            if 0 <= after < next_[who]:
                calls.append((after, who))
            else:
                self.taken[self.bundle[refused]] = False
                calls.append((-1, who))
        kept.write()

    def _next_of(self, member):
        """The next wish of a member that can be proposed, for one open place; -1 if there is none."""
        next_, end, taken, bundle = self.next.data, self.end[member], self.taken.data, self.bundle.data
        while (wish := next_[member]) < end:
            next_[member] = wish + 1
            if not taken[bundle[wish]]:
                taken[bundle[wish]] = True
                return wish
        return -1

    def winners(self):
        """The wishes that are kept, in their order."""
        return np.sort(self.copy_for[self.copies_kept(np.arange(len(self.kept)))])


class _Heaps:
    """The wishes that discs keep, the youngest claim on top: made for a disc when it is first proposed to."""

    def __init__(self, market):
        self.market, self.heaps, self.copies = market, {}, market.discs.copies.data

    def instead_of(self, disc, claim, wish):
        """Keep `wish` if its claim is old enough; the wish that is refused for it, which may be itself, or -1."""
        heap = self.heaps.get(disc)
        if heap is None:
            heap = self.heaps[disc] = self._of(disc)
        if len(heap) < self.copies[disc]:
            heappush(heap, (-claim, wish))
            return -1
        return heappushpop(heap, (-claim, wish))[1]

    def _of(self, disc):
        wishes = self.market.copy_for[self.market.copies_kept(np.array([disc]))]
        heap = list(zip((-self.market.wishes.claim[wishes].astype(np.int64)).tolist(), wishes.tolist(), strict=True))
        heapify(heap)
        return heap

    def write(self):
        """Give the market what the heaps hold, in whatever order."""
        for disc, heap in self.heaps.items():
            start = self.market.first_copy[disc]
            self.market.copy_for[start : start + len(heap)] = [wish for _, wish in heap]
            self.market.kept[disc] = len(heap)


# ------------------------------------------------------------------ what is reported
def _report(market, places, held_in_sets):
    won, asked = market.winners(), np.flatnonzero(market.proposed)
    refused = _refused(market, won, asked)
    set_aside = _set_aside(market, won, asked)
    member = market.members[market.member[won]]
    rows = np.searchsorted(places.member, member) + _turn(member)
    sent = Sent(member, places.number[rows], market.wishes.entry[won], market.discs.disc[market.disc[won]])
    empty = np.ones(len(places.member), bool)
    empty[rows] = False
    who = places.member[empty]
    short_of_stock = np.isin(who, refused.member[~refused.served])
    held = np.isin(who, set_aside.member) | np.isin(who, held_in_sets)
    cause = CAUSES[np.where(short_of_stock, 0, np.where(held, 1, 2))]
    return Round(sent, refused, set_aside, Idle(who, places.number[empty], cause))


def _refused(market, won, asked):
    disc, wish, turn, size = market.by_claim(asked)
    lost = np.ones(len(market.proposed), bool)
    lost[won] = False
    lost = np.flatnonzero(lost[wish])
    lost = lost[np.argsort(wish[lost])]
    entry, disc = market.wishes.entry[wish[lost]], disc[lost]
    return Refused(
        member=market.members[market.member[wish[lost]]],
        entry=entry,
        disc=market.discs.disc[disc],
        copies=market.discs.copies[disc],
        proposed=np.repeat(size, size)[lost],
        turn=turn[lost] + 1,
        served=np.isin(entry, market.wishes.entry[won]),
    )


def _set_aside(market, won, asked):
    rows, entry = market.shared, market.wishes.entry
    rows = rows[(rows < market.next[market.member[rows]]) & ~market.proposed[rows]]
    rows = rows[~np.isin(entry[rows], entry[asked])]
    rows = rows[_starts(entry[rows])]
    won = won[np.argsort(market.bundle[won])]
    instead = won[np.searchsorted(market.bundle[won], market.bundle[rows])]
    return SetAside(market.members[market.member[rows]], entry[rows], entry[instead])


# ------------------------------------------------------------------ arrays
def _sorted(rows, keys):
    """`rows` in the order of their first `keys` columns, which must tell them apart."""
    columns = [np.ascontiguousarray(column) for column in rows]
    if len({len(column) for column in columns}) > 1:
        raise ValueError(f"{type(rows).__name__}: columns of different lengths.")
    if not len(columns[0]):
        return type(rows)(*(column.astype(np.int64) for column in columns))
    equal = np.ones(len(columns[0]) - 1, bool)
    for key in columns[:keys]:
        if np.any(key[:-1] > key[1:], where=equal):
            order = np.lexsort(columns[keys - 1 :: -1])
            return _sorted(type(rows)(*(column[order] for column in columns)), keys)
        equal &= key[:-1] == key[1:]
    if equal.any():
        raise ValueError(f"{type(rows).__name__}: the same row twice.")
    return type(rows)(*columns)


def _check(wishes, discs):
    starts = _starts(wishes.entry)
    claims = np.sort(wishes.claim[starts])
    if len(claims) and not 0 <= claims[0] <= claims[-1] < 1 << 31:
        raise ValueError("Wishes: claims are numbers from 0, below 2³¹.")
    if (claims[1:] == claims[:-1]).any():
        raise ValueError("Wishes: two entries have the same claim, or one has two ranks.")
    if len(_starts(wishes.claim)) != len(starts):
        raise ValueError("Wishes: an entry has two claims.")
    if (discs.release < 0).any() or (discs.release >= 1 << 31).any():
        raise ValueError("Discs: releases are numbers from 0, below 2³¹.")
    if (discs.copies < 0).any():
        raise ValueError("Discs: fewer than no copies.")


def _starts(column):
    """Where runs of the same value begin."""
    if not len(column):
        return np.empty(0, np.int64)
    return np.concatenate([[0], np.flatnonzero(column[1:] != column[:-1]) + 1])


def _turn(column):
    """The place of each row in its run of the same value, from 0."""
    starts = _starts(column)
    return np.arange(len(column)) - np.repeat(starts, np.diff(np.append(starts, len(column))))


def _positions(numbers, known):
    """Where each of `numbers` is in `known`, which is sorted."""
    missing = "Wishes: a disc is not among Discs."
    if not len(numbers):
        return np.empty(0, np.int32)
    if not len(known) or numbers.min() < known[0] or numbers.max() > known[-1]:
        raise ValueError(missing)
    table = np.full(known[-1] - known[0] + 1, -1, np.int32)  # numbers of rows lie close together
    table[known - known[0]] = np.arange(len(known))
    found = table[numbers - known[0]]
    if found.min() < 0:
        raise ValueError(missing)
    return found


def _bundles(entry, member, release):
    """(for each wish the first row of its bundle, the rows of members who have several entries for one release)"""
    starts = _starts(entry)
    bundle = np.repeat(starts.astype(np.int32), np.diff(np.append(starts, len(entry))))
    pairs = np.sort(_pairs(member, release))
    twice = np.zeros(member[-1] + 1 if len(member) else 0, bool)
    twice[pairs[1:][pairs[1:] == pairs[:-1]] >> 32] = True
    shared = np.flatnonzero(twice[member])
    bundle[shared] = _joined(bundle[shared], _pairs(member[shared], release[shared]))
    return bundle, shared


def _pairs(member, release):
    return member.astype(np.int64) << 32 | release


def _joined(entry, pair):
    """The lowest of the entries that each is joined with by pairs (member, release) in common, be it through others."""
    (_, entries), (_, pairs) = (np.unique(column, return_inverse=True) for column in (entry, pair))
    lowest, before = entry, None
    while not np.array_equal(lowest, before):
        before = lowest
        for of in (pairs, entries):
            lowest = _lowest(lowest, of)
    return lowest


def _lowest(value, of):
    found = np.full(of.max(initial=-1) + 1, np.iinfo(value.dtype).max, value.dtype)
    np.minimum.at(found, of, value)
    return found[of]


def _later(bundle, shared):
    """The next wish of the same bundle, -1 for the last."""
    later = np.full(len(bundle), -1, np.int32)
    same = np.flatnonzero(bundle[1:] == bundle[:-1])
    later[same] = same + 1
    rows = shared[np.argsort(bundle[shared], kind="stable")]
    same = np.flatnonzero(bundle[rows][1:] == bundle[rows][:-1])
    later[rows[same]] = rows[same + 1]
    return later
