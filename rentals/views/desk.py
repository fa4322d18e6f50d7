"""The desk's first page."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from rentals.desk.access import desk_page


@require_safe
@desk_page("rentals.change_rental")
def desk(request):
    """Today at the desk."""
    return render(request, "desk/today.html")
