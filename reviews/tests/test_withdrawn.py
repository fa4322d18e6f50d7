"""Whoever deletes a review before a moderator is done with it does not pass by them with the next."""

from datetime import UTC, datetime

import pytest

from reviews import moderation
from reviews.models import ModerationStep, Review, Withdrawn
from reviews.moderation import notice
from tests.factories import make_member, make_report, make_review, make_staff, make_title
from tests.pages import get, of_class, text

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
WRITE, DELETE = "/titles/ikiru/review/", "/titles/ikiru/review/delete/"
WORDS = {"headline": "It rhymes", "body": "Buy it."}
QUEUE = "/admin/reviews/moderationstep/queue/"


@pytest.fixture
def title():
    return make_title(slug="ikiru")


@pytest.fixture
def author(title):
    return make_member(shown_as="Nadia")


@pytest.fixture
def writer(author, sign_in):
    return sign_in(author)


@pytest.fixture
def moderator():
    return make_staff(is_superuser=True)


def held(review, moderator):
    moderation.hold(review, "links", at=NOON)


def rejected(review, moderator):
    moderation.reject(review, "It is advertising.", by=moderator, at=NOON)


def asked(review, moderator):
    moderation.ask(review, "Say that it gives away the plot.", by=moderator, at=NOON)


def reported(review, moderator):
    make_report(review=review)


WAITING = {
    held: "Held for a moderator: it has links",
    rejected: "Rejected, “It is advertising.”",
    asked: "Asked for a change, “Say that it gives away the plot.”",
    reported: "Readers had reported it",
}


def posted(writer, **words):
    writer.post(WRITE, WORDS | words)
    return Review.objects.get()


def put_back(writer):
    writer.post(DELETE, {"put_back": "1"})
    return Review.objects.get()


@pytest.mark.parametrize("wait", WAITING)
@pytest.mark.parametrize("again", [posted, put_back, lambda writer: posted(writer, body="Other words.")])
def test_the_next_one_is_held_and_the_moderator_reads_why(wait, again, writer, moderator, sign_in):
    wait(posted(writer), moderator)
    writer.post(DELETE)
    assert not ModerationStep.objects.exists()  # they go with the review
    review = again(writer)
    assert review.withheld_by.rule == "again" and not review.standing.shown
    assert "you deleted one of this film that a moderator was not done with" in notice(review)
    (item,) = of_class(get(sign_in(moderator), QUEUE), "mod__item")
    assert "Its author deleted an earlier one before a moderator was done with it" in text(item)
    assert "Nadia deleted an earlier review of this film on" in text(item) and WAITING[wait] in text(item)


def test_deleting_it_again_and_again_does_not_help(writer, moderator):
    rejected(posted(writer), moderator)
    for _ in range(3):
        writer.post(DELETE)
        writer.post(f"{DELETE}", {"draft": "1"})
        assert posted(writer).withheld_by.rule == "again"
    assert Withdrawn.objects.count() == 1


def test_when_a_moderator_approves_it_is_over(writer, moderator):
    rejected(posted(writer), moderator)
    writer.post(DELETE)
    moderation.approve(posted(writer), by=moderator, at=NOON)
    assert posted(writer, body="Changed.").withheld_by is None
    writer.post(DELETE)
    assert posted(writer).withheld_by is None and not Withdrawn.objects.exists()


def test_only_the_same_author_and_film_are_meant(writer, author, moderator, sign_in):
    rejected(posted(writer), moderator)
    writer.post(DELETE)
    sign_in(make_member()).post(WRITE, WORDS)
    make_title(slug="kes")
    writer.post("/titles/kes/review/", WORDS)
    assert Review.objects.shown().count() == 2


def test_what_was_shown_and_looked_at_is_deleted_freely(writer, author, title, moderator):
    review = posted(writer)
    make_report(review=review)
    moderation.approve(review, by=moderator, at=NOON)
    writer.post(DELETE)
    assert not Withdrawn.objects.exists() and posted(writer).withheld_by is None


def test_what_a_moderator_decided_a_moment_ago_is_remembered(author, title, moderator):
    """The author's page was loaded before."""
    review = make_review(title=title, author=author)
    rejected(Review.objects.get(pk=review.pk), moderator)
    title.review_drafts.take_down(review, at=NOON)
    assert Withdrawn.objects.get().what == "Rejected"
