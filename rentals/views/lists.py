"""Members' lists of films, and the mark that says a film was seen."""

from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from catalogue.film_files.writing import to_save
from catalogue.models import Title
from catalogue.sent import key_of, keys_of
from catalogue.wording import joined
from rentals import lists as verbs
from rentals import seen as marks
from rentals.forms import MoveForm
from rentals.list_forms import ListForm
from rentals.lists_page import list_page, lists_page, urls_of
from rentals.models import MemberList
from rentals.transfer.writing import as_csv, as_json, rows_of_list
from rentals.views.queue import page_before

FULL = f"A list holds {verbs.MOST_ON_A_LIST} films, and this one is full."
TOO_MANY = f"You have {verbs.MOST_LISTS} lists, which is as many as there can be. Delete one first."
TAKEN = "You have a list of that name already."
GONE = "That film is not on this list any more."
NO_SUCH_FILM = "We have no film of that number."
DELETED = "deleted_list"  # in the session: the list that was deleted last, to be had back


# ------------------------------------------------------------------ looking
@require_safe
def lists(request):
    member = request.user if request.user.is_authenticated else None
    undo = request.session.get(DELETED) if member and "deleted" in request.GET else None
    return render(request, "rentals/lists.html", lists_page(member, request.GET.get("page")) | {"undo": undo})


@require_safe
def list_(request, handle, slug):
    member_list = _readable(request, handle, slug)
    page = list_page(member_list, request.user)
    return render(request, "rentals/list.html", page | {"undo": _offer(request, member_list)})


def _readable(request, handle, slug):
    """A public list, or one of the reader's own; all else is not there."""
    lists = MemberList.objects.seen_by(request.user).select_related("member")
    return get_object_or_404(lists, member__handle=handle, slug=slug)


def _offer(request, member_list):
    """What was just taken off: {"title", "place"}, or None."""
    title, place = key_of(request.GET.get("removed")), key_of(request.GET.get("place"))
    if not (title and place and request.user == member_list.member):
        return None
    title = Title.objects.filter(pk=title).first()
    there = title and member_list.entries.filter(title=title).exists()
    return {"title": title, "place": place} if title and not there else None


@require_safe
def as_file(request, handle, slug, kind):
    """A list as CSV or JSON, for whoever may read it."""
    member_list = _readable(request, handle, slug)
    return file_of(rows_of_list(member_list), kind, member_list.slug, member_list.name)


def file_of(rows, kind, file_name, name):
    """A file to be saved."""
    return to_save(as_csv(rows) if kind == "csv" else as_json(rows, name), file_name, kind)


# ------------------------------------------------------------------ making
@login_required
def make(request):
    form = ListForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and (made := _made(request.user, form)):
        messages.success(request, f"{made.name} is made. Every film’s page has “Save to a list”.")
        return redirect(made)
    return render(request, "rentals/list_form.html", {"form": form, "list": None})


def _made(member, form):
    """The new list; None if the form says why not."""
    try:
        return verbs.make(member, now=timezone.now(), **form.cleaned_data)
    except verbs.NameTaken:
        form.refuse(TAKEN)
    except verbs.TooManyLists:
        form.refuse(TOO_MANY)
    return None


@login_required
def restore(request):
    """Make the list again that was deleted last."""
    kept = request.session.pop(DELETED, None) if request.method == "POST" else None
    if kept is None:
        return redirect("rentals:lists")
    try:
        made = verbs.restore(request.user, kept, now=timezone.now())
    except verbs.TooManyLists:
        request.session[DELETED] = kept
        messages.error(request, TOO_MANY)
        return redirect("rentals:lists")
    messages.success(request, f"{made.name} is back.")
    return redirect(made)


# ------------------------------------------------------------------ one's own
def _of_own_list(change, safe=False):
    """A view that lets `change(request, list, …)` act on a list of the member's own; GET only leads to its page."""

    @login_required
    @wraps(change)
    def view(request, handle, slug, **more):
        own = get_object_or_404(request.user.lists.select_related("member"), member__handle=handle, slug=slug)
        if request.method != "POST" and not safe:
            return redirect(own)
        try:
            return change(request, own, **more)
        except MemberList.DoesNotExist as gone:  # deleted since it was found
            raise Http404 from gone

    return view


def _edit(request, own):
    form = ListForm(request.POST if request.method == "POST" else None, instance=own)
    name = own.name  # the form writes into the list that it was given
    if form.is_valid() and _described(own, form):
        messages.success(request, f"{own.name} is changed.")
        return redirect(own)
    return render(request, "rentals/list_form.html", {"form": form, "list": own, "name": name, "urls": urls_of(own)})


edit = _of_own_list(_edit, safe=True)


def _described(own, form):
    try:
        verbs.describe(own, **form.cleaned_data)
    except verbs.NameTaken:
        form.refuse(TAKEN)
        return False
    return True


@_of_own_list
def delete(request, own):
    """Delete a list; it can be had back while the member is signed in here."""
    request.session[DELETED] = verbs.delete(own)
    return redirect(f"{reverse('rentals:lists')}?deleted=1")


@_of_own_list
def put(request, own):
    """Put one film on a list, at a place if one is sent."""
    title = Title.objects.filter(pk__in=keys_of(request.POST.getlist("title"))).first()
    if title:
        messages.success(request, _put(own, title, key_of(request.POST.get("place"))))
    else:
        messages.error(request, NO_SUCH_FILM)
    return redirect(own)


def _put(own, title, place):
    try:
        new = verbs.add(own, title, now=timezone.now(), place=place)
    except verbs.ListFull:
        return FULL
    return f"{title.name} is on {own.name}." if new else f"{title.name} is on {own.name} already."


@_of_own_list
def move(request, own, title):
    """Give a film another place; then the list again, at the film."""
    title = get_object_or_404(Title.objects, pk=title)
    form = MoveForm(request.POST)
    asked = form.place(1) is not None
    place = verbs.move(own, title, form.place) if asked else None
    if place:
        messages.success(request, f"{title.name} is now number {place}.")
    else:
        messages.error(
            request, "That film is not on this list any more." if asked else "A place is a whole number from 1."
        )
    return redirect(f"{own.get_absolute_url()}#film-{title.pk}")


@_of_own_list
def take_off(request, own, title):
    """Take a film off a list; then the list again, which offers to put it back."""
    title = get_object_or_404(Title.objects, pk=title)
    place = verbs.take_off(own, title.pk)
    undo = f"?{urlencode({'removed': title.pk, 'place': place})}" if place else ""
    return redirect(own.get_absolute_url() + undo)


# ------------------------------------------------------------------ from a film's page
@login_required
def save(request):
    """Put a film on the lists that are ticked, take it off the others shown, and make a new list for it if named."""
    title = _title(request)
    if request.method == "POST" and title:
        _saved(request, title)
    elif request.method == "POST":
        messages.error(request, NO_SUCH_FILM)
    return redirect(page_before(request) if request.method == "POST" else "rentals:lists")


def _title(request):
    return Title.objects.filter(pk__in=keys_of(request.POST.getlist("title"))).first()


def _saved(request, title):
    ticked, shown = (set(keys_of(request.POST.getlist(name))) for name in ("list", "shown"))
    name = request.POST.get("name", "").strip()
    try:
        put, taken = verbs.keep_on(request.user, title, ticked=ticked, shown=shown, now=timezone.now())
    except verbs.ListFull:
        return messages.error(request, FULL)
    if name and (made := _made_for(request, title, name)):
        put.append(made.name)
    words = [f"{title.name} is on {joined(put)}." if put else "", f"It is off {joined(taken)}." if taken else ""]
    return messages.success(request, " ".join(filter(None, words))) if put or taken else None


def _made_for(request, title, name):
    form = ListForm({"name": name})
    made = _made(request.user, form) if form.is_valid() else None
    if made is None:
        messages.error(
            request, f"No new list: {' '.join(words for errors in form.errors.values() for words in errors)}"
        )
    else:
        verbs.add(made, title, now=timezone.now())
    return made


@login_required
def seen(request):
    """Mark a film as seen, or take the mark back; then the page again."""
    title = _title(request)
    if request.method == "POST" and title and request.POST.get("seen") == "no":
        marks.unmark(request.user, title)
        messages.success(request, f"{title.name} is not marked as seen any more.")
    elif request.method == "POST" and title:
        marks.mark(request.user, title, now=timezone.now())
        messages.success(request, f"{title.name} is marked as seen.")
    elif request.method == "POST":
        messages.error(request, NO_SUCH_FILM)
    return redirect(page_before(request) if request.method == "POST" else "rentals:queue")
