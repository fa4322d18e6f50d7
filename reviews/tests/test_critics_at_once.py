"""A file of critics' reviews is taken over while a title of it is deleted; a control."""

from datetime import date

import pytest
from django.db import IntegrityError
from django.test import Client

from catalogue.models import Title
from reviews.criticfile import staging
from reviews.criticfile.run import import_critics
from reviews.models import CriticReview, ScoreSummary
from reviews.tests.test_charts_at_once import one_after_the_other
from tests.factories import make_staff, make_title

pytestmark = pytest.mark.race


@pytest.fixture
def titles(scratch):
    return [make_title(slug="going", name="Going"), make_title(slug="staying", name="Staying")]


@pytest.fixture
def take_over(tmp_path):
    sheet = tmp_path / "critics.csv"
    sheet.write_text("title,critic,publication,fresh\ngoing,A Critic,A Paper,for\nstaying,A Critic,A Paper,for\n")
    return lambda: import_critics(sheet, today=date(2026, 3, 2)) and None


def deleting(title):
    return Title.objects.get(pk=title.pk).delete


def reviewed():
    return [review.title.slug for review in CriticReview.objects.select_related("title")]


def test_what_was_said_of_a_title_that_is_deleted_meanwhile_stays_out(titles, take_over):
    assert one_after_the_other(deleting(titles[0]), take_over)[1] is None
    assert reviewed() == ["staying"] and ScoreSummary.objects.wrong() == []


def test_without_looking_again_the_database_refuses_it(titles, take_over, monkeypatch):
    monkeypatch.setattr(staging, "GONE", "SELECT 1")
    assert isinstance(one_after_the_other(deleting(titles[0]), take_over)[1], IntegrityError)


def test_who_deletes_a_title_while_a_file_is_taken_over_deletes_that_too(titles, take_over):
    staff = Client()
    staff.force_login(make_staff(is_superuser=True))
    address = f"/admin/catalogue/title/{titles[0].pk}/delete/"
    answers = []

    def delete():
        answers.append(staff.post(address, {"post": "yes"}).status_code)

    assert one_after_the_other(take_over, delete) == [None, None]
    assert answers == [302] and reviewed() == ["staying"] and ScoreSummary.objects.wrong() == []
