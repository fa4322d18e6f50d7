"""What the site says to search engines, feed readers and browsers about itself."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.views.decorators.http import conditional_page, require_safe

from catalogue import sitemaps

XML = "application/xml"


@require_safe
def robots(request):
    return render(request, "robots.txt", {"origin": _origin(request)}, content_type="text/plain")


@require_safe
@conditional_page
def sitemap_index(request):
    return HttpResponse(sitemaps.index(_origin(request)), content_type=XML)


@require_safe
@conditional_page
def sitemap(request, name, number):
    found = sitemaps.shard(_origin(request), name, number)
    if found is None:
        raise Http404
    return HttpResponse(found, content_type=XML)


@require_safe
def opensearch(request):
    """How browsers search here from their address bar."""
    context = {"origin": _origin(request)}
    return render(request, "opensearch.xml", context, content_type="application/opensearchdescription+xml")


@require_safe
def favicon(request):
    """For who asks at the address of old without having read a page."""
    return redirect(static("icon-180.png"))


def _origin(request):
    return f"{request.scheme}://{request.get_host()}"
