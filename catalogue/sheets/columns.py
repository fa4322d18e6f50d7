"""The columns of sheets, and the sheets: what each cell holds, and where that is kept."""

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Model

from catalogue.sheets.atoms import Atom, Named
from catalogue.sheets.cells import Refused, entries, listed


@dataclass(frozen=True)
class Field:
    """A column of one value: a field of the row itself."""

    heading: str
    name: str
    atom: Atom
    help: str = ""
    bulk: bool = False  # may be set for many rows at once

    def read(self, text):
        return self.atom.read(text)

    def wanted(self, value):
        yield from filter(None, [self.atom.wanted(value)])

    def settle(self, value, known):
        return self.atom.settle(value, known)

    def text(self, value):
        return self.atom.text(value)

    def of(self, row):
        return self.atom.of(row, self.name)

    def put(self, row, value, known):
        setattr(row, self.atom.attname(self.name), self.atom.stored(value, known))


@dataclass(frozen=True)
class Parts:
    """A column of a list: rows of `model` that hang on the row, as `related`; an entry on each line of the cell."""

    heading: str
    related: str
    model: type[Model]
    atoms: dict
    help: str = ""
    bulk: bool = False
    order: tuple = ("position",)
    commas: bool = False  # entries are short codes: commas part them as well as lines

    def read(self, text):
        lines = entries(text.replace(",", "\n").replace(";", "\n") if self.commas else text)
        return tuple(self._entry(number, parts) for number, parts in enumerate(lines, 1))

    def _entry(self, number, parts):
        if len(parts) > len(self.atoms):
            raise Refused(f"Entry {number} has {len(parts)} parts: write {self.form}.")
        padded = parts + [""] * (len(self.atoms) - len(parts))
        return tuple(self._part(number, *each) for each in zip(self.atoms.items(), padded, strict=True))

    def _part(self, number, named, text):
        name, atom = named
        try:
            return atom.read(text)
        except Refused as why:
            raise Refused(f"Entry {number}, {name.replace('_', ' ')}: {why}" if self.is_wide else str(why)) from None

    @property
    def is_wide(self):
        return len(self.atoms) > 1

    @property
    def form(self):
        """How an entry is written: name | kind | language."""
        return " | ".join(name.replace("_", " ") for name in self.atoms)

    def wanted(self, value):
        for entry in value:
            yield from filter(None, (atom.wanted(v) for atom, v in zip(self.atoms.values(), entry, strict=True)))

    def settle(self, value, known):
        settled = tuple(
            tuple(atom.settle(v, known) for atom, v in zip(self.atoms.values(), entry, strict=True)) for entry in value
        )
        return settled if self.is_ordered else tuple(sorted(settled))

    @property
    def is_ordered(self):
        return "position" in self.order

    def text(self, value):
        return listed([atom.text(v) for atom, v in zip(self.atoms.values(), entry, strict=True)] for entry in value)

    def of(self, row):
        """The value of a row whose list was loaded."""
        return row.lists[self.heading]

    def load(self, keys):
        """{owner's key: value} of those that have any, by one query."""
        found = defaultdict(list)
        for part in self._parts_of(keys):
            found[getattr(part, self.owner)].append(self._values(part))
        return {key: tuple(value if self.is_ordered else sorted(value)) for key, value in found.items()}

    def _parts_of(self, keys):
        named = [name for name, atom in self.atoms.items() if isinstance(atom, Named)]
        parts = self.model.objects.filter(**{f"{self.owner}__in": keys}).order_by(*self.order, "pk")
        return parts.select_related(*named) if named else parts

    def _values(self, part):
        return tuple(atom.of(part, name) for name, atom in self.atoms.items())

    def rows(self, owner, value, known):
        """Unsaved rows of the list of `owner` (a key)."""
        return [self._row(owner, place, entry, known) for place, entry in enumerate(value, 1)]

    def _row(self, owner, place, entry, known):
        values = {
            atom.attname(name): atom.stored(value, known)
            for (name, atom), value in zip(self.atoms.items(), entry, strict=True)
        }
        return self.model(**{self.owner: owner}, **values, **({"position": place} if self.is_ordered else {}))

    @cached_property
    def owner(self):
        """The column of the list's table that says whose it is: "title_id"."""
        return next(
            f.attname for f in self.model._meta.fields if f.remote_field and f.remote_field.related_name == self.related
        )

    def write(self, values, known, there):
        """Make the lists those of `values`: {owner's key: value}. Only the owners `there` have any yet."""
        if there := [owner for owner in values if owner in there]:
            self.model.objects.filter(**{f"{self.owner}__in": there}).delete()
        self.model.objects.bulk_create(
            [row for owner, value in values.items() for row in self.rows(owner, value, known)]
        )


@dataclass(frozen=True)
class Sheet:
    """A kind of sheet. `key` are the headings that together say which row it is."""

    kind: str
    model: type[Model]
    columns: tuple
    key: tuple
    what: str  # a row, in words
    related: tuple = ()  # what fields of a row refer to
    owner: str = ""  # the relation to what a row is part of
    check: callable = None
    complete: callable = None
    make_key: callable = None
    says_not: str = ""
    needed: tuple = field(default=())

    @cached_property
    def by_heading(self):
        return {column.heading: column for column in self.columns}

    @cached_property
    def fields(self):
        return [column for column in self.columns if isinstance(column, Field)]

    @cached_property
    def lists(self):
        return [column for column in self.columns if isinstance(column, Parts)]

    @cached_property
    def former(self):
        """The column of addresses that redirect, or None."""
        return self.by_heading.get("Former addresses")

    @cached_property
    def order(self):
        """The fields that rows go out by: those of the key."""
        columns = [self.by_heading[heading] for heading in self.key]
        return [f"{c.name}__slug" if c.name == self.owner else c.name for c in columns]

    def rows(self):
        """All rows, with what their fields print; the lists wait for `load`."""
        return self.model._default_manager.select_related(*self.related)

    def load(self, rows, columns=None):
        """Load the lists of `rows`, or those among `columns`: a query for each. Returns `rows`."""
        for row in rows:
            row.lists = {}
        for column in columns or self.columns:
            if isinstance(column, Parts):
                found = column.load([row.pk for row in rows])
                for row in rows:
                    row.lists[column.heading] = found.get(row.pk, ())
        return rows

    def texts(self, row, columns=None):
        """{heading: text} of a loaded row."""
        return {column.heading: column.text(column.of(row)) for column in columns or self.columns}

    def right(self, verb):
        meta = self.model._meta
        return f"{meta.app_label}.{verb}_{meta.model_name}"

    def rights(self):
        """What somebody must be allowed who brings in such a sheet."""
        return [self.right("add"), self.right("change")]
