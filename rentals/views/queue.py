"""A member's queue: its page, and what is done to it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.http import require_safe

from rentals.forms import MoveForm
from rentals.queue import MOST, QueueFull
from rentals.queue import move as move_entry
from rentals.queue import remove as remove_entry
from rentals.queue import restore as restore_entry
from rentals.queue_page import offer_to_restore, queue_page

FULL = f"Your queue is full: it holds {MOST:,} films."
LARGEST_KEY = 2**63 - 1


@require_safe
@login_required
def queue(request):
    undo = offer_to_restore(_key(request.GET.get("removed")), request.user)
    return render(request, "rentals/queue.html", queue_page(request.user) | {"undo": undo})


@login_required
def move(request, key):
    """Give an entry another place; then the queue again, at the entry."""
    entry = get_object_or_404(request.user.queue.placed().select_related("title"), pk=key)
    to = MoveForm(request.POST).place(entry.position) if request.method == "POST" else None
    if request.method == "POST":
        place = move_entry(entry, to) if to is not None else None
        moved = f"{entry.title.name} is now number {place}."
        messages.success(request, moved if place else "A place is a whole number from 1.")
    return redirect(f"{reverse('rentals:queue')}#entry-{entry.pk}")


@login_required
def remove(request, key):
    """Take an entry off the queue; then the queue again, which offers to put it back."""
    entry = get_object_or_404(request.user.queue, pk=key)
    if request.method != "POST":
        return redirect("rentals:queue")
    remove_entry(entry, now=timezone.now())
    return redirect(f"{reverse('rentals:queue')}?{urlencode({'removed': entry.pk})}")


@login_required
def restore(request):
    """Put back what was taken off."""
    gone = offer_to_restore(_key(request.POST.get("entry")), request.user)
    if request.method == "POST" and gone:
        messages.success(request, _restored(gone))
    return redirect("rentals:queue")


def _restored(gone):
    try:
        place = restore_entry(gone)
    except QueueFull:
        return FULL
    return f"{gone.title.name} is back, number {place}." if place else f"{gone.title.name} is there already."


def _key(sent):
    """The number that was sent, or None."""
    return next(iter(_keys([sent])), None)


def _keys(sent):
    """The numbers among what was sent, in order."""
    return [int(key) for key in map(str, sent) if key.isdecimal() and len(key) < 20 and int(key) <= LARGEST_KEY]


def _back(request):
    """The page of ours that the form was on, or the queue."""
    page = request.POST.get("next", "")
    here = page.startswith("/") and url_has_allowed_host_and_scheme(page, None)
    return page if here else reverse("rentals:queue")
