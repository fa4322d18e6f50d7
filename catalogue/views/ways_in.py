"""Genres and countries: all of them, and the first shelves of one."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from catalogue.models import Country, Genre
from catalogue.views.paging import context
from catalogue.ways_in import all_of, page_of, with_titles


@require_safe
def genres(request):
    page = {"kind": "Genres", "rows": all_of(Genre)}
    return render(request, "catalogue/ways_in.html", context(request, page))


@require_safe
def countries(request):
    page = {"kind": "Countries", "rows": all_of(Country)}
    return render(request, "catalogue/ways_in.html", context(request, page))


@require_safe
def genre(request, slug):
    page = page_of(get_object_or_404(Genre, slug=slug)) | {"kind": "genre"}
    return render(request, "catalogue/way_in.html", context(request, page))


@require_safe
def country(request, code):
    """The page of a country that has titles; its code is written small."""
    if code != code.lower():
        return redirect("catalogue:country", code.lower(), permanent=True)
    found = with_titles().filter(pk=code.upper()).first()
    if found is None:
        raise Http404
    return render(request, "catalogue/way_in.html", context(request, page_of(found) | {"kind": "country"}))
