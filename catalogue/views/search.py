"""Search by name, and suggestions while one types."""

from allauth.account.adapter import get_adapter
from django.db.models import Exists, OuterRef
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from catalogue import wanted
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
    context |= {"in_vain": query and _is_in_vain(found)}
    context |= {"full": len(found.hits) == MOST, "is_cut": found.is_cut}
    if not query:
        context["collections"] = Collection.objects.exclude(text="").order_by("sort_key")[:12]
    return render(request, "catalogue/search.html", context)


@require_safe
def suggestions(request):
    response = render(request, "catalogue/_suggestions.html", {"hits": _with_waits(suggest(asked(request)))})
    patch_cache_control(response, private=True, max_age=SECONDS)
    return response


@csrf_exempt  # it changes nothing of anybody's, and a foreign page cannot say that it is ours
@require_POST
def in_vain(request):
    """The page of a search says that it was shown and ended in vain (catalogue.wanted); the answer tells nothing."""
    agent = request.headers.get("User-Agent", "")
    if request.headers.get("Sec-Fetch-Site") == "same-origin" and not wanted.is_robot(agent):
        wanted.note(request.POST.get("q", ""), get_adapter().get_client_ip(request), now=timezone.now())
    return HttpResponse(status=204)


def _is_in_vain(found):
    """Whether nothing was found, or first a film that cannot be rented; not if the time ran out."""
    if found.is_cut or not found.hits:
        return not found.is_cut
    return found.hits[0].kind == "title" and found.hits[0].availability["is"] == "none"


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
