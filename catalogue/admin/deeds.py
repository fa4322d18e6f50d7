"""The staff's list of what was done to the catalogue, and the page of one deed, where it is undone."""

from django.contrib import admin, messages
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db.models import BigIntegerField, OuterRef, Subquery
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from catalogue import history
from catalogue.admin.told import name_among_staff, tell, told
from catalogue.models import Deed, SheetImport
from catalogue.sheets import runs
from config.staff import ReadOnlyAdmin

MOST = 500  # changes on a page


class VerbFilter(admin.SimpleListFilter):
    title, parameter_name = "what was done", "verb"

    def lookups(self, request, model_admin):
        return [("saved", "Saved"), *history.VERBS.items()]

    def queryset(self, request, queryset):
        if self.value() == "saved":
            return queryset.exclude(metadata__has_key="verb")
        return queryset.filter(metadata__verb=self.value()) if self.value() else queryset


@admin.register(Deed)
class DeedAdmin(ReadOnlyAdmin):
    list_display = ("what", "who", "created_at")
    list_filter = (VerbFilter,)
    ordering = ("-created_at", "-id")
    change_form_template = "admin/catalogue/deed.html"
    fields = ()

    def get_queryset(self, request):
        user = Cast(KT("metadata__user"), BigIntegerField())
        staff = get_user_model().objects.filter(pk=OuterRef("user")).values(name=name_among_staff())
        return super().get_queryset(request).annotate(user=user).annotate(by=Subquery(staff))

    @admin.display(description="what was done")
    def what(self, deed):
        return history.words(deed)

    @admin.display(description="by")
    def who(self, deed):
        return deed.by or ("somebody who has left" if deed.user else "a program")

    def get_urls(self):
        undo = self.admin_site.admin_view(require_POST(self.undo_view))
        return [path("<uuid:key>/undo/", undo, name="catalogue_deed_undo"), *super().get_urls()]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        changes = history.changes_of_deed(object_id, most=MOST)
        of_page = {"deeds": told(changes), "more": len(changes) == MOST, "may_undo": self._may_undo(request)}
        of_page |= {"title": "What was done", "subtitle": None}
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **of_page})

    def undo_view(self, request, key):
        if not self._may_undo(request):
            raise PermissionDenied
        deed = get_object_or_404(Deed, pk=key)
        if large := SheetImport.objects.large().filter(deed=key, undone_at=None).first():
            runs.ask_to_undo(large, by=request.user, now=timezone.now())
            return redirect(large)
        try:
            new = history.undo(key, request.user)
        except history.Overtaken as overtaken:
            tell(request, overtaken)
            return redirect(reverse("admin:catalogue_deed_change", args=[key]))
        messages.success(request, f"Undone: {history.words(deed)}. This can be undone, too.")
        return redirect(reverse("admin:catalogue_deed_change", args=[new]))

    def _may_undo(self, request):
        """Not `has_change_permission`: nobody edits what was done."""
        return request.user.has_perm("catalogue.change_deed")
