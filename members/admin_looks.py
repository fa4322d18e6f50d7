"""The staff's pages of who looked at whose rentals: the reason that is asked for, and all that were given."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone

from config.staff import ReadOnlyAdmin
from members import looks
from members.models import Look, Member
from members.models.look import LASTS, SHORTEST, LookReason

TOO_SHORT = "Say in a sentence why: the member reads it."
NOTED = "Noted. For 30 minutes you see whose rows these are."


class WhyForm(forms.Form):
    """A reason, and a sentence."""

    reason = forms.ChoiceField(
        choices=LookReason, widget=forms.RadioSelect, error_messages={"required": "Choose a reason."}
    )
    sentence = forms.CharField(
        label="In a sentence",
        min_length=SHORTEST,
        max_length=Look._meta.get_field("sentence").max_length,
        help_text="What you want to find out. The member reads it.",
        error_messages={"required": TOO_SHORT, "min_length": TOO_SHORT},
        widget=forms.TextInput(attrs={"class": "vTextField", "autocomplete": "off"}),
    )


class ByFilter(admin.SimpleListFilter):
    title, parameter_name = "who looked", "by"

    def lookups(self, request, model_admin):
        return list(Member.objects.filter(is_staff=True).order_by("email").values_list("pk", "email"))

    def queryset(self, request, queryset):
        key = self.value() or ""
        return queryset.filter(by=key) if key.isdecimal() and len(key) < 18 else queryset


@admin.register(Look)
class LookAdmin(ReadOnlyAdmin):
    """Written by the page that asks why. Nobody changes or deletes it, and the database sees to that."""

    list_display = ("at", "staff", "whose", "reason", "sentence", "page")
    list_select_related = ("by", "whose")
    list_filter = (ByFilter, "reason", "at")
    ordering = ("-at", "-pk")
    search_fields = ("=by__email", "=whose__email")
    search_help_text = "The whole e-mail address of one of the staff, or of a member."

    @admin.display(description="who looked", ordering="by")
    def staff(self, look):
        return look.by.email if look.by else "Somebody who has left"

    def get_urls(self):
        view = self.admin_site.admin_view(self.why)
        return [path("why/<str:word>/", view, name="members_look_why"), *super().get_urls()]

    def why(self, request, word):
        """Ask why; with a reason, note it and go on."""
        if not request.user.has_perm("members.add_look"):
            raise PermissionDenied
        member = Member.objects.filter(pk=looks.unsealed(word)).first()
        if member is None:
            raise Http404
        way = looks.way_on(request.GET.get("next", ""))
        form = WhyForm(request.POST if request.method == "POST" else None)
        if form.is_valid():
            looks.give_reason(request.user, member, page=way.partition("?")[0], now=timezone.now(), **form.cleaned_data)
            messages.success(request, NOTED)
            return redirect(way)
        return self._page(request, form=form, way=way)

    def _page(self, request, **context):
        context |= self.admin_site.each_context(request) | {"opts": self.opts, "title": "Why do you look?"}
        return render(request, "admin/members/look/why.html", context | {"minutes": LASTS.seconds // 60})
