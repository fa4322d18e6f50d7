"""The front page."""

from django.db.models import F
from django.shortcuts import render
from django.views.decorators.http import require_safe

from catalogue.cards import card
from catalogue.models import Collection, Title
from catalogue.title_page import popular


@require_safe
def home(request):
    newest = Title.objects.for_cards().order_by(F("year").desc(nulls_last=True), "sort_key")[:6]
    collections = Collection.objects.exclude(text="").order_by("sort_key")
    context = {"popular": popular(), "newest": [card(title) for title in newest], "collections": collections}
    return render(request, "catalogue/home.html", context)
