"""What the catalogue has of the things that cells name: a few queries for a batch of rows."""

from collections import defaultdict

from catalogue.importers import words
from catalogue.models import Certificate, Country, Genre, Language, Person, Title
from catalogue.names import fold
from catalogue.sheets.cells import Refused, short
from catalogue.sheets.near import did_you_mean

BY_SLUG = (Title, Person)
FEW = (Genre,)  # chosen by our editors: a new one that is like an old one is a slip


class Known:
    """`gather` what the values of a batch want, then ask.

    `new` is what must be made for the batch; `told` keeps that of all batches, in words, for the preview.
    """

    def __init__(self):
        self.codes = {kind: _codes(model) for kind, model in (("language", Language), ("country", Country))}
        self.few = {model: list(model._default_manager.values_list("name", flat=True)) for model in FEW}
        self.new, self.told = defaultdict(dict), defaultdict(set)
        self.by_slug, self.names, self.certificates = {}, {}, {}

    def gather(self, wanted):
        """Look up (kind, key) pairs."""
        asked = defaultdict(set)
        for kind, key in wanted:
            asked[kind].add(key)
        self.new.clear()
        self.by_slug = {model: _by_slug(model, asked.pop(model, ())) for model in BY_SLUG}
        self.certificates = _certificates(asked.pop(Certificate, ()))
        self.names = {model: _names(model, {fold(name): name for name in said}) for model, said in asked.items()}

    def make_missing(self):
        """Make what was named and is not there; the values know its key from then on."""
        for model, said in self.new.items():
            if model is Certificate:
                for system, value in said:
                    made, _ = Certificate.objects.get_or_create(system=system, value=value)
                    self.certificates[system, value] = made.pk
            else:
                self.names[model] |= {f: (pk, said[f]) for f, pk in words.ids(model, said).items()}
        self.new.clear()

    def code(self, kind, said):
        found = self.codes[kind].get(said.casefold())
        if not found:
            hint = did_you_mean(said, (name for name in self.codes[kind] if len(name) > 3))
            raise Refused(f"There is no {kind} “{short(said)}”.{hint}")
        return found

    def name(self, model, said):
        """The name as it is printed; a new one stays as it is said."""
        folded = fold(said)
        if folded in self.names[model]:
            return self.names[model][folded][1]
        what = model._meta.verbose_name
        if hint := did_you_mean(said, self.few.get(model, ()), 0.75):
            raise Refused(f"There is no {what} “{short(said)}”.{hint} If it is a new one, add it in the admin first.")
        self.told[what].add(said)
        return self.new[model].setdefault(folded, said)

    def id(self, model, said):
        return self.names[model][fold(said)][0]

    def slug(self, model, said):
        if said not in self.by_slug[model]:
            what = model._meta.verbose_name
            raise Refused(
                f"There is no {what} at the address “{short(said)}”. Add the {what} first, or look the address up."
            )
        return said

    def certificate(self, said):
        if said not in self.certificates:
            self.new[Certificate][said] = " ".join(said)
            self.told["certificate"].add(" ".join(said))
        return said


def _codes(model):
    rows = list(model._default_manager.values_list("code", "name"))
    return {name.casefold(): code for code, name in rows} | {code.casefold(): code for code, _ in rows}


def _by_slug(model, slugs):
    return model._default_manager.only("pk", "slug", "name").in_bulk(list(slugs), field_name="slug") if slugs else {}


def _names(model, folded):
    rows = model._default_manager.filter(folded__in=folded)
    return {key: (pk, name) for key, pk, name in rows.values_list("folded", "pk", "name")}


def _certificates(wanted):
    if not wanted:
        return {}
    return {(system, value): pk for pk, system, value in Certificate.objects.values_list("pk", "system", "value")}
