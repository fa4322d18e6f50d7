"""Lists that the demo's members keep, some for all to see."""

from catalogue.models import Collection
from rentals import lists

LISTS = 24
NAMES = ("{} to begin with", "My {}", "{}, in no order", "{} for long evenings")
LENGTH = 9


def make_lists(members, chance, now):
    """One list each of some members, of films of a collection they know."""
    collections = list(Collection.objects.order_by("slug"))
    for number, member in enumerate(members[:LISTS]):
        collection = collections[number % len(collections)]
        keys = list(collection.collection_titles.order_by("title").values_list("title", flat=True))
        name = NAMES[number % len(NAMES)].format(collection.name)
        made = lists.make(member, name=name, public=number % 3 != 2, now=now)
        lists.add_all(made, chance.sample(keys, min(LENGTH, len(keys))), now=now)
