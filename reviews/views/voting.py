"""Voting on reviews."""

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from reviews.models import HelpfulVote, Review

VOTES = {"yes": True, "no": False}


@login_required
def vote(request, key):
    """Say whether somebody's review helped, or take that back; then the page again where it stood."""
    review = get_object_or_404(Review.objects.shown().exclude(author=request.user), pk=key)
    try:
        _carry_out(request.POST.get("helpful"), review, request.user)
    except Review.DoesNotExist:
        raise Http404 from None
    return redirect(f"{_back(request) or review.title.get_absolute_url()}#review-{review.pk}")


def _carry_out(said, review, voter):
    if said in VOTES:
        HelpfulVote.objects.record(review=review, voter=voter, helpful=VOTES[said], at=timezone.now())
    elif said == "take back":
        HelpfulVote.objects.take_back(review=review, voter=voter)


def _back(request):
    """The page of ours that the form was on, or ""."""
    back = request.POST.get("back", "")
    return back if back.startswith("/") and url_has_allowed_host_and_scheme(back, None) else ""
