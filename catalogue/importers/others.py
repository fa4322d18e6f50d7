"""Records that are not titles: people and collections."""

from catalogue.importers.problems import RejectedRow
from catalogue.importers.sections import filled
from catalogue.models import Collection, FormerPersonSlug, Language, Person, PersonAlias, PersonIdentifier
from catalogue.names import fold

PERSON_COLUMNS = ("name", "born_on", "died_on", "birthplace", "biography", "has_page")


def write_person(record):
    """Make or replace a person; "created", "updated" or "unchanged"."""
    person, created = Person.objects.get_or_create(slug=record["slug"], defaults={"name": record["name"]})
    before = None if created else read_person(person)
    if before == record:
        return "unchanged"
    for column in PERSON_COLUMNS:
        setattr(person, column, record.get(column, None if column == "has_page" else ""))
    person.save()
    _replace_names(person, record)
    return "created" if created else "updated"


def _replace_names(person, record):
    person.aliases.all().delete()
    person.identifiers.all().delete()
    PersonAlias.objects.bulk_create(
        [_alias(person, place, alias) for place, alias in enumerate(record.get("aliases", ()), 1)]
    )
    PersonIdentifier.objects.bulk_create([PersonIdentifier(person=person, **i) for i in record.get("identifiers", ())])
    FormerPersonSlug.objects.bulk_create(
        [FormerPersonSlug(person=person, slug=slug) for slug in record.get("former_slugs", ())], ignore_conflicts=True
    )


def _alias(person, place, alias):
    language = alias.get("language")
    if language and not Language.objects.filter(pk=language).exists():
        raise RejectedRow(f"There is no language with the code {language!r}.")
    return PersonAlias(
        person=person, position=place, name=alias["name"], language_id=language, script=alias.get("script", "")
    )


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


def write_collection(record):
    """Make or replace a collection; one that titles named before takes the record's slug."""
    same = Collection.objects.filter(slug=record["slug"]) | Collection.objects.filter(folded=fold(record["name"]))
    collection = same.first()
    if collection is None:
        Collection.objects.create(slug=record["slug"], name=record["name"], text=record.get("text", ""))
        return "created"
    if read_collection(collection) == record:
        return "unchanged"
    collection.slug, collection.name, collection.text = record["slug"], record["name"], record.get("text", "")
    collection.save()
    return "updated"


def read_collection(collection):
    return filled(record="collection", slug=collection.slug, name=collection.name, text=collection.text)


def people_records():
    rows = Person.objects.order_by("slug").prefetch_related("aliases", "identifiers", "former_slugs")
    return (read_person(person) for person in rows.iterator(chunk_size=1000))


def collection_records():
    return (read_collection(collection) for collection in Collection.objects.order_by("slug").iterator())


KINDS = {"person": (write_person, people_records), "collection": (write_collection, collection_records)}
