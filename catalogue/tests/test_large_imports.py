"""Imports too large to be put back while somebody waits for the page: a job does it, and the page tells."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from catalogue import tasks
from catalogue.models import Deed, Person
from catalogue.models.sheets import LARGE
from catalogue.tests.sheet_files import as_csv, imported
from tests.factories import make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.STATE_DIR = tmp_path


@pytest.fixture
def cataloguer(client):
    member = make_staff()
    member.groups.add(Group.objects.get(name="cataloguer"))
    client.force_login(member)
    return member


@pytest.fixture
def large(cataloguer):
    return imported("people", as_csv(["Name"], *([f"Person {n}"] for n in range(LARGE + 1))), cataloguer)


def undo_page(run):
    return reverse("admin:catalogue_sheetimport_undo", args=[run.pk])


def the_job(run, by):
    tasks.undo_sheet(sheet=run.pk, by=by.pk)
    run.refresh_from_db()


def test_it_is_undone_by_a_job_and_its_page_tells(client, large, cataloguer):
    assert "It takes a while" in client.get(undo_page(large)).text
    answer = client.post(undo_page(large), follow=True)
    assert "Being undone: 2,001 rows" in answer.text and Person.objects.count() == LARGE + 1
    assert "There is nothing to undo" in client.post(undo_page(large), follow=True).text  # asked for once is enough
    the_job(large, cataloguer)
    assert not Person.objects.exists()
    assert large.state == "undone" and "Undone on" in client.get(large.get_absolute_url()).text
    the_job(large, cataloguer)  # a job may run twice


def test_where_its_deed_stands_it_is_undone_by_the_same_job(client, large, cataloguer):
    for _ in range(2):
        answer = client.post(reverse("admin:catalogue_deed_undo", args=[large.deed]), follow=True)
        assert "Being undone" in answer.text and Person.objects.count() == LARGE + 1
    the_job(large, cataloguer)
    assert large.state == "undone" and not Person.objects.exists()


def test_what_is_in_the_way_stands_on_its_page_and_it_can_be_tried_again(client, large, cataloguer):
    Person.objects.filter(name="Person 7").update(name="Somebody else")
    client.post(undo_page(large))
    the_job(large, cataloguer)
    assert large.state == "imported" and Person.objects.count() == LARGE + 1
    assert "1 person of it changed since: undo that first." in client.get(large.get_absolute_url()).text
    answer = client.get(undo_page(large)).text
    assert "The last try could not undo it" in answer and "Undo the whole import" in answer
    client.post(undo_page(large))
    large.refresh_from_db()
    assert large.state == "being undone" and large.in_the_way == []


def test_who_asked_for_it_stands_in_the_history(client, large, cataloguer):
    client.post(undo_page(large))
    the_job(large, cataloguer)
    assert Deed.objects.get(metadata__undoes=str(large.deed)).metadata["user"] == cataloguer.pk
