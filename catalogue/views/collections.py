"""Collections: all of them, and the titles of one."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from catalogue import collections_page as page_of
from catalogue import structured_data, wording
from catalogue.announcing import get_or_404
from catalogue.models import Collection
from catalogue.models.announced import announced, hidden_until_in_words
from catalogue.views.paging import cards, context


@require_safe
def collections(request):
    return render(request, "catalogue/collections.html", context(request, page_of.all_collections()))


@require_safe
def collection(request, slug):
    collection = get_or_404(request, Collection.every, slug=slug)
    number = collection.collection_titles.filter(announced("title")).count()
    page = cards(request, page_of.titles_of(collection), number) | {
        "collection": collection,
        "until": hidden_until_in_words(collection),
        "text": wording.paragraphs(collection.text),
        "shelf": page_of.shelf_of(collection),
        "order": page_of.order_in_words(collection),
        "related": page_of.related(collection),
    }
    return render(request, "catalogue/collection.html", context(request, page, structured_data.collection))
