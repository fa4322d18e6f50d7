"""Collections: all of them, and the titles of one."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from catalogue.models import Collection, Title
from catalogue.views.paging import cards


@require_safe
def collections(request):
    rows = Collection.objects.order_by("sort_key")
    return render(request, "catalogue/collections.html", {"collections": rows})


@require_safe
def collection(request, slug):
    collection = get_object_or_404(Collection, slug=slug)
    titles = Title.objects.filter(title_collections__collection=collection).order_by("year", "sort_key", "pk")
    return render(request, "catalogue/collection.html", {"collection": collection} | cards(request, titles))
