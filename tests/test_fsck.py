"""The command that proves the data."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from catalogue.models import FormerTitleSlug, Title
from members.models import Member
from reviews.models import Rating, ScoreSummary

pytestmark = pytest.mark.django_db


def make_title(**fields):
    return Title.objects.create(**{"slug": "m-1931", "name": "M", "year": 1931} | fields)


def test_it_finds_nothing_wrong_with_good_data(capsys):
    make_title()
    call_command("fsck")
    assert "All invariants hold." in capsys.readouterr().out


def spoil_a_summary(title):
    Rating.objects.create(
        title=title, member=Member.objects.create_user("a@x.example"), half_stars=8, rated_on="2024-01-01"
    )


def spoil_a_sort_key(title):
    Title.objects.filter(pk=title.pk).update(name_key="something else")


def spoil_a_place_in_lists(title):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a table with checks to come is not altered
        cursor.execute("ALTER TABLE catalogue_title DISABLE TRIGGER catalogue_title_listed")
        cursor.execute("UPDATE catalogue_title SET sort_key = 'something else'")


def spoil_a_redirect(title):
    FormerTitleSlug.objects.create(title=title, slug=title.slug)


def spoil_a_page_version(title):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM catalogue_pageversion")


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (spoil_a_summary, "Score summaries are what their rows say."),
        (spoil_a_sort_key, "Names are found and sorted by what is written in them."),
        (spoil_a_place_in_lists, "Titles are sorted without the article of their language."),
        (spoil_a_redirect, "An address in use does not redirect."),
        (spoil_a_page_version, "Every title has a page version."),
    ],
)
def test_it_says_what_is_not_true(spoil, sentence, capsys):
    spoil(make_title())
    with pytest.raises(CommandError):
        call_command("fsck")
    assert sentence in capsys.readouterr().err


def test_a_rebuilt_summary_is_true_again():
    title = make_title()
    spoil_a_summary(title)
    ScoreSummary.objects.rebuild([title.pk])
    assert ScoreSummary.objects.wrong() == []
