"""Pages that have moved."""

from django.http import Http404
from django.shortcuts import redirect


def moved(former, owner, slug):
    """A redirect to the page of the `owner` that had the address `slug` before; 404 if nobody had."""
    row = former.objects.filter(slug=slug).select_related(owner).first()
    if row is None:
        raise Http404
    return redirect(getattr(row, owner), permanent=True)
