"""Sets of titles, and which values titles have, in two forms that answer alike.

A title is a row: a number from 0. A set is an array of 64-bit words, one bit a row. What titles have is either a set
for each value (`Sets`: dense, few values) or the list of all pairs of value and row (`Pairs`: sparse, many values).
Nothing here changes once it is made: `patched` returns a new object, or the same one if nothing is different.
"""

import numpy as np

ROW_BITS = 32  # a pair is value << 32 | row
BLOCK = 24  # sets counted at a time: what they make meanwhile stays in the processor's cache
PAIRS_PER_WORD = 3  # counting a pair costs as much as counting three words (bench/browse.py)


def words_for(rows):
    return (rows + 63) // 64


def pack(flags):
    """The set of rows that are true in `flags`, whose length is a multiple of 64."""
    return np.packbits(flags, bitorder="little").view(np.uint64)


def unpack(words):
    """For each row, whether it is in the set."""
    return np.unpackbits(words.view(np.uint8), bitorder="little").view(bool)


def size(words):
    return int(np.bitwise_count(words).sum(dtype=np.int64))


def set_of(rows, width):
    """The set of `rows`, in `width` words."""
    flags = np.zeros(width * 64, bool)
    flags[rows] = True
    return pack(flags)


def holding(pairs, width):
    """Sets or Pairs of the sorted `pairs`, whichever counts faster."""
    values = len(_distinct(pairs >> ROW_BITS))
    return (Sets if values * width <= PAIRS_PER_WORD * len(pairs) else Pairs).of(pairs, width)


def pairs_of(values, rows):
    """Sorted pairs, each once."""
    return _distinct(np.sort((np.asarray(values, np.int64) << ROW_BITS) | np.asarray(rows, np.int64)))


def rows_of(pairs):
    return pairs & ((1 << ROW_BITS) - 1)


def _distinct(sorted_array):
    if not len(sorted_array):
        return sorted_array
    return sorted_array[np.concatenate(([True], sorted_array[1:] != sorted_array[:-1]))]


class Sets:
    """A set for each of `values` (sorted)."""

    def __init__(self, values, sets):
        self.values, self.sets = values, sets

    @classmethod
    def of(cls, pairs, width):
        values = _distinct(pairs >> ROW_BITS)
        sets = np.zeros((len(values), width), np.uint64)
        edges = np.append(np.searchsorted(pairs, values << ROW_BITS), len(pairs))
        for number, (start, end) in enumerate(zip(edges, edges[1:], strict=False)):
            sets[number] = set_of(rows_of(pairs[start:end]), width)
        return cls(values, sets)

    def having(self, values):
        """The set of titles with any of `values`."""
        known = np.isin(self.values, values)
        return np.bitwise_or.reduce(self.sets[known], axis=0)

    def counts(self, chosen):
        """How many of the titles in the set `chosen` have each of `self.values`."""
        blocks = (self.sets[start : start + BLOCK] for start in range(0, len(self.sets), BLOCK))
        counted = [np.bitwise_count(block & chosen).sum(axis=1, dtype=np.int64) for block in blocks]
        return np.concatenate(counted) if counted else np.zeros(0, np.int64)

    def pairs_at(self, rows):
        """Sorted pairs of `rows`."""
        found, which = np.nonzero((self.sets[:, rows >> 6] >> (rows & 63).astype(np.uint64)) & np.uint64(1))
        return pairs_of(self.values[found], rows[which])

    def patched(self, rows, pairs):
        """With `pairs` as all that `rows` have."""
        if np.array_equal(self.pairs_at(rows), pairs):
            return self
        values = np.union1d(self.values, pairs >> ROW_BITS)
        sets = np.zeros((len(values), self.sets.shape[1]), np.uint64)
        sets[np.searchsorted(values, self.values)] = self.sets
        sets &= ~set_of(rows, sets.shape[1])
        new, bits = rows_of(pairs), np.uint64(1) << (rows_of(pairs) & 63).astype(np.uint64)
        np.bitwise_or.at(sets, (np.searchsorted(values, pairs >> ROW_BITS), new >> 6), bits)
        return Sets(values, sets)

    def widened(self, width):
        return Sets(self.values, np.pad(self.sets, ((0, 0), (0, width - self.sets.shape[1]))))


class Pairs:
    """All pairs, sorted: the rows of one of `values` lie side by side."""

    def __init__(self, pairs, width):
        self.pairs, self.width = pairs, width
        self.values = _distinct(pairs >> ROW_BITS)
        self.starts = np.searchsorted(pairs, self.values << ROW_BITS)
        self.rows = rows_of(pairs)

    @classmethod
    def of(cls, pairs, width):
        return cls(pairs, width)

    def having(self, values):
        parts = [self.rows[start:end] for start, end in map(self._edges, values)]
        return set_of(np.concatenate(parts) if parts else [], self.width)

    def _edges(self, value):
        return np.searchsorted(self.pairs, [value << ROW_BITS, (value + 1) << ROW_BITS])

    def counts(self, chosen):
        if not len(self.pairs):
            return np.zeros(0, np.int64)
        return np.add.reduceat(unpack(chosen)[self.rows], self.starts, dtype=np.int64)

    def pairs_at(self, rows):
        return self.pairs[self._at(rows)]

    def _at(self, rows):
        flags = np.zeros(self.width * 64, bool)
        flags[rows] = True
        return flags[self.rows]

    def patched(self, rows, pairs):
        at = self._at(rows)
        if np.array_equal(self.pairs[at], pairs):
            return self
        kept = self.pairs[~at]
        return Pairs(np.insert(kept, np.searchsorted(kept, pairs), pairs), self.width)

    def widened(self, width):
        return Pairs(self.pairs, width)
