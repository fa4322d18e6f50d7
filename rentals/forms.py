"""What members send about their queue."""

from django import forms

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
