"""Chance that is the same for the same seed: even, and by Zipf's law."""

import random
from bisect import bisect
from itertools import accumulate, chain

import numpy

BATCH = 1 << 14


class Chance(random.Random):
    """Python's random numbers, with draws of ranks by Zipf's law beside them."""

    def __init__(self, seed):
        super().__init__(seed)
        self.numbers = numpy.random.default_rng(seed)

    def happens(self, share):
        return self.random() < share

    def pick(self, choices):
        """One of a sequence, each as likely; quicker than `choice`."""
        return choices[int(self.random() * len(choices))]

    def weighted(self, weights):
        """A function that draws a key of {key: weight}."""
        keys, sums = list(weights), list(accumulate(weights.values()))
        return lambda: keys[bisect(sums, self.random() * sums[-1])]

    def zipf(self, count, power=1.0, shift=1.0):
        """A function that draws a rank below `count`: rank r with weight 1 / (r + shift) ** power."""
        sums = numpy.cumsum((numpy.arange(count, dtype=float) + shift) ** -power)
        batches = iter(lambda: numpy.searchsorted(sums, self.numbers.random(BATCH) * sums[-1]).tolist(), None)
        return chain.from_iterable(batches).__next__

    def zipf_of(self, choices, power=1.0, shift=1.0):
        """A function that draws one of `choices`, the earlier ones more often."""
        rank = self.zipf(len(choices), power, shift)
        return lambda: choices[rank()]
