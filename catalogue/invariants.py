"""What must be true of the data whatever happened: each a query that returns no row (docs: `bin/manage fsck`).

Apps add theirs when they are ready, so that one command proves all. Every race, fault and restore test ends with it.
"""

from django.db import connection

from catalogue.fields import TitleSortKeyField
from catalogue.models import TRACKED, Collection, Person, PersonAlias, Title, TitleName, changes_of

_invariants = {}


def register(sentence, query):
    """`query`: SQL, or a callable, that gives the rows for which `sentence` is false."""
    _invariants[sentence] = query


def broken():
    """{sentence: rows that break it} of all invariants that do not hold; in a transaction, as if it ended now."""
    if connection.in_atomic_block:
        connection.check_constraints()
    found = {sentence: _rows(query) for sentence, query in _invariants.items()}
    return {sentence: rows for sentence, rows in found.items() if rows}


def _rows(query):
    if callable(query):
        return list(query())
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchall()


def _stale_keys():
    """Rows whose keys for matching and sorting are not what their names give."""
    for model in (Title, TitleName, Person, PersonAlias, Collection):
        derived = [field for field in model._meta.fields if hasattr(field, "derive")]
        derived = [field for field in derived if not isinstance(field, TitleSortKeyField)]
        for row in model.objects.only("name", *(field.name for field in derived)).iterator():
            if any(getattr(row, field.name) != type(field).derive(row.name) for field in derived):
                yield model.__name__, row.pk, row.name


register("Names are found and sorted by what is written in them.", _stale_keys)
register(
    "Titles are sorted without the article of their language.",
    "SELECT slug FROM catalogue_title WHERE sort_key <> catalogue_without_article(name_key, id)",
)
register(
    "Every title has a page version.",
    "SELECT t.slug FROM catalogue_title t LEFT JOIN catalogue_pageversion v ON v.title_id = t.id "
    "WHERE v.title_id IS NULL",
)
register(
    "An address in use does not redirect.",
    "SELECT slug FROM catalogue_formertitleslug JOIN catalogue_title USING (slug) "
    "UNION ALL SELECT slug FROM catalogue_formerpersonslug JOIN catalogue_person USING (slug)",
)
register(
    "An extra names a disc that its release has.",
    "SELECT e.id, e.name FROM catalogue_extra e WHERE e.disc_number IS NOT NULL AND NOT EXISTS ("
    "SELECT FROM catalogue_disc d WHERE d.release_id = e.release_id AND d.number = e.disc_number)",
)
register("Nothing waits to be indexed.", "SELECT kind, ids FROM catalogue_searchstale")
register(
    "What a search looks in is what the names and people say.",
    "(SELECT kind, owner, words FROM catalogue_searchdocument EXCEPT ALL "
    "SELECT kind, owner, words FROM catalogue_searchdocument_of) UNION ALL "
    "(SELECT kind, owner, words FROM catalogue_searchdocument_of EXCEPT ALL "
    "SELECT kind, owner, words FROM catalogue_searchdocument)",
)
register(
    "What is typed is looked up in the beginnings of names, as they are.",
    "(SELECT kind, owner, term, start, rank FROM catalogue_searchterm EXCEPT ALL "
    "SELECT kind, owner, term, start, rank FROM catalogue_searchterm_of JOIN catalogue_searchdocument "
    "USING (kind, owner)) UNION ALL "
    "(SELECT kind, owner, term, start, rank FROM catalogue_searchterm_of JOIN catalogue_searchdocument "
    "USING (kind, owner) EXCEPT ALL SELECT kind, owner, term, start, rank FROM catalogue_searchterm)",
)
register(
    "The words that spelling is corrected to are all there.",
    "SELECT DISTINCT used.word FROM catalogue_searchname n, catalogue_search_words(n.sounds) AS used (word) "
    "WHERE NOT EXISTS (SELECT FROM catalogue_searchword w WHERE w.word = used.word)",
)


def _gone_without_a_change():
    """Rows whose last change kept is not their going, though they are gone; or is, though they are there."""
    for model in TRACKED:
        table, changes, key = model._meta.db_table, changes_of(model)._meta.db_table, model._meta.pk.column
        yield from _rows(
            f"SELECT '{table}', c.{key} FROM (SELECT DISTINCT ON ({key}) {key}, pgh_label FROM {changes} "
            f"ORDER BY {key}, pgh_id DESC) c LEFT JOIN {table} t USING ({key}) "
            f"WHERE (c.pgh_label = 'delete') <> (t.{key} IS NULL)"
        )


register("The history ends with what is there.", _gone_without_a_change)
