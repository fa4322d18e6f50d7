"""The history as pages tell it: deed by deed, by whom, each changed field before and after."""

from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from operator import attrgetter

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.db.models import Case, When

from catalogue import history
from catalogue.models import Deed

LONG = 60  # letters from which a difference is marked word by word
MANY = 12  # changed rows from which a deed among others is folded up


@dataclass
class Told:
    """A deed: what was done, by whom, when, and the changes of it that the page is about."""

    deed: Deed | None
    changes: list
    by: str
    undone: bool

    @property
    def words(self):
        return history.words(self.deed)

    @property
    def at(self):
        return self.changes[0].at

    @property
    def number(self):
        """The number of its last change."""
        return self.changes[0].number

    @property
    def is_long(self):
        return len(self.changes) > MANY

    @property
    def lines(self):
        """(what, field, before, after) of each field, with what row it is once for each row."""
        for change in self.changes:
            for place, (field, before, after) in enumerate(change.lines):
                yield (change.what if place == 0 else "", field, *marked(before, after))


def told(changes):
    """The changes, which come newest first, by deeds."""
    groups = [(rows[0].deed, rows) for rows in (list(rows) for _, rows in groupby(changes, attrgetter("deed_key")))]
    deeds = [deed for deed, _ in groups if deed]
    names, undone = _names_of(deeds), history.undone(deeds)
    return [Told(deed, rows, _by(deed, names), bool(deed) and str(deed.pk) in undone) for deed, rows in groups]


def _names_of(deeds):
    """{key: name} of the staff who did the deeds."""
    keys = {deed.metadata.get("user") for deed in deeds} - {None}
    return dict(get_user_model().objects.filter(pk__in=keys).values_list("pk", name_among_staff()))


def name_among_staff():
    """Of a member, in SQL: the name that others see, or the address of one who gave none."""
    member = get_user_model()
    nameless = When(shown_as=member._meta.get_field("shown_as").default, then=member.USERNAME_FIELD)
    return Case(nameless, default="shown_as")


def _by(deed, names):
    user = deed and deed.metadata.get("user")
    return names.get(user, "somebody who has left") if user else ""


def marked(before, after):
    """Both texts in pieces, (whether it is in this one only, text); those of short texts are whole."""
    if min(len(before), len(after)) < LONG:
        return tuple([(False, text)] if text else [] for text in (before, after))
    old, new = before.split(" "), after.split(" ")
    parts = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    pieces = [(kind != "equal", " ".join(old[a:b]), " ".join(new[c:d])) for kind, a, b, c, d in parts]
    return [(off, was) for off, was, _ in pieces if was], [(off, now) for off, _, now in pieces if now]


def tell(request, overtaken):
    """Say why nothing was put back."""
    for reason in ("Nothing was put back.", *overtaken.args):
        messages.error(request, reason)
