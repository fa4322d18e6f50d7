"""Rating a film through the link in "We have your disc", without signing in."""

from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from catalogue.cards import card
from catalogue.first_day import first_day, is_out
from catalogue.models import Title
from catalogue.wording import loose_date, stars
from members import links
from reviews.forms import HALF_STARS, RatingForm
from reviews.models import Rating
from reviews.undoing import WAS, mark, undo


@links.through(links.RATING)
def rate(request, token, member, facts):
    """Rate the film that the link names, or take the rating back; then what comes next."""
    title, fault = _title(facts), ""
    if request.method == "POST":
        form = RatingForm(request.POST)
        before = form.post(title, member, on=timezone.localdate())
        if before is not None:
            return redirect(f"{reverse('reviews:rated_by_link', args=[token])}?{WAS}={mark(title, before)}")
        fault = form.fault
    mine = {"place": "my-rating", "half_stars": _rating(title, member)}
    context = {"title": title, "card": card(title), "fault": fault, "rate": mine, "choices": HALF_STARS}
    return render(request, "reviews/rate_by_link.html", context | {"token": token} | _release(title))


@require_safe
@links.through(links.RATING)
def rated(request, token, member, facts):
    """Thanks, and what comes next."""
    title = _title(facts)
    given = _rating(title, member)
    context = {"title": title, "stars": stars(given) if given else "", "token": token, "member": member}
    return render(request, "reviews/rated_by_link.html", context | {"undo": undo(request, title.pk, given)})


def _title(facts):
    return get_object_or_404(Title.objects.for_cards().annotate(first_day=first_day()), pk=facts[0])


def _release(title):
    """Whether it is out, and from when it is."""
    return {"out": is_out(title.first_day, timezone.localdate()), "due": loose_date(title.first_day)}


def _rating(title, member):
    """Half stars that the member gave it, 0 without a rating."""
    return Rating.objects.half_stars_of(title, member) or 0
