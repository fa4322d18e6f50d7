"""A member's own ratings: the list, as files, and from a file, looked at first and brought in only when confirmed."""

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from catalogue.film_files.forms import FileForm, picked
from catalogue.film_files.sealing import STALE
from catalogue.film_files.writing import to_save
from catalogue.models import Title
from catalogue.sent import key_of, keys_of
from catalogue.wording import counted, stars
from reviews import own
from reviews.forms import OwnRatingForm
from reviews.giving import NotOut, only_what_is_out
from reviews.models import Rating
from reviews.transfer.preview import chosen, opened, preview
from reviews.transfer.putting import bring_in, undo
from reviews.transfer.reading import read
from reviews.transfer.writing import as_csv, as_json, rows_of
from reviews.views.paging import page_of

ONE_NOT_OUT = "One of these films is not out any more, so nothing was brought in. Send the file again."
NOTHING = "Nothing was ticked, so nothing was brought in."
NOTHING_TO_UNDO = "There is nothing to undo."
SOURCES = {"kinopost ratings": "Kinopost", "letterboxd": "Letterboxd", "imdb": "IMDb", "download": "your download"}


# ------------------------------------------------------------------ the list
@login_required
def ratings(request):
    """The member's ratings; a rating of a film that is sent is set, or taken back."""
    if request.method == "POST":
        return _change(request)
    asked = own.read(request.GET)
    page = page_of(request, own.ratings(request.user, asked))
    context = own.page(request.user, asked) | {"page": page, "rows": own.rows(page)}
    return render(request, "reviews/ratings.html", context | {"undo": _undo(request)})


def _change(request):
    title = get_object_or_404(Title.objects, pk=key_of(request.POST.get("title")))
    form = OwnRatingForm(request.POST)
    if not form.is_valid():
        messages.error(request, form.errors["rating"][0])
        return redirect(own.url(request.POST))
    try:
        with only_what_is_out():
            before = form.rate(title, request.user, on=timezone.localdate())
    except NotOut as refusal:
        messages.error(request, str(refusal))
        return redirect(own.url(request.POST))
    return redirect(own.url(request.POST, was=before or "", of=title.pk))


def _undo(request):
    """What was done last, if the address says so, and what puts it back: {"title", "words", "rating", "stars"}."""
    title = Title.objects.filter(pk=key_of(request.GET.get("of"))).first()
    was = own.half_stars_in(request.GET.get("was"))
    now = title and Rating.objects.half_stars_of(title, request.user)
    if title is None or was == now:
        return None
    words = f"You gave {title.name} {stars(now)} of 5." if now else f"Your rating of {title.name} is gone."
    return {"title": title, "words": words, "rating": was or "", "stars": stars(was) if was else ""}


@require_safe
@login_required
def export(request, kind):
    rows = rows_of(request.user)
    return to_save(as_csv(rows) if kind == "csv" else as_json(rows), "kinopost-ratings", kind)


# ------------------------------------------------------------------ from a file
@login_required
def import_(request):
    """The form for a file; what was found in one. Writes nothing."""
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    found = form.found(partial(_found, request.user)) if form.is_valid() else None
    if found is None:
        return render(request, "reviews/import.html", {"form": form, "last": own.last_brought_in(request.user)})
    return render(request, "reviews/import_preview.html", found)


def _found(member, data):
    kind, rows, left_out = read(data)
    return preview(member, rows, left_out, source=SOURCES[kind], on=timezone.localdate()) | {"source": SOURCES[kind]}


@login_required
def confirm(request):
    """Bring in what was ticked."""
    said = opened(request.user, request.POST.get("sealed", "")) if request.method == "POST" else None
    if said is None:
        return _again(request, STALE)
    ticked = set(keys_of(request.POST.getlist("film")))
    ratings = chosen(said, ticked, picked(request.POST), "all_changed" in request.POST)
    if not ratings:
        return _again(request, NOTHING)
    try:
        with only_what_is_out():
            done = bring_in(request.user, ratings, source=said["source"], now=timezone.now())
    except NotOut:
        return _again(request, ONE_NOT_OUT)
    messages.success(request, done.words())
    return redirect("reviews:ratings")


def _again(request, words):
    if request.method == "POST":
        messages.error(request, words)
    return redirect("reviews:import_ratings")


@login_required
def undo_import(request):
    """Put back what was there before the last file."""
    if request.method != "POST":
        return redirect("reviews:ratings")
    if (done := undo(request.user)) is None:
        messages.error(request, NOTHING_TO_UNDO)
    else:
        back, stay = done
        kept = f" {counted(stay, 'rating')} changed since then, and stay." if stay else ""
        messages.success(request, f"{counted(back, 'rating')} as before.{kept}")
    return redirect("reviews:ratings")
