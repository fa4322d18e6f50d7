"""Rules by which discs could be given out: ours, two that are simpler, and the most that any could do.

Each takes (Places, Wishes, Discs), the wishes in their order, and gives the rows of the wishes that it fulfils.
"""

from time import perf_counter

import numpy as np

from rentals.allocation import allocate


def deferred(places, wishes, discs):
    """The rows of the wishes that our rule fulfils."""
    sent = allocate(places, wishes, discs).sent
    pair = wishes.entry.astype(np.int64) << 32 | wishes.disc
    return np.searchsorted(pair, np.sort(sent.entry.astype(np.int64) << 32 | sent.disc))


def serial(places, wishes, discs):
    """Whoever has the oldest claim chooses first, for all open places at once."""
    left = np.zeros(discs.disc.max() + 1, int)
    left[discs.disc] = discs.copies
    left, room, won = left.tolist(), np.bincount(places.member).tolist(), []
    starts = np.flatnonzero(np.diff(wishes.member, prepend=-1))
    ends = np.append(starts[1:], len(wishes.member))
    for number in np.argsort(np.minimum.reduceat(wishes.claim, starts)).tolist():
        start, end, served = starts[number], ends[number], set()
        wanted = zip(wishes.entry[start:end].tolist(), wishes.disc[start:end].tolist(), strict=True)
        for row, (entry, disc) in enumerate(wanted, start):
            if left[disc] and entry not in served:
                left[disc] -= 1
                served.add(entry)
                won.append(row)
                if len(served) == room[number]:
                    break
    return np.array(won)


def by_title(places, wishes, discs):
    """As libraries do: disc by disc, to the oldest claims of those who have an open place left."""
    order = np.lexsort((wishes.claim, wishes.disc))
    bounds = np.searchsorted(wishes.disc[order], np.append(discs.disc, discs.disc[-1] + 1)).tolist()
    room, served, won = np.bincount(places.member).tolist(), set(), []
    for number, copies in enumerate(discs.copies.tolist()):
        rows = order[bounds[number] : bounds[number + 1]]
        for row, member, entry in zip(
            rows.tolist(), wishes.member[rows].tolist(), wishes.entry[rows].tolist(), strict=True
        ):
            if not copies:
                break
            if room[member] and entry not in served:
                copies, room[member] = copies - 1, room[member] - 1
                served.add(entry)
                won.append(row)
    return np.array(won)


def complaints(places, wishes, discs, won):
    """(wishes with justified envy, wishes that would have a copy that is left): both against the queue's order."""
    rows = np.arange(len(wishes.entry))
    got = np.full(wishes.entry.max() + 1, len(rows))  # the row that served each entry
    got[wishes.entry[won]] = won
    last = np.zeros(wishes.member.max() + 1, int)  # the lowest of the queue that each member got
    np.maximum.at(last, wishes.member[won], won)
    room = np.bincount(places.member, minlength=len(last)) > np.bincount(wishes.member[won], minlength=len(last))
    last[room] = len(rows)
    got = got[wishes.entry]
    wants = (rows < got) & ((rows < last[wishes.member]) | (got < len(rows)))
    youngest = np.zeros(discs.disc.max() + 1, int)
    np.maximum.at(youngest, wishes.disc[won], wishes.claim[won])
    free = np.zeros(len(youngest), int)
    free[discs.disc] = discs.copies
    free -= np.bincount(wishes.disc[won], minlength=len(free))
    return wants & (wishes.claim < youngest[wishes.disc]), wants & (free[wishes.disc] > 0)


def maximum(places, wishes, discs):
    """(the most places that could be filled, seconds) by OR-Tools' maximum flow; None where it is not installed."""
    try:
        from ortools.graph.python.max_flow import SimpleMaxFlow
    except ImportError:
        return None
    members, entries = int(wishes.member.max()) + 1, int(wishes.entry.max()) + 1
    disc = np.searchsorted(discs.disc, wishes.disc) + members + entries
    source, sink = members + entries + len(discs.disc), members + entries + len(discs.disc) + 1
    first = np.flatnonzero(np.diff(wishes.entry, prepend=-1))
    arcs = [
        (np.full(members, source), np.arange(members), np.bincount(places.member, minlength=members)),
        (wishes.member[first], wishes.entry[first] + members, np.ones(len(first))),
        (wishes.entry + members, disc, np.ones(len(disc))),
        (np.arange(len(discs.disc)) + members + entries, np.full(len(discs.disc), sink), discs.copies),
    ]
    tails, heads, most = (np.concatenate(column) for column in zip(*arcs, strict=True))
    began, flow = perf_counter(), SimpleMaxFlow()
    flow.add_arcs_with_capacity(tails.astype(np.int32), heads.astype(np.int32), most.astype(np.int64))
    flow.solve(source, sink)
    return flow.optimal_flow(), perf_counter() - began
