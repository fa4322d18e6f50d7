"""Critics' reviews as workbooks and exports of the list; an import of theirs is one deed that can be undone."""

import csv
import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from catalogue import history
from catalogue.models import Deed
from catalogue.sheets import workbook
from reviews.models import CriticReview, ScoreSummary
from tests import factories as make

pytestmark = pytest.mark.django_db
HEAD = ["title", "critic", "publication", "fresh", "quote"]


@pytest.fixture
def staff(client):
    member = make.make_staff(is_superuser=True)
    client.force_login(member)
    return member


def send(client, name, data):
    url = reverse("admin:reviews_criticreview_import")
    page = client.post(url, {"sheet": SimpleUploadedFile(name, data)})
    found = re.search(r'name="sealed" value="([^"]*)"', page.text)
    return client.post(url, {"sealed": found[1]}, follow=True) if found else page


def a_workbook(*rows):
    with workbook.written("critics", HEAD, rows) as file:
        return file.read()


def export(client, form, **query):
    answer = client.get(reverse(f"admin:reviews_criticreview_export_{form}"), query)
    return b"".join(answer)


def test_a_workbook_is_taken_over_and_undone_as_one_deed(client, staff):
    make.make_title(slug="cranes-1957")
    send(client, "critics.xlsx", a_workbook(["cranes-1957", "Ann", "Post", "for", "'=fine"]))
    assert CriticReview.objects.get().quote == "=fine"
    deed = Deed.objects.get(metadata__verb="import")
    assert history.words(deed) == "Imported critics.xlsx"
    history.undo(deed.pk, by=staff)
    assert not CriticReview.objects.exists() and not ScoreSummary.objects.wrong()


def test_a_broken_workbook_is_refused_in_a_sentence(client, staff):
    assert "This workbook is damaged" in send(client, "critics.xlsx", a_workbook()[:500]).text


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_an_export_comes_back_unchanged(client, staff, form):
    make.make_critic_review(quote="=1+1", fresh=True)
    make.make_critic_review(quote="'@ll", fresh=False)
    url = reverse("admin:reviews_criticreview_import")
    page = client.post(url, {"sheet": SimpleUploadedFile(f"critics.{form}", export(client, form))})
    assert "0 to create, 0 to update, 2 unchanged, 0 rejected" in page.text


def test_an_export_is_what_the_list_shows(client, staff):
    make.make_critic_review(fresh=True)
    make.make_critic_review(fresh=False)
    rows = list(csv.reader(io.StringIO(export(client, "csv", fresh__exact="0").decode("utf-8-sig"), newline="")))
    assert [row[7] for row in rows] == ["fresh", "against"]
