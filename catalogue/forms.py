"""What visitors can ask the list of all titles for. Nothing that is not understood is an error: it is left out."""

from functools import cache

import django_filters
from django import forms

from catalogue.browse import declared, ours
from catalogue.rules import FIRST_YEAR, LAST_YEAR

LONGEST_KEY = 200
VIEWS = (("grid", "Posters"), ("list", "List"))


class Several(forms.Widget):
    """Reads all values of a parameter."""

    def value_from_datadict(self, data, files, name):
        return data.getlist(name)


class KeysField(forms.Field):
    """Keys of facet values, each once and in order; whether they exist is for the vocabularies to say."""

    widget = Several

    def clean(self, value):
        return list(dict.fromkeys(key for key in value or [] if key))


class KeysFilter(django_filters.Filter):
    field_class = KeysField


class _Unfiltered(django_filters.FilterSet):
    """What it selects is worked out by the index (`catalogue.browse.chosen`), not by a query."""

    def filter_queryset(self, queryset):
        return queryset


def _year(label):
    year = django_filters.NumberFilter(label=label, min_value=FIRST_YEAR, max_value=LAST_YEAR)
    year.field_class = forms.IntegerField
    return year


@cache
def filter_set():
    """The FilterSet of all that apps have registered."""
    orders = [(sort.name, sort.label) for sort in declared.sorts()]
    fields = {name: KeysFilter() for name in [*(facet.name for facet in declared.facets()), "person"]}
    fields |= {"year_from": _year("From"), "year_to": _year("to")}
    fields |= {choice.name: django_filters.ChoiceFilter(choices=[("1", "1")]) for choice in declared.personal()}
    fields |= {"sort": django_filters.ChoiceFilter(choices=[*orders, (ours.BY_NAME, "A to Z")])}
    fields |= {"view": django_filters.ChoiceFilter(choices=VIEWS)}
    return type("BrowseFilterSet", (_Unfiltered,), fields)
