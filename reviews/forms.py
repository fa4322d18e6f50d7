"""What members say of a title."""

from django import forms

from members.texts import Words
from reviews.giving import NotOut, give
from reviews.models import Rating, ReaderChoices, Reason, Report, Review
from reviews.models.said import MOST_LETTERS

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


# Boxes have no `maxlength`: a browser cuts off what is pasted beyond it and says nothing. We say by how much.
class ReviewForm(forms.Form):
    """A review and the rating given beside it: what `Review.objects.post` takes.

    The stars are always sent. As the form showed them (`rated`, sent with it) they say nothing, so that a form which
    was opened long ago, or a draft, does not take back what was given elsewhere since.
    """

    half_stars = forms.TypedChoiceField(
        label="Your rating",
        choices=[*HALF_STARS, NO_RATING],
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

    def clean_half_stars(self):
        half_stars = self.cleaned_data["half_stars"]
        return None if str(half_stars) == self.data.get("rated") else half_stars


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


class ChoicesForm(forms.ModelForm):
    class Meta:
        model = ReaderChoices
        fields = ["always_show_spoilers", "has_page", "shows_ratings", "shares_taste"]


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

    note = Words(
        most=Report._meta.get_field("note").max_length,
        lines=True,
        required=False,
        label="Anything a moderator should know",
        help_text="You may leave it empty. Only moderators read it.",
        widget=forms.Textarea({"class": "input", "rows": 3}),
    )

    class Meta:
        model = Report
        fields = ["reason", "note"]


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
