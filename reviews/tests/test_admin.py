"""The staff's pages of reviews and scores: scores stay the sum of their rows, and members' words stay theirs."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from catalogue.models import Title
from members.models import Member
from reviews import models
from tests.factories import make_staff

pytestmark = pytest.mark.django_db
DAY = datetime.date(2024, 5, 1)


@pytest.fixture
def staff(client):
    client.force_login(make_staff(is_superuser=True))
    return client


def make_title(slug="cranes"):
    return Title.objects.create(slug=slug, name=slug.title(), year=1957)


def make_review(title, number=1):
    author = Member.objects.create_user(f"author{number}@example.org")
    review = models.Review.objects.create(title=title, author=author, headline="Good", body="Yes.", written_on=DAY)
    models.ScoreSummary.objects.rebuild([title.pk])
    return review


def critic_review(title, **values):
    critic, _ = models.Critic.objects.get_or_create(slug="c", name="A Critic")
    publication, _ = models.Publication.objects.get_or_create(slug="p", name="A Paper")
    data = {"title": title.pk, "critic": critic.pk, "publication": publication.pk, "added_on": "2024-05-01"}
    return data | {"fresh": "on"} | values


def page(model, name, *args):
    return reverse(f"admin:reviews_{model}_{name}", args=args)


def test_a_critics_review_counts_from_the_moment_it_is_saved(staff):
    title = make_title()
    assert staff.post(page("criticreview", "add"), critic_review(title)).status_code == 302
    title.score_summary.refresh_from_db()
    assert (title.score_summary.critic_reviews, title.score_summary.fresh_reviews) == (1, 1)


def test_a_critics_review_moved_to_another_title_counts_there(staff):
    first, second = make_title("first"), make_title("second")
    staff.post(page("criticreview", "add"), critic_review(first))
    row = models.CriticReview.objects.get()
    staff.post(page("criticreview", "change", row.pk), critic_review(second))
    assert models.ScoreSummary.objects.wrong() == []
    assert models.ScoreSummary.objects.get(title=second).critic_reviews == 1


def test_a_review_taken_down_takes_its_votes_along_and_counts_no_more(staff):
    review = make_review(make_title())
    models.HelpfulVote.objects.create(review=review, voter=Member.objects.create_user("v@example.org"), helpful=True)
    assert staff.post(page("review", "delete", review.pk), {"post": "yes"}).status_code == 302
    assert not models.HelpfulVote.objects.exists()
    assert models.ScoreSummary.objects.wrong() == []


def test_reviews_taken_down_together_count_no_more(staff):
    title = make_title()
    keys = [make_review(title, number).pk for number in (1, 2)]
    data = {"action": "delete_selected", "_selected_action": keys, "post": "yes"}
    assert staff.post(page("review", "changelist"), data).status_code == 302
    assert models.ScoreSummary.objects.get(title=title).reviews == 0


def test_staff_put_no_words_in_a_members_review(staff):
    review = make_review(make_title())
    staff.post(page("review", "change", review.pk), {"body": "No.", "headline": "Bad", "contains_spoilers": "on"})
    review.refresh_from_db()
    assert (review.headline, review.body, review.contains_spoilers) == ("Good", "Yes.", True)


@pytest.mark.parametrize("model", ["rating", "helpfulvote"])
def test_ratings_and_votes_are_only_looked_at(staff, model):
    assert staff.get(page(model, "changelist")).status_code == 200
    assert staff.post(page(model, "add"), {}).status_code == 403


def test_a_title_with_ratings_is_not_deleted(staff):
    title = make_title()
    member = Member.objects.create_user("m@example.org")
    models.Rating.objects.create(title=title, member=member, half_stars=8, rated_on=DAY)
    assert staff.post(reverse("admin:catalogue_title_delete", args=[title.pk]), {"post": "yes"}).status_code == 403
    assert Title.objects.exists()


def test_a_title_without_ratings_is_deleted(staff):
    title = make_title()
    assert staff.post(reverse("admin:catalogue_title_delete", args=[title.pk]), {"post": "yes"}).status_code == 302
    assert not Title.objects.exists()


def test_the_links_of_a_title_lead_to_its_reviews(staff):
    title, other = make_title(), make_title("other")
    make_review(title, 1)
    make_review(other, 2)
    found = staff.get(page("review", "changelist"), {"title__id__exact": title.pk}).context["cl"].result_list
    assert [review.title for review in found] == [title]


def test_the_list_of_reviews_asks_as_often_for_twenty_rows_as_for_two(staff):
    title = make_title()

    def queries(numbers):
        for number in numbers:
            make_review(title, number)
        staff.get(page("review", "changelist"))  # once for what is kept afterwards
        with CaptureQueriesContext(connection) as captured:
            staff.get(page("review", "changelist"))
        return len(captured)

    assert queries(range(2)) == queries(range(2, 20)) <= 15
