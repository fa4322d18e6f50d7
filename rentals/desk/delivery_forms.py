"""The form of a delivery of one disc."""

from django import forms

from catalogue.models import Disc
from catalogue.wording import counted
from rentals.desk.copy_verbs import INPUT, choice, text
from rentals.desk.deliveries import LONGEST_SHELF, LONGEST_SOURCE, MOST, Arrival, faults, lines_of
from rentals.models import Condition, Licence

TOO_MANY = f"At most {MOST} discs come in at once. Take the rest afterwards."


class DeliveryForm(forms.Form):
    """So many copies of a disc, with new barcodes of ours or with those that are scanned."""

    disc = forms.ModelChoiceField(Disc.objects.select_related("release__title"), widget=forms.HiddenInput)
    count = forms.IntegerField(
        label="How many",
        required=False,
        min_value=1,
        max_value=MOST,
        error_messages={
            "invalid": "Write how many in figures.",
            "min_value": "Write 1 or more, or leave it empty.",
            "max_value": TOO_MANY,
        },
        widget=forms.NumberInput(INPUT),
        help_text="They get new barcodes of ours, and you print their labels next.",
    )
    barcodes = forms.CharField(
        label="Or the barcodes on them",
        required=False,
        max_length=20_000,
        widget=forms.Textarea(INPUT | {"rows": 4, "autocomplete": "off", "spellcheck": "false"}),
        help_text="Scan them one after the other: one a line.",
    )
    condition = choice(Condition.choices, label="Condition", initial=Condition.NEW)
    licence = choice(
        Licence.choices, label="Licence", help_text="What is not for rental is held back until its licence is noted."
    )
    shelf = text(LONGEST_SHELF, required=False, label="Shelf place", help_text="As it is printed there: B-014.")
    source = text(
        LONGEST_SOURCE, required=False, label="Source", help_text="Who sold or gave them, and the delivery note."
    )

    def clean_barcodes(self):
        codes = lines_of(self.cleaned_data["barcodes"])
        if len(codes) > MOST:
            raise forms.ValidationError(TOO_MANY)
        wrong = [f"Line {number}: {words}" for number, words in faults(codes).items()]
        if wrong:
            raise forms.ValidationError(wrong)
        return [code for _, code in codes]

    def clean(self):
        cleaned = super().clean()
        if not self.errors:
            self._agree(cleaned["count"], cleaned["barcodes"])
        return cleaned

    def _agree(self, count, codes):
        if not count and not codes:
            self.add_error("count", "Say how many come in, or scan their barcodes.")
        elif count and codes and count != len(codes):
            scanned = counted(len(codes), "barcode")
            self.add_error(
                "count", f"You say {count}, but there are {scanned}. Scan what is missing, or leave this empty."
            )

    @property
    def arrivals(self):
        sent = self.cleaned_data
        same = {name: sent[name] for name in ("shelf", "condition", "licence", "source")}
        codes = sent["barcodes"] or [""] * sent["count"]
        return [Arrival(sent["disc"].pk, code, **same) for code in codes]
