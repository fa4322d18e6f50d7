"""What a member does to the queue. Each leads back to the queue as it was looked at, and says what happened."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from catalogue.models import Medium, Release
from catalogue.sent import key_of
from catalogue.wording import counted
from rentals import forms, queue, sets
from rentals.queue import FULL, MOST, NoSuchPlace, QueueFull
from rentals.queue_page import offer_to_restore, removed_page
from rentals.shown import SORTS, page_of, read
from rentals.views.queue import BEFORE


# ------------------------------------------------------------------ moving
@login_required
def move(request, key):
    """Give an entry another place; then the queue again, at the entry."""
    entry = get_object_or_404(request.user.queue.select_related("title", "disc"), pk=key)
    if request.method != "POST":
        return _back(request)
    try:
        return _at(request, entry, _moved(entry, request.POST))
    except NoSuchPlace as error:
        return _refused(request, _no_such_place(error.length), entry)


def _moved(entry, sent):
    way = forms.way(sent)
    return queue.step(entry, way) if way else queue.move(entry, forms.place(sent.get("to", "")))


def _at(request, entry, place):
    """The queue at an entry that is now at `place`, or the sentence that it is gone."""
    if place is None:
        return _refused(request, f"{_name(entry)} is not in your queue any more.")
    length = request.user.queue.live().count()
    messages.success(request, f"{_name(entry)} is now number {place} of {length}.{_why_elsewhere(request, place)}")
    return _back(request, entry, place)


def _why_elsewhere(request, place):
    asked = request.POST.get("to", "").strip()
    return " The discs of a set stay in order." if asked.isdecimal() and int(asked) != place else ""


def _no_such_place(length):
    if length == 1:
        return "Your queue has 1 film: there is nowhere else to move it."
    return f"Your queue has {length} films: choose 1 to {length}. Nothing was moved."


@login_required
def renumber(request):
    """Give the entries in whose boxes another number stands that place; all of them or, if one is wrong, none."""
    places = forms.changed_places(request.POST) if request.method == "POST" else {}
    mine = {entry.pk: entry for entry in request.user.queue.filter(pk__in=places).select_related("title", "disc")}
    if places.keys() - mine.keys():
        raise Http404
    if len(places) == 1:
        return _moved_one(request, *((mine[key], place) for key, place in places.items()))
    return _moved_many(request, places)


def _moved_one(request, change):
    entry, place = change
    try:
        return _at(request, entry, queue.move(entry, place))
    except NoSuchPlace as error:
        return _refused(request, _no_such_place(error.length), entry)


def _moved_many(request, places):
    try:
        moved = queue.renumber(request.user, places)
    except NoSuchPlace as error:
        return _refused(request, _no_such_place(error.length))
    gone = f" {counted(len(places) - len(moved), 'film')} had gone." if len(moved) < len(places) else ""
    if request.method == "POST":
        nothing = "No number was changed."
        messages.success(request, f"{counted(len(moved), 'film')} moved.{gone}" if places else nothing)
    return _back(request)


# ------------------------------------------------------------------ one entry
@login_required
def pause(request, key):
    """Pause an entry, or with `resume` let it stand in line again."""
    entry = get_object_or_404(request.user.queue.select_related("title", "disc"), pk=key)
    if request.method != "POST":
        return _back(request)
    on = "resume" not in request.POST
    done = queue.pause(entry, now=timezone.now()) if on else queue.resume(entry)
    words = "is paused and keeps its place" if on else "is no longer paused"
    was = "was paused already, or is gone" if on else "was not paused, or is gone"
    messages.success(request, f"{_name(entry)} {words if done else was}.")
    return _back(request, entry, queue.place_of(entry))


@login_required
def edition(request, key):
    """Ask for an entry's title in another edition."""
    entry = get_object_or_404(request.user.queue.select_related("title", "disc"), pk=key)
    medium = request.POST.get(f"edition-{key}", request.POST.get("edition"))
    if request.method != "POST":
        return _back(request)
    if medium is None or not _comes_in(entry, medium):
        return _refused(request, f"{_name(entry)} does not come in that edition. Nothing was changed.", entry)
    if not queue.ask_for(entry, medium):
        return _refused(request, f"{_name(entry)} is in your queue in that edition already, or is gone.", entry)
    wish = f"on {Medium(medium).label}" if medium else "in any edition"
    messages.success(request, f"You get {_name(entry)} {wish}.")
    return _back(request, entry, queue.place_of(entry))


def _comes_in(entry, medium):
    return not medium or (medium in Medium.values and entry.title.releases.filter(medium=medium).exists())


# ------------------------------------------------------------------ taking off and putting back
@login_required
def remove(request, key):
    """Take an entry off the queue; then the queue again, which offers to put it back."""
    entry = get_object_or_404(request.user.queue.select_related("title", "disc"), pk=key)
    if request.method != "POST":
        return _back(request)
    if not queue.remove(entry, now=timezone.now()):
        return _refused(request, f"{_name(entry)} is not in your queue any more.")
    return _back(request, removed=entry.pk)


@login_required
def restore(request):
    """Put back what was taken off: an `entry`, or all that went at the instant `all`."""
    if request.method != "POST":
        return _back(request)
    try:
        return _restored_all(request) if "all" in request.POST else _restored(request)
    except QueueFull:
        return _refused(request, FULL)


def _restored(request):
    gone = offer_to_restore(key_of(request.POST.get("entry")), request.user)
    place = queue.restore(gone) if gone else None
    if place is None:
        return _refused(request, "That is not there to be put back, or your queue has it again.")
    messages.success(request, f"{_name(gone)} is back, number {place}.")
    return _back(request, gone, place)


def _restored_all(request):
    at = forms.instant(request.POST["all"])
    number = queue.restore_all(request.user, at) if at else 0
    if not number:
        return _refused(request, "There is nothing to put back.")
    messages.success(request, f"{counted(number, 'film')} back in your queue, each in its place.")
    return _back(request)


@login_required
def clear(request):
    """Ask whether to take everything off; then do it, and offer to put it back."""
    if request.method == "POST":
        now = timezone.now()
        number = queue.clear(request.user, now=now)
        empty = "Your queue is empty already."
        return _back(request, cleared=forms.as_sent(now)) if number else _refused(request, empty)
    return render(request, "rentals/clear.html", {"length": request.user.queue.live().count()})


@require_safe
@login_required
def removed(request):
    return render(request, "rentals/removed.html", removed_page(request.user, timezone.now()) | {"most": MOST})


# ------------------------------------------------------------------ sorting
@login_required
def sort(request):
    """Make the order that the list is shown in the queue's own."""
    shown = read(request.POST)
    if request.method != "POST":
        return _back(request)
    if not shown.sort:
        return _refused(request, "Choose what to sort by first. Nothing was changed.")
    request.session[BEFORE] = queue.put_in_order(request.user, shown.keys(request.user.queue.live()))
    messages.success(request, f"Your queue is in this order now: {SORTS[shown.sort][0].lower()}.")
    return redirect(f"{reverse('rentals:queue')}?{urlencode({'sorted': 1})}")


@login_required
def unsort(request):
    """Put the queue back into the order before the last sorting; what was added since stays behind it."""
    if request.method == "POST" and request.session.get(BEFORE):
        queue.put_in_order(request.user, request.session.pop(BEFORE))
        messages.success(request, "Your queue is in the order it had before.")
    return _back(request)


# ------------------------------------------------------------------ sets
@login_required
def two_at_once(request, key):
    """Send two discs of a set at once, or with `one` one at a time."""
    release = _asked_set(request, key)
    if request.method == "POST" and "one" in request.POST:
        sets.send_one_at_a_time(request.user, release)
        messages.success(request, f"{release.title.name} comes one disc at a time.")
    elif request.method == "POST":
        sets.send_two_at_once(request.user, release, now=timezone.now())
        messages.success(request, f"{release.title.name} comes two discs at once.")
    return _back(request)


@login_required
def pause_set(request, key):
    """Pause every disc of a set that is in the queue, or with `resume` let them stand in line again."""
    release = _asked_set(request, key)
    if request.method == "POST" and "resume" in request.POST:
        sets.resume_set(request.user, release)
        messages.success(request, f"{release.title.name} is no longer paused.")
    elif request.method == "POST":
        sets.pause_set(request.user, release, now=timezone.now())
        messages.success(request, f"{release.title.name} is paused and keeps its places.")
    return _back(request)


def _asked_set(request, key):
    """A set of which the member's queue has or had a disc."""
    mine = request.user.queue.filter(disc__release=key)
    return get_object_or_404(Release.objects.select_related("title").filter(discs__queue_entries__in=mine).distinct())


# ------------------------------------------------------------------ back to the page
def _name(entry):
    return f"{entry.title.name}, disc {entry.disc.number}" if entry.disc else entry.title.name


def _refused(request, words, entry=None):
    messages.error(request, words)
    return _back(request, entry)


def _back(request, entry=None, place=None, **said):
    """The queue as it was looked at; on the page with `place`, if that is in the member's own order."""
    shown = read(request.POST.get("back", ""))
    query = shown.query(page=page_of(place)) if place and shown.in_order else shown.query()
    query += ("&" if query else "?") + urlencode(said) if said else ""
    return redirect(f"{reverse('rentals:queue')}{query}" + (f"#entry-{entry.pk}" if entry else ""))
