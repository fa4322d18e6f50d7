"""Pages of what members and critics say of a title, and the forms to say it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from catalogue.cards import card
from catalogue.models import Title
from catalogue.title_page import CRITICS_SHOWN, REVIEWS_SHOWN
from reviews.forms import RatingForm, ReviewForm
from reviews.models import HelpfulVote, Rating, Review

PER_PAGE = 20
ORDERS = {"helpful": "Most helpful", "newest": "Newest", "highest": "Highest rating", "lowest": "Lowest rating"}
VOTES = {"yes": True, "no": False}


@require_safe
def reviews(request, slug):
    title = get_object_or_404(Title.objects.for_page(), slug=slug)
    asked = request.GET.get("sort")
    order = asked if asked in ORDERS else "helpful"
    page = _page(request, title.reviews.for_page(request.user.pk, order))
    context = {"title": title, "card": card(title), "page": page, "orders": ORDERS, "order": order}
    context |= {"on_the_title_page": title.score_summary.reviews <= REVIEWS_SHOWN}
    return render(request, "reviews/reviews.html", context | {"reviews": [row.words() for row in page]})


@require_safe
def critics(request, slug):
    title = get_object_or_404(Title.objects.for_page(), slug=slug)
    page = _page(request, title.critic_reviews.for_page())
    context = {"title": title, "card": card(title), "page": page, "scores": title.score_summary.words()}
    context |= {"on_the_title_page": title.score_summary.critic_reviews <= CRITICS_SHOWN}
    return render(request, "reviews/critics.html", context | {"critics": [row.words() for row in page]})


def _page(request, rows):
    return Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))


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


@login_required
def write(request, slug):
    """Write one's review of a title, or edit it."""
    title = get_object_or_404(Title.objects.for_cards(), slug=slug)
    review = title.reviews.filter(author=request.user).first()
    form = ReviewForm(request.POST or None, instance=review)
    if request.method == "POST" and form.is_valid():
        Review.objects.write(title=title, author=request.user, on=timezone.localdate(), **form.cleaned_data)
        messages.success(request, "Your review is on the page.")
        return redirect(title)
    return render(request, "reviews/write.html", {"title": title, "card": card(title), "form": form, "review": review})


@login_required
def vote(request, key):
    """Say whether somebody's review helped, or take that back; then the page again where it stood."""
    review = get_object_or_404(Review.objects.exclude(author=request.user), pk=key)
    said = request.POST.get("helpful")
    if said in VOTES:
        defaults = {"helpful": VOTES[said]}
        HelpfulVote.objects.update_or_create(review=review, voter=request.user, defaults=defaults)
    elif said == "take back":
        review.votes.filter(voter=request.user).delete()
    return redirect(f"{_back(request) or review.title.get_absolute_url()}#review-{review.pk}")


def _back(request):
    """The page of ours that the form was on, or ""."""
    back = request.POST.get("back", "")
    return back if back.startswith("/") and url_has_allowed_host_and_scheme(back, None) else ""
