"""All titles, narrowed down."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from catalogue.browse.page import browse_page


@require_safe
def browse(request):
    viewer = request.user if request.user.is_authenticated else None
    page = browse_page(request.GET, viewer)
    return render(request, "catalogue/browse.html", page)
