"""All titles with what they can be chosen and sorted by, in memory. An Index never changes: `patched` makes another."""

import copy

import numpy as np

from catalogue.browse import bits, declared, orders, reading

SPARE = 4096  # rows kept free for new titles


class Index:
    """Which titles there are (`ids` of their rows), what they have (`facets`) and their orders (`orders`), by name."""

    @classmethod
    def load(cls):
        """Read everything. Transactions that commit meanwhile may be in it half: look for changes since it began."""
        index = cls()
        ids = reading.ids_by_name()
        index.ids = np.sort(ids)
        index.by_id = np.arange(len(ids))
        index.capacity = bits.words_for(len(ids) + SPARE) * 64
        index.there = bits.set_of(index.by_id, index.width)
        names = orders.Names(np.searchsorted(index.ids, ids), index.capacity)
        index.facets = {facet.name: index._load_facet(facet) for facet in declared.facets()}
        columns = {rows: index._load_columns(rows) for rows in {sort.rows for sort in declared.sorts()}}
        numbers = {sort.name: orders.Numbers(sort, *columns[sort.rows], names) for sort in declared.sorts()}
        index.orders = {"name": names} | numbers
        return index

    def _load_facet(self, facet):
        ids, values = reading.values(facet.rows)
        rows, known = self.rows_of(ids)
        return bits.holding(bits.pairs_of(values[known], rows), self.width)

    def _load_columns(self, rows):
        ids, *columns = reading.numbers(rows)
        at, known = self.rows_of(ids)
        return [self._column(at, column[known]) for column in columns]

    def _column(self, rows, values):
        column = np.full(self.capacity, declared.MISSING, np.int64)
        column[rows] = values
        return column

    @property
    def width(self):
        return self.capacity // 64

    def __len__(self):
        return len(self.orders["name"].order)

    def rows_of(self, ids):
        """(rows of those of `ids` that we have, for each of `ids` whether we have it)."""
        ids = np.asarray(ids, np.int64)
        places = np.searchsorted(self.ids, ids, sorter=self.by_id)
        rows = self.by_id[np.minimum(places, len(self.by_id) - 1)] if len(self.by_id) else np.zeros(len(ids), np.int64)
        known = self.ids[rows] == ids if len(self.ids) else np.zeros(len(ids), bool)
        return rows[known], known

    def set_of(self, ids):
        """The set of the titles `ids`; those we do not have are left out."""
        return bits.set_of(self.rows_of(ids)[0], self.width)

    # ------------------------------------------------------------------ what has changed
    def patched(self, ids):
        """An index with the titles `ids` as they are now: changed, new or gone."""
        neighbours = reading.neighbours(ids)
        while strangers := self._strangers(neighbours):  # committed since we asked which titles have changed
            ids = [*ids, *strangers]
            neighbours = reading.neighbours(ids)
        return self._with_room_for(neighbours)._patched(ids, neighbours)

    def _strangers(self, neighbours):
        after = [key for key in neighbours.values() if key is not None and key not in neighbours]
        _, known = self.rows_of(after)
        return [key for key, is_known in zip(after, known, strict=True) if not is_known]

    def _with_room_for(self, ids):
        """A copy in which all of `ids` have rows."""
        new = copy.copy(self)
        _, known = self.rows_of(list(ids))
        strangers = sorted(key for key, is_known in zip(ids, known, strict=True) if not is_known)
        if strangers:
            new.ids = np.append(self.ids, strangers)
            new.by_id = np.argsort(new.ids)
            new._grow()
        return new

    def _grow(self):
        if len(self.ids) <= self.capacity:
            return
        self.capacity = bits.words_for(len(self.ids) + SPARE) * 64
        self.facets = {name: facet.widened(self.width) for name, facet in self.facets.items()}
        self.there = np.pad(self.there, (0, self.width - len(self.there)))

    def _patched(self, ids, neighbours):
        rows = np.unique(self.rows_of(ids)[0])
        here = {int(self._row(key)): after and int(self._row(after)) for key, after in neighbours.items()}
        gone = [int(row) for row in rows if int(row) not in here]
        self.there = (self.there & ~bits.set_of(rows, self.width)) | bits.set_of(list(here), self.width)
        facets, sorts = declared.facets(), declared.sorts()
        values, numbers = reading.of_some(facets, sorts, list(ids))
        self._patch_facets(facets, rows, values, list(here))
        self._patch_orders(sorts, rows, numbers, gone, here)
        return self

    def _row(self, key):
        return self.rows_of([key])[0][0]

    def _patch_facets(self, facets, rows, found, here):
        self.facets = dict(self.facets)
        for facet in facets:
            ids, values = found[facet.rows]
            at, known = self.rows_of(ids)
            alive = np.isin(at, here)
            pairs = bits.pairs_of(values[known][alive], at[alive])
            self.facets[facet.name] = self.facets[facet.name].patched(rows, pairs)

    def _patch_orders(self, sorts, rows, found, gone, here):
        before = self.orders["name"]
        moved = before.moved(here) if len(before.rank) == self.capacity else list(here)
        names = before.patched(gone, moved, here, self.capacity)
        if len(names.rank) != self.capacity:
            names = orders.Names(names.order, self.capacity)
        self.orders = {"name": names} | {
            sort.name: self.orders[sort.name].patched(rows, *self._at(rows, found[sort.rows]), gone, moved, names)
            for sort in sorts
        }

    def _at(self, rows, columns):
        """The two numbers of each of `rows`, out of (title keys, a, b)."""
        ids, *numbers = columns
        at, known = self.rows_of(ids)
        places = np.searchsorted(rows, at)
        for column in numbers:
            values = np.full(len(rows), declared.MISSING, np.int64)
            values[places] = column[known]
            yield values

    # ------------------------------------------------------------------ answers
    def having(self, name, values):
        """The set of titles with any of `values` of the facet `name`."""
        return self.facets[name].having(values)

    def counts(self, name, chosen):
        """(values of the facet `name`, how many of the titles in the set `chosen` have each): two arrays."""
        facet = self.facets[name]
        return facet.values, facet.counts(chosen)

    def within(self, name, first, last):
        """The set of titles whose key in the order `name` lies between `first` and `last`."""
        keys = self.orders[name].keys
        return bits.pack((keys >= first) & (keys <= last))

    def values_of(self, name, ids):
        """{title key: its values of the facet `name`}."""
        rows, known = self.rows_of(ids)
        pairs = self.facets[name].pairs_at(rows)
        found = {int(key): [] for key in ids}
        for value, row in zip((pairs >> bits.ROW_BITS).tolist(), bits.rows_of(pairs).tolist(), strict=True):
            found[int(self.ids[row])].append(value)
        return found

    def page(self, chosen, order, start, end):
        """Keys of the titles in the set `chosen`, from place `start` to before `end` in `order`."""
        rows = self.orders[order].order
        return self.ids[rows[bits.unpack(chosen)[rows]][start:end]].tolist()
