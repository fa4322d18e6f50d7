"""Pages that have moved."""

from django.http import Http404
from django.shortcuts import redirect


def moved(former, owner, slug):
    """A redirect to the page of the `owner` that had the address `slug` before; 404 if nobody had.

    Neither does it lead to what is not announced.
    """
    row = former.objects.filter(slug=slug).select_related(owner).first()
    if row is None or getattr(getattr(row, owner), "hidden_until", None):
        raise Http404
    return redirect(getattr(row, owner), permanent=True)
