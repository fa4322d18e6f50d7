"""The page on which members say how they watch."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render

from catalogue.models import Language
from rentals.viewing import describe, languages_to_offer
from rentals.viewing_form import ViewingForm, said_before


@login_required
def viewing(request):
    """Players, languages and needs in one form; then the page again."""
    sent = request.POST if request.method == "POST" else None
    form = ViewingForm(sent, initial=said_before(request.user), offered=languages_to_offer(request.user))
    if form.is_bound and form.is_valid():
        describe(request.user, **form.said())
        messages.success(request, "Saved. We choose editions by this from now on.")
        return redirect("rentals:viewing")
    everything = Language.objects.order_by("name").values_list("name", flat=True)
    return render(request, "rentals/viewing.html", {"form": form, "all_languages": everything})
