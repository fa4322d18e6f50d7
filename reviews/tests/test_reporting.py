"""Readers report reviews: once each, and can take it back; several hold a review."""

import pytest
from django.utils import timezone

from reviews import moderation
from reviews.models import Report, Review
from tests.factories import make_ban, make_member, make_report, make_review, make_staff
from tests.pages import get, of_class, text, tree

SAID = {"reason": "fake", "note": "The same stands elsewhere."}


@pytest.fixture
def review(db):
    return make_review(headline="It rhymes")


@pytest.fixture
def member(review):
    return make_member()


@pytest.fixture
def reader(member, sign_in):
    return sign_in(member)


def address(review):
    return f"/reviews/{review.pk}/report/"


def send(client, review, **said):
    return client.post(address(review), said, follow=True)


def main(response):
    return text(next(tree(response).iter("main")))


def test_a_member_reports_a_review_and_is_thanked(reader, member, review):
    response = send(reader, review, **SAID)
    (report,) = Report.objects.all()
    assert (report.review, report.reporter, report.reason, report.note) == (review, member, *SAID.values())
    assert response.redirect_chain == [(address(review), 302)]
    assert "Thank you. A moderator looks at it, usually within two working days." in text(tree(response))
    assert "You reported this review" in main(response) and "Nobody else knows that it was you." in main(response)


def test_the_report_can_be_taken_back(reader, review):
    send(reader, review, **SAID)
    assert "You took your report back." in text(tree(send(reader, review, take_back=1)))
    assert not Report.objects.exists()
    assert "You have not reported this review." in text(tree(send(reader, review, take_back=1)))


def test_a_second_report_changes_nothing(reader, review):
    send(reader, review, **SAID)
    send(reader, review, reason="abuse")
    assert Report.objects.get().reason == "fake"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({}, "Choose what is wrong with it."),
        ({"reason": "ugly"}, "Choose what is wrong with it."),
        ({"reason": "other", "note": "x" * 501}, "letters; 500 at most."),
        ({"reason": "other", "note": "a\0b"}, "which cannot be printed"),
    ],
)
def test_a_report_that_is_none_is_refused_in_words(reader, review, said, words):
    response = send(reader, review, **said)
    assert response.status_code == 200 and words in text(of_class(tree(response), "faults")[0])
    assert not Report.objects.exists()


def test_a_visitor_is_sent_to_sign_in_and_back(client, review):
    assert client.get(address(review))["Location"] == f"/sign-in/?next={address(review)}"


def test_nobody_reports_their_own_review(review, sign_in):
    own = sign_in(review.author)
    assert "This is your own review" in text(next(get(own, address(review)).iter("main")))
    assert "This is your own review" in text(tree(send(own, review, **SAID)))
    assert not Report.objects.exists()


@pytest.mark.parametrize("key", [0, 99999999, 9999999999999999999999])
def test_a_review_that_is_gone_is_not_reported(reader, key):
    assert "This review is not on the site" in text(get(reader, f"/reviews/{key}/report/", 404))


def test_a_review_that_others_cannot_see_is_not_reported(reader, review):
    moderation.hold(review, "links", at=timezone.now())
    response = reader.post(address(review), SAID)
    assert response.status_code == 404 and b"It rhymes" not in response.content and not Report.objects.exists()


def test_who_reported_it_still_sees_what_became_of_it(reader, review):
    send(reader, review, **SAID)
    moderation.reject(review, "Copied.", by=make_staff(), at=timezone.now())
    page = text(get(reader, address(review)))
    assert "others do not see it now" in page and "Take the report back" not in page
    assert "A moderator has decided about it already." in text(tree(send(reader, review, take_back=1)))


def report(review, reporter=None):
    reporter = reporter or make_member()
    moderation.report(review, reporter, reason="fake", note="", at=timezone.now())


def rule_of(review):
    return Review.objects.filter(pk=review.pk).values_list("withheld_by__rule", flat=True)[0]


def test_three_members_reports_hold_a_review(review):
    report(review)
    report(review)
    assert rule_of(review) is None
    report(review)
    assert rule_of(review) == "reported"


def test_reports_of_who_is_banned_or_gone_hold_nothing(review):
    make_report(review=review, reporter=make_ban().member)
    make_report(review=review, reporter=make_member(is_active=False))
    report(review)
    assert rule_of(review) is None


def test_a_text_that_was_approved_is_not_held_by_reports_again(review):
    [report(review) for _ in range(3)]
    moderation.approve(review, by=make_staff(), at=timezone.now())
    [report(review) for _ in range(3)]
    assert rule_of(review) is None and Report.objects.filter(settled_by=None).count() == 3
    said = {"headline": "New", "body": "Words.", "contains_spoilers": False, "on": timezone.localdate()}
    Review.objects.write(title=review.title, author=review.author, **said)
    report(review)
    assert rule_of(review) == "reported"
