"""The door of the staff's admin: staff only, with two-factor set up."""

from allauth.account.utils import get_next_redirect_url
from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import reverse

from members import two_factor


class StaffSite(AdminSite):
    def has_permission(self, request):
        """Active staff with a second step. Who takes it off again is out with the next click."""
        return super().has_permission(request) and two_factor.is_on(request.user)

    def login(self, request, extra_context=None):
        """Lead to what is still missing, and from there back."""
        wanted = get_next_redirect_url(request) or reverse("admin:index")
        if self.has_permission(request):
            return redirect(wanted)
        if request.user.is_anonymous:
            return redirect_to_login(wanted)
        if not super().has_permission(request):
            raise PermissionDenied
        return redirect_to_login(wanted, reverse("mfa_activate_totp"))
