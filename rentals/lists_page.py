"""What the pages of lists print."""

from django.core.paginator import Paginator
from django.urls import reverse

from catalogue import wording
from catalogue.cards import address, cards_of
from catalogue.models import Title
from rentals.asking import why_left_out
from rentals.models import MemberList
from rentals.models.lists import FEWEST_LISTED

PER_PAGE = 24


def lists_page(member, number):
    """The context of `rentals/lists.html`: the member's own lists, and public ones that have something on them."""
    own = list(MemberList.objects.filter(member=member).for_shelves().order_by("name")) if member else []
    public = MemberList.objects.public().for_shelves().filter(films__gt=0).exclude(member=member)
    page = Paginator(public.order_by("-made_at", "-pk"), PER_PAGE).get_page(number)
    covers = cards_of({key for each in [*own, *page] for key in each.first})
    return {
        "own": [_shelf(each, covers) for each in own],
        "public": [_shelf(each, covers) for each in page],
        "page": page,
    }


def _shelf(each, covers):
    return {
        "name": each.name,
        "url": each.get_absolute_url(),
        "by": each.member.shown_as,
        "private": not each.public,
        "count": wording.counted(each.films, "film") if each.films else "Nothing on it yet",
        "fan": [covers[key]["cover"]["src"] for key in each.first if key in covers],
    }


def list_page(member_list, viewer):
    """The context of `rentals/list.html`."""
    keys = list(member_list.entries.order_by("rank").values_list("title", flat=True))
    cards = cards_of(keys)
    films = [_film(key, cards[key], place, len(keys)) for place, key in enumerate(keys, start=1)]
    return {
        "list": member_list,
        "own": viewer == member_list.member,
        "text": wording.paragraphs(member_list.text),
        "films": films,
        "titles": _rest(keys, viewer),
        "indexed": member_list.public and len(keys) >= FEWEST_LISTED,
        "urls": urls_of(member_list),
    }


def _film(key, card, place, last):
    return {"key": key, "card": card, "position": place, "last": place == last}


def _rest(keys, viewer):
    """Those titles, in order, that "add all" would put into the viewer's queue; of a visitor those on disc."""
    if not viewer.is_authenticated:
        released = set(Title.objects.filter(pk__in=keys, releases__isnull=False).values_list("pk", flat=True))
        return [key for key in keys if key in released]
    return [key for key, why in why_left_out(viewer, keys).items() if not why]


def urls_of(member_list):
    """Addresses of what can be done with a list."""
    args = [member_list.member.handle, member_list.slug]
    names = ("edit_list", "delete_list", "put_on_list", "list_csv", "list_json", "feed_of_list")
    return {name: reverse(f"rentals:{name}", args=args) for name in names} | {"list": address("rentals:list", *args)}
