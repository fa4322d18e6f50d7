"""What members say of a title."""

from django import forms

from reviews.giving import NotOut, give
from reviews.models import Review

HALF_STARS = [
    (1, "half a star"),
    (2, "1 star"),
    *((n, f"{n // 2} and a half stars" if n % 2 else f"{n // 2} stars") for n in range(3, 11)),
]
NO_RATING = (0, "No rating")


class RatingForm(forms.Form):
    """Half stars from 1 to 10; 0 takes a rating back."""

    half_stars = forms.TypedChoiceField(
        choices=[*HALF_STARS, NO_RATING],
        coerce=int,
        error_messages={
            "required": "Choose a number of stars first.",
            "invalid_choice": "A rating is half a star to five stars, in halves. Nothing has changed.",
        },
    )

    def post(self, title, member, *, on):
        """Rate `title`. Returns the half stars it had, 0 without; None if it was refused, and `fault` says why."""
        if not self.is_valid():
            return None
        try:
            return give(title, member, self.cleaned_data["half_stars"], on=on)
        except NotOut as refusal:
            self.add_error("half_stars", str(refusal))

    @property
    def fault(self):
        """The sentence that says why it was refused, or ""."""
        return self.errors["half_stars"][0] if self.errors else ""


class ReviewForm(forms.ModelForm):
    class Meta:
        model = Review
        fields = ["headline", "body", "contains_spoilers"]
        labels = {"body": "Review", "contains_spoilers": "It gives away the plot"}
        help_texts = {"body": "Plain text. An empty line starts a new paragraph."}
        widgets = {
            "headline": forms.TextInput({"class": "input"}),
            "body": forms.Textarea({"class": "input", "rows": 10}),
        }
