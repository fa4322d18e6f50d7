"""The door of the staff's admin: staff only, with two-factor set up."""

from allauth.account.utils import get_next_redirect_url
from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.contrib.contenttypes import views as content_types
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse

from config import dashboard
from config.choices import Choices
from config.staff_groups import grouped
from members import two_factor


class StaffSite(AdminSite):
    def has_permission(self, request):
        """Active staff with a second step. Who takes it off again is out with the next click."""
        return super().has_permission(request) and two_factor.is_on(request.user)

    def login(self, request, extra_context=None):
        """Lead to what is still missing, and from there back."""
        wanted = get_next_redirect_url(request) or reverse("admin:index")
        return redirect(wanted) if self.has_permission(request) else self.lead(request, wanted)

    def lead(self, request, wanted):
        """Who may not come in: to sign in, or to set up the second step, and from there to `wanted`."""
        if request.user.is_anonymous:
            return redirect_to_login(wanted)
        if not super().has_permission(request):
            raise PermissionDenied
        return redirect_to_login(wanted, reverse("mfa_activate_totp"))

    def password_change(self, request, extra_context=None):
        """Staff change it where members do: tries are limited there, and an e-mail tells of it."""
        return redirect("account_change_password")

    password_change_done = password_change

    def index(self, request, extra_context=None):
        """The first page, with what waits for who reads it."""
        return super().index(request, dashboard.cards_for(request.user) | (extra_context or {}))

    def get_app_list(self, request, app_label=None):
        """The lists by the work they are for (config/staff_groups.py); of one app, as Django has them."""
        apps = super().get_app_list(request, app_label)
        return apps if app_label else list(grouped(apps))

    def get_urls(self):
        view = self.admin_view(self.view_on_site)
        own = path("r/<int:content_type_id>/<path:object_id>/", view, name="view_on_site")
        return [own, *(url for url in super().get_urls() if getattr(url, "name", "") != "view_on_site")]

    def autocomplete_view(self, request):
        return Choices.as_view(admin_site=self)(request)

    def view_on_site(self, request, content_type_id, object_id):
        """Lead to a row's page, for who may see such rows here: the address alone may tell a private list's name."""
        kind = get_object_or_404(content_types.ContentType, pk=content_type_id)
        if not request.user.has_perm(f"{kind.app_label}.view_{kind.model}"):
            raise PermissionDenied
        return content_types.shortcut(request, content_type_id, object_id)
