"""The staff's first page: what waits, to whom it is shown, and how little it asks."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from catalogue.models import Completeness, SheetImport, Title, WantedSearch
from config import dashboard
from rentals.models import QueueEntry, Stock
from tests import factories as make

pytestmark = pytest.mark.django_db
INDEX = reverse("admin:index")
MOST_QUERIES = 23


def sign_in(client, *rights, **fields):
    member = make.make_staff(**fields)
    member.user_permissions.set(Permission.objects.filter(codename__in=rights))
    client.force_login(member)
    return client


def waiting(client):
    return {card["name"]: card["waits"] for card in client.get(INDEX).context["waiting"]}


def test_nothing_waits(client):
    page = sign_in(client, "view_queueentry").get(INDEX).content.decode()
    assert "Nothing waits for you." in page and "Waits over what was promised" in page


def test_a_card_is_shown_to_who_has_its_right(client):
    make.make_title()
    connection.check_constraints()
    assert waiting(sign_in(client, "change_title")) == {"Titles without an edition": 1}
    assert waiting(sign_in(client, "view_title")) == {}


def test_each_card_counts_what_waits_and_leads_to_it(client):
    title = make.make_title(name="Stalker", year=1979)
    connection.check_constraints()
    Completeness.objects.filter(title=title).update(asked_for=5)
    WantedSearch.objects.create(folded="zz", typed="zz", visitors=3, last_on=timezone.localdate())
    Stock.objects.filter(title=title).update(waiting=4)
    ago = timezone.now() - timedelta(days=30)
    make.make_queue_entry(title=title, asked_at=ago, claim_at=ago, **PROMISED | {"promised_high_days": 29})
    make.make_queue_entry(title=title, asked_at=ago, claim_at=ago, **PROMISED | {"promised_high_days": 31})
    read = {"kind": "titles", "sent_at": timezone.now(), "looked_at": timezone.now(), "refused": 2}
    waits = SheetImport.objects.create(name="few.csv", **read)
    SheetImport.objects.create(name="done.csv", **read, confirmed_at=timezone.now())
    sign_in(client, is_superuser=True)
    imports = client.get(reverse("admin:catalogue_sheetimport_changelist"), {"wait": "yes"})
    assert list(imports.context["cl"].result_list) == [waits]
    assert waiting(client) == {
        "Titles without an edition": 1,
        "Worst among the most asked for": f"Stalker (1979): {Completeness.objects.get().score} of 100",
        "Searched for, not found": 1,
        "Imports to look at": 1,
        "Waits over what was promised": 1,
        "Asked for and not stocked": 1,
    }
    for card in client.get(INDEX).context["waiting"]:
        assert client.get(card["url"], follow=True).status_code == 200


PROMISED = {"promised_low_days": 3, "promised_days": 9, "promised_high_days": 29}


def test_the_list_of_late_requests_is_those_that_are_counted(client):
    ago = timezone.now() - timedelta(days=30)
    late = make.make_queue_entry(asked_at=ago, claim_at=ago, **PROMISED)
    make.make_queue_entry(asked_at=ago, claim_at=timezone.now(), **PROMISED)
    sign_in(client, "view_queueentry")
    page = client.get(reverse("admin:rentals_queueentry_changelist"), {"promise": "over"})
    assert list(page.context["cl"].result_list) == [late]


def test_counting_stops():
    for _ in range(4):
        make.make_title()
    assert str(dashboard.at_most(QueueEntry.objects.all())) == "0"
    assert str(dashboard.at_most(Title.objects.all(), 3)) == "over 3"


def test_the_first_page_asks_as_often_for_much_as_for_little(client):
    sign_in(client, is_superuser=True)

    def queries():
        client.get(INDEX)
        with CaptureQueriesContext(connection) as captured:
            client.get(INDEX)
        assert not [query for query in captured if "COUNT(*)" in query["sql"] and not _ends(query["sql"])]
        return len(captured)

    few = queries()
    for _ in range(20):
        make.make_title()
    connection.check_constraints()
    assert queries() == few <= MOST_QUERIES


def _ends(sql):
    """A count that stops, or that an index of what waits answers."""
    return "LIMIT" in sql or "reviews_" in sql


def test_lists_stand_under_the_work_they_are_for(client):
    client.force_login(make.make_staff(is_superuser=True))
    groups = [app["name"] for app in client.get(INDEX).context["app_list"]]
    assert groups == [
        "Catalogue",
        "Lists of words",
        "Reviews",
        "Critics and other sources",
        "Rentals",
        "Plans and payment",
        "Members",
        "Machine",
    ]
    cataloguer = make.make_staff()
    cataloguer.groups.add(Group.objects.get(name="cataloguer"))
    client.force_login(cataloguer)
    assert [app["name"] for app in client.get(INDEX).context["app_list"]] == ["Catalogue", "Lists of words"]
