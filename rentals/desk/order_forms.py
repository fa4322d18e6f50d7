"""The forms of the buying desk."""

from django import forms

from catalogue.wording import day
from rentals.desk.copy_verbs import INPUT, text
from rentals.models import MOST_ORDERED, Order

LONGEST_SUPPLIER, LONGEST_NOTE = (Order._meta.get_field(name).max_length for name in ("supplier", "note"))
FAULTS = {
    "required": "Say how many.",
    "invalid": "Write how many as a number.",
    "min_value": "Order at least one.",
    "max_value": f"Order at most {MOST_ORDERED} at once.",
}


class OrderForm(forms.Form):
    """So many from a supplier."""

    quantity = forms.IntegerField(
        min_value=1, max_value=MOST_ORDERED, error_messages=FAULTS, widget=forms.NumberInput(INPUT)
    )
    supplier = forms.CharField(
        max_length=LONGEST_SUPPLIER,
        error_messages={"required": "Say who supplies it."},
        widget=forms.TextInput(INPUT | {"list": "suppliers", "autocomplete": "off", "placeholder": "Supplier"}),
    )

    def clean_supplier(self):
        return " ".join(self.cleaned_data["supplier"].split())


class ExpectForm(forms.Form):
    """Another day on which an order should come, and why."""

    expected_on = forms.DateField(
        label="Expected on",
        required=False,
        widget=forms.DateInput(INPUT | {"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Write the day as 2027-03-31."},
    )
    note = text(LONGEST_NOTE, required=False, label="Note")

    def __init__(self, order, *args, **kwargs):
        now = {"expected_on": order.expected_on, "note": order.note}
        super().__init__(*args, initial=now, auto_id=f"order-{order.pk}-%s", **kwargs)
        self.order = order

    def clean_expected_on(self):
        when, ordered_on = self.cleaned_data["expected_on"], self.order.ordered_on
        if when and when < ordered_on:
            raise forms.ValidationError(f"It cannot come before {day(ordered_on)}, when it was ordered.")
        return when
