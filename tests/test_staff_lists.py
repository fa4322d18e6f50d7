"""The staff's lists, all of them: few queries, and none that counts or sorts without an end."""

import pytest
from django.contrib import admin
from django.core.paginator import EmptyPage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from catalogue.models import Genre, Title
from config import staff_lists
from config.staff_lists import CappedPaginator, LargeList, Many
from tests import factories as make

pytestmark = pytest.mark.django_db
MOST_QUERIES = 15
MODELS = list(admin.site._registry)
# Groups are a list of Django's own. These three are a handful each, or, of rounds, two a day.
OTHERS, HANDFULS = {"Group"}, {"Group", "Certificate", "Round"}


@pytest.fixture
def staff(client):
    client.force_login(make.make_staff(is_superuser=True))
    return client


def page_of(model):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


def statements(client, address):
    client.get(address)  # once for what is kept afterwards, such as content types
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200, address
    return [query["sql"] for query in captured]


def fill():
    """Two rows or more of most of what has a list."""
    for number in (1, 2):
        title, member = make.make_title_on_disc(name=f"Film {number}"), make.make_member()
        release = title.releases.get()
        copy = make.make_copy(disc=make.make_disc(release=release))
        make.make_extra(release=release)
        make.make_review(title=title, author=member)
        make.make_rating(title=title, member=make.make_member())
        make.make_critic_review(title=title)
        make.make_rental(copy=copy, member=member)
        for part in (make.make_credit, make.make_offer, make.make_award, make.make_title_collection):
            part(title=title)
    connection.check_constraints()


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_a_list_asks_little_and_counts_to_an_end(staff, model):
    fill()
    for query in ("", "?q=film", "?p=1", "?o=1"):
        asked = statements(staff, page_of(model) + query)
        assert len(asked) <= MOST_QUERIES, query
        endless = [sql for sql in asked if "DISTINCT" in sql or ("COUNT(*)" in sql and "LIMIT" not in sql)]
        assert not endless or model.__name__ in HANDFULS, query


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_list_is_one_for_any_number_of_rows(model):
    listed = admin.site._registry[model]
    assert isinstance(listed, LargeList) or model.__name__ in OTHERS
    if isinstance(listed, LargeList):
        assert issubclass(listed.paginator, CappedPaginator) and not listed.show_full_result_count


# ---------------------------------------------------------------- pages
@pytest.fixture
def films(monkeypatch):
    """25 films, in lists that count up to 20 of them."""
    monkeypatch.setattr(staff_lists, "MOST", 20)
    return [make.make_title(name=f"Film {number:02}", kind="film") for number in range(25)]


def pages(rows):
    return CappedPaginator(rows.order_by("sort_key"), 6)


def test_many_rows_that_a_filter_leaves_are_more_than_so_many(films):
    found = pages(Title.objects.filter(kind="film"))
    assert (found.count, str(found.count), found.num_pages) == (20, "more than 20", 4)
    assert [title.name for title in found.page(2)] == [f"Film {number:02}" for number in range(6, 12)]
    with pytest.raises(EmptyPage):
        found.page(5)


def test_few_rows_are_counted_and_in_order(films):
    found = pages(Title.objects.filter(pk__in=[film.pk for film in films[3:11]]))
    assert found.count == 8 and not isinstance(found.count, Many)
    assert [title.name for title in found.page(2)] == ["Film 09", "Film 10"]


def test_all_rows_are_reckoned_once_the_database_knows_of_many(films):
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE catalogue_title")
    assert str(pages(Title.every.all()).count) == "about 25"


def test_the_page_says_that_there_are_more_and_leads_on(staff, films):
    address = page_of(Title) + "?kind__exact=film"
    first = staff.get(address)
    assert "more than 20 titles" in first.content.decode() or first.context["cl"].multi_page is False


def test_next_and_previous_lead_from_page_to_page(staff, monkeypatch):
    for number in range(120):
        make.make_title(name=f"Film {number:03}")
    second = staff.get(page_of(Title), {"p": 2})
    listed = second.context["cl"]
    assert (listed.before, listed.after) == ("?p=1", "?p=3")
    assert 'rel="prev"' in second.content.decode() and 'rel="next"' in second.content.decode()
    assert [title.name for title in listed.result_list][0] == "Film 050"
    assert staff.get(page_of(Title), {"p": 4}).status_code == 302  # Django's way to say that there is none


# ---------------------------------------------------------------- columns
def test_a_large_list_sorts_by_what_has_an_index_only(staff, monkeypatch):
    make.make_title()
    assert "year" in staff.get(page_of(Title)).context["cl"].sortable_by
    monkeypatch.setattr(staff_lists, "rows_about", lambda model: 500_000)
    assert staff.get(page_of(Title)).context["cl"].sortable_by == ["listed", "complete", "worth_mending"]


def test_columns_that_an_index_begins_with_are_known():
    assert {"id", "slug", "folded"} <= staff_lists.first_columns(Genre)
    assert "year" not in staff_lists.first_columns(Title)
