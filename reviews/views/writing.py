"""Writing a review."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from catalogue.cards import card
from catalogue.models import Title
from reviews.forms import ReviewForm
from reviews.models import Review
from reviews.moderation import notice


@login_required
def write(request, slug):
    """Write one's review of a title, or edit it."""
    title = get_object_or_404(Title.objects.for_cards(), slug=slug)
    review = title.reviews.filter(author=request.user).first()
    form = ReviewForm(request.POST or None, instance=review)
    if request.method == "POST" and form.is_valid():
        written = Review.objects.write(title=title, author=request.user, on=timezone.localdate(), **form.cleaned_data)
        messages.success(request, notice(written) or "Your review is on the page.")
        return redirect(title)
    return render(request, "reviews/write.html", {"title": title, "card": card(title), "form": form, "review": review})
