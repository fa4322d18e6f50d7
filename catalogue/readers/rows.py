"""What every reader yields, and the two ways in which it can refuse."""

from typing import NamedTuple

from .schema import problem_in


class Row(NamedTuple):
    """One row of a foreign file.

    `number` counts from 1: the line of a text file, the film of a JSON array, the profile of an XML file.
    `record` is one record of docs/import-format.md; `problem` says why there is none. Both are None for a
    row that is rightly passed over.
    """

    number: int
    record: dict | None
    problem: str | None


class BrokenFile(Exception):
    """The file cannot be read on: it says which file, where in it, why, and what to do."""

    def __init__(self, path, place, reason):
        super().__init__(": ".join([", ".join(filter(None, [str(path), place])), reason]))
        self.path, self.place, self.reason = path, place, reason


class Rejected(Exception):
    """This one row cannot be taken over; the text is a sentence for the person who imports."""


def checked(number, record):
    """The Row for `record`, rejected if it breaks a rule of the import format."""
    problem = problem_in(record)
    return Row(number, None if problem else record, problem)


def filled(**keys):
    """A dict of the keys that have something in them, in the order given."""
    return {key: value for key, value in keys.items() if value}
