"""Merging and splitting titles, people and editions (docs/merging.md). Other apps register what of theirs follows."""

from catalogue.merging.fields import differing, filled_in
from catalogue.merging.following import (
    Follower,
    Line,
    Plan,
    after_splitting,
    declared,
    lines,
    refuse_if,
    register,
    register_count,
    register_kept_by_database,
    wrap,
)
from catalogue.merging.keeping import KEPT, change, drop, forget_dropped, note
from catalogue.merging.locks import Busy, register_lock
from catalogue.merging.verbs import Refused, merge, pickable, split, why_not

__all__ = [
    "KEPT",
    "Busy",
    "Follower",
    "Line",
    "Plan",
    "Refused",
    "after_splitting",
    "change",
    "declared",
    "differing",
    "drop",
    "filled_in",
    "forget_dropped",
    "lines",
    "merge",
    "note",
    "pickable",
    "refuse_if",
    "register",
    "register_count",
    "register_kept_by_database",
    "register_lock",
    "split",
    "why_not",
    "wrap",
]
