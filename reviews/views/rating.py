"""Rating a title."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from catalogue.models import Title
from reviews.forms import RatingForm
from reviews.models import Rating


@login_required
def rate(request, slug):
    """Post a rating or take it back; then the title's page again."""
    title = get_object_or_404(Title, slug=slug)
    form = RatingForm(request.POST)
    if request.method != "POST":
        return redirect(title)
    if "take_back" in request.POST:
        Rating.objects.take_back(title=title, member=request.user)
        messages.success(request, "Your rating is gone.")
    elif form.is_valid():
        today = timezone.localdate()
        Rating.objects.record(title=title, member=request.user, half_stars=form.half_stars, on=today)
        messages.success(request, f"You gave it {form.half_stars / 2:g} of 5.")
    else:
        messages.error(request, form.errors["stars"][0])
    return redirect(title)
