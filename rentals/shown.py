"""How a member wants to look at the queue: sorted, narrowed down, page by page. The order itself stays as it is."""

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django import forms
from django.db.models import F
from django.http import QueryDict

PER_PAGE = 100
SORTS = {  # name: (label, what a list is sorted by before the member's own order)
    "title": ("Title", ["title__sort_key"]),
    "year": ("Year", [F("title__year").asc(nulls_last=True)]),
    "wait": ("Shortest wait", [F("title__stock__wait_days").asc(nulls_last=True)]),
    "added": ("Last added", ["-asked_at"]),
    "run-time": ("Shortest film", [F("title__runtime_minutes").asc(nulls_last=True)]),
}


class ShownForm(forms.Form):
    sort = forms.ChoiceField(choices=[(name, label) for name, (label, _) in SORTS.items()], required=False)
    genre = forms.SlugField(required=False)
    in_stock = forms.BooleanField(required=False)
    page = forms.IntegerField(required=False, min_value=1, max_value=1000)
    all = forms.BooleanField(required=False)


@dataclass(frozen=True)
class Shown:
    """What of a queue a page shows. `all`: not page by page."""

    sort: str = ""
    genre: str = ""
    in_stock: bool = False
    page: int = 1
    all: bool = False

    @property
    def in_order(self):
        """The member's own order, all of it."""
        return not (self.sort or self.genre or self.in_stock)

    def query(self, **changes):
        """The query string of this look with `changes`: "?sort=title", or ""."""
        fields = {name: value for name, value in vars(replace(self, **changes)).items() if value and value != 1}
        flags = {name: 1 for name in ("in_stock", "all") if getattr(replace(self, **changes), name)}
        return "?" + urlencode(fields | flags) if fields or flags else ""

    def keys(self, live):
        """Keys of the live entries that it asks for, sorted."""
        entries = live.order_by(*(SORTS[self.sort][1] if self.sort else []), "rank")
        if self.genre:
            entries = entries.filter(title__title_genres__genre__slug=self.genre)
        if self.in_stock:
            entries = entries.filter(title__stock__on_shelf__gt=0)
        return list(entries.values_list("pk", flat=True))

    def part_of(self, keys):
        """Those of `keys` that are on its page; of a page beyond the end, the last."""
        page = min(self.page, pages(len(keys)))
        return keys if self.all else keys[(page - 1) * PER_PAGE : page * PER_PAGE]


def read(query):
    """The Shown that parameters (a QueryDict, or a query string) ask for; what makes no sense counts as not said."""
    form = ShownForm(QueryDict(query.lstrip("?")) if isinstance(query, str) else query)
    form.is_valid()
    return Shown(**{name: value for name, value in form.cleaned_data.items() if value})


def pages(size):
    """How many pages a list of `size` has: one at least."""
    return max(1, -(-size // PER_PAGE))


def page_of(place):
    """The page on which a place of the member's own order is."""
    return (place - 1) // PER_PAGE + 1
