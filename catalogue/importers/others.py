"""Records that are not titles: people, words with a page, and rows that are nothing but their own columns."""

from dataclasses import dataclass, field

from catalogue.importers.problems import RejectedRow
from catalogue.importers.sections import filled
from catalogue.models import (
    AwardBody,
    Collection,
    CollectionOrder,
    Country,
    FormerPersonSlug,
    Genre,
    Language,
    Person,
    PersonAlias,
    PersonIdentifier,
)
from catalogue.names import fold

PERSON_COLUMNS = ("name", "born_on", "died_on", "birthplace", "biography", "has_page")


def write_rows(model, rows, by="slug", make=None):
    """Make or change rows of `model`, given as dicts with the same keys; the outcome of each.

    `by` is what a row is known by; `make(**row)` makes an instance for a row that may be new.
    """
    there = model._default_manager.filter(**{f"{by}__in": [row[by] for row in rows]}).values(*rows[0])
    there = {row[by]: row for row in there}
    changed = [row for row in rows if there.get(row[by]) != row]
    _put(model, [(make or model)(**row) for row in changed], by, [key for key in rows[0] if key != by])
    return _outcomes(rows, there, by)


def _put(model, rows, by, fields):
    model.objects.bulk_create(rows, update_conflicts=True, unique_fields=[by], update_fields=fields)


def _outcomes(rows, there, by):
    """What became of each of `rows`, now that all are written; `there` is what there was, by the key `by`."""
    return [_outcome(row, there.get(row[by])) for row in rows]


def _outcome(row, before):
    if before is None:
        return "created"
    return "unchanged" if row == before else "updated"


# ------------------------------------------------------------------ people
def write_people(records, replaces):
    """Make people, and replace them if the records `replace`; the outcome of each."""
    people = Person.objects.filter(slug__in=[record["slug"] for record in records])
    there = {record["slug"]: record for record in _records(people)}
    said = [_wanted(record, there.get(record["slug"]), replaces) for record in records]
    changed = [record for record in said if there.get(record["slug"]) != record]
    people = [Person(slug=record["slug"], **_columns(record)) for record in changed]
    _put(Person, people, "slug", [*PERSON_COLUMNS, "folded", "sort_key", "sounds"])
    _replace_lists(dict(zip(people, changed, strict=True)))
    return _outcomes(said, there, "slug")


def _wanted(record, there, replaces):
    """`record` as the export would write it. Another source than our own format does not change who is there."""
    if there and not replaces:
        return there
    former = {*record.get("former_slugs", ()), *(there or {}).get("former_slugs", ())}  # addresses stay
    return filled(
        **{key: value for key, value in record.items() if key not in ("has_page", "identifiers", "former_slugs")},
        identifiers=sorted(record.get("identifiers", ()), key=lambda i: (i["scheme"], i["value"])),
        former_slugs=sorted(former),
    ) | ({"has_page": record["has_page"]} if "has_page" in record else {})


def _columns(record):
    return {column: record.get(column, None if column == "has_page" else "") for column in PERSON_COLUMNS}


def _replace_lists(people):
    """Write the lists of {person: record}."""
    _refuse_unknown_languages(people.values())
    for model in (PersonAlias, PersonIdentifier):
        model.objects.filter(person__in=people).delete()
    PersonAlias.objects.bulk_create(
        PersonAlias(person=p, position=place, name=a["name"], language_id=a.get("language"), script=a.get("script", ""))
        for p, record in people.items()
        for place, a in enumerate(record.get("aliases", ()), 1)
    )
    PersonIdentifier.objects.bulk_create(
        PersonIdentifier(person=p, **i) for p, record in people.items() for i in record.get("identifiers", ())
    )
    FormerPersonSlug.objects.bulk_create(
        (FormerPersonSlug(person=p, slug=slug) for p, r in people.items() for slug in r.get("former_slugs", ())),
        ignore_conflicts=True,
    )


def _refuse_unknown_languages(records):
    codes = {a["language"] for record in records for a in record.get("aliases", ()) if "language" in a}
    if unknown := codes - set(Language.objects.filter(pk__in=codes).values_list("pk", flat=True)):
        raise RejectedRow(f"There is no language with the code {min(unknown)!r}.")


def read_person(person):
    """The record of a person, as the export writes it."""
    record = {"record": "person", "slug": person.slug}
    record |= {column: value for column in PERSON_COLUMNS if (value := getattr(person, column)) not in ("", None)}
    aliases = sorted(person.aliases.all(), key=lambda alias: (alias.position, alias.pk))
    identifiers = sorted(person.identifiers.all(), key=lambda i: (i.scheme, i.value))
    lists = {
        "aliases": [filled(name=a.name, language=a.language_id, script=a.script) for a in aliases],
        "identifiers": [{"scheme": i.scheme, "value": i.value} for i in identifiers],
        "former_slugs": sorted(former.slug for former in person.former_slugs.all()),
    }
    return record | filled(**lists)


def _records(people):
    rows = people.order_by("slug").prefetch_related("aliases", "identifiers", "former_slugs")
    return (read_person(person) for person in rows.iterator(chunk_size=1000))


def people_records():
    return _records(Person.objects.all())


# ------------------------------------------------------------------ words with a page of their own
@dataclass(frozen=True)
class Named:
    """What records say of a word that has a slug: the columns after the name, and what those are if left out."""

    kind: str
    model: type
    columns: tuple
    defaults: dict = field(default_factory=dict)
    all_written: bool = False  # else the export names only those of which there is more to say than the name

    def write(self, records, replaces):
        return [self._write(record) for record in records]

    def _write(self, record):
        """Make or replace a row; one that titles named before takes the record's slug."""
        same = self.model._default_manager.filter(slug=record["slug"]) | self.model._default_manager.filter(
            folded=fold(record["name"])
        )
        row, values = same.first(), self._values(record)
        if row is None:
            self.model.objects.create(**values)
            return "created"
        if self.read(row) == self._said(values):
            return "unchanged"
        outcome = "updated" if self._is_written(row) else "created"
        for column, value in values.items():
            setattr(row, column, value)
        row.save()
        return outcome

    def _values(self, record):
        rest = {column: record.get(column, self.defaults.get(column, "")) for column in self.columns}
        return {"slug": record["slug"], "name": record["name"], **rest}

    def read(self, row):
        """The record of a row, as the export writes it."""
        return self._said({column: getattr(row, column) for column in ("slug", "name", *self.columns)})

    def _said(self, values):
        plain = {column: "" for column, value in self.defaults.items() if values[column] == value}
        return filled(record=self.kind, **values | plain)

    def _is_written(self, row):
        return self.all_written or any(column in self.read(row) for column in self.columns)

    def records(self):
        rows = self.model.objects.order_by("slug").iterator()
        return (self.read(row) for row in rows if self._is_written(row))


NAMED = (
    Named("collection", Collection, ("text", "order"), {"order": CollectionOrder.YEAR}, all_written=True),
    Named("genre", Genre, ("text",)),
    Named("award_body", AwardBody, ("text", "website")),
)


def write_countries(records, replaces):
    """Give countries their texts; "created" says that a country had none."""
    texts = dict(Country.objects.values_list("code", "text"))
    return [_write_country(record, texts.get(record["code"])) for record in records]


def _write_country(record, before):
    if before is None:
        raise RejectedRow(f"There is no country with the code {record['code']!r}.")
    if before == record["text"]:
        return "unchanged"
    Country.objects.filter(pk=record["code"]).update(text=record["text"])
    return "updated" if before else "created"


def country_records():
    rows = Country.objects.exclude(text="").order_by("code")
    return ({"record": "country", "code": row.code, "text": row.text} for row in rows)


KINDS = {
    "person": (write_people, people_records),
    "country": (write_countries, country_records),
    **{named.kind: (named.write, named.records) for named in NAMED},
}
