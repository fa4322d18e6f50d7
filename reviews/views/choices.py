"""The member's own page about reviews: what to see of others, what others see, and everything said so far."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render

from catalogue import wording
from reviews.decisions import ban_of, decision
from reviews.forms import ChoicesForm
from reviews.models import ReaderChoices
from reviews.thresholds import TASTE_IN_COMMON
from reviews.views.paging import page_of


@login_required
def choices(request):
    """Choose, and find one's reviews and drafts, also those that others do not see."""
    member = request.user
    form = ChoicesForm(request.POST or None, instance=ReaderChoices.of(member))
    if request.method == "POST" and form.is_valid():
        ReaderChoices.objects.update_or_create(member=member, defaults=form.cleaned_data)
        messages.success(request, "That is kept.")
        return redirect("reviews:choices")
    page = page_of(request, _own(member))
    context = {"form": form, "page": page, "own": _listed(member, page), "in_common": TASTE_IN_COMMON}
    return render(request, "reviews/choices.html", context | {"drafts": _drafts(member)})


def _own(member):
    rows = member.reviews.with_words(member.pk).select_related("title", "withheld_by", "standing")
    return rows.order_by("-written_on", "-pk")


def _listed(member, page):
    ban = ban_of(member)
    return [
        {"title": row.title, "words": row.words(), "decision": None if row.standing.shown else decision(row, ban)}
        for row in page
    ]


def _drafts(member):
    rows = member.review_drafts.select_related("title").order_by("-saved_at")
    return [{"title": row.title, "headline": str(row), "day": wording.day(row.saved_at.date())} for row in rows]
