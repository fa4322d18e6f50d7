"""What members send about their plan."""

from django import forms
from django.utils import timezone

from catalogue.wording import price
from members.models import Address
from members.profile_forms import AddressForm

OF_AGE = "We post discs to people of 18 or over only."


class JoinForm(AddressForm):
    """Where the discs go, that the member is of age, and the price that the page told."""

    adult = forms.BooleanField(label="I am 18 or over", error_messages={"required": OF_AGE})
    price_pence = forms.IntegerField(label="Price", required=False)

    def __init__(self, *args, plan, **kwargs):
        super().__init__(*args, **kwargs)
        self.plan = plan

    def clean_price_pence(self):
        if self.cleaned_data["price_pence"] != self.plan.price_pence:
            now = price(self.plan.price_pence)
            raise forms.ValidationError(f"It has changed since you opened this page and is {now} now.")

    def save_for(self, member):
        """Keep the address as the member's."""
        lines = {name: self.cleaned_data[name] for name in self.Meta.fields}
        Address.objects.update_or_create(member=member, defaults=lines | {"changed_at": timezone.now()})


class PauseForm(forms.Form):
    """The first and the last day of a pause; without a last day until the member says."""

    first = forms.DateField(
        label="First day",
        widget=forms.DateInput({"class": "input short", "type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Choose the first day.", "invalid": "Choose a day."},
    )
    last = forms.DateField(
        label="Last day",
        required=False,
        widget=forms.DateInput({"class": "input short", "type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Choose a day, or leave this empty."},
        help_text="Leave it empty if you do not know yet: then it lasts until you end it on your plan’s page.",
    )
