"""Rating a film through the link in "We have your disc", without signing in."""

from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from catalogue.cards import card
from catalogue.models import Title
from members import links
from reviews.forms import RatingForm
from reviews.models import Rating


@links.through(links.RATING)
def rate(request, token, member, facts):
    """Rate the film that the link names; then what comes next."""
    title = _title(facts)
    form = RatingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        today = timezone.localdate()
        Rating.objects.record(title=title, member=member, half_stars=form.half_stars, on=today)
        return redirect("reviews:rated_by_link", token)
    context = {"title": title, "card": card(title), "form": form, "mine": _stars(_rating(title, member))}
    return render(request, "reviews/rate_by_link.html", context | {"token": token})


@require_safe
@links.through(links.RATING)
def rated(request, token, member, facts):
    """Thanks, and what comes next."""
    title = _title(facts)
    given = _rating(title, member)
    context = {"title": title, "stars": f"{given / 2:g}" if given else "", "token": token, "member": member}
    return render(request, "reviews/rated_by_link.html", context)


def _title(facts):
    return get_object_or_404(Title.objects.for_cards(), pk=facts[0])


def _rating(title, member):
    """Half stars that the member gave it; None without a rating."""
    return title.ratings.filter(member=member).values_list("half_stars", flat=True).first()


def _stars(half_stars):
    """What `catalogue/_stars.html` needs: {"stars", "half"}."""
    return {"stars": str((half_stars + 1) // 2), "half": half_stars % 2} if half_stars else {}
