"""Search by name, and suggestions while one types."""

from django.db.models import Exists, OuterRef
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from catalogue.cards import card
from catalogue.models import Collection, Release, Title
from catalogue.search import find, suggest
from catalogue.search.engine import MOST
from catalogue.search.query import LONGEST

SECONDS = 60  # for which a browser may keep suggestions


@require_safe
def search(request):
    query = asked(request)
    found = find(query)
    context = {"query": query, "hits": _with_covers(found.hits), "near": _with_covers(found.near)}
    context |= {"full": len(found.hits) == MOST, "is_cut": found.is_cut}
    if not query:
        context["collections"] = Collection.objects.exclude(text="").order_by("sort_key")[:12]
    return render(request, "catalogue/search.html", context)


@require_safe
def suggestions(request):
    response = render(request, "catalogue/_suggestions.html", {"hits": _with_waits(suggest(asked(request)))})
    patch_cache_control(response, private=True, max_age=SECONDS)
    return response


def asked(request):
    """What was typed, cut to what a name can be."""
    return request.GET.get("q", "").replace("\0", " ").strip()[:LONGEST]


def _with_covers(hits):
    """`hits`, the titles with the cover of their card and whether they can be had."""
    keys = [hit.key for hit in hits if hit.kind == "title"]
    titles = Title.objects.filter(pk__in=keys).for_cards().in_bulk() if keys else {}
    for hit in hits:
        if hit.kind == "title":
            shown = card(titles[hit.key])
            hit.cover, hit.availability = shown["cover"], shown["availability"]
    return hits


def _with_waits(hits):
    """`hits`, the titles with the label of their wait."""
    keys = [hit.key for hit in hits if hit.kind == "title"]
    on_disc = Exists(Release.objects.filter(title=OuterRef("pk")))
    titles = Title.objects.filter(pk__in=keys).select_related("stock").annotate(on_disc=on_disc) if keys else []
    words = {title.pk: title.stock.words(title.on_disc) for title in titles}
    for hit in hits:
        hit.availability = words.get(hit.key) if hit.kind == "title" else None
    return hits
