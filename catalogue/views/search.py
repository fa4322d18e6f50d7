"""Search by name."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from catalogue.cards import card
from catalogue.search import find


@require_safe
def search(request):
    query = request.GET.get("q", "").replace("\0", "").strip()[:200]
    titles, people = find(query)
    context = {"query": query, "cards": [card(title) for title in titles], "people": people}
    return render(request, "catalogue/search.html", context)
