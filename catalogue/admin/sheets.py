"""The staff's pages of spreadsheets: the way in and out, a field changed in bulk, and the list of imports with undo."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import QueryDict
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone

from catalogue.admin import sheet_files
from catalogue.sheets import bulk, export, runs
from catalogue.sheets.cells import Refused, one_newline
from catalogue.sheets.files import MOST_BYTES

TICKED = "_ticked"
TOO_MANY = "These are more than {:,} rows: narrow the list with filters, or take CSV."
TOO_MANY_IN_BULK = "These are more than {:,} rows: narrow the list with filters, and change them in parts."


class SheetForm(forms.Form):
    sheet = forms.FileField(
        label="File",
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx,text/csv"}),
        help_text=f"CSV or an .xlsx workbook, at most {MOST_BYTES >> 20} MB.",
        error_messages={"empty": "This file is empty.", "required": "Choose a file."},
    )

    def clean_sheet(self):
        sheet = self.cleaned_data["sheet"]
        if sheet.size > MOST_BYTES:
            raise forms.ValidationError(f"This file is larger than {MOST_BYTES >> 20} MB: split it.")
        return sheet


class BulkForm(forms.Form):
    """One field, and what becomes of it."""

    field = forms.ChoiceField()
    how = forms.ChoiceField(
        label="What to do",
        choices=[("set", "Set it to"), ("add", "Add to it"), ("remove", "Take from it")],
        help_text="“Add” and “take” are for lists: countries, genres …",
    )
    value = forms.CharField(
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="As in a sheet; entries of a list one on each line. Empty: the field is emptied.",
    )

    def __init__(self, sheet, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.sheet = sheet
        self.fields["field"].choices = [(column.heading, column.heading) for column in bulk.fields(sheet)]

    def clean(self):
        said = super().clean()
        if not self.errors:
            said["value"] = one_newline(said["value"]).strip()
            self.column = self.sheet.by_heading[said["field"]]
            try:
                bulk.read(self.column, said["how"], said["value"])
            except Refused as why:
                self.add_error("value", str(why))
        return said

    def task(self):
        said = self.cleaned_data
        return {"heading": said["field"], "how": said["how"], "value": said["value"]}


class SheetPages:
    """A mixin of an admin: its rows as sheets, out and in, and one field of them changed in bulk.

    `sheets` are the kinds of its list; the first is the list's own, the others are of what hangs on its rows.
    """

    sheets = ()
    change_list_template = "admin/catalogue/sheets_change_list.html"
    actions = ("change_a_field",)

    def get_urls(self):
        return [*(url for sheet in self.sheets for url in self._urls_of(sheet)), *super().get_urls()]

    def _urls_of(self, sheet):
        own = sheet is self.sheets[0]
        start, name = ("" if own else f"{sheet.kind}/"), f"catalogue_{sheet.model._meta.model_name}"
        yield path(f"{start}import/", self._view(self.import_, sheet), name=f"{name}_import")
        for form in ("csv", "xlsx"):
            view = self._view(self.export, sheet, form)
            yield path(f"{start}export.{form}", view, name=f"{name}_export_{form}")
        if own:
            yield path("bulk/", self._view(self.bulk, sheet), name=f"{name}_bulk")

    def _view(self, view, *given):
        return self.admin_site.admin_view(lambda request: view(request, *given))

    # -------------------------------------------------------------- in
    def import_(self, request, sheet):
        """The form for a file; a file sent is looked at by a job, and its page says how far that is."""
        _demand(request, sheet.rights())
        form = SheetForm(request.POST, request.FILES) if request.method == "POST" else SheetForm()
        if request.method == "POST" and form.is_valid():
            upload = form.cleaned_data["sheet"]
            return redirect(runs.receive(sheet.kind, upload.name, upload.chunks(), by=request.user, now=timezone.now()))
        return self._sheet_page(request, "import.html", sheet, form=form, title=f"Import {sheet.kind}")

    # -------------------------------------------------------------- out
    def export(self, request, sheet, form):
        """The rows of the list, as filtered and searched, as a file."""
        _demand(request, [sheet.right("view")])
        rows = self._listed(request)
        if sheet is not self.sheets[0]:
            rows = sheet.model.objects.filter(**{f"{sheet.owner}__in": rows.values("pk")})
        headings, cells = list(sheet.by_heading), export.rows(sheet, rows)
        if form == "csv":
            return sheet_files.csv(sheet.kind, headings, cells)
        if len(rows.order_by()[: export.MOST_IN_WORKBOOK + 1].values_list("pk")) > export.MOST_IN_WORKBOOK:
            messages.error(request, TOO_MANY.format(export.MOST_IN_WORKBOOK))
            return redirect(self._list(request))
        return sheet_files.xlsx(sheet.kind, headings, cells, export.wide(sheet))

    def _listed(self, request):
        """The rows that the list shows with the query of this address, on all its pages."""
        query, whole = request.GET, request.GET.copy()
        ticked = whole.pop(TICKED, [""])[0]
        if ticked:
            return self.get_queryset(request).filter(pk__in=[key for key in ticked.split(",") if key.isdigit()])
        request.GET = whole
        try:
            return self.get_changelist_instance(request).get_queryset(request)
        finally:
            request.GET = query

    def _list(self, request):
        meta = self.opts
        return f"{reverse(f'admin:{meta.app_label}_{meta.model_name}_changelist')}?{request.GET.urlencode()}"

    # -------------------------------------------------------------- in bulk
    @admin.action(description="Change one field of them", permissions=["change"])
    def change_a_field(self, request, queryset):
        query = request.GET.copy()
        if request.POST.get("select_across") != "1":
            query = QueryDict(mutable=True)
            query[TICKED] = ",".join(request.POST.getlist(admin.helpers.ACTION_CHECKBOX_NAME))
        name = f"admin:catalogue_{self.sheets[0].model._meta.model_name}_bulk"
        return redirect(f"{reverse(name)}?{query.urlencode()}")

    def bulk(self, request, sheet):
        """The form for a field and what becomes of it; the rows are those of the list with this address' query."""
        _demand(request, [sheet.right("change")])
        form = BulkForm(sheet, request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            keys = list(self._listed(request).order_by("pk").values_list("pk", flat=True)[: bulk.MOST + 1])
            if 0 < len(keys) <= bulk.MOST:
                return redirect(self._begun(request, sheet, form, keys))
            form.add_error(None, TOO_MANY_IN_BULK.format(bulk.MOST) if keys else "No row is left in this list.")
        ticked = request.GET.get(TICKED, "")
        context = {"form": form, "ticked": ticked.count(",") + 1 if ticked else 0, "is_whole": not request.GET}
        return self._sheet_page(request, "bulk.html", sheet, title=f"Change one field of {sheet.kind}", **context)

    def _begun(self, request, sheet, form, keys):
        task = form.task()
        name = bulk.in_words(form.column, task["how"], task["value"])
        return runs.receive(sheet.kind, name, bulk.keep(keys), by=request.user, now=timezone.now(), bulk=task)

    # -------------------------------------------------------------- around
    def changelist_view(self, request, extra_context=None):
        links = list(self._links(request))
        return super().changelist_view(request, {**(extra_context or {}), "sheet_links": links})

    def _links(self, request):
        """(label, address) of what the list offers to who looks at it."""
        query = request.GET.urlencode()
        for sheet in self.sheets:
            name, has = f"admin:catalogue_{sheet.model._meta.model_name}", request.user.has_perms
            if has([sheet.right("view")]):
                for form in ("csv", "xlsx"):
                    yield f"Export {sheet.kind}, {form.upper()}", f"{reverse(f'{name}_export_{form}')}?{query}"
            if has(sheet.rights()):
                yield f"Import {sheet.kind}", reverse(f"{name}_import")
        own = self.sheets[0]
        if request.user.has_perm(own.right("change")):
            yield (
                "Change one field of these",
                f"{reverse(f'admin:catalogue_{own.model._meta.model_name}_bulk')}?{query}",
            )

    def _sheet_page(self, request, template, sheet, **context):
        context |= self.admin_site.each_context(request) | {"opts": self.opts, "sheet": sheet}
        return render(request, f"admin/catalogue/sheetimport/{template}", context)


def _demand(request, rights):
    if not request.user.has_perms(rights):
        raise PermissionDenied
