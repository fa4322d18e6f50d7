"""Suggestions for the search field of a browser itself."""

from django.http import JsonResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from catalogue.search import suggest
from catalogue.views.search import SECONDS, asked


@require_safe
def suggestions(request):
    """OpenSearch's answer: [query, [names], [descriptions], [addresses]]."""
    query, origin = asked(request), f"{request.scheme}://{request.get_host()}"
    hits = suggest(query)
    columns = [[hit.name for hit in hits], [_about(hit) for hit in hits], [origin + hit.url for hit in hits]]
    response = JsonResponse([query, *columns], safe=False, content_type="application/x-suggestions+json")
    patch_cache_control(response, private=True, max_age=SECONDS)
    return response


def _about(hit):
    return hit.about or ", ".join(filter(None, [str(hit.year or ""), *hit.directors]))
