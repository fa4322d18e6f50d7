"""Pages of what members say: reviews of a title, and one review."""

from django.db.models import F, Q
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from catalogue.cards import card
from catalogue.models import Title
from catalogue.structured_data import review as structured
from catalogue.title_page import REVIEWS_SHOWN
from reviews.bars import LABELS, bars, chosen, within
from reviews.decisions import ban_of, decision
from reviews.models import Review, ReviewStanding
from reviews.spoilers import opened
from reviews.taste import put_beside
from reviews.views.paging import page_of

ORDERS = {
    "helpful": "Most helpful",
    "newest": "Newest",
    "highest": "Highest rating",
    "lowest": "Lowest rating",
    "verified": "Rented here first",
}


@require_safe
def reviews(request, slug):
    """Reviews of a title, in the order and of the stars that the address asks for."""
    title = get_object_or_404(Title.objects.for_cards(), slug=slug)
    listed = _listed(request, title)
    rows = Review.objects.of_keys(listed["page"].object_list, request.user.pk)
    context = {"title": title, "card": card(title), "orders": ORDERS}
    context |= {"reviews": put_beside(request.user, [row.words() for row in rows])}
    context |= {"open_spoilers": title.pk in opened(request.user, [title.pk])}
    context |= {"on_the_title_page": listed["all"] <= REVIEWS_SHOWN}
    return render(request, "reviews/reviews.html", context | listed)


def _listed(request, title):
    """{"page" of keys, "order", "bar", "bars", "all"}. Reads standings alone: 10,000 reviews are counted and sorted."""
    asked, bar = request.GET.get("sort"), chosen(request.GET.get("stars", ""))
    order = asked if asked in ORDERS else "helpful"
    shown = ReviewStanding.objects.filter(title=title).shown()
    counts = shown.by_stars()
    drawn = bars(counts, bar)
    every = sum(counts.values())
    number = next((each["number"] for each in drawn if each["on"]), 0) if bar else every
    page = page_of(request, shown.filter(within(bar)).in_order(order), number)
    return {"page": page, "order": order, "bar": bar, "bar_label": LABELS.get(bar), "bars": drawn, "all": every}


@require_safe
def review(request, key):
    """One review, at an address that stays. Its author sees it also while others do not, with what was decided."""
    found = get_object_or_404(one_for(request.user), pk=key)
    title = get_object_or_404(Title.objects.for_cards(), pk=found.title_id)
    context = {"review": found.words(), "title": title, "card": card(title), "alone": True, "shown": found.shown}
    context |= {"open_spoilers": title.pk in opened(request.user, [title.pk])}
    if not found.shown:
        return render(request, "reviews/review.html", context | {"decision": decision(found, ban_of(request.user))})
    origin = f"{request.scheme}://{request.get_host()}"
    data = structured(context, origin + request.path, origin)
    return render(request, "reviews/review.html", context | {"structured_data": data})


def one_for(reader):
    """Reviews that pages show, and the reader's own, with their words and whether they are `shown`."""
    readable = Q(standing__shown=True) | Q(author=reader.pk)
    rows = Review.objects.with_words(reader.pk).select_related("withheld_by")
    return rows.annotate(shown=F("standing__shown")).filter(readable)
