"""Reporting a review to the moderators."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils import timezone

from reviews import moderation
from reviews.forms import ReportForm
from reviews.models import Review
from reviews.moderation import words

THANKS = "Thank you. A moderator looks at it, usually within {days} working days."


@login_required
def report(request, key):
    """Report a review, or take the report back; once reported, the page says what became of it."""
    review = Review.objects.select_related("title", "author", "standing").filter(pk=min(key, 2**63 - 1)).first()
    mine = review and review.reports.filter(reporter=request.user).select_related("settled_by").first()
    if review is None or (not mine and not review.standing.shown and review.author_id != request.user.pk):
        return render(request, "reviews/report_gone.html", status=404)
    form = ReportForm(request.POST if request.method == "POST" and "take_back" not in request.POST else None)
    if request.method == "POST" and ("take_back" in request.POST or form.is_valid()):
        _done(request, review, form)
        return redirect("reviews:report", review.pk)
    context = {"review": review, "title": review.title, "form": form, "report": mine, "days": words.days()}
    return render(request, "reviews/report.html", context | {"own": review.author_id == request.user.pk})


def _done(request, review, form):
    """Do what the form says, and say what was done or why not."""
    try:
        messages.success(request, _take_back(request, review) if not form.is_bound else _report(request, review, form))
    except moderation.Refused as refused:
        messages.error(request, str(refused))


def _report(request, review, form):
    moderation.report(review, request.user, at=timezone.now(), **form.cleaned_data)
    return THANKS.format(days=words.days())


def _take_back(request, review):
    moderation.take_report_back(review, request.user)
    return "You took your report back."
