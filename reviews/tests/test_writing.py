"""Writing a review: with its rating, as a draft, looked at first, deleted and put back, in two tabs."""

from datetime import date

import pytest
from django.utils import timezone

from reviews.models import Rating, Review, ReviewDraft, ScoreSummary
from tests.factories import DAY, make_draft, make_event, make_member, make_rating, make_review, make_title, make_vote
from tests.pages import by_id, get, of_class, text, tree

WRITE, DELETE, TITLE = "/titles/ikiru/review/", "/titles/ikiru/review/delete/", "/titles/ikiru/"
WORDS = {"headline": "It rhymes", "body": "One.\n\nTwo."}
AS_JSON = {"accept": "application/json"}


@pytest.fixture
def title(db):
    yield make_title(name="Ikiru", slug="ikiru")
    assert ScoreSummary.objects.wrong() == []


@pytest.fixture
def member(title):
    return make_member(shown_as="Nadia")


@pytest.fixture
def reader(member, sign_in):
    return sign_in(member)


@pytest.fixture
def mine(title, member):
    """The reader's review, of some time ago."""
    return make_review(title=title, author=member, headline="Old", body="Old words.")


def messages(page):
    return text(of_class(page, "messages")[0])


def main(page):
    return text(by_id(page, "main"))


def typed(page):
    """What the form holds: {name: value}."""
    boxes = {e.get("name"): e for e in by_id(page, "write").iter() if e.tag in ("input", "textarea")}
    said = {name: box.get("value") or box.text or "" for name, box in boxes.items()}
    return {"headline": said["headline"], "body": said["body"].strip(), "version": said["version"]}


# ------------------------------------------------------------------ with its rating
def test_a_review_is_posted_with_its_rating(reader, member):
    page = tree(reader.post(WRITE, {**WORDS, "half_stars": 7}, follow=True))
    assert messages(page) == "Your review is on the page."
    assert list(Rating.objects.values_list("member", "half_stars")) == [(member.pk, 7)]
    (printed,) = of_class(page, "review")
    assert of_class(printed, "stars")[0].get("data-n") == "3.5"


@pytest.mark.parametrize("said, left", [({}, [4]), ({"half_stars": ""}, [4]), ({"half_stars": 0}, [])])
def test_a_review_without_a_rating_leaves_or_takes_back_what_was_given(reader, member, title, said, left):
    make_rating(title=title, member=member, half_stars=4)
    reader.post(WRITE, {**WORDS, **said})
    assert list(Rating.objects.values_list("half_stars", flat=True)) == left
    assert Review.objects.count() == 1


def test_stars_as_the_form_showed_them_do_not_take_back_what_was_given_elsewhere_since(reader, member, title):
    as_shown = {"rated": "0", "half_stars": 0}
    reader.post(WRITE, {**WORDS, "draft": 1, **as_shown})
    make_rating(title=title, member=member, half_stars=8)
    page = get(reader, WRITE)
    assert "checked" in by_id(page, "stars-8").attrib
    reader.post(WRITE, {**WORDS, **as_shown})
    assert Rating.objects.get().half_stars == 8 and Review.objects.exists()


def test_the_form_shows_what_was_given_and_takes_it_back_when_told(reader, member, title):
    make_rating(title=title, member=member, half_stars=8)
    page = get(reader, WRITE)
    (rated,) = (e.get("value") for e in page.iter("input") if e.get("name") == "rated")
    reader.post(WRITE, {**WORDS, "rated": rated, "half_stars": 0})
    assert not Rating.objects.exists()


@pytest.mark.parametrize("bad", ["5.5", "NaN", "11", "-1", "x", "1e1"])
def test_a_rating_that_is_none_is_refused_and_nothing_is_saved(reader, bad):
    page = get_posted(reader, {**WORDS, "half_stars": bad})
    assert "A rating is half a star to five stars." in text(of_class(page, "faults")[0])
    assert typed(page)["body"] == "One.\n\nTwo."
    assert not Rating.objects.exists() and not Review.objects.exists()


def get_posted(client, said, address=WRITE):
    response = client.post(address, said)
    assert response.status_code == 200
    return tree(response)


def test_a_title_that_is_not_out_is_neither_rated_nor_reviewed(reader):
    make_event(title=make_title(name="Tomorrow", slug="tomorrow", year=None), date="2999-05-17")
    for page in (get(reader, "/titles/tomorrow/review/"), get_posted(reader, WORDS, "/titles/tomorrow/review/")):
        assert "first shown 17 May 2999" in main(page)
        assert not of_class(page, "writing")
    assert not Review.objects.exists() and not Rating.objects.exists()


def test_who_is_not_signed_in_is_led_there_and_back(client, title):
    for address in (WRITE, DELETE):
        assert client.get(address)["Location"].endswith(f"?next={address}")


# ------------------------------------------------------------------ what it may hold
@pytest.mark.parametrize(
    "said, why",
    [
        ({"body": "a" * 21_345}, "21,345 letters; 20,000 at most."),
        ({"body": "a" * 900_000}, "900,000 letters; 20,000 at most."),
        ({"headline": "a" * 121}, "121 letters; 120 at most."),
        ({"body": "It was \u202e Tatyana"}, "RIGHT-TO-LEFT OVERRIDE (U+202E)"),
        ({"headline": "\u200b\ufeff"}, "Your review needs a headline."),
        ({"body": " \r\n "}, "stars alone need no review"),
    ],
)
def test_what_cannot_be_kept_is_refused_in_words_and_stays_in_the_form(reader, said, why):
    page = get_posted(reader, {**WORDS, **said})
    assert why in text(of_class(page, "faults")[0])
    assert typed(page)["body"] == {**WORDS, **said}["body"].strip()
    assert not Review.objects.exists()


def test_more_than_a_form_holds_is_refused_on_a_page_of_ours(reader):
    reader.raise_request_exception = False
    response = reader.post(WRITE, {**WORDS, "body": "a" * 4_200_000}, content_type="application/x-www-form-urlencoded")
    assert response.status_code == 400
    assert "4 MB at most" in main(tree(response))
    assert not Review.objects.exists()


def test_other_nonsense_has_a_page_too(client, db):
    for headers in ({"host": "elsewhere.example"}, {"host": "a b"}):
        response = client.get("/", headers=headers)
        assert response.status_code == 400
        assert "We could not read that." in response.content.decode()


# ------------------------------------------------------------------ drafts
def test_a_draft_is_kept_and_gone_on_with(reader, member):
    page = tree(reader.post(WRITE, {"headline": "", "body": "Begun", "half_stars": 9, "draft": 1}, follow=True))
    assert messages(page) == "Your draft is kept. Only you see it."
    draft = ReviewDraft.objects.get()
    assert (draft.author, draft.body, draft.half_stars) == (member, "Begun", 9)
    assert not Rating.objects.exists()
    page = get(reader, WRITE)
    assert typed(page)["body"] == "Begun"
    assert "You have a draft from" in main(page)
    reader.post(WRITE, WORDS)
    assert not ReviewDraft.objects.exists() and Review.objects.count() == 1


def test_a_draft_is_seen_by_nobody_else(reader, title, sign_in):
    make_draft(title=title, author=make_member(), headline="Secret", body="Secret")
    for address in (WRITE, DELETE, TITLE):
        assert "Secret" not in reader.get(address, follow=True).content.decode()


def test_the_script_is_told_when_a_draft_was_kept(reader):
    answer = reader.post(WRITE, {**WORDS, "draft": 1}, headers=AS_JSON).json()
    at = timezone.localtime(ReviewDraft.objects.get().saved_at)
    assert answer == {"kept": True, "said": f"Draft kept at {at:%H:%M}"}


def test_the_script_is_told_why_a_draft_was_not_kept(reader):
    answer = reader.post(WRITE, {**WORDS, "body": "a" * 21_345, "draft": 1}, headers=AS_JSON).json()
    assert answer == {"kept": False, "said": "Not kept yet. Your review: 21,345 letters; 20,000 at most."}
    assert not ReviewDraft.objects.exists()


def test_a_draft_that_says_nothing_leaves_the_last_words(reader, member, title):
    make_draft(title=title, author=member, body="Long thought about")
    assert reader.post(WRITE, {"draft": 1}, headers=AS_JSON).json() == {"kept": True, "said": ""}
    assert ReviewDraft.objects.get().body == "Long thought about"


def test_a_draft_of_what_is_posted_is_none(reader, mine):
    reader.post(WRITE, {**mine.says(), "body": "Changed", "contains_spoilers": "", "draft": 1})
    assert ReviewDraft.objects.count() == 1
    reader.post(WRITE, {**mine.says(), "contains_spoilers": "", "draft": 1})
    assert not ReviewDraft.objects.exists()


def test_a_draft_of_a_change_stands_beside_what_is_posted(reader, member, title, mine):
    make_draft(title=title, author=member, headline="New", body="New words.")
    page = get(reader, WRITE)
    assert typed(page)["headline"] == "New"
    assert "Old words." in text(of_class(page, "posted")[0])
    assert "draft of a change from 5 January, 12:00" in main(page)


def test_a_draft_is_thrown_away_after_one_question(reader, member, title, mine):
    make_draft(title=title, author=member, headline="New", body="New words.")
    page = get(reader, f"{DELETE}?draft")
    assert "Throw your draft away?" in main(page) and "New words." in main(page)
    response = reader.post(DELETE, {"draft": 1}, follow=True)
    assert typed(tree(response))["headline"] == "Old"
    assert not ReviewDraft.objects.exists() and Review.objects.count() == 1


# ------------------------------------------------------------------ preview
def test_a_preview_shows_the_review_and_stores_nothing_but_the_draft(reader, member):
    page = get_posted(reader, {**WORDS, "half_stars": 7, "contains_spoilers": "on", "preview": 1})
    (printed,) = of_class(page, "review")
    assert "It rhymes" in text(printed) and "review by Nadia" in text(printed) and "Spoiler alert" in text(printed)
    assert of_class(printed, "stars")[0].get("data-n") == "3.5"
    assert (Review.objects.count(), Rating.objects.count(), ReviewDraft.objects.count()) == (0, 0, 1)
    sent = {e.get("name"): e.get("value") for e in page.iter("input") if e.get("name")}
    assert {
        "headline": "It rhymes",
        "body": "One.\n\nTwo.",
        "half_stars": "7",
        "contains_spoilers": "on",
    }.items() <= sent.items()
    back = get_posted(reader, {**sent, "back": 1})
    assert typed(back)["body"] == "One.\n\nTwo."
    assert "checked" in by_id(back, "id_contains_spoilers").attrib
    reader.post(WRITE, sent)
    assert Rating.objects.get().half_stars == 7 and Review.objects.get().contains_spoilers


def test_a_preview_is_what_readers_get(reader, member, title, mine):
    make_vote(review=mine)
    make_rating(title=title, member=member, half_stars=9)
    words = {**WORDS, "version": mine.version}
    (before,) = of_class(get_posted(reader, {**words, "preview": 1}), "review")
    (after,) = of_class(tree(reader.post(WRITE, words, follow=True)), "review")
    assert text(before) == text(after)
    assert "1 out of 1 members found this review helpful." in text(before) and "edited" in text(before)


# ------------------------------------------------------------------ editing
@pytest.mark.parametrize(
    "change, edited", [({}, False), ({"contains_spoilers": "on"}, False), ({"body": "New."}, True)]
)
def test_a_review_is_edited_when_its_words_change(reader, mine, change, edited):
    reader.post(WRITE, {"headline": "Old", "body": "Old words.", "version": mine.version, **change})
    mine.refresh_from_db()
    assert (mine.edited_on is not None) == edited
    assert (mine.written_on, mine.contains_spoilers) == (DAY, "contains_spoilers" in change)


def test_an_older_version_does_not_write_over_a_newer_one(reader, mine):
    one, other = (typed(get(reader, WRITE)) for _ in range(2))
    reader.post(WRITE, {**one, "body": "From one tab."})
    page = get_posted(reader, {**other, "body": "From the other."})
    assert Review.objects.get().body == "From one tab."
    assert "Nothing is written over" in text(of_class(page, "faults")[0])
    assert "From one tab." in text(of_class(page, "posted")[0])
    assert typed(page)["body"] == "From the other."
    reader.post(WRITE, typed(page))
    assert Review.objects.get().body == "From the other."


def test_two_tabs_that_write_anew_do_not_write_over_each_other(reader):
    one, other = (typed(get(reader, WRITE)) for _ in range(2))
    reader.post(WRITE, {**one, **WORDS})
    page = get_posted(reader, {**other, "headline": "Mine", "body": "From the other.", "half_stars": 3})
    assert Review.objects.get().headline == "It rhymes"
    assert typed(page)["headline"] == "Mine"
    assert not Rating.objects.exists()


def test_the_same_words_twice_are_no_conflict(reader):
    for _ in range(2):
        assert reader.post(WRITE, {**WORDS, "version": ""}).status_code == 302


def test_what_was_deleted_meanwhile_is_not_posted_unasked(reader, mine):
    form = typed(get(reader, WRITE))
    reader.post(DELETE)
    page = get_posted(reader, {**form, "body": "Changed."})
    assert "was deleted while you wrote" in text(of_class(page, "faults")[0])
    assert not Review.objects.exists()
    assert reader.post(WRITE, typed(page)).status_code == 302
    assert Review.objects.get().body == "Changed."


# ------------------------------------------------------------------ deleting
def test_a_review_is_deleted_after_one_question_and_put_back(reader, member, title, mine):
    make_vote(review=mine)
    make_rating(title=title, member=member)
    asked = main(get(reader, DELETE))
    assert "Delete your review?" in asked and "the 1 vote on it is lost" in asked and "Old words." in asked
    assert Review.objects.count() == 1
    page = tree(reader.post(DELETE, follow=True))
    assert not Review.objects.exists() and Rating.objects.count() == 1
    assert "Your review is deleted" in main(page) and "Old words." in main(page)
    page = tree(reader.post(DELETE, {"put_back": 1}, follow=True))
    assert messages(page) == "Your review is back on the page."
    assert Review.objects.get().says() == mine.says()
    assert Review.objects.get().written_on == timezone.localdate() and not ReviewDraft.objects.exists()


@pytest.mark.parametrize("keep, left", [("posted", "Old words."), ("draft", "New words.")])
def test_who_also_has_a_draft_says_which_of_the_two_is_kept(reader, member, title, mine, keep, left):
    make_draft(title=title, author=member, headline="New", body="New words.")
    assert "Only one of the two" in main(get(reader, DELETE))
    reader.post(DELETE, {"keep": keep})
    assert ReviewDraft.objects.get().body == left


def test_nothing_is_deleted_where_nothing_is(reader, title):
    other = make_review(title=title)
    for response in (reader.get(DELETE), reader.post(DELETE, follow=True), reader.post(DELETE, {"put_back": 1})):
        assert response.status_code in (200, 302)
    assert Review.objects.get() == other and not ReviewDraft.objects.exists()


def test_a_deletion_sent_twice_is_one(reader, mine):
    key = {"form_key": "6d0b7c52-9a1f-4f0e-8b57-3c1f6a2e9d48"}
    first, second = (reader.post(DELETE, key) for _ in range(2))
    assert first["Location"] == second["Location"] == f"{DELETE}?deleted"
    assert ReviewDraft.objects.get().body == "Old words."


def test_the_day_of_writing_is_the_readers(reader, settings):
    reader.post(WRITE, WORDS)
    assert Review.objects.get().written_on == timezone.localdate() > date(2026, 1, 1)
