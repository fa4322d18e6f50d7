"""A member's queue: its page, and what is done to it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from catalogue.models import Title
from catalogue.wording import counted
from rentals.forms import instant
from rentals.queue import MOST, QueueFull, enqueue, enqueue_all
from rentals.queue_page import offer_to_restore, queue_page
from rentals.shown import read

FULL = f"Your queue is full: it holds {MOST:,} films."
LARGEST_KEY = 2**63 - 1
BEFORE = "queue_before"  # the order before the last sorting, in the session


@require_safe
@login_required
def queue(request):
    undo = {
        "undo": offer_to_restore(_key(request.GET.get("removed")), request.user),
        "cleared": _cleared(request) if "cleared" in request.GET else None,
        "sorted": "sorted" in request.GET and BEFORE in request.session,
    }
    return render(request, "rentals/queue.html", queue_page(request.user, read(request.GET)) | undo)


def _cleared(request):
    """What an undo sends to put back all that was taken off at once, or None if there is nothing of it."""
    at = instant(request.GET["cleared"])
    gone = at and request.user.queue.filter(removed_at=at).count()
    return {"at": request.GET["cleared"], "number": gone} if gone else None


@login_required
def add(request):
    """Put one title at the end of the queue; then the page again where it was asked for."""
    if request.method != "POST":
        return redirect("rentals:queue")
    title = _released(request.POST.getlist("title")).first()
    messages.success(request, _added(request.user, title) if title else "We have no film of that number on disc.")
    return redirect(_back(request))


def _added(member, title):
    try:
        entry = enqueue(member, title, now=timezone.now())
    except QueueFull:
        return FULL
    if entry is None:
        return f"{title.name} is in your queue already."
    return f"{title.name} is in your queue, number {entry.position}."


@login_required
def add_all(request):
    """Put a list of titles at the end of the queue, in its order, but what is known; then the page again."""
    if request.method == "POST":
        asked = _keys(request.POST.getlist("title"))
        there = set(_released(asked).values_list("pk", flat=True))
        number = enqueue_all(request.user, [key for key in asked if key in there], now=timezone.now())
        nothing = "Nothing to add: all of them are in your queue, at home or seen."
        messages.success(request, f"{counted(number, 'film')} added to your queue." if number else nothing)
    return redirect(_back(request))


def _key(sent):
    """The number that was sent, or None."""
    return next(iter(_keys([sent])), None)


def _keys(sent):
    """The numbers among what was sent, in order."""
    return [int(key) for key in map(str, sent) if key.isdecimal() and len(key) < 20 and int(key) <= LARGEST_KEY]


def _released(sent):
    """Those titles that are out on disc somewhere."""
    return Title.objects.filter(pk__in=_keys(sent), releases__isnull=False).distinct()


def _back(request):
    """The page of ours that the form was on, or the queue."""
    page = request.POST.get("next", "")
    here = page.startswith("/") and url_has_allowed_host_and_scheme(page, None)
    return page if here else reverse("rentals:queue")
