"""Orders of titles: by name, and by numbers with the name to break ties."""

import numpy as np

from catalogue.browse.declared import MISSING

RANK_BITS = 28  # a place in the order of names; 268 million titles
MANY = 20  # a twentieth of the titles or more: sorting them all anew is quicker than moving those


class Names:
    """Titles in order of name: `order` has their rows, `rank` each row's place."""

    def __init__(self, order, capacity):
        self.order = order.astype(np.int32)
        self.rank = np.zeros(capacity, np.int64)
        self.rank[order] = np.arange(len(order))

    def moved(self, neighbours):
        """Rows whose place is not right before the row that `neighbours` {row: next row or None} says."""
        return [row for row, after in neighbours.items() if self._after(row) != after]

    def _after(self, row):
        place = int(self.rank[row])
        if place >= len(self.order) or self.order[place] != row:
            return -1  # it is new
        return int(self.order[place + 1]) if place + 1 < len(self.order) else None

    def patched(self, gone, moved, neighbours, capacity):
        """Without the rows `gone`, and with each of `moved` before its neighbour; `neighbours` has the last first."""
        if not gone and not moved:
            return self
        kept = without(self.order, [*gone, *moved], capacity)
        places = np.zeros(capacity, np.int64)
        places[kept] = np.arange(len(kept))
        moving, anchors = set(moved), {}
        for row, after in neighbours.items():
            if row in moving:
                anchors[row] = anchors[after] if after in moving else len(kept) if after is None else int(places[after])
        rows = list(anchors)[::-1]
        return Names(np.insert(kept, [anchors[row] for row in rows], rows), capacity)


class Numbers:
    """Titles by the key of a Sort, the greatest first."""

    def __init__(self, sort, a, b, names):
        self.sort, self.a, self.b = sort, a, b
        self.keys = sort.key(a, b)
        self.order = names.order[np.argsort(-self.keys[names.order], kind="stable")]

    def patched(self, rows, a, b, gone, moved, names):
        """With `a` and `b` as the numbers of `rows`; `gone` and `moved` as in `Names`, `names` the new ones."""
        new = _copy(self)
        new.a, new.b = _with(self.a, rows, a, len(names.rank)), _with(self.b, rows, b, len(names.rank))
        new.keys = self.keys if new.a is self.a and new.b is self.b else self.sort.key(new.a, new.b)
        out = np.union1d(gone, moved).astype(np.int64)
        if new.keys is not self.keys:
            size = len(self.keys)
            out = np.union1d(out, np.flatnonzero(new.keys[:size] != self.keys))
        new.order = self._reordered(new.keys, out, np.setdiff1d(out, gone), names)
        return new

    def _reordered(self, keys, out, into, names):
        if not len(out):
            return self.order
        if len(out) * MANY > len(self.order):
            return names.order[np.argsort(-keys[names.order], kind="stable")]
        kept = without(self.order, out, len(names.rank))
        into = into.astype(np.int64)
        into = into[np.argsort(_places(into, keys, names))]
        places = np.searchsorted(_places(kept, keys, names), _places(into, keys, names))
        return np.insert(kept, places, into)


def _places(rows, keys, names):
    """Numbers that are in the order of `rows`: smallest first."""
    return (-keys[rows] << RANK_BITS) + names.rank[rows]


def _copy(numbers):
    new = object.__new__(Numbers)
    new.sort = numbers.sort
    return new


def _with(column, rows, values, capacity):
    """`column` with `values` at `rows`; the same object if that changes nothing."""
    if len(column) == capacity and np.array_equal(column[rows], values):
        return column
    new = np.full(capacity, MISSING, np.int64)
    new[: len(column)] = column
    new[rows] = values
    return new


def without(order, rows, capacity):
    flags = np.zeros(capacity, bool)
    flags[np.asarray(rows, np.int64)] = True
    return order[~flags[order]]
