"""What members send about their queue and their discs."""

from django import forms

from catalogue.models import Medium
from rentals.models import ProblemKind

STEPS = {
    "top": lambda place: 1,
    "up": lambda place: place - 1,
    "down": lambda place: place + 1,
    "bottom": lambda _: 10**6,
}


class MoveForm(forms.Form):
    """A button's step, or a place as a number."""

    move = forms.ChoiceField(choices=[(step, step) for step in STEPS], required=False)
    to = forms.IntegerField(required=False, min_value=1, max_value=10**6)

    def place(self, position):
        """The place asked for by an entry that has the place `position`, or None."""
        if not self.is_valid():
            return None
        step = self.cleaned_data["move"]
        return STEPS[step](position) if step else self.cleaned_data["to"]


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
