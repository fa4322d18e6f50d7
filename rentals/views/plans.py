"""The page of plans."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from rentals.models import Plan


@require_safe
def plans(request):
    return render(request, "rentals/plans.html", {"plans": Plan.objects.offered()})
