"""The staff's page of a row whose changes are kept: its history, with all that hangs on it, and the way back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from catalogue import history
from catalogue.admin.told import tell, told
from config.staff import StaffAdmin

MOST = 500  # changes on a page


class KeptAdmin(StaffAdmin):
    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_put_back"
        view = self.admin_site.admin_view(self.put_back_view)
        return [path("<path:object_id>/history/<int:number>/", view, name=name), *super().get_urls()]

    def history_view(self, request, object_id, extra_context=None):
        row, before = self._row(request, object_id), _number(request.GET.get("before"))
        changes = history.changes(row, before=before or history.END, most=MOST)
        context = {
            "title": f"History of {row}",
            "deeds": told(changes),
            "older": changes[-1].number if len(changes) == MOST else None,
            "now": not before,
            "may_change": self.has_change_permission(request, row),
        }
        return self._history_page(request, "admin/catalogue/history.html", row, context)

    def put_back_view(self, request, object_id, number):
        """What would be taken back for the row to be as it was after its change `number`; a form sent does it."""
        row = self._row(request, object_id)
        if not self.has_change_permission(request, row):
            raise PermissionDenied
        if request.method == "POST":
            return self._put_back(request, row, number)
        changes = history.changes(row, since=number, most=MOST)
        context = {"title": f"Put “{row}” back", "deeds": told(changes), "more": len(changes) == MOST}
        return self._history_page(request, "admin/catalogue/put_back.html", row, context)

    def _put_back(self, request, row, number):
        try:
            history.put_back(row, number, request.user)
        except history.Overtaken as overtaken:
            tell(request, overtaken)
        else:
            messages.success(request, f"“{row}” is put back. This stands in its history, and can be put back, too.")
        return redirect(self._url("history", row))

    def _row(self, request, object_id):
        row = self.get_object(request, object_id)
        if row is None:
            raise Http404
        if not self.has_view_or_change_permission(request, row):
            raise PermissionDenied
        return row

    def _history_page(self, request, template, row, context):
        shared = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "object": row,
            "row_url": self._url("change", row),
            "history_url": self._url("history", row),
        }
        return TemplateResponse(request, template, shared | context)

    def _url(self, page, row):
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{page}", args=[row.pk])


def _number(text):
    return int(text) if text and text.isdecimal() and len(text) < 18 else None
