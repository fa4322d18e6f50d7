"""Votes on reviews through their address: by members, visitors who sign in, authors; on what is not there."""

import pytest
from django.urls import reverse

from catalogue import pages
from reviews.models import HelpfulVote, Review, ReviewStanding
from tests import factories as make
from tests.pages import by_id, get, links, of_class, text, tree

PASSWORD = "four cranes over the river"


@pytest.fixture
def review(db):
    return make.make_review(title=make.make_title(name="Ikiru", slug="ikiru"), headline="Somebody's")


@pytest.fixture
def member(db):
    return make.make_member(email="reader@example.org", password=PASSWORD)


@pytest.fixture
def reader(member, sign_in):
    return sign_in(member)


def address(review):
    return reverse("reviews:vote", args=[review.pk])


def tally(review):
    standing = ReviewStanding.objects.get(review=review)
    return standing.helpful_votes, standing.all_votes


def pressed(page):
    return {b.get("value"): b.get("aria-pressed") for b in page.iter("button") if b.get("name") == "helpful"}


def test_the_same_vote_again_is_answered_and_changes_nothing(reader, review):
    for _ in range(2):
        response = reader.post(address(review), {"helpful": "yes"}, follow=True)
        assert response.status_code == 200
        assert "1 out of 1 members found this review helpful." in text(tree(response))
    vote = HelpfulVote.objects.get()
    reader.post(address(review), {"helpful": "yes"})
    assert (HelpfulVote.objects.get().voted_at, tally(review)) == (vote.voted_at, (1, 1))
    for _ in range(2):
        assert reader.post(address(review), {"helpful": "take back"}, follow=True).status_code == 200
    assert tally(review) == (0, 0)


@pytest.mark.parametrize("said", ["maybe", "", "YES", "1", "yes\0", "5.5", "NaN"])
def test_a_vote_that_says_nothing_is_told_so(reader, review, said):
    response = reader.post(address(review), {"helpful": said}, follow=True)
    assert "Say “Helpful” or “Not helpful”. Nothing was changed." in text(by_id(tree(response), "messages"))
    assert not HelpfulVote.objects.exists()


def test_a_read_of_the_votes_page_shows_the_review_and_writes_nothing(reader, review):
    page = get(reader, address(review))
    assert text(of_class(page, "review")[0].find("h2")) == "Somebody's"
    assert pressed(page) == {"yes": "false", "no": "false"}
    get(reader, f"{address(review)}?helpful=yes")
    assert not HelpfulVote.objects.exists()


@pytest.mark.parametrize(("said", "words"), [("yes", "Helpful"), ("no", "Not helpful")])
@pytest.mark.parametrize("shown_on", ["/titles/ikiru/", "/titles/ikiru/reviews/"])
def test_a_visitor_signs_in_and_comes_back_to_the_vote(client, member, review, shown_on, said, words):
    (foot,) = of_class(of_class(get(client, shown_on), "review")[0], "vote")
    button = next(a for a in foot.iter("a") if text(a).startswith(words))
    sent = client.get(button.get("href"))
    page = get(client, sent["Location"])
    back = next(i for i in page.iter("input") if i.get("name") == "next")
    form = {"login": member.email, "password": PASSWORD, "next": back.get("value")}
    page = tree(client.post("/sign-in/", form, follow=True))
    assert f"You pressed “{words}” before you signed in" in text(page)
    (again,) = (b for b in page.iter("button") if "main" in b.get("class", "").split() and b.get("name") == "helpful")
    assert again.get("value") == said and not HelpfulVote.objects.exists()
    back = next(i.get("value") for i in page.iter("input") if i.get("name") == "back")
    response = client.post(address(review), {"helpful": said, "back": back}, follow=True)
    assert response.request["PATH_INFO"] == f"/reviews/{review.pk}/"
    assert HelpfulVote.objects.get().helpful is (said == "yes")
    assert "/titles/ikiru/" in links(tree(response))


def test_a_visitors_post_is_led_to_sign_in_and_the_vote(client, review):
    response = client.post(address(review), {"helpful": "yes"})
    assert response["Location"] == f"/sign-in/?next={address(review)}"
    assert not HelpfulVote.objects.exists()


def test_nobody_votes_on_their_own_review(sign_in, review):
    author = sign_in(review.author)
    for url in ("/titles/ikiru/", "/titles/ikiru/reviews/", address(review), review.get_absolute_url()):
        assert pressed(get(author, url)) == {}, url
    assert "you cannot vote on your own" in text(get(author, address(review)))
    for said in ("yes", "no", "take back"):
        response = author.post(address(review), {"helpful": said}, follow=True)
        assert "you cannot vote on your own" in text(by_id(tree(response), "messages"))
    assert not HelpfulVote.objects.exists()


GONE = {
    "deleted": lambda review: review.delete(),
    "held": lambda review: Review.objects.filter(pk=review.pk).update(withheld_by=make.make_step(review=review)),
    "by one who is banned": lambda review: make.make_ban(member=review.author),
    "by one who left": lambda review: type(review.author).objects.filter(pk=review.author_id).update(is_active=False),
}


@pytest.mark.parametrize("go", GONE.values(), ids=GONE)
@pytest.mark.parametrize("said", ["yes", "no", "take back"])
def test_a_vote_on_a_review_that_is_not_shown_says_so_and_changes_nothing(reader, member, review, go, said):
    make.make_vote(review=review, voter=member, helpful=said == "no")
    url = address(review)
    go(review)
    before = list(HelpfulVote.objects.values_list("helpful", flat=True))
    for response in (reader.post(url, {"helpful": said}), reader.get(url)):
        assert response.status_code == 404
        words = text(tree(response))
        assert "That review is not here." in words and "Nothing was changed." in words
    assert list(HelpfulVote.objects.values_list("helpful", flat=True)) == before


def test_a_review_deleted_between_reading_and_voting_is_said_to_be_gone(member, review):
    gone = Review.objects.get(pk=review.pk)
    review.delete()
    with pytest.raises(Review.DoesNotExist):
        HelpfulVote.objects.record(review=gone, voter=member, helpful=True, at=make.NOON)
    assert not HelpfulVote.objects.exists()


def test_a_vote_shows_on_the_titles_page(client, reader, review):
    assert "0 out of 0 members" in text(get(client, "/titles/ikiru/"))
    reader.post(address(review), {"helpful": "no"})
    pages.forget()
    assert "0 out of 1 members found this review helpful." in text(get(client, "/titles/ikiru/"))
