"""The titles that fit what was asked, and how many there would be after one more click."""

from functools import cached_property, reduce

import numpy as np

from catalogue.browse import bits, declared
from catalogue.browse.declared import MISSING
from catalogue.models import Credit

LAST = (1 << 31) - 1


class Chosen:
    """Within a facet a title fits any choice, between facets all. `sets` is {facet name: set of titles that fit}."""

    def __init__(self, index, asked, viewer=None):
        self.index, self.asked, self.viewer = index, asked, viewer
        self.sets = {name: self._set(name, list(keys.values())) for name, keys in asked.choices.items()}
        self.sets |= {name: self._personal(name) for name in asked.personal if viewer}
        if any(asked.years):
            self.sets["years"] = self._in_years()
        self.all = self._all(self.sets)
        self.size = bits.size(self.all)

    def _set(self, name, values):
        return self._of_people(values) if name == "person" else self.index.having(name, values)

    def _of_people(self, people):
        return self.index.set_of([title for person, title in self._credits if person in people])

    @cached_property
    def _credits(self):
        """[(person, title)] of the people chosen. One query: the index does not hold who has a part in what."""
        people = self.asked.choices["person"].values()
        return list(Credit.objects.filter(person__in=people).values_list("person_id", "title_id").distinct())

    def _personal(self, name):
        choice = next(choice for choice in declared.personal() if choice.name == name)
        return ~self.index.set_of(choice.titles(self.viewer))

    def _in_years(self):
        first, last = self.asked.years
        return self.index.within("year", first or MISSING + 1, last or LAST)

    def _all(self, sets):
        return reduce(np.bitwise_and, sets.values(), self.index.there)

    def without(self, name):
        """The set of titles that fit all but the facet `name`."""
        return (
            self._all({other: each for other, each in self.sets.items() if other != name})
            if name in self.sets
            else self.all
        )

    def counts(self, name):
        """(values, titles of each) of a facet: those that fit everything else, so what a click on a value adds."""
        return self.index.counts(name, self.without(name))

    def size_without(self, name, key=None):
        """How many titles fit if one choice is taken off; without `key`, all of `name`."""
        left = [value for other, value in self.asked.choices.get(name, {}).items() if key and other != key]
        kept = self.without(name)
        return bits.size(kept & self._set(name, left) if left else kept)

    def page(self, order, start, end):
        return self.index.page(self.all, order, start, end)
