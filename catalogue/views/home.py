"""The front page."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from catalogue.home_page import home_page


@require_safe
def home(request):
    return render(request, "catalogue/home.html", home_page())
