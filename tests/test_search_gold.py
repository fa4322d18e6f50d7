"""What members type finds what they mean, in the demo and in 37,000 titles: the queries of search_gold.tsv."""

import csv
from collections import Counter
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from catalogue.models import Collection, Person, Title
from catalogue.search import find, suggest
from tests.databases import connected_to, drop, make_copy
from tests.search_gold import COLUMNS, FILE, SOURCES, Wish, address, marks, shared_folders, wishes

NOT_LATIN = {"cyrillic", "kana and kanji", "other scripts"}
SUGGESTED = {"exact", "prefix"}
SOURCES_OF = {"demo": ["demo"], "demo+us+cannes": SOURCES}
HERE = [data for data in SOURCES_OF if data == "demo" or shared_folders()]


@pytest.fixture(scope="module", params=HERE)
def data(request, demo_database, django_db_blocker):
    """Which data the search is asked in; connected to them."""
    with django_db_blocker.unblock():
        name = f"{demo_database}_gold"
        make_copy(name, demo_database)
        with connected_to(name):
            if request.param != "demo":
                call_command("import_titles", *shared_folders(), stdout=StringIO(), stderr=StringIO())
            _settle()
            yield request.param
        drop(name)


def _settle():
    """What the night does: ranks by what is popular, and what the planner knows of the tables."""
    call_command("rebuild_search", stdout=StringIO())
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


@pytest.fixture(scope="module")
def found(data):
    return marks(wishes(SOURCES_OF[data]), lambda query: find(query).hits)


# ------------------------------------------------------------------ the queries themselves
def rows():
    with FILE.open(newline="") as file:
        return list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def test_each_line_has_a_class_a_query_what_it_means_and_where_that_is():
    heading, *lines = rows()
    assert heading == COLUMNS
    assert all(len(line) == len(COLUMNS) and all(line) and line[3] in SOURCES for line in lines)
    assert all(cell == cell.strip() for line in lines for cell in line)


def test_no_query_is_twice_in_a_class():
    assert [pair for pair, times in Counter((group, query) for group, query, *_ in rows()).items() if times > 1] == []


def test_there_are_many_queries_of_many_kinds():
    groups = Counter(wish.group for wish in wishes())
    assert sum(groups.values()) >= 330
    assert len(groups) >= 10 and min(groups.values()) >= 25
    assert sum(groups[group] for group in NOT_LATIN) >= 65


def test_queries_in_other_scripts_have_letters_of_them():
    for wish in wishes():
        if wish.group in NOT_LATIN:
            assert any(ord(letter) > 0x370 for letter in wish.query if letter.isalpha()), wish.query


def test_what_is_meant_is_there(data):
    """All of it; of a query that may mean several, in a part of the data, at least one."""
    there = _addresses()
    for wish in wishes(SOURCES_OF[data]):
        enough = any if data == "demo" else all
        assert enough(address in there for address in wish.meant), wish


def _addresses():
    titles = Title.objects.values_list("slug", flat=True)
    people = Person.objects.with_page().filter(paged=True).values_list("slug", flat=True)
    collections = Collection.objects.values_list("slug", flat=True)
    kinds = (("", titles), ("person:", people), ("collection:", collections))
    return {address(f"{kind}{slug}") for kind, slugs in kinds for slug in slugs}


# ------------------------------------------------------------------ the search
def test_nearly_every_query_finds_what_is_meant_first(found):
    said = _said(found)
    assert found.first >= 0.95, said
    assert found.reciprocal >= 0.97, said


def test_no_kind_of_query_does_badly(found):
    assert {group: marks.first for group, marks in found.by_group().items() if marks.first < 0.9} == {}, _said(found)


def test_suggestions_hold_what_is_meant(data):
    asked = [wish for wish in wishes(SOURCES_OF[data]) if wish.group in SUGGESTED and len(wish.query) >= 4]
    suggested = marks(asked, lambda query: suggest(query)[:8])
    assert suggested.within(8) >= 0.9, _said(suggested)


def _said(marks):
    """The figures, and what was missed, by class."""
    figures = f"success@1 {marks.first:.3f}, MRR@10 {marks.reciprocal:.3f} of {len(marks.answers)}"
    return "\n".join([figures, *sorted(marks.misses())])


# ------------------------------------------------------------------ the measure
class _Hit:
    def __init__(self, url):
        self.url = url


def test_the_measure_counts_places():
    wish = Wish("exact", "m", ("/titles/m-1931/",), "demo")
    pages = ["/titles/m-1951/", "/titles/m-1931/"]
    got = marks([wish], lambda query: [_Hit(page) for page in pages])
    assert (got.first, got.within(2), got.reciprocal) == (0, 1, 0.5)
    assert len(got.misses()) == 1


def test_the_measure_does_not_count_what_is_far_down():
    wish = Wish("exact", "m", ("/titles/m-1931/",), "demo")
    got = marks([wish], lambda query: [_Hit("/")] * 10 + [_Hit("/titles/m-1931/")])
    assert got.reciprocal == 0
