"""What an import of a shop did."""

from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

BROUGHT_IN, ALREADY_HERE, REJECTED = "brought in", "already here", "rejected"
KEPT_APART = "kept apart"


class Note(NamedTuple):
    """Something to tell of a row: a line of the list of rejects."""

    file: str
    line: int
    kind: str
    id: str
    what: str
    reason: str
    sentence: str


@dataclass
class Report:
    """Rows by kind and by what became of them; rejects by kind and reason; what to tell of single rows."""

    counts: dict = field(default_factory=dict)  # {kind: Counter of outcomes}
    reasons: Counter = field(default_factory=Counter)  # {(kind, reason): rows}
    notes: list = field(default_factory=list)

    def add(self, kind, outcome, number=1):
        self.counts.setdefault(kind, Counter())[outcome] += number

    def reject(self, row, refusal, kind=None):
        """Note that `row` stays out, or that what it says of another `kind` of thing does."""
        kind = kind or row.kind
        self.add(kind, REJECTED)
        self.reasons[kind, refusal.reason] += 1
        self.note(row, kind, REJECTED, refusal.reason, str(refusal))

    def note(self, row, kind, what, reason, sentence):
        self.notes.append(Note(row.file, row.line, kind, row.key, what, reason, sentence))

    def read(self, kind):
        return sum(self.counts.get(kind, {}).values())

    def summary(self):
        """{kind: {"read", "brought in", "already here", "rejected", "reasons": {reason: rows}}}, for JSON."""
        return {kind: self._of(kind, counts) for kind, counts in self.counts.items()}

    def _of(self, kind, counts):
        reasons = {reason: number for (of, reason), number in self.reasons.most_common() if of == kind}
        outcomes = {outcome: counts[outcome] for outcome in (BROUGHT_IN, ALREADY_HERE, REJECTED)}
        return {"read": self.read(kind)} | outcomes | {"reasons": reasons}
