"""The history of the catalogue: who changed what and when, and how it is put back (docs/history.md).

Triggers keep the changes (`catalogue.models.history`), so this sees what scripts and bulk writes do, too.
"""

from catalogue.history.deeds import VERBS, deed, undone, words
from catalogue.history.reading import END, changes, changes_of_deed, latest
from catalogue.history.undoing import Overtaken, on_undo, put_back, register_machine, undo

__all__ = [
    "END",
    "VERBS",
    "Overtaken",
    "changes",
    "changes_of_deed",
    "deed",
    "latest",
    "on_undo",
    "put_back",
    "register_machine",
    "undo",
    "undone",
    "words",
]
