"""The door of the desk's pages: staff with a second step, and with a right for what the page does."""

from functools import wraps

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.urls import reverse


def _wanted(request):
    """Where to go once signed in: what is sent has no page of its own."""
    return request.get_full_path() if request.method in ("GET", "HEAD") else reverse("rentals:desk")


def desk_page(right):
    """A view for staff who have `right` ("rentals.change_copy"). Others are led to what is missing, or refused."""

    def gate(view):
        @wraps(view)
        def guarded(request, *args, **kwargs):
            if not admin.site.has_permission(request):
                return admin.site.lead(request, _wanted(request))
            if not request.user.has_perm(right):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return gate
