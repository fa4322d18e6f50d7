"""What members say of a title."""

from django import forms

from reviews import texts
from reviews.models import Review
from reviews.models.said import MOST_LETTERS

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


class Words(forms.CharField):
    """What a reader writes, as `reviews.texts` lets it be."""

    def __init__(self, *, most, lines=False, **options):
        super().__init__(strip=False, **options)
        self.most, self.lines = most, lines

    def to_python(self, value):
        return texts.clean(super().to_python(value), lines=self.lines, most=self.most)


# Boxes have no `maxlength`: a browser cuts off what is pasted beyond it and says nothing. We say by how much.
class ReviewForm(forms.Form):
    """A review and the rating given beside it: what `Review.objects.post` takes."""

    half_stars = forms.TypedChoiceField(
        label="Your rating",
        choices=[(n, n) for n in range(11)],
        coerce=int,
        empty_value=None,
        required=False,
        error_messages={"invalid_choice": "A rating is half a star to five stars."},
    )
    headline = Words(
        most=Review._meta.get_field("headline").max_length,
        widget=forms.TextInput({"class": "input"}),
        error_messages={"required": "Your review needs a headline."},
    )
    body = Words(
        label="Your review",
        most=MOST_LETTERS,
        lines=True,
        help_text="Say what the disc is like too: picture, sound, subtitles. An empty line starts a new paragraph.",
        widget=forms.Textarea({"class": "input", "rows": 10}),
        error_messages={"required": "Write a sentence or two; stars alone need no review."},
    )
    contains_spoilers = forms.BooleanField(label="It gives away the plot", required=False)


class DraftForm(ReviewForm):
    """The same, begun."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        for field in self.fields.values():
            field.required = False


def begun(said, half_stars):
    """The form with what a Review or ReviewDraft says, or with nothing."""
    return ReviewForm(initial={**(said.says() if said else {}), "half_stars": half_stars})


def as_sent(post):
    """The form as it was sent, not judged yet."""
    return ReviewForm(initial={name: post.get(name) for name in ReviewForm.base_fields})
