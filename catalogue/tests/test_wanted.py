"""What visitors search for in vain: counted without who they are, shown to who may add titles."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from catalogue import invariants, wanted
from catalogue.models import CountedVisit, TitleName, WantedDay, WantedSearch
from rentals.models import Stock
from tests import factories as make

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)
SEARCH, IN_VAIN = reverse("catalogue:search"), reverse("catalogue:search_in_vain")
LIST = reverse("admin:catalogue_wantedsearch_changelist")
BROWSER = {"User-Agent": "Mozilla/5.0 Firefox/140.0", "Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def staff(client):
    client.force_login(make.make_staff(is_superuser=True))
    return client


def search_for(words, visitors=1, *, at=NOON):
    """So many visitors search for `words`; how many of them counted."""
    return sum(wanted.note(words, f"visitor {number}", now=at) for number in range(visitors))


def counted():
    return dict(WantedSearch.objects.values_list("typed", "visitors"))


# ---------------------------------------------------------------- what counts
def test_a_visitor_counts_once_a_day_however_the_words_are_spelled():
    assert search_for("Hurricane Kalatozov", 3) == 3
    assert search_for("hurricane  KALATOZOV", 3) == 0
    assert search_for("hurricane kalatozov", 1, at=NOON + timedelta(days=1)) == 1
    assert counted() == {"hurricane kalatozov": 4}
    assert sorted(WantedDay.objects.values_list("visitors", flat=True)) == [1, 3]
    assert not invariants.broken()


@pytest.mark.parametrize(
    "words",
    [
        "",
        "a",
        "  ",
        "42",
        "ruth@example.org",
        "www.example.org",
        "https://example.org/x",
        "call 020 7946 0018",
        "4111 1111 1111 1111 visa",
        "x" * 61,
        "one two three four five six seven eight nine",
    ],
)
def test_what_may_be_somebodys_own_or_is_no_name_is_not_kept(words):
    assert search_for(words) == 0 and not WantedSearch.objects.exists() and not CountedVisit.objects.exists()


def test_what_is_found_and_here_does_not_count():
    title = make.make_title_on_disc(name="Stalker")
    connection.check_constraints()
    Stock.objects.filter(title=title).update(copies=1)
    assert search_for("Stalker") == 0
    Stock.objects.filter(title=title).update(copies=0)
    assert search_for("stalker", 2) == 1  # the first visitor's words were judged today
    assert WantedSearch.objects.get().title == title


def test_a_visitor_counts_for_so_many_words_a_day():
    assert sum(wanted.note(f"film {chr(97 + n // 26)}{chr(97 + n % 26)}zzq", "one", now=NOON) for n in range(40)) == 30


def test_a_day_takes_no_more_than_so_many_new_rows(monkeypatch):
    monkeypatch.setattr(wanted, "NEW_A_DAY", 2)
    for words in ("zzqa film", "zzqb film", "zzqc film"):
        search_for(words)
    assert WantedSearch.objects.count() == 2


def test_nothing_kept_tells_who_it_was():
    search_for("Hurricane Kalatozov", 2)
    columns = {field.name for model in (WantedSearch, WantedDay, CountedVisit) for field in model._meta.fields}
    assert not columns & {"member", "visitor", "address", "agent", "session"}
    digests = list(CountedVisit.objects.values_list("digest", flat=True))
    assert len(set(map(bytes, digests))) == 4 and all(b"visitor" not in bytes(digest) for digest in digests)


def test_it_is_forgotten_after_ninety_days_and_digests_the_next_day():
    search_for("zzqa film", 2)
    search_for("zzqb film", 2)
    search_for("zzqb film", 3, at=NOON + timedelta(days=50))
    wanted.forget(now=NOON + timedelta(days=100))
    assert counted() == {"zzqb film": 3} and not CountedVisit.objects.exists() and not invariants.broken()


# ---------------------------------------------------------------- the page tells
def test_a_search_writes_nothing_and_its_page_says_where_to_tell(client):
    with CaptureQueriesContext(connection) as captured:
        page = client.get(SEARCH, {"q": "zzqa film"}).content.decode()
    assert all(query["sql"].lstrip(" (").startswith(("SELECT", "SAVEPOINT", "RELEASE", "SET", "WITH"))
               for query in captured), [query["sql"][:60] for query in captured]  # fmt: skip
    assert f'data-in-vain="{IN_VAIN}" data-query="zzqa film"' in page and "js/wanted.js" in page


def test_the_page_of_a_search_that_found_something_does_not_tell(client):
    title = make.make_title_on_disc(name="Stalker")
    connection.check_constraints()
    Stock.objects.filter(title=title).update(copies=1, on_shelf=1)
    assert "data-in-vain" not in client.get(SEARCH, {"q": "Stalker"}).content.decode()
    assert "data-in-vain" not in client.get(SEARCH).content.decode()
    Stock.objects.filter(title=title).update(copies=0, on_shelf=0)
    assert "data-in-vain" in client.get(SEARCH, {"q": "Stalker"}).content.decode()


def test_a_browser_that_tells_is_counted_and_gets_no_answer(client):
    response = client.post(IN_VAIN, {"q": "zzqa film"}, headers=BROWSER)
    assert (response.status_code, response.content) == (204, b"") and counted() == {"zzqa film": 1}
    assert client.get(IN_VAIN).status_code == 405


@pytest.mark.parametrize(
    "headers",
    [
        BROWSER | {"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"},
        BROWSER | {"User-Agent": ""},
        BROWSER | {"Sec-Fetch-Site": "cross-site"},
        {"User-Agent": BROWSER["User-Agent"]},
    ],
    ids=["robot", "nameless", "another site", "no browser"],
)
def test_robots_and_other_sites_are_not_counted(client, headers):
    assert client.post(IN_VAIN, {"q": "zzqa film"}, headers=headers).status_code == 204
    assert not WantedSearch.objects.exists()


# ---------------------------------------------------------------- the staff's list
def test_the_list_shows_what_three_asked_for_most_asked_first(staff):
    search_for("zzqa film", 3), search_for("zzqb film", 5), search_for("zzqc film", 2)
    page = staff.get(LIST)
    assert [search.typed for search in page.context["cl"].result_list] == ["zzqb film", "zzqa film"]
    assert "/admin/catalogue/title/add/?name=Zzqb+Film" in page.content.decode()
    assert [row.typed for row in staff.get(LIST, {"q": "ZZQA"}).context["cl"].result_list] == ["zzqa film"]


def test_an_empty_list_says_so(staff):
    assert "Nothing was searched for in vain." in staff.get(LIST).content.decode()


def test_a_title_is_added_with_the_name_filled_in(staff):
    page = staff.get(reverse("admin:catalogue_title_add"), {"name": "Hurricane Kalatozov"}).content.decode()
    assert 'value="Hurricane Kalatozov"' in page


def test_words_become_another_name_of_a_title_and_find_it(staff):
    title = make.make_title(name="The Cranes Are Flying")
    make.make_title_name(title=title)
    search_for("Zzqa Film", 3)
    page = reverse("admin:catalogue_wantedsearch_other_name", args=[WantedSearch.objects.get().pk])
    assert "another name of?" in staff.get(page).content.decode()
    assert (
        staff.post(page, {"title": ""}).status_code == 200 and not TitleName.objects.filter(name="Zzqa Film").exists()
    )
    assert staff.post(page, {"title": title.pk})["Location"] == LIST
    assert title.names.get(name="Zzqa Film").position == 2 and not WantedSearch.objects.exists()
    connection.check_constraints()
    assert "The Cranes Are Flying" in staff.get(SEARCH, {"q": "zzqa film"}).content.decode()


def test_a_name_that_the_title_has_already_is_not_given_twice(staff):
    title = make.make_title()
    search_for("Zzqa Film", 3)
    make.make_title_name(title=title, name="Zzqa Film")
    page = reverse("admin:catalogue_wantedsearch_other_name", args=[WantedSearch.objects.get().pk])
    assert staff.post(page, {"title": title.pk}, follow=True).status_code == 200
    assert title.names.count() == 1


def test_what_is_put_aside_stays_aside_also_when_more_ask(staff):
    search_for("zzqa film", 3)
    key = WantedSearch.objects.get().pk
    staff.post(LIST, {"action": "put_aside", "_selected_action": [key]})
    search_for("zzqa film", 9, at=NOON + timedelta(days=1))
    assert "zzqa" not in staff.get(LIST).content.decode()


@pytest.mark.parametrize("rights, status", [((), 403), (("add_title",), 200)])
def test_only_who_may_add_titles_sees_it(client, rights, status):
    member = make.make_staff()
    member.user_permissions.set(Permission.objects.filter(codename__in=rights))
    client.force_login(member)
    assert client.get(LIST).status_code == status
