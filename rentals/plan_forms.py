"""What members send about their plan."""

from django import forms
from django.utils import timezone
from localflavor.gb.forms import GBPostcodeField

from catalogue.wording import price
from members.models import Address


class JoinForm(forms.ModelForm):
    """Where the discs go, that the member is of age, and the price that the page told."""

    postcode = GBPostcodeField(error_messages={"invalid": "A postcode looks like LS1 4AP."})
    adult = forms.BooleanField(error_messages={"required": "We post discs to people of 18 or over only."})
    price_pence = forms.IntegerField(required=False)

    class Meta:
        model = Address
        fields = ("name", "line_1", "line_2", "town", "postcode")
        error_messages = {
            "name": {"required": "The post needs a name on the envelope."},
            "line_1": {"required": "The post needs a street or house."},
            "town": {"required": "The post needs a town."},
        }

    def __init__(self, *args, plan, **kwargs):
        super().__init__(*args, **kwargs)
        self.plan = plan

    def clean_price_pence(self):
        if self.cleaned_data["price_pence"] != self.plan.price_pence:
            now = price(self.plan.price_pence)
            raise forms.ValidationError(f"The price has changed since you opened this page: it is {now} now.")

    def save_for(self, member):
        """Keep the address as the member's."""
        self.instance.member, self.instance.changed_at = member, timezone.now()
        return self.save()


class PauseForm(forms.Form):
    """The first and the last day of a pause; without a last day until the member says."""

    first = forms.DateField(error_messages={"required": "Choose the first day.", "invalid": "Choose a day."})
    last = forms.DateField(required=False, error_messages={"invalid": "Choose a day, or leave this empty."})
