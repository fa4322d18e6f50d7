"""Page addresses, each given once."""

from collections import defaultdict

from catalogue.names import slug


class Slugs:
    """Addresses of one kind of page."""

    def __init__(self):
        self.taken = defaultdict(int)

    def take(self, name):
        """The slug of `name`, with a number if it is taken."""
        base = wanted = slug(name) or "untitled"
        while wanted in self.taken:
            self.taken[base] += 1
            wanted = f"{base}-{self.taken[base] + 1}"
        self.taken[wanted] = 0
        return wanted


class AllSlugs(dict):
    """Slugs by kind of page."""

    def of(self, model):
        return self.setdefault(model, Slugs())
