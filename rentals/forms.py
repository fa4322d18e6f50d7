"""What members send about their queue and their discs."""

import re
from datetime import UTC, datetime

from django import forms

from catalogue.models import Medium
from rentals.models import ProblemKind
from rentals.queue import STEPS

FARTHEST = 10**6
BOX = re.compile(r"to-([0-9]{1,18})-([0-9]{1,4})")


def place(sent):
    """A place as somebody typed it: a whole number, or 0, which no queue has, for anything else."""
    sent = sent.strip()
    return int(sent) if sent.isascii() and sent.isdecimal() and len(sent) < 10 else 0


def changed_places(sent):
    """{entry key: place} of the number boxes, `to-KEY-WAS`, in which something else stands than was."""
    boxes = ((BOX.fullmatch(name), value) for name, value in sent.items())
    return {int(box[1]): place(value) for box, value in boxes if box and value.strip() != box[2]}


def way(sent):
    """The step of the button that was pressed, or None."""
    step = sent.get("move")
    return step if step in STEPS else None


def as_sent(at):
    """An instant as an address and a form carry it: UTC, without the sign that addresses take for a space."""
    return at.astimezone(UTC).replace(tzinfo=None).isoformat()


def instant(sent):
    """The instant that was sent, or None."""
    try:
        return datetime.fromisoformat(sent).replace(tzinfo=UTC)
    except ValueError:
        return None


class MoveForm(forms.Form):
    """A button's step, or a place as a number, in a list."""

    move = forms.ChoiceField(choices=[(step, step) for step in STEPS], required=False)
    to = forms.IntegerField(required=False, min_value=1, max_value=FARTHEST)

    def place(self, position):
        """The place asked for by what has the place `position`, or None."""
        if not self.is_valid():
            return None
        step = self.cleaned_data["move"]
        return STEPS[step](position, FARTHEST) if step else self.cleaned_data["to"]


class HistoryForm(forms.Form):
    """What of the history is looked for. What cannot be read is as if it was not asked for."""

    q = forms.CharField(required=False, max_length=200)
    year = forms.IntegerField(required=False, min_value=1900, max_value=9999)
    medium = forms.ChoiceField(required=False, choices=Medium)

    def asked(self):
        """{"q", "year", "medium"}, each empty if it was not asked for."""
        self.is_valid()
        return {"q": "", "year": None, "medium": ""} | self.cleaned_data


class ProblemForm(forms.Form):
    """What is wrong with a rental."""

    kind = forms.ChoiceField(choices=ProblemKind, error_messages={"required": "Choose what is wrong."})
    note = forms.CharField(required=False, max_length=500)
    again = forms.BooleanField(required=False)
