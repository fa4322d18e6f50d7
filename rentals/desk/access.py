"""The door of the desk's pages: staff with a second step, and with a right for what the page does."""

from functools import wraps

from django.contrib import admin
from django.core.exceptions import PermissionDenied


def desk_page(right):
    """A view for staff who have `right` ("rentals.change_copy"). Others are led to what is missing, or refused."""

    def gate(view):
        @wraps(view)
        def guarded(request, *args, **kwargs):
            if not admin.site.has_permission(request):
                return admin.site.lead(request, request.get_full_path())
            if not request.user.has_perm(right):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return gate
