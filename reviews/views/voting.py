"""Voting on reviews."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from catalogue.cards import card
from catalogue.models import Title
from reviews.models import HelpfulVote, Review
from reviews.spoilers import opened
from reviews.views.reading import one_for

VOTES = {"yes": True, "no": False}
OWN = "Whether a review helped, others say: you cannot vote on your own. Nothing was changed."
UNCLEAR = "Say “Helpful” or “Not helpful”. Nothing was changed."


@login_required
def vote(request, key):
    """Say whether somebody's review helped, or take that back; then the page again where it stood.

    A read shows the review with its two buttons: there a visitor arrives who pressed one and signed in.
    """
    review = one_for(request.user).filter(pk=key, standing__shown=True).first()
    if review is None:
        return _gone(request)
    if request.method != "POST":
        return _asked(request, review)
    try:
        refusal = _vote(request, review)
    except Review.DoesNotExist:
        return _gone(request)
    if refusal:
        messages.error(request, refusal)
    return redirect(f"{_back(request) or review.get_absolute_url()}#review-{review.pk}")


def _gone(request):
    return render(request, "reviews/gone.html", status=404)


def _vote(request, review):
    """Carry out what was pressed; a sentence if that cannot be."""
    said = request.POST.get("helpful")
    if review.author_id == request.user.pk:
        return OWN
    if said in VOTES:
        HelpfulVote.objects.record(review=review, voter=request.user, helpful=VOTES[said], at=timezone.now())
    elif said == "take back":
        HelpfulVote.objects.take_back(review=review, voter=request.user)
    else:
        return UNCLEAR
    return ""


def _asked(request, review):
    title = get_object_or_404(Title.objects.for_cards(), pk=review.title_id)
    context = {"review": review.words(), "title": title, "card": card(title), "voted": request.GET.get("helpful")}
    context |= {
        "open_spoilers": title.pk in opened(request.user, [title.pk]),
        "own": OWN,
        "back": review.get_absolute_url(),
    }
    return render(request, "reviews/vote.html", context)


def _back(request):
    """The page of ours that the form was on, or ""."""
    back = request.POST.get("back", "")
    return back if back.startswith("/") and url_has_allowed_host_and_scheme(back, None) else ""
