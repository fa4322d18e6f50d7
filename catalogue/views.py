"""The pages of the catalogue."""

from django.core.paginator import Paginator
from django.db.models import F
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from catalogue import pages, pictures
from catalogue.cards import address, card
from catalogue.forms import BrowseForm
from catalogue.models import Collection, FormerPersonSlug, FormerTitleSlug, Person, Title
from catalogue.person_page import person_page
from catalogue.search import find
from catalogue.structured_data import movie
from catalogue.title_page import load, of_viewer, popular, readers, title_page

PER_PAGE = 48
PARTS = {
    "info": "catalogue/_info.html",
    "voices": "reviews/_voices.html",
    "critics": "reviews/_critics_on_title.html",
    "similar": "catalogue/_similar.html",
}


@require_safe
def home(request):
    newest = Title.objects.for_cards().order_by(F("year").desc(nulls_last=True), "sort_key")[:6]
    collections = Collection.objects.exclude(text="").order_by("sort_key")
    context = {"popular": popular(), "newest": [card(title) for title in newest], "collections": collections}
    return render(request, "catalogue/home.html", context)


@require_safe
def title(request, slug):
    """A title's page: kept for visitors, made for members. An address of former times redirects."""
    version = pages.version_of(slug)
    if version is None:
        return _moved(FormerTitleSlug, "title", slug)
    if pages.is_visitor(request):
        return pages.kept(request, version, lambda: _title(request, version))
    response = _title(request, version, request.user)
    response["Cache-Control"] = "private, no-cache"
    return response


def _title(request, version, viewer=None):
    page = pages.public(version, lambda: _public(version.title_id))
    if viewer:
        page = page | of_viewer(page["title"], viewer)
    origin = f"{request.scheme}://{request.get_host()}"
    url = origin + address("catalogue:title", page["title"].slug)
    page = page | {"shared": pages.shared(version, _shared), "url": url, "origin": origin}
    return render(request, "catalogue/title.html", page | {"structured_data": movie(page, url, origin)})


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


def _moved(former, owner, slug):
    row = former.objects.filter(slug=slug).select_related(owner).first()
    if row is None:
        raise Http404
    return redirect(getattr(row, owner), permanent=True)


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


@require_safe
def person(request, slug):
    found = Person.objects.with_page().filter(slug=slug).first()
    if found is None:
        return _moved(FormerPersonSlug, "person", slug)
    if not found.paged:
        raise Http404
    return render(request, "catalogue/person.html", person_page(found))


@require_safe
def collections(request):
    rows = Collection.objects.order_by("sort_key")
    return render(request, "catalogue/collections.html", {"collections": rows})


@require_safe
def collection(request, slug):
    collection = get_object_or_404(Collection, slug=slug)
    titles = Title.objects.filter(title_collections__collection=collection).order_by("year", "sort_key", "pk")
    return render(request, "catalogue/collection.html", {"collection": collection} | _cards(request, titles))


@require_safe
def browse(request):
    form = BrowseForm(request.GET)
    titles = form.titles().order_by("sort_key", "pk")
    return render(request, "catalogue/browse.html", {"form": form} | _cards(request, titles))


@require_safe
def search(request):
    query = request.GET.get("q", "").replace("\0", "").strip()[:200]
    titles, people = find(query)
    context = {"query": query, "cards": [card(title) for title in titles], "people": people}
    return render(request, "catalogue/search.html", context)


def _cards(request, titles):
    page = Paginator(titles, PER_PAGE).get_page(request.GET.get("page"))
    rows = Title.objects.filter(pk__in=[title.pk for title in page]).for_cards().in_bulk()
    return {"page": page, "cards": [card(rows[title.pk]) for title in page]}


def not_found(request, exception=None):
    return render(request, "404.html", status=404)
