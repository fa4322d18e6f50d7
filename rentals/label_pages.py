"""The staff's pages of labels: chosen among the copies, looked at, and printed from the browser or as PDF."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.http import urlencode

from catalogue.wording import counted
from rentals.label_pdf import pdf
from rentals.labels import BAR_HEIGHT, PARTS, SHEETS, labels_of, pages
from rentals.models import Copy

MOST = 240  # labels at once: ten sheets, and their keys fit into an address
TOO_MANY = f"At most {MOST} labels are printed at once. Choose fewer copies, with the filters or page by page."
NONE = "None of these copies is there any more. Choose some in the list and print their labels from there."


class LabelsForm(forms.Form):
    """Which copies' labels, on which sheet, where on it they begin. It changes nothing, so it is sent by GET."""

    copies = forms.RegexField(r"^\d{1,18}(\.\d{1,18})*$", max_length=4000, widget=forms.HiddenInput)
    part = forms.ChoiceField(label="Labels for", choices=PARTS, initial="disc")
    sheet = forms.ChoiceField(choices={key: sheet.name for key, sheet in SHEETS.items()}, initial="a4")
    first = forms.IntegerField(
        label="Start at label",
        initial=1,
        min_value=1,
        help_text="Of a sheet that is partly used, counted along the rows.",
    )

    def clean_copies(self):
        keys = self.cleaned_data["copies"].split(".")
        if len(keys) > MOST:
            raise forms.ValidationError(TOO_MANY)
        return list(Copy.objects.for_labels(keys))

    def clean(self):
        cleaned = super().clean()
        sheet = SHEETS.get(cleaned.get("sheet"))
        if sheet and cleaned.get("first", 1) > sheet.size:
            self.add_error("first", f"This sheet has {counted(sheet.size, 'label')}.")
        return cleaned

    @property
    def labels(self):
        return labels_of(self.cleaned_data["copies"], self.chosen, self.cleaned_data["part"])

    @property
    def chosen(self):
        return SHEETS[self.cleaned_data["sheet"]]


class LabelPages:
    """A mixin for the admin of copies."""

    change_form_template = "admin/rentals/copy/change_form.html"

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("labels/", view(self.labels), name="rentals_copy_labels"),
            path("labels.pdf", view(self.labels_pdf), name="rentals_copy_labels_pdf"),
            *super().get_urls(),
        ]

    @admin.action(description="Print labels", permissions=["view"])
    def print_labels(self, request, copies):
        if len(copies) > MOST:
            return messages.warning(request, TOO_MANY)
        keys = ".".join(str(key) for key in copies.values_list("pk", flat=True))
        return redirect(f"{reverse('admin:rentals_copy_labels')}?{urlencode({'copies': keys})}")

    def labels(self, request):
        """The labels as they will come out of the printer; above them the form that says of which sheet."""
        form = self._form(request)
        found = _found(form) if form.is_valid() else {}
        said = self.admin_site.each_context(request) | {"title": "Labels", "opts": self.opts, "form": form}
        return render(request, "admin/rentals/copy/labels.html", said | found)

    def labels_pdf(self, request):
        form = self._form(request)
        if not form.is_valid() or not form.cleaned_data["copies"]:
            return redirect(f"{reverse('admin:rentals_copy_labels')}?{request.GET.urlencode()}")
        file = pdf(form.labels, form.chosen, form.cleaned_data["first"])
        headers = {"Content-Disposition": 'inline; filename="labels.pdf"'}
        return HttpResponse(file, content_type="application/pdf", headers=headers)

    def _form(self, request):
        if not self.has_view_permission(request):
            raise PermissionDenied
        usual = {name: field.initial for name, field in LabelsForm.base_fields.items()}
        return LabelsForm(usual | request.GET.dict())


def _found(form):
    """What the page shows of a form that is right."""
    labels, sheet = form.labels, form.chosen
    return {
        "sheets": pages(labels, sheet, form.cleaned_data["first"]),
        "count": counted(len(labels), "label"),
        "sheet": form.cleaned_data["sheet"],
        "paper": f"css/labels-{form.cleaned_data['sheet']}.css",
        "bar_height": BAR_HEIGHT,
        "without_bars": [label for label in labels if not label.bars],
        "none": "" if labels else NONE,
    }
