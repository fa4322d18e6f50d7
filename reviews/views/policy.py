"""How reviews work here: what readers are told, with figures."""

from django.conf import settings
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from reviews.moderation import figures, words


@require_safe
def policy(request):
    context = {
        "figures": figures.of_the_last_year(timezone.now()),
        "thresholds": settings.MODERATION,
        "contact": settings.CONTACT,
    }
    return render(request, "reviews/policy.html", context | {"days": words.days()})
