"""The command that proves the data."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from catalogue.models import FormerTitleSlug, Title
from reviews.models import HelpfulVote, Rating, Review, ReviewStanding, ScoreSummary
from tests.factories import make_rating, make_review, make_step, make_vote

pytestmark = pytest.mark.django_db


def make_title(**fields):
    return Title.objects.create(**{"slug": "m-1931", "name": "M", "year": 1931} | fields)


def test_it_finds_nothing_wrong_with_good_data(capsys):
    make_title()
    call_command("fsck")
    assert "All invariants hold." in capsys.readouterr().out


def spoil_a_summary(title):
    ScoreSummary.objects.filter(title=title).update(histogram=[1] + [0] * 9)


def spoil_a_standing(title):
    make_vote(review=make_review(title=title))
    ReviewStanding.objects.update(helpful_votes=0)


def spoil_a_rating(title):
    make_rating(title=title)
    Rating.objects.update(counts=False)


def spoil_a_vote(title):
    make_vote(review=make_review(title=title))
    HelpfulVote.objects.update(counts=False)


def spoil_a_review(title):
    Review.objects.filter(pk=make_review(title=title).pk).update(withheld_by=make_step())


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
        (spoil_a_standing, "Reviews stand where their votes and stars put them."),
        (spoil_a_rating, "A rating counts if its member is heard."),
        (spoil_a_vote, "A vote counts if its voter is heard and it is not held."),
        (spoil_a_review, "What keeps a review off the pages is a step about it."),
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
