"""All titles, narrowed down."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from catalogue.forms import BrowseForm
from catalogue.views.paging import cards


@require_safe
def browse(request):
    form = BrowseForm(request.GET)
    titles = form.titles().order_by("sort_key", "pk")
    return render(request, "catalogue/browse.html", {"form": form} | cards(request, titles))
