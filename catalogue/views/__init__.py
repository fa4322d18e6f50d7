"""The pages of the catalogue, a module per kind of page."""

from django.core.exceptions import RequestDataTooBig
from django.shortcuts import render


def not_found(request, exception=None):
    return render(request, "404.html", status=404)


def bad_request(request, exception=None):
    """What a browser sent is not read: what to do is another thing where it was merely too much."""
    return render(request, "400.html", {"too_big": isinstance(exception, RequestDataTooBig)}, status=400)
