"""What a member says of the discs that are out, and what was rented before."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from rentals import history_page, lending, lost
from rentals.at_home_page import TOLD, slot_of
from rentals.forms import HistoryForm, ProblemForm


@login_required
def here(request, key):
    """The disc has arrived."""
    return _said(request, key, lending.say_arrived, "Good: {} is with you.")


@login_required
def posted_back(request, key):
    """The disc is on its way back."""
    return _said(request, key, lending.say_posted_back, "Thank you: {} is on its way back to us.")


@login_required
def not_posted_back(request, key):
    """Undo that: the disc is still at home."""
    return _said(request, key, lambda rental, at: lending.unsay_posted_back(rental), "{} is still at home, then.")


def _said(request, key, verb, words):
    """Say the verb of a rental of the member's; then the queue again, at the disc."""
    rental = get_object_or_404(request.user.rentals.for_page().select_related("copy__disc__release__title"), pk=key)
    if request.method == "POST":
        try:
            verb(rental, at=timezone.now())
            messages.success(request, words.format(rental.copy.disc.release.title.name))
        except lending.Refused as refusal:
            messages.error(request, str(refusal))
    return redirect(f"{reverse('rentals:queue')}#rental-{rental.pk}")


@login_required
def came(request, key):
    """A disc that the post had lost is there."""
    return _said(request, key, lost.came_after_all, "Good: {} came after all. Send it back when you like.")


@login_required
def problem(request, key):
    """Report what is wrong with a disc; the form again with the reason if that cannot be."""
    rental = get_object_or_404(request.user.rentals, pk=key)
    form = ProblemForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _reported(rental, form):
        messages.success(request, f"You told us that {TOLD[form.cleaned_data['kind']]}")
        return redirect(f"{reverse('rentals:queue')}#rental-{rental.pk}")
    return render(
        request, "rentals/problem.html", {"slot": slot_of(rental), "form": form, "closed": lending.why_not(rental)}
    )


def _reported(rental, form):
    try:
        return lending.report(rental, at=timezone.now(), **form.cleaned_data)
    except lending.Refused as refusal:
        form.add_error("kind", str(refusal))


@require_safe
@never_cache
@login_required
def history(request):
    """Everything the member rented, newest first."""
    asked = HistoryForm(request.GET).asked()
    return render(request, "rentals/history.html", history_page.history(request.user, asked, request.GET.get("page")))
