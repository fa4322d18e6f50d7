"""Pictures of titles, people and collections. Their keys say what they are made from, so they may be kept for ever."""

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from catalogue import pictures
from catalogue.announcing import get_or_404
from catalogue.models import Collection, Person, Title


@require_safe
def picture(request, slug, key, size):
    title = get_or_404(request, Title.every.for_cards(), slug=slug)
    return _sent("catalogue:picture", pictures.Picture.of(title), slug, key, size, private=bool(title.hidden_until))


@require_safe
def portrait(request, slug, key, size):
    person = get_object_or_404(Person, slug=slug)
    return _sent("catalogue:portrait", pictures.Portrait(person.name, person.portrait), slug, key, size)


@require_safe
def banner(request, slug, key, size):
    collection = get_or_404(request, Collection.every.exclude(picture=""), slug=slug)
    banner, private = pictures.Banner(collection.picture), bool(collection.hidden_until)
    return _sent("catalogue:banner", banner, slug, key, size, private)


def _sent(view, now, slug, key, size, private=False):
    """The file of the picture `now`; an address with the key of an earlier one redirects.

    A `private` one is for this reader alone.
    """
    if size not in pictures.sizes():
        raise Http404
    if key != now.key:
        return redirect(view, slug, now.key, size)
    path = now.path(size)
    if not path.exists():
        raise Http404
    headers = {"Cache-Control": "private, no-store" if private else "public, max-age=31536000, immutable"}
    return FileResponse(path.open("rb"), headers=headers)
