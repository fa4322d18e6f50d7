"""What members say of a title."""

from django import forms

from reviews.models import Reason, Report, Review

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


class ReportForm(forms.ModelForm):
    """Why a reader thinks that a moderator should look at a review."""

    reason = forms.ChoiceField(
        choices=Reason,
        widget=forms.RadioSelect,
        label="What is wrong with it?",
        error_messages={
            "required": "Choose what is wrong with it.",
            "invalid_choice": "Choose what is wrong with it.",
        },
    )

    class Meta:
        model = Report
        fields = ["reason", "note"]
        labels = {"note": "Anything a moderator should know"}
        help_texts = {"note": "You may leave it empty. Only moderators read it."}
        widgets = {"note": forms.Textarea({"class": "input", "rows": 3, "maxlength": 500})}
