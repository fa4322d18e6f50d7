"""Back to the page of ours that a form was on."""

from urllib.parse import parse_qsl, urlencode, urlsplit

from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from reviews.undoing import WAS


def back(request, otherwise, was=None):
    """To the page that the form names in `back`, or `otherwise`; `was` is the mark of what that page can undo.

    What was refused is told on top of the page, what was done is told where it was done.
    """
    sent = request.POST.get("back", "")
    ours = sent.startswith("/") and url_has_allowed_host_and_scheme(sent, None)
    page = urlsplit(sent if ours else otherwise)
    query = [pair for pair in parse_qsl(page.query, keep_blank_values=True) if pair[0] != WAS]
    query += [(WAS, was)] if was else []
    return redirect(page._replace(query=urlencode(query), fragment=page.fragment if was else "").geturl())
