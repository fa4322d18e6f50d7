"""What members say of a title."""

from django import forms

from reviews.models import ReaderChoices, Review

STARS = [(n, f"{n} star{'s' if n > 1 else ''}") for n in range(1, 6)]


class RatingForm(forms.Form):
    """Whole stars and a tick that takes off half of one, so that half stars need no fine aim."""

    stars = forms.TypedChoiceField(
        choices=STARS, coerce=int, error_messages={"required": "Choose a number of stars first."}
    )
    half = forms.BooleanField(required=False)

    @property
    def half_stars(self):
        return self.cleaned_data["stars"] * 2 - self.cleaned_data["half"]


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


class ChoicesForm(forms.ModelForm):
    class Meta:
        model = ReaderChoices
        fields = ["always_show_spoilers", "has_page", "shows_ratings", "shares_taste"]
