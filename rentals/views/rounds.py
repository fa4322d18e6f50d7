"""How we choose: the rule of the rounds, and how it goes."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from catalogue.wording import day_and_month
from rentals.calendar import next_round, weekday
from rentals.rounds.figures import TOP, figures


@require_safe
def how_we_choose(request):
    now = timezone.now()
    return render(request, "rentals/how_we_choose.html", figures(now) | {"next": _when(next_round(now)), "top": TOP})


def _when(at):
    """ "Thursday 26 November at 10:00"."""
    here = timezone.localtime(at)
    return f"{weekday(here.date())} {day_and_month(here.date())} at {here:%H:%M}"
