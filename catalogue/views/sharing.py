"""Pictures for links to our pages."""

from django.http import FileResponse, Http404
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from catalogue.sharing import KINDS


@require_safe
def preview(request, kind, slug, key=""):
    """The picture of now. Its key says what it is made from, so it may be kept for ever; another key redirects."""
    now = kind in KINDS and KINDS[kind](slug)
    if not now:
        raise Http404
    if key != now.key:
        return redirect("catalogue:preview_kept", kind, slug, now.key)
    headers = {"Cache-Control": "public, max-age=31536000, immutable"}
    return FileResponse(now.path().open("rb"), content_type="image/jpeg", headers=headers)
