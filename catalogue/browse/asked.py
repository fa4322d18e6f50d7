"""What a reader asks for: read from an address, and written into one."""

from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from catalogue.browse import declared, ours
from catalogue.browse.declared import Facet
from catalogue.browse.words import Large
from catalogue.cards import address
from catalogue.forms import LONGEST_KEY, filter_set
from catalogue.models import Title

MOST = 60  # choices at once; an address of more is not something anybody clicked together
PERSON = Facet("person", "With", "", Large("catalogue_person"))


@dataclass(frozen=True)
class Asked:
    """One state of the page. `choices` is {facet name: {key: value}}; `years` (first, last), None for open."""

    choices: dict = field(default_factory=dict)
    years: tuple = (None, None)
    personal: tuple = ()
    sort: str = ""
    view: str = ""
    page: int = 1
    more: str = ""

    def pairs(self):
        """[(parameter, value)] of this state, what goes without saying left out."""
        chosen = [(name, key) for name, keys in self.choices.items() for key in keys]
        years = [(name, year) for name, year in zip(("year_from", "year_to"), self.years, strict=True) if year]
        rest = [("sort", self.sort), ("view", self.view), ("page", self.page if self.page > 1 else 0)]
        return [*chosen, *years, *((name, 1) for name in self.personal), *((k, v) for k, v in rest if v)]

    def address(self, **changes):
        """The address of this state with `changes`, at its first page unless they say which."""
        state = replace(self, **{"page": 1, "more": "", **changes})
        pairs = [*state.pairs(), *([("more", state.more)] if state.more else [])]
        return f"?{urlencode(pairs)}" if pairs else address("catalogue:browse")

    def without(self, name, key):
        """The choices without one."""
        left = {other: value for other, value in self.choices[name].items() if other != key}
        return {other: keys for other, keys in {**self.choices, name: left}.items() if keys}

    @property
    def is_narrowed(self):
        return bool(self.choices or self.personal or any(self.years))


def read(query, words):
    """(Asked, notices) of the parameters `query`: notices are sentences on what we left out or put right."""
    data, errors = _cleaned(query)
    keys = _keys(data)
    words.find({name: [key for key in wanted if _can_be(key)] for name, wanted in keys.items()})
    choices, unknown = _known(keys, words)
    years, turned = _years(data)
    personal = tuple(choice.name for choice in declared.personal() if data.get(choice.name))
    asked = Asked(
        choices, years, personal, _unless_first(data.get("sort")), "list" if data.get("view") == "list" else "",
        _page(query.get("page", "")), query.get("more", ""),
    )  # fmt: skip
    return asked, [*_left_out([*unknown, *errors]), *turned]


def _cleaned(query):
    form = filter_set()(query, queryset=Title.objects.none()).form
    form.is_valid()
    return form.cleaned_data, [value for name in form.errors for value in query.getlist(name)]


def _keys(data):
    """{facet name: keys}, no more than MOST in all."""
    room, keys = MOST, {}
    for facet in [*declared.facets(), PERSON]:
        keys[facet.name] = data.get(facet.name, [])[:room]
        room -= len(keys[facet.name])
    return {name: wanted for name, wanted in keys.items() if wanted}


def _can_be(key):
    return len(key) <= LONGEST_KEY and "\0" not in key


def _known(keys, words):
    """({name: {key: value}} of keys that exist, those that do not)."""
    facets = {facet.name: facet for facet in [*declared.facets(), PERSON]}
    choices, unknown = {}, []
    for name, wanted in keys.items():
        values = facets[name].words.values(wanted, words)
        if known := {key: values[key] for key in wanted if key in values}:
            choices[name] = known
        unknown += [key for key in wanted if key not in values]
    return choices, unknown


def _years(data):
    first, last = data.get("year_from"), data.get("year_to")
    if first and last and first > last:
        return (last, first), ["The years were the wrong way round: we turned them."]
    return (first, last), []


def _unless_first(sort):
    """The order asked for; "" for the one that goes without saying."""
    return "" if sort == declared.sorts()[0].name else sort or ""


def _page(text):
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 and int(text) else 1


def _left_out(values):
    if not values:
        return []
    shown = [f"“{value[:40]}”" for value in values[:3]]
    rest = [f"{len(values) - 3} more"] if len(values) > 3 else []
    return [f"We left out what we do not know: {', '.join([*shown, *rest])}."]


def order_of(asked):
    """The name of the order in the index."""
    return asked.sort or (declared.sorts()[0].name if declared.sorts() else ours.BY_NAME)
