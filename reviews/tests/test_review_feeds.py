"""Feeds of reviews: of a title, by a reviewer."""

import pytest

from reviews.feeds import SPOILERS
from reviews.models import ReaderChoices, Review
from tests import factories as make
from tests.pages import get
from tests.test_feeds import ATOM, HOSTILE, ORIGIN, entries, feed, link, names, queries_of

OF_TITLE, OF_READER = "/titles/ikiru/reviews/feed/", "/reviewers/nadia/feed/"


@pytest.fixture
def title(db):
    return make.make_title(name="Ikiru", slug="ikiru")


@pytest.fixture
def member(db):
    return make.make_member(shown_as="Nadia", handle="nadia")


def summary(entry):
    return entry.findtext(f"{ATOM}summary")


def test_a_titles_and_a_readers_reviews_the_newest_first(client, title, member):
    older = make.make_review(title=title, author=member, headline="Older", body="One.\n\nTwo.")
    make.make_rating(title=title, member=member, half_stars=9)
    newer = make.make_review(title=title, headline="Newer", written_on="2026-02-01")
    make.make_review(author=member, headline="Elsewhere", title=make.make_title(name="Ran"), written_on="2026-03-01")
    root = feed(client, OF_TITLE)
    assert names(root) == ["Newer – Ikiru", "Older – Ikiru"]
    assert link(root, "alternate") == f"{ORIGIN}/titles/ikiru/reviews/"
    assert [link(entry, "alternate") for entry in entries(root)] == [
        f"{ORIGIN}/reviews/{review.pk}/" for review in (newer, older)
    ]
    assert summary(entries(root)[1]) == "<p>4.5 of 5</p><p>One.</p><p>Two.</p>"
    assert entries(root)[1].findtext(f"{ATOM}author/{ATOM}name") == "Nadia"
    assert names(feed(client, OF_READER)) == ["Elsewhere – Ran", "Older – Ikiru"]


def test_spoilers_are_told_by_their_headline_alone(client, title, member):
    make.make_review(title=title, author=member, headline="Careful", body="He dies.", contains_spoilers=True)
    for url in (OF_TITLE, OF_READER):
        (entry,) = entries(feed(client, url))
        assert summary(entry) == f"<p>{SPOILERS}</p>"
        assert "He dies" not in client.get(url).content.decode()


def test_words_of_any_signs_make_a_valid_feed_and_no_markup(client, title, member):
    type(title).objects.update(name=HOSTILE)
    type(member).objects.filter(pk=member.pk).update(shown_as=HOSTILE[:40])
    make.make_review(title=title, author=member, headline=HOSTILE, body=HOSTILE)
    for url in (OF_TITLE, OF_READER):
        (entry,) = entries(feed(client, url))
        assert entry.findtext(f"{ATOM}title") == "<b> & ]]> “日本” 👻</b> – <b> & ]]> “日本” 👻</b>"
        assert summary(entry) == "<p>&lt;b&gt; &amp; ]]&gt; “日本” 👻&lt;/b&gt;</p>"


def test_an_entry_stays_the_same_when_it_is_edited(client, title):
    review = make.make_review(title=title)
    (before,) = entries(feed(client, OF_TITLE))
    Review.objects.filter(pk=review.pk).update(headline="After", edited_on="2026-05-01")
    (after,) = entries(feed(client, OF_TITLE))
    assert after.findtext(f"{ATOM}title") == "After – Ikiru"
    for name in ("id", "updated"):
        assert before.findtext(ATOM + name) == after.findtext(ATOM + name)


def test_who_has_a_feed_is_told_so_until_something_is_new(client, title):
    make.make_review(title=title)
    first = client.get(OF_TITLE)
    known = client.get(OF_TITLE, headers={"if-none-match": first["ETag"]})
    assert (known.status_code, known.content) == (304, b"")
    make.make_review(title=title, written_on="2026-02-01")
    assert client.get(OF_TITLE, headers={"if-none-match": first["ETag"]}).status_code == 200


def test_a_feed_has_the_last_50_and_as_many_queries_for_them_as_for_2(client, title):
    for _ in range(2):
        make.make_review(title=title)
    few = queries_of(client, OF_TITLE)
    for _ in range(60):
        make.make_review(title=title)
    assert queries_of(client, OF_TITLE) == few == 3
    assert len(entries(feed(client, OF_TITLE))) == 50


def test_a_feed_of_nobody_is_not_found(client, title, member):
    assert entries(feed(client, OF_TITLE)) == entries(feed(client, OF_READER)) == []
    ReaderChoices.objects.create(member=member, has_page=False)
    for url in (OF_READER, "/reviewers/nobody/feed/", "/titles/nothing/reviews/feed/"):
        assert client.get(url).status_code == 404


@pytest.mark.parametrize(
    ("url", "feeds"),
    [("/titles/ikiru/", [OF_TITLE]), ("/titles/ikiru/reviews/", [OF_TITLE]), ("/reviewers/nadia/", [OF_READER])],
)
def test_pages_name_their_feeds(client, title, member, url, feeds):
    named = [e.get("href") for e in get(client, url).iter("link") if e.get("type") == "application/atom+xml"]
    assert named == ["/feeds/new/", *feeds]
