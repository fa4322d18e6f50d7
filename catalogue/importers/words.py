"""From the words of records to the rows that stand for them, made where there are none."""

from catalogue.importers.copying import copy_rows
from catalogue.importers.problems import RejectedRow
from catalogue.models import AwardBody, Certificate, Collection, Company, Country, Genre, Language, Provider
from catalogue.names import fold, slug, sort_key
from catalogue.sounds import forms


class Words:
    """Ids of vocabulary for one batch: `gather`, then ask. Not for the next one: a refused batch takes words back."""

    def __init__(self):
        self.languages = set(Language.objects.values_list("code", flat=True))
        self.countries = set(Country.objects.values_list("code", flat=True))
        self.certificates, self.ids = {}, {}

    def gather(self, records):
        """Look up every word of `records`, and add those the catalogue lacks."""
        self.ids = {model: ids(model, names) for model, names in _names_in(records).items()}

    def id(self, model, name):
        return self.ids[model][fold(name)]

    def language(self, code):
        return self._known(code, self.languages, "language")

    def country(self, code):
        return self._known(code, self.countries, "country")

    def certificate(self, record):
        """Id of the certificate in `record`, or None."""
        if not (said := record.get("certificate")):
            return None
        key = said["system"], said["value"]
        if key not in self.certificates:
            self.certificates[key] = Certificate.objects.get_or_create(system=key[0], value=key[1])[0].pk
        return self.certificates[key]

    @staticmethod
    def _known(code, codes, kind):
        if code is not None and code not in codes:
            raise RejectedRow(f"There is no {kind} with the code {code!r}.")
        return code


def _names_in(records):
    names = {model: {} for model in (Genre, Collection, Company, AwardBody, Provider)}
    for record in records:
        for model, name in _words_of(record):
            names[model].setdefault(fold(name), name)
    return names


def _words_of(record):
    yield from ((Genre, name) for name in record.get("genres", ()))
    yield from ((Collection, name) for name, _ in map(placed, record.get("collections", ())))
    yield from ((Company, company["name"]) for company in record.get("companies", ()))
    yield from ((AwardBody, award["body"]) for award in record.get("awards", ()))
    yield from ((Provider, offer["provider"]) for offer in record.get("offers", ()))
    yield from ((Company, r["distributor"]) for r in record.get("releases", ()) if r.get("distributor"))


def placed(said):
    """(name, place) of an entry of a title's `collections`: a name alone, or one with the title's place in it."""
    return (said, None) if isinstance(said, str) else (said["name"], said.get("place"))


def ids(model, names):
    if not names:
        return {}
    if missing := names.keys() - _found(model, names).keys():
        _add(model, {folded: names[folded] for folded in missing})
    return _found(model, names)


def _found(model, names):
    return dict(model._default_manager.filter(folded__in=names).values_list("folded", "pk"))


def _add(model, names):
    slugs = unique_slugs(model, [slug(name) for name in names.values()])
    fields, rows = ["slug", "name", "folded"], list(zip(slugs, names.values(), names, strict=True))
    if model is Collection:
        fields, rows = (
            [*fields, "sort_key", "sounds", "text"],
            [(*row, sort_key(row[1]), forms(row[1]), "") for row in rows],
        )
    copy_rows(model, fields, rows)


def unique_slugs(model, wanted):
    """`wanted` slugs with -2, -3 … where the table or an earlier one of the list has them already."""
    taken = set(model.objects.filter(slug__in=set(wanted)).values_list("slug", flat=True))
    return [_free(model, slug, taken) for slug in wanted]


def _free(model, slug, taken):
    base = free = (slug or "unnamed")[:190].strip("-")
    number = 1
    while free in taken or (number > 1 and model.objects.filter(slug=free).exists()):
        number += 1
        free = f"{base}-{number}"
    taken.add(free)
    return free
