"""Words for the values of facets: the key that stands in addresses, and the label that people read.

Each kind answers two questions: `values(keys)` is {key: value} of those keys that exist, `entries(values)` is
{value: Entry}. Small vocabularies are kept for each version of what all pages share; large ones are asked for by key.
"""

from typing import NamedTuple

from django.db import connection


class Entry(NamedTuple):
    key: str
    label: str
    place: int = 0


class Fixed:
    """Values that are written in the program: (value, key, label) in order."""

    def __init__(self, *rows):
        self.by_value = {value: Entry(key, label, place) for place, (value, key, label) in enumerate(rows)}
        self.by_key = {entry.key: value for value, entry in self.by_value.items()}

    def values(self, keys, words):
        return {key: self.by_key[key] for key in keys if key in self.by_key}

    def entries(self, values, words):
        return self.by_value


class Small:
    """Values that are rows of a small table: `rows` is SQL of (value, key, label) in their order."""

    def __init__(self, rows):
        self.rows = rows

    def values(self, keys, words):
        by_key = words.small[self.rows][1]
        return {key: by_key[key] for key in keys if key in by_key}

    def entries(self, values, words):
        return words.small[self.rows][0]


class Large:
    """Values that are rows of a large table with `slug` and `name`: only those on the page are asked for."""

    def __init__(self, table):
        self.table = table

    def values(self, keys, words):
        return words.found[self.table]

    def entries(self, values, words):
        return words.named[self.table]


class Decades:
    """1950 is "1950s"; listed latest first."""

    def values(self, keys, words):
        return {key: int(key[:4]) for key in keys if _is_decade(key)}

    def entries(self, values, words):
        return {value: Entry(f"{value}s", f"{value}s", -value) for value in values}


def _is_decade(key):
    return len(key) == 5 and key[:3].isascii() and key[:3].isdecimal() and key[3:] == "0s"


class Words:
    """All words of one request: vocabularies, kept for each version of what pages share, and the rows asked for."""

    kept = (None, {})

    def __init__(self, facets, index, site):
        """`site` is that version, or None to read anew."""
        self.facets = facets
        self.small = self._vocabularies(index, site)
        self.found, self.named = {}, {}

    def _vocabularies(self, index, site):
        version, small = Words.kept
        if site is None or version != site or self._is_short(small, index):
            small = _read_small([facet.words.rows for facet in self.facets if isinstance(facet.words, Small)])
            Words.kept = (site, small)
        return small

    def _is_short(self, small, index):
        """Whether titles have values without words: a word that is only added changes no page, so no version."""
        of_small = [facet for facet in self.facets if isinstance(facet.words, Small)]
        return any(not small[facet.words.rows][0].keys() >= set(index.facets[facet.name].values.tolist()) for facet in of_small)

    def find(self, keys):
        """Ask for the values of `keys`: {facet name: keys} of facets with large tables. One query, or none."""
        wanted = self._of_large(keys)
        for table in {facet.words.table for facet in self.facets if isinstance(facet.words, Large)}:
            self.found[table], self.named[table] = {}, {}
        for table, value, slug, _ in _read_large(wanted, "slug", "text"):
            self.found[table][slug] = value

    def name(self, values):
        """Ask for the names of `values`: {facet name: values} of facets with large tables. One query, or none."""
        for table, value, slug, name in _read_large(self._of_large(values), "id", "bigint"):
            self.named[table][value] = Entry(slug, name)

    def _of_large(self, of_facets):
        wanted = {}
        for facet in self.facets:
            if isinstance(facet.words, Large) and of_facets.get(facet.name):
                wanted.setdefault(facet.words.table, set()).update(of_facets[facet.name])
        return wanted


def forget():
    Words.kept = (None, {})


def _read_small(vocabularies):
    """{SQL: ({value: Entry}, {key: value})} of all small vocabularies, in one query."""
    parts = [
        f"(SELECT {n}, value, key, label FROM ({rows}) AS w(value, key, label))" for n, rows in enumerate(vocabularies)
    ]
    small = {rows: ({}, {}) for rows in vocabularies}
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts))
        for place, (number, value, key, label) in enumerate(cursor):
            entries, values = small[vocabularies[number]]
            entries[value], values[key] = Entry(key, label, place), value
    return small


def _read_large(wanted, column, kind):
    """(table, id, slug, name) of the rows whose `column` is in {table: wanted}."""
    if not wanted:
        return []
    part = "SELECT '{0}', id, slug, name FROM {0} WHERE {1} = ANY (%s::{2}[])"
    with connection.cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join(part.format(table, column, kind) for table in wanted),
            [list(each) for each in wanted.values()],
        )
        return cursor.fetchall()
