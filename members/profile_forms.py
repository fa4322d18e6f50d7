"""What members say of themselves: what to call them, and where their discs go."""

from django import forms
from django.core.exceptions import ValidationError
from localflavor.gb.forms import GBPostcodeField

from config.staff import RulesForm
from members.models import Address, Member
from members.texts import Words

LINE = 40  # letters that a label has room for
INITIALS, CHOSEN = "initials", "chosen"
NOBODY = "Others need something to call you: a name or initials."
NO_NAME = "We do not know your initials yet: fill in the name on the envelope below, or choose a name."


def initials(name):
    """ "Ada King Lovelace" → "A. K. L."; "" if no word of `name` begins with a letter."""
    return " ".join(f"{word[0].upper()}." for word in name.replace("-", " ").split()[:6] if word[0].isalpha())


def printable(text):
    """Refuse what cannot be seen, such as marks that turn the direction of writing round."""
    if not text.isprintable():
        raise ValidationError("This has signs in it that cannot be printed. Type it anew.")


class Postcode(GBPostcodeField):
    """A postcode of the Royal Mail, however it is spaced; as it is printed: capitals and one space."""

    default_error_messages = {"invalid": "A postcode looks like LS1 4AP. We post to addresses in the UK only."}

    def clean(self, value):
        return super().clean("".join((value or "").split()))


class NameForm(RulesForm):
    """What others see: initials from the envelope, or a name the member chose."""

    how = forms.ChoiceField(
        choices=[(INITIALS, "My initials"), (CHOSEN, "A name I choose")], error_messages={"required": "Choose one."}
    )
    shown_as = Words(
        label="Name",
        required=False,
        most=LINE,
        widget=forms.TextInput({"class": "input"}),
    )

    class Meta:
        model = Member
        fields = ["shown_as"]

    def __init__(self, *args, envelope="", **kwargs):
        super().__init__(*args, **kwargs)
        self.initials = initials(envelope)
        by_initials = self.initials and self.instance.shown_as == self.initials
        self.fields["how"].initial = INITIALS if by_initials else CHOSEN

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("how") == INITIALS:
            cleaned["shown_as"] = self.initials
            self.errors.pop("shown_as", None)
        if not cleaned.get("shown_as") and not self.errors:
            field, words = ("how", NO_NAME) if cleaned["how"] == INITIALS else ("shown_as", NOBODY)
            self.add_error(field, words)
        return cleaned


def _line(label, autocomplete, required=True, **options):
    return forms.CharField(
        label=label,
        required=required,
        max_length=LINE,
        validators=[printable],
        widget=forms.TextInput({"class": "input", "autocomplete": autocomplete}),
        error_messages={"required": f"The post needs this: {label.lower()}."},
        **options,
    )


class AddressForm(RulesForm):
    name = _line("Name on the envelope", "name")
    line_1 = _line("Address", "address-line1")
    line_2 = _line("Second line", "address-line2", required=False, help_text="Only if there is one.")
    town = _line("Town", "address-level2")
    postcode = Postcode(
        widget=forms.TextInput({"class": "input short", "autocomplete": "postal-code", "autocapitalize": "characters"}),
        error_messages={"required": "The post needs this: postcode."},
        help_text="UK only. To Northern Ireland and the islands the post takes a day longer.",
    )

    class Meta:
        model = Address
        fields = ["name", "line_1", "line_2", "town", "postcode"]


class DeleteForm(forms.Form):
    """The password of the member, so that nobody else deletes the account."""

    password = forms.CharField(
        widget=forms.PasswordInput({"class": "input", "autocomplete": "current-password"}),
        error_messages={"required": "Type your password, so that we know it is you."},
    )

    def __init__(self, *args, member, **kwargs):
        super().__init__(*args, **kwargs)
        self.member = member

    def clean_password(self):
        if not self.member.check_password(self.cleaned_data["password"]):
            raise ValidationError("That is not your password. Nothing was deleted.")
