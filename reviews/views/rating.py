"""Rating a title, and wanting to see one that is not out yet."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from catalogue.first_day import first_day, is_out
from catalogue.models import Title
from reviews.forms import RatingForm
from reviews.models import WantToSee
from reviews.undoing import mark
from reviews.views.back import back

WANTS = {"yes": True, "no": False}


@login_required
def rate(request, slug):
    """Post a rating, or take it back with 0; then the page that the form was on, which offers to undo it."""
    title = get_object_or_404(Title.objects, slug=slug)
    if request.method != "POST":
        return redirect(title)
    form = RatingForm(request.POST)
    before = form.post(title, request.user, on=timezone.localdate())
    if before is None:
        messages.error(request, form.fault)
        return back(request, title.get_absolute_url())
    return back(request, f"{title.get_absolute_url()}#my-rating", was=mark(title, before))


@login_required
def want_to_see(request, slug):
    """Say that one wants to see a title that is not out yet, or take that back; then the page again."""
    title = get_object_or_404(Title.objects.annotate(first_day=first_day()), slug=slug)
    if request.method != "POST":
        return redirect(title)
    if fault := _say(title, request.user, WANTS.get(request.POST.get("want"))):
        messages.error(request, fault)
    return back(request, title.get_absolute_url())


def _say(title, member, wants):
    """Keep what the member said. Returns why it was refused, or ""."""
    today = timezone.localdate()
    if wants is None:
        return "Say that you want to see it, or that you do not. Nothing has changed."
    if not wants:
        WantToSee.objects.unsay(title=title, member=member)
    elif is_out(title.first_day, today):
        return "It is out now, so you can rate it once you have seen it."
    else:
        WantToSee.objects.say(title=title, member=member, on=today)
    return ""
