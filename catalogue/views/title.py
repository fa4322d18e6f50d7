"""A title's page and its pictures."""

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from catalogue import pages, pictures
from catalogue.cards import address
from catalogue.models import FormerTitleSlug, Title
from catalogue.structured_data import movie
from catalogue.title_page import load, of_viewer, popular, readers, title_page
from catalogue.views.moved import moved

PARTS = {
    "info": "catalogue/_info.html",
    "voices": "reviews/_voices.html",
    "critics": "reviews/_critics_on_title.html",
    "similar": "catalogue/_similar.html",
}


@require_safe
def title(request, slug):
    """A title's page: kept for visitors, made for members. An address of former times redirects."""
    version = pages.version_of(slug)
    if version is None:
        return moved(FormerTitleSlug, "title", slug)
    if pages.is_visitor(request):
        return pages.kept(request, version, lambda: _title(request, version))
    response = _title(request, version, request.user)
    response["Cache-Control"] = "private, no-cache"
    return response


def _title(request, version, viewer=None):
    page = pages.public(version, lambda: _public(version.title_id))
    if viewer:
        page = _for_viewer(page, of_viewer(page["title"], viewer))
    origin = f"{request.scheme}://{request.get_host()}"
    url = origin + address("catalogue:title", page["title"].slug)
    page = page | {"shared": pages.shared(version, _shared), "url": url, "origin": origin}
    return render(request, "catalogue/title.html", page | {"structured_data": movie(page, url, origin)})


def _for_viewer(page, own):
    """The page with what is the viewer's own on it."""
    page = page | own
    if "similar" in own:
        page["parts"] = page["parts"] | {"similar": render_to_string(PARTS["similar"], page)}
    return page


def _public(key):
    """What a title's page says to everybody; the parts that need no more than this are HTML already."""
    if (title := load(key)) is None:
        raise Http404  # deleted since its version was read
    page = title_page(title) | readers(title)
    return page | {"parts": {name: render_to_string(template, page) for name, template in PARTS.items()}}


def _shared():
    """Parts that are the same on all title pages, as HTML."""
    return {
        "join": render_to_string("catalogue/_join.html"),
        "popular": render_to_string("catalogue/_popular.html", {"popular": popular()}),
        "pitch": render_to_string("catalogue/_pitch.html"),
    }


@require_safe
def picture(request, slug, key, size):
    """A title's picture. Its key says what it is made from, so it may be kept for ever."""
    title = get_object_or_404(Title.objects.for_cards(), slug=slug)
    now = pictures.Picture.of(title)
    if size not in pictures.sizes():
        raise Http404
    if key != now.key:
        return redirect("catalogue:picture", slug, now.key, size)
    path = now.path(size)
    if not path.exists():
        raise Http404
    headers = {"Cache-Control": "public, max-age=31536000, immutable"}
    return FileResponse(path.open("rb"), headers=headers)
