"""The labels of what is to be posted: as a page to look at and print, and as PDF."""

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from catalogue.wording import counted
from rentals.desk.access import desk_page
from rentals.desk.answers import film_of, number_of
from rentals.desk.envelope_pdf import pdf
from rentals.desk.envelopes import SHEETS, envelope, to_label
from rentals.labels import pages


class LabelsForm(forms.Form):
    """Whose labels, on which sheet, and where on it they begin. It changes nothing, so it is sent by GET."""

    rental = forms.RegexField(r"^[0-9]{1,18}(\.[0-9]{1,18})*$", max_length=4000, required=False)
    sheet = forms.ChoiceField(choices={key: sheet.name for key, sheet in SHEETS.items()})
    first = forms.IntegerField(label="Start at label", min_value=1, help_text="Of a sheet that is partly used.")

    def clean_rental(self):
        return [int(key) for key in filter(None, self.cleaned_data["rental"].split("."))]

    def clean(self):
        cleaned = super().clean()
        sheet = SHEETS.get(cleaned.get("sheet"))
        if sheet and cleaned.get("first", 1) > sheet.size:
            self.add_error("first", f"This sheet has {counted(sheet.size, 'label')}.")
        return cleaned


def _form(request):
    return LabelsForm({"sheet": "a4", "first": "1"} | request.GET.dict())


@require_safe
@desk_page("rentals.change_rental")
def labels(request):
    """The labels as they come out of the printer; above them the form that says of which sheet."""
    form = _form(request)
    found = _found(form) if form.is_valid() else {}
    return render(request, "desk/labels.html", {"form": form, "sheets_there": SHEETS} | found)


def _found(form):
    chosen = form.cleaned_data
    rentals, without = to_label(chosen["rental"])
    envelopes = [envelope(rental) for rental in rentals]
    return {
        "count": counted(len(envelopes), "label"),
        "sheet": chosen["sheet"],
        "paper": f"css/envelopes-{chosen['sheet']}.css",
        "pages": pages(envelopes, SHEETS[chosen["sheet"]], chosen["first"]) if envelopes else [],
        "without": [f"{film_of(rental.copy)}, for {number_of(rental.member)}" for rental in without],
    }


@require_safe
@desk_page("rentals.change_rental")
def labels_pdf(request):
    """The same as PDF."""
    form = _form(request)
    rentals = to_label(form.cleaned_data["rental"])[0] if form.is_valid() else []
    if not rentals:
        return redirect(f"{reverse('rentals:desk_labels')}?{request.GET.urlencode()}")
    chosen = form.cleaned_data
    file = pdf([envelope(rental) for rental in rentals], SHEETS[chosen["sheet"]], chosen["first"])
    headers = {"Content-Disposition": 'inline; filename="envelopes.pdf"'}
    return HttpResponse(file, content_type="application/pdf", headers=headers)
