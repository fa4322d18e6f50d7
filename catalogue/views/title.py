"""A title's page."""

from django.http import Http404
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from catalogue import pages
from catalogue.announcing import sees_hidden
from catalogue.cards import address
from catalogue.models import FormerTitleSlug, Title
from catalogue.models.announced import hidden_until_in_words
from catalogue.structured_data import movie
from catalogue.title_page import load, of_viewer, popular, readers, title_page, wanted
from catalogue.views.moved import moved

PARTS = {
    "info": "catalogue/_info.html",
    "scores": "reviews/_scores.html",
    "voices": "reviews/_voices.html",
    "critics": "reviews/_critics_on_title.html",
    "similar": "catalogue/_similar.html",
}


@require_safe
def title(request, slug):
    """A title's page: kept for visitors, made for members. An address of former times redirects.

    What is not announced is there for staff only.
    """
    version = pages.version_of(slug)
    if version is None and sees_hidden(request, Title):
        version = pages.version_of(slug, every=True)
    if version is None:
        return moved(FormerTitleSlug, "title", slug)
    if pages.is_visitor(request):
        return pages.kept(request, version, lambda: _title(request, version))
    response = _title(request, version, request.user)
    response["Cache-Control"] = "private, no-cache"
    return response


def made_for_visitor(request, key):
    """The page of the title `key` as a visitor gets it, made from what this transaction sees. Nothing of it is kept."""
    return render(request, "catalogue/title.html", _public(key, _origin(request)) | {"shared": _shared()})


def _title(request, version, viewer=None):
    origin = _origin(request)
    page = pages.public(version, origin, lambda: _public(version.title_id, origin))
    if viewer:
        page = _for_viewer(request, page | of_viewer(page["title"], viewer))
    page = page | {"shared": pages.shared(version, _shared), "until": hidden_until_in_words(page["title"])}
    response = render(request, "catalogue/title.html", page)
    return response if page["out"] else pages.of_today(response)


def _origin(request):
    return f"{request.scheme}://{request.get_host()}"


def _for_viewer(request, page):
    """The page with what is the viewer's own on it; the cards of similar titles have buttons for members."""
    similar = render_to_string(PARTS["similar"], page, request)
    return page | {"parts": page["parts"] | {"similar": similar}}


def _public(key, origin):
    """What a title's page says to everybody; the parts that need no more than this are HTML already."""
    if (title := load(key)) is None:
        raise Http404  # deleted since its version was read
    page = title_page(title) | readers(title)
    page["wanted"] = None if page["out"] else wanted(title)
    page |= {"origin": origin, "url": origin + address("catalogue:title", title.slug)}
    page["structured_data"] = movie(page, page["url"], origin)
    return page | {"parts": {name: render_to_string(template, page) for name, template in PARTS.items()}}


def _shared():
    """Parts that are the same on all title pages, as HTML."""
    return {
        "join": render_to_string("catalogue/_join.html"),
        "popular": render_to_string("catalogue/_popular.html", {"popular": popular()}),
        "pitch": render_to_string("catalogue/_pitch.html"),
    }
