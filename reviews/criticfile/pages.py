"""The staff's pages for a file of critics' reviews: sent, looked at, and taken over when that is confirmed.

The page carries the file in its form, sealed for who sent it, with a digest of what was shown: nothing is kept here
meanwhile, and what is done is what was shown, or it is shown again.
"""

from pathlib import Path
from tempfile import TemporaryDirectory

from django import forms
from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone

from catalogue import history
from catalogue.admin import sheet_files
from catalogue.admin.sheets import TOO_MANY
from catalogue.readers.rows import BrokenFile
from catalogue.sheets.export import MOST_IN_WORKBOOK
from catalogue.wording import counted
from reviews.criticfile.columns import COLUMNS
from reviews.criticfile.run import NotAsSeen, import_critics, preview
from reviews.criticfile.staging import RIGHTS
from reviews.criticfile.writing import WRITTEN, rows

A_DAY = 24 * 3600
MOST_BYTES = 5 * 1024 * 1024
MOST_SEALED = 800_000  # letters, of a form that may have a million
TOO_LARGE = "This file is too large to look at here. Split it, or have it imported with bin/manage import_critics."
STALE = "What was shown is more than a day old or was changed on the way. Send the file again."
CHANGED = "Something changed since this was shown, so nothing was taken over. This is how it is now."


class SheetForm(forms.Form):
    sheet = forms.FileField(
        label="CSV file or workbook",
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx,text/csv"}),
        error_messages={"empty": "This file is empty.", "required": "Choose a file."},
    )

    def clean_sheet(self):
        sheet = self.cleaned_data["sheet"]
        if sheet.size > MOST_BYTES:
            raise forms.ValidationError(TOO_LARGE)
        return sheet.read(), sheet.name[-100:]


class ImportPages:
    """A mixin for the admin of critics' reviews."""

    change_list_template = "admin/reviews/criticreview/change_list.html"

    def get_urls(self):
        view = self.admin_site.admin_view(self.import_)
        return [
            path("import/", view, name="reviews_criticreview_import"),
            *(self._export_url(form) for form in ("csv", "xlsx")),
            *super().get_urls(),
        ]

    def _export_url(self, form):
        view = self.admin_site.admin_view(lambda request: self.export(request, form))
        return path(f"export.{form}", view, name=f"reviews_criticreview_export_{form}")

    def export(self, request, form):
        """What the list shows, as filtered and searched, as a file."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        reviews = self.get_changelist_instance(request).get_queryset(request)
        if form == "csv":
            return sheet_files.csv("critics", WRITTEN, rows(reviews))
        if len(reviews.order_by()[: MOST_IN_WORKBOOK + 1].values_list("pk")) > MOST_IN_WORKBOOK:
            messages.error(request, TOO_MANY.format(MOST_IN_WORKBOOK))
            return redirect("admin:reviews_criticreview_changelist")
        return sheet_files.xlsx("critics", WRITTEN, rows(reviews), {"quote"})

    def import_(self, request):
        """The form for a file; what is in one; and, when that is confirmed, its taking over."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        if request.method == "POST" and "sealed" in request.POST:
            return self._confirmed(request)
        form = SheetForm(request.POST, request.FILES) if request.method == "POST" else SheetForm()
        if form.is_valid() and (found := _looked_at(request, *form.cleaned_data["sheet"], form)):
            return self._page(request, "import_preview.html", title="Import critics’ reviews", **found)
        return self._page(request, "import.html", title="Import critics’ reviews", form=form, columns=COLUMNS)

    def _confirmed(self, request):
        said = _opened(request)
        if said is None:
            messages.error(request, STALE)
            return redirect("admin:reviews_criticreview_import")
        try:
            with transaction.atomic(), history.deed("import", by=request.user, note=said["name"]):
                report = _with_file(said["text"].encode("latin-1"), import_critics, request, seen=said["seen"])
        except (NotAsSeen, BrokenFile):
            return self._as_it_is_now(request, said)
        messages.success(request, _in_words(report))
        return redirect("admin:reviews_criticreview_changelist")

    def _as_it_is_now(self, request, said):
        messages.warning(request, CHANGED)
        found = _looked_at(request, said["text"].encode("latin-1"), said["name"], SheetForm())
        return self._page(request, "import_preview.html", title="Import critics’ reviews", **found)

    def _page(self, request, template, **context):
        context |= self.admin_site.each_context(request) | {"opts": self.opts}
        return render(request, f"admin/reviews/criticreview/{template}", context)


def _looked_at(request, data, name, form):
    """What the preview prints, and the sealed file; None if the form says why the file cannot be taken."""
    try:
        found = _with_file(data, preview, request)
    except BrokenFile as error:
        return form.add_error("sheet", _sentence(error))
    sealed = _sealed(request, data, name, found["seen"])
    if len(sealed) > MOST_SEALED:
        return form.add_error("sheet", TOO_LARGE)
    number = found["report"].created + found["report"].updated
    return found | {"sealed": sealed, "number": number}


def _with_file(data, do, request, **options):
    """`do` with the path of a file of `data`, for the rights of who asks."""
    rights = [right for right in RIGHTS if request.user.has_perm(right)]
    with TemporaryDirectory() as folder:
        sheet = Path(folder) / "sheet.csv"
        sheet.write_bytes(data)
        return do(sheet, today=timezone.localdate(), rights=rights, **options)


def _sentence(error):
    text = ": ".join(filter(None, [error.place, error.reason]))
    return text[:1].upper() + text[1:]


def _in_words(report):
    said = [counted(getattr(report, what), "review") + f" {what}" for what in ("created", "updated", "unchanged")]
    return f"{', '.join(said)}. {counted(report.rejected, 'row')} stayed out."


# ------------------------------------------------------------------ carried by the form
def _salt(request):
    return f"reviews.criticfile.{request.user.pk}"


def _sealed(request, data, name, seen):
    said = {"text": data.decode("latin-1"), "name": name, "seen": seen}
    return signing.dumps(said, salt=_salt(request), compress=True)


def _opened(request):
    """What was sealed for this member of staff within a day, or None."""
    try:
        return signing.loads(request.POST["sealed"], salt=_salt(request), max_age=A_DAY)
    except signing.BadSignature:
        return None
