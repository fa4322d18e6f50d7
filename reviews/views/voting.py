"""Voting on reviews."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from reviews.models import HelpfulVote, Review

VOTES = {"yes": True, "no": False}


@login_required
def vote(request, key):
    """Say whether somebody's review helped, or take that back; then the page again where it stood."""
    review = get_object_or_404(Review.objects.shown().exclude(author=request.user), pk=key)
    said = request.POST.get("helpful")
    if said in VOTES:
        HelpfulVote.objects.record(review=review, voter=request.user, helpful=VOTES[said], at=timezone.now())
    elif said == "take back":
        HelpfulVote.objects.take_back(review=review, voter=request.user)
    return redirect(f"{_back(request) or review.title.get_absolute_url()}#review-{review.pk}")


def _back(request):
    """The page of ours that the form was on, or ""."""
    back = request.POST.get("back", "")
    return back if back.startswith("/") and url_has_allowed_host_and_scheme(back, None) else ""
