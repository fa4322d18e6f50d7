"""Addresses below a title's page, and of its pictures, after it moved or was merged: they lead on."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse

from catalogue.models import FormerTitleSlug

BELOW = ("titles/<slug:slug>/", "pictures/<slug:slug>/")
SAY_AGAIN = "This film’s page has moved here since. Please do it once more."


class FormerAddresses:
    """Middleware: what is not found under an address of former times is looked for under the one of today.

    A form is not sent on: its member reads that the page has moved, and sends it again.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        return response if response.status_code != 404 else _moved(request) or response

    def process_exception(self, request, error):
        """Before a page says that nothing is there: it would print the messages that are meant for the next one."""
        return _moved(request) if isinstance(error, Http404) else None


def _moved(request):
    """Where it is today; None if it never had such an address."""
    match = request.resolver_match
    if match is None or not match.route.startswith(BELOW):
        return None
    former = FormerTitleSlug.objects.filter(slug=match.kwargs["slug"]).select_related("title").first()
    if former is None or former.title.hidden_until:
        return None
    if request.method not in ("GET", "HEAD"):
        messages.info(request, SAY_AGAIN)
        return redirect(former.title)
    url = reverse(match.view_name, kwargs=match.kwargs | {"slug": former.title.slug})
    query = request.META.get("QUERY_STRING", "")
    return redirect(f"{url}?{query}" if query else url, permanent=True)
