"""The pages of the catalogue, a module per kind of page."""

from django.shortcuts import render


def not_found(request, exception=None):
    return render(request, "404.html", status=404)
