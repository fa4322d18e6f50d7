"""Every rule about what readers say is kept by the database itself, whoever writes."""

from datetime import timedelta

import pytest

from reviews.models import HelpfulVote, ReviewStanding, ScoreSummary
from reviews.models.said import MOST_LETTERS
from tests.factories import (
    DAY,
    make_ban,
    make_chart_place,
    make_critic,
    make_critic_review,
    make_draft,
    make_event,
    make_member,
    make_outside_review,
    make_outside_score,
    make_outside_source,
    make_publication,
    make_rating,
    make_ratings_brought_in,
    make_reader_choices,
    make_reply,
    make_report,
    make_review,
    make_step,
    make_title,
    make_vote,
    make_vote_hold,
    make_want_to_see,
    make_withdrawn,
)
from tests.refusals import refused_by, twice


def vote_for_oneself():
    review = make_review()
    make_vote(review=review, voter=review.author)


def summary(**fields):
    ScoreSummary.objects.filter(title=make_title()).update(**fields)


def rate_too_early():
    title = make_title(year=None)
    make_event(title=title, date="2026-01-06")
    make_rating(title=title, rated_on=DAY)


BROKEN = {  # constraint: what breaks it and nothing else
    "rating_once": lambda: twice(make_rating, "title", "member"),
    "rating_half_stars": lambda: make_rating(half_stars=0),
    "review_once": lambda: twice(make_review, "title", "author"),
    "review_headline_filled": lambda: make_review(headline=""),
    "review_body_filled": lambda: make_review(body=""),
    "review_edited_after_written": lambda: make_review(edited_on=DAY - timedelta(days=1)),
    "review_body_length": lambda: make_review(body="a" * (MOST_LETTERS + 1)),
    "withdrawn_once": lambda: twice(make_withdrawn, "title", "author"),
    "reviewdraft_once": lambda: twice(make_draft, "title", "author"),
    "reviewdraft_body_length": lambda: make_draft(body="a" * (MOST_LETTERS + 1)),
    "reviewdraft_half_stars": lambda: make_draft(half_stars=11),
    "wanttosee_once": lambda: twice(make_want_to_see, "title", "member"),
    "moderationstep_about_one": lambda: make_step(review=make_review(), member=make_member()),
    "moderationstep_verb": lambda: make_step(verb="praise"),
    "moderationstep_reason": lambda: make_step(verb="reject"),
    "moderationstep_undoes": lambda: make_step(verb="undo"),
    "report_once": lambda: twice(make_report, "review", "reporter"),
    "report_reason": lambda: make_report(reason="boring"),
    "staffreply_body_filled": lambda: make_reply(body=""),
    "votehold_once": lambda: twice(make_vote_hold, "voter", "author"),
    "reviewstanding_votes": lambda: ReviewStanding.objects.filter(review=make_review()).update(helpful_votes=1),
    "chartplace_chart": lambda: make_chart_place(chart="worst"),
    "chartplace_position": lambda: twice(make_chart_place, "chart", "position"),
    "chartplace_of_one": lambda: make_chart_place(title=make_title(), member=make_member()),
    "helpfulvote_once": lambda: twice(make_vote, "review", "voter"),
    "publication_slug": lambda: make_publication(slug="The Guardian"),
    "publication_name_filled": lambda: make_publication(name=""),
    "critic_slug": lambda: make_critic(slug="Pauline Kael"),
    "critic_name_filled": lambda: make_critic(name=""),
    "criticreview_once": lambda: twice(make_critic_review, "title", "critic", "publication"),
    "criticreview_published_on": lambda: make_critic_review(published_on="1957-13"),
    "criticreview_url": lambda: make_critic_review(url="example.org"),
    "outsidesource_slug": lambda: make_outside_source(slug="Rotten Tomatoes"),
    "outsidesource_name_filled": lambda: make_outside_source(name=""),
    "outsidescore_once": lambda: twice(make_outside_score, "title", "source"),
    "outsidescore_percent": lambda: make_outside_score(liked_percent=101),
    "outsidereview_once": lambda: twice(make_outside_review, "title", "source"),
    "outsidereview_author_filled": lambda: make_outside_review(author=""),
    "outsidereview_body_filled": lambda: make_outside_review(body=""),
    "outsidereview_half_stars": lambda: make_outside_review(half_stars=11),
    "scoresummary_histogram": lambda: summary(histogram=[0] * 9),
    "scoresummary_verified_histogram": lambda: summary(verified_histogram=[0] * 9),
    "scoresummary_fresh": lambda: summary(critic_reviews=1, fresh_reviews=2),
}


def undo_twice():
    step = make_step()
    for _ in range(2):
        make_step(review=step.review, verb="undo", undoes=step)


def stand_twice():
    review = make_review()
    facts = {"title": review.title, "author": review.author, "written_on": DAY, "shown": True, "verified": False}
    ReviewStanding.objects.create(review=review, **facts)


TRIGGERS = {"helpfulvote_not_own": vote_for_oneself, "rating_not_before_release": rate_too_early}
UNIQUE = {  # name that Postgres gives the index of a unique field: what breaks it
    "reviews_publication_slug_key": lambda: twice(make_publication, "slug"),
    "reviews_critic_slug_key": lambda: twice(make_critic, "slug"),
    "reviews_outsidesource_slug_key": lambda: twice(make_outside_source, "slug"),
    "reviews_readerchoices_pkey": lambda: twice(make_reader_choices, "member"),
    "reviews_ratingsbroughtin_pkey": lambda: twice(make_ratings_brought_in, "member"),
    "reviews_ban_pkey": lambda: twice(make_ban, "member"),
    "reviews_staffreply_review_id_key": lambda: twice(make_reply, "review"),
    "reviews_moderationstep_undoes_id_key": undo_twice,
    "reviews_reviewstanding_pkey": stand_twice,
    "reviews_scoresummary_pkey": lambda: ScoreSummary.objects.create(title=make_title(), histogram=[0] * 10),
}


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "broken"), (BROKEN | TRIGGERS | UNIQUE).items())
def test_the_database_refuses(name, broken):
    with refused_by(name):
        broken()


@pytest.mark.django_db
def test_a_vote_cannot_be_turned_into_one_for_oneself():
    vote = make_vote()
    with refused_by("helpfulvote_not_own"):
        HelpfulVote.objects.filter(pk=vote.pk).update(voter=vote.review.author)


@pytest.mark.django_db
@pytest.mark.parametrize("half_stars", [1, 10])
def test_a_rating_goes_from_half_a_star_to_five(half_stars):
    assert make_rating(half_stars=half_stars).half_stars == half_stars


@pytest.mark.django_db
def test_half_a_star_too_many_is_refused():
    with refused_by("rating_half_stars"):
        make_rating(half_stars=11)
