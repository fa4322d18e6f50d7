"""What members say of a title."""

from django import forms

from reviews.models import Rating, Review

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


class OwnRatingForm(forms.Form):
    """A rating on the list of one's own: half stars, or none to take it back."""

    rating = forms.TypedChoiceField(
        choices=[("", "No rating"), *((n, n) for n in range(1, 11))],
        coerce=int,
        empty_value=None,
        required=False,
        error_messages={"invalid_choice": "A rating is half a star to five stars."},
    )

    def rate(self, title, member, *, on):
        """Set or take back `member`'s rating of `title`. Returns the half stars it had, None without."""
        given = {"title": title, "member": member}
        if (half_stars := self.cleaned_data["rating"]) is None:
            return Rating.objects.take_back(**given)
        return Rating.objects.record(**given, half_stars=half_stars, on=on)
