"""A member's queue as a file, and films from a file: looked at first, put only when confirmed."""

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from catalogue.film_files.forms import FileForm, picked
from catalogue.film_files.sealing import STALE
from catalogue.film_files.writing import to_save
from catalogue.sent import keys_of
from catalogue.wording import counted, day_and_month
from rentals import lists
from rentals.transfer.preview import opened, preview, wishes
from rentals.transfer.putting import put_in_queue
from rentals.transfer.reading import read
from rentals.transfer.writing import rows_of_queue, titles_without
from rentals.views.lists import TOO_MANY, file_of

NOTHING = "Nothing was ticked, so nothing was added."
KINDS = {"kinopost": "one of our own files", "letterboxd": "a list from Letterboxd", "imdb": "a list from IMDb"}


@require_safe
@login_required
def export(request, kind):
    return file_of(rows_of_queue(request.user), kind, "kinopost-queue", "Queue")


# ------------------------------------------------------------------ looking
@login_required
def import_(request):
    """The form for a file; what was found in one. Writes nothing."""
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    found = form.found(partial(_found, request.user)) if form.is_valid() else None
    if found is None:
        return render(request, "rentals/import.html", {"form": form})
    return render(request, "rentals/import_preview.html", found | {"lists": request.user.lists.order_by("name")})


def _found(member, data):
    kind, rows = read(data)
    suggested = lists.free_name(member, f"Imported on {day_and_month(timezone.localdate())}")
    return preview(member, rows) | {"kind": KINDS[kind], "new_name": suggested}


@login_required
def unknown(request):
    """The films of a file that we do not know, as a file."""
    said = opened(request.user, request.POST.get("sealed", "")) if request.method == "POST" else None
    if said is None:
        return _again(request)
    return to_save(titles_without(said["unknown"]), "not-at-kinopost", "csv")


def _again(request):
    if request.method == "POST":
        messages.error(request, STALE)
    return redirect("rentals:import")


# ------------------------------------------------------------------ putting
@login_required
def confirm(request):
    """Put what was ticked into the queue or on a list."""
    said = opened(request.user, request.POST.get("sealed", "")) if request.method == "POST" else None
    if said is None:
        return _again(request)
    chosen = wishes(said, set(keys_of(request.POST.getlist("film"))), picked(request.POST))
    if not chosen:
        messages.error(request, NOTHING)
        return redirect("rentals:import")
    return (_on_a_list if request.POST.get("to") == "list" else _in_the_queue)(request, chosen)


def _in_the_queue(request, chosen):
    messages.success(request, put_in_queue(request.user, chosen, now=timezone.now()).words())
    return redirect("rentals:queue")


def _on_a_list(request, chosen):
    target = _target(request)
    if target is None:
        messages.error(request, TOO_MANY)
        return redirect("rentals:import")
    keys = dict.fromkeys(wish.title_id for wish in chosen)
    new = lists.add_all(target, keys, now=timezone.now())
    left = f" {len(keys) - new:,} were there already or did not fit." if new < len(keys) else ""
    messages.success(request, f"{counted(new, 'film')} put on {target.name}.{left}")
    return redirect(target)


def _target(request):
    """The member's list that was chosen, or a new one; None if there can be no more."""
    own = request.user.lists.select_related("member")
    if there := own.filter(pk__in=keys_of(request.POST.getlist("list"))).first():
        return there
    name = " ".join(request.POST.get("name", "").replace("\0", "").split())[:70] or "Imported"
    try:
        return lists.make(request.user, name=lists.free_name(request.user, name), now=timezone.now())
    except lists.TooManyLists:
        return None
