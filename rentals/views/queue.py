"""A member's queue: its page, and what is done to it."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from catalogue.sent import key_of
from rentals.forms import instant
from rentals.queue_page import offer_to_restore, queue_page
from rentals.shown import read

BEFORE = "queue_before"  # the order before the last sorting, in the session


@require_safe
@login_required
def queue(request):
    undo = {
        "undo": offer_to_restore(key_of(request.GET.get("removed")), request.user),
        "cleared": _cleared(request) if "cleared" in request.GET else None,
        "sorted": "sorted" in request.GET and BEFORE in request.session,
    }
    return render(request, "rentals/queue.html", queue_page(request.user, read(request.GET)) | undo)


def _cleared(request):
    """What an undo sends to put back all that was taken off at once, or None if there is nothing of it."""
    at = instant(request.GET["cleared"])
    gone = at and request.user.queue.filter(removed_at=at).count()
    return {"at": request.GET["cleared"], "number": gone} if gone else None


def page_before(request):
    """The page of ours that the form was on, or the queue."""
    page = request.POST.get("next", "")
    here = page.startswith("/") and url_has_allowed_host_and_scheme(page, None)
    return page if here else reverse("rentals:queue")
