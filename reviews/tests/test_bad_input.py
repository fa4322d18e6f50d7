"""What nobody should send: it is answered by a plain sentence, what was typed stays, and nothing changes."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse

from members.models import Member
from reviews import models
from reviews.forms import HALF_STARS
from reviews.moderation.steps import seen
from tests.factories import (
    make_critic_review,
    make_draft,
    make_event,
    make_member,
    make_rating,
    make_reader_choices,
    make_review,
    make_staff,
    make_step,
    make_title,
    make_vote,
)
from tests.pages import by_id, of_class, text, tree

MEGABYTE = 1024 * 1024
WRITE, RATE, RATINGS = "/titles/ikiru/review/", "/titles/ikiru/rate/", "/account/ratings/"
WORDS = {"headline": "It rhymes", "body": "One.\n\nTwo."}
KEPT = [models.Rating, models.Review, models.ReviewDraft, models.HelpfulVote, models.Report, models.StaffReply]
KEPT += [models.ModerationStep, models.WantToSee, models.ReaderChoices, models.Ban, models.VoteHold, models.Withdrawn]


def state():
    """All that members and staff said, and the names of members."""
    rows = {model.__name__: list(model.objects.order_by("pk").values_list()) for model in KEPT}
    return rows | {"names": list(Member.objects.order_by("pk").values_list("pk", "shown_as"))}


@pytest.fixture
def title(db):
    return make_title(name="Ikiru", slug="ikiru")


@pytest.fixture
def review(title):
    return make_review(title=title, headline="A review")


@pytest.fixture
def member(title):
    return make_member(shown_as="Nadia")


@pytest.fixture
def reader(member, sign_in):
    return sign_in(member)


@pytest.fixture
def staff(title, sign_in):
    return sign_in(make_staff(is_superuser=True))


@pytest.fixture
def unchanged(title):
    """Call it when all is set up: what is kept afterwards is the same."""
    before = {}
    yield lambda: before.update(state())
    assert before and state() == before
    assert models.ScoreSummary.objects.wrong() == models.ReviewStanding.objects.wrong() == []


def main(response):
    return text(by_id(tree(response), "main"))


def said(response):
    """The sentences that a page says after a form was sent."""
    page = tree(response)
    names = ("messages", "messagelist", "faults", "fault", "errorlist")
    return " ".join(text(element) for name in names for element in of_class(page, name))


# ------------------------------------------------------------------ texts
TOO_LONG, TURNED, CONTROL, MARKS = (
    "letters; {} at most.",
    "RIGHT-TO-LEFT OVERRIDE (U+202E)",
    "(U+{})",
    "more than 4 marks",
)
TEXTS = {
    "a megabyte": ("a" * MEGABYTE, TOO_LONG),
    "a megabyte of Cyrillic": ("я" * (MEGABYTE // 2), TOO_LONG),
    "a megabyte that nobody sees": ("\u200b" * (MEGABYTE // 3), TOO_LONG),
    "NUL": ("a\0b", CONTROL.format("0000")),
    "a bell": ("a\x07b", CONTROL.format("0007")),
    "an escape": ("\x1b[31mred", CONTROL.format("001B")),
    "turned round": ("evil \u202e gpj.exe", TURNED),
    "turned round in an isolate": ("evil \u2067 x", "RIGHT-TO-LEFT ISOLATE (U+2067)"),
    "10,000 marks": ("a" + "\u0301" * 10_000, None),
    "10,000 marks in turn": ("a" + "\u0301\u0323" * 5_000, None),
    "a small tower": ("a" + "\u0336" * 9, MARKS),
}
UNSEEN = {
    "nothing seen": "\u200b\ufeff\u2060",
    "Hangul fillers": "\u3164\u115f",
    "braille blank": "\u2800",
    "blank": " \n\t",
}


class Form:
    """A form with a box for text: `send(client, text)`, and the texts of its box afterwards."""

    def __init__(self, box, most, send, empty):
        self.box, self.most, self.send, self.empty = box, most, send, empty


def _writing(box, other):
    return lambda client, sent, review: client.post(WRITE, {other: "Other words", box: sent, "form_key": ""})


def _deciding(act):
    def send(client, sent, review):
        form = {"act": act, "review": review.pk, "member": review.author_id, "reason": sent, "seen": seen(review)}
        return client.post(reverse("admin:reviews_moderationstep_decide"), form, follow=True)

    return send


def _replying(client, sent, review):
    return client.post(reverse("admin:reviews_staffreply_add"), {"review": review.pk, "body": sent})


def _reporting(client, sent, review):
    return client.post(reverse("reviews:report", args=[review.pk]), {"reason": "fake", "note": sent})


def _naming(client, sent, review):
    return client.post("/account/profile/", {"part": "name", "how": "chosen", "shown_as": sent})


FORMS = {
    "headline": Form("headline", 120, _writing("headline", "body"), "Your review needs a headline."),
    "review": Form("body", 20_000, _writing("body", "headline"), "Write a sentence or two"),
    "note of a report": Form("note", 500, _reporting, None),
    "name": Form("shown_as", 40, _naming, "Others need something to call you"),
    "reason to reject": Form("reason", 2000, _deciding("reject"), "Say why"),
    "reason to ask": Form("reason", 2000, _deciding("ask"), "Say why"),
    "reason to ban": Form("reason", 2000, _deciding("ban"), "Say why"),
    "reply": Form("body", 4000, _replying, "This field is required."),
}
BY_STAFF = ("reason to reject", "reason to ask", "reason to ban", "reply")


def typed(response, box):
    """What the box of that name holds."""
    boxes = [e for e in tree(response).iter() if e.tag in ("input", "textarea") and e.get("name") == box]
    return boxes[0].get("value") or boxes[0].text or ""


def visible(sent):
    """As it comes back in a page: browsers and our reader of HTML drop some signs."""
    return "".join(sign for sign in sent if sign.isprintable()).strip()


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("what", TEXTS)
def test_a_text_that_cannot_be_kept_is_refused_in_words_and_stays_in_its_form(
    name, what, reader, staff, review, unchanged
):
    form, (sent, why) = FORMS[name], TEXTS[what]
    unchanged()
    response = form.send(staff if name in BY_STAFF else reader, sent, review)
    assert response.status_code == 200
    words = said(response)
    assert (why.format(f"{form.most:,}") in words) if why else (MARKS in words or "at most." in words)
    assert visible(typed(response, form.box)) == visible(sent)


@pytest.mark.parametrize("name", [name for name, form in FORMS.items() if form.empty])
@pytest.mark.parametrize("what", UNSEEN)
def test_a_text_of_which_nothing_shows_is_none(name, what, reader, staff, review, unchanged):
    form = FORMS[name]
    unchanged()
    response = form.send(staff if name in BY_STAFF else reader, UNSEEN[what], review)
    assert response.status_code == 200 and form.empty in said(response)


def test_half_a_letter_becomes_a_sign_that_says_so(reader, review):
    """Half of a surrogate pair is no UTF-8: Django reads U+FFFD, as browsers send it."""
    body = b"headline=Half+%ED%A0%80&body=Half+%ED%A0%80."
    assert reader.post(WRITE, body, content_type="application/x-www-form-urlencoded").status_code == 302
    assert "\ufffd" in models.Review.objects.get(headline__startswith="Half").body


def test_a_name_is_judged_where_an_account_is_opened_too(client, title, unchanged):
    unchanged()
    form = {"email": "x@example.org", "password1": "correct horse battery"}
    for name, why in (("a\u202eb", TURNED), ("a" + "\u0301" * 30, MARKS), ("x" * MEGABYTE, "40 at most.")):
        response = client.post("/sign-up/", form | {"shown_as": name})
        assert response.status_code == 200 and why in said(response)


def test_a_draft_that_cannot_be_kept_says_why_to_the_script(reader, unchanged):
    unchanged()
    for sent, why in TEXTS.values():
        form = {**WORDS, "body": sent, "draft": 1}
        response = reader.post(WRITE, form, headers={"accept": "application/json"})
        assert response.json()["kept"] is False
        assert (why or "").format("20,000") in response.json()["said"]


# ------------------------------------------------------------------ stars
STARS = ["5.5", "11", "-1", "NaN", "٣", "1e1", "x", "3\0", "9" * 5000, "inf", "1_0", "+2", "0x3", "½", "３"]
NO_STARS = "A rating is half a star to five stars"


@pytest.mark.parametrize("stars", STARS)
def test_stars_that_are_none_are_refused_wherever_they_are_sent(stars, reader, member, title, unchanged):
    make_rating(title=title, member=member, half_stars=4)
    unchanged()
    for address, form in (
        (RATE, {"half_stars": stars}),
        (RATINGS, {"title": title.pk, "rating": stars}),
        (WRITE, {**WORDS, "half_stars": stars}),
    ):
        response = reader.post(address, form, follow=True)
        assert response.status_code == 200 and NO_STARS in said(response), address


def test_no_stars_at_all_ask_for_some(reader, unchanged):
    unchanged()
    for form in ({}, {"half_stars": ""}):
        assert "Choose a number of stars first." in said(reader.post(RATE, form, follow=True))


@pytest.mark.parametrize("address", [RATE, RATINGS])
def test_nought_takes_back_and_all_ten_are_kept(address, reader, title):
    for half_stars, _ in HALF_STARS:
        reader.post(address, {"half_stars": half_stars, "rating": half_stars, "title": title.pk})
        assert models.Rating.objects.get().half_stars == half_stars
    reader.post(address, {"half_stars": 0, "rating": "", "title": title.pk})
    assert not models.Rating.objects.exists()


@pytest.mark.parametrize("key", ["", "x", "-1", "0", "٣", "9" * 30, "1.0", "\0"])
def test_a_rating_of_no_title_is_not_found(key, reader, unchanged):
    unchanged()
    assert reader.post(RATINGS, {"title": key, "rating": 4}).status_code == 404


@pytest.mark.parametrize("want", ["", "maybe", "\0", "YES", "1"])
def test_a_wish_that_is_none_is_refused(want, reader, unchanged):
    make_event(title=make_title(slug="to-come", year=None), date="2999-01-01")
    unchanged()
    response = reader.post("/titles/to-come/want/", {"want": want}, follow=True)
    assert "Say that you want to see it, or that you do not." in said(response)


# ------------------------------------------------------------------ votes and reports
def _gone():
    review = make_review()
    key = review.pk
    review.delete()
    return key


def _held():
    review = make_review()
    step = make_step(review=review)
    models.Review.objects.filter(pk=review.pk).update(withheld_by=step)
    return review.pk


def _by_a_closed_account():
    review = make_review()
    Member.objects.filter(pk=review.author_id).update(is_active=False)
    return review.pk


ABSENT = {"vote": "nobody can vote on it. Nothing was", "report": "There is nothing to report."}
NOT_THERE = {"deleted": _gone, "held": _held, "closed account": _by_a_closed_account, "unknown": lambda: 10**30}


@pytest.mark.parametrize("which", NOT_THERE)
@pytest.mark.parametrize("helpful", ["yes", "no", "take back", "nonsense"])
def test_what_is_not_on_the_site_is_neither_voted_on_nor_reported(which, helpful, reader, unchanged):
    key = NOT_THERE[which]()
    unchanged()
    for address, form in (("vote", {"helpful": helpful}), ("report", {"reason": "fake", "note": ""})):
        response = reader.post(f"/reviews/{key}/{address}/", form)
        assert response.status_code == 404 and ABSENT[address] in main(response)


@pytest.mark.parametrize("helpful", ["yes", "no", "take back"])
def test_nobody_votes_on_their_own_review(helpful, reader, member, title, unchanged):
    mine = make_review(title=title, author=member)
    unchanged()
    response = reader.post(f"/reviews/{mine.pk}/vote/", {"helpful": helpful}, follow=True)
    assert "you cannot vote on your own" in said(response)


@pytest.mark.parametrize("helpful", ["", "Yes", "1", "true", "\0", "x" * MEGABYTE, "‮yes"])
def test_a_vote_that_is_none_is_refused(helpful, reader, member, review, unchanged):
    make_vote(review=review, voter=member)
    unchanged()
    response = reader.post(f"/reviews/{review.pk}/vote/", {"helpful": helpful}, follow=True)
    assert "Say “Helpful” or “Not helpful”." in said(response)


def test_a_vote_never_leads_off_the_site(reader, review):
    for back in ("https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "\0", "x"):
        response = reader.post(f"/reviews/{review.pk}/vote/", {"helpful": "yes", "back": back})
        assert response["Location"] == f"/reviews/{review.pk}/#review-{review.pk}"


@pytest.mark.parametrize("reason", ["", "ugly", "\0", "FAKE", "fake ", "x" * MEGABYTE])
def test_a_report_without_a_reason_we_know_is_refused_and_its_note_stays(reason, reader, review, unchanged):
    unchanged()
    response = reader.post(f"/reviews/{review.pk}/report/", {"reason": reason, "note": "Because."})
    assert response.status_code == 200 and "Choose what is wrong with it." in said(response)
    assert typed(response, "note").strip() == "Because."


# ------------------------------------------------------------------ addresses
ASKED = ["0", "-1", "abc", str(10**30), "9" * 5000, "1.5", "", "%00", "%ED%A0%80", "٣", "%E2%80%AE", "<script>", "'"]
NAMES = ("page", "sort", "stars", "show", "q", "was", "of", "helpful", "kind", "month", "draft", "deleted")


def _pages(review, member):
    handle, slug = review.author.handle, review.title.slug
    critic = models.CriticReview.objects.get()
    yield from (f"/titles/{slug}/{page}/" for page in ("reviews", "critics", "scores", "review", "review/delete"))
    yield from (f"/reviews/{review.pk}/{page}" for page in ("", "vote/", "report/"))
    yield from (f"/reviewers/{handle}/{page}" for page in ("", "feed/", "taste/"))
    yield from (critic.critic.get_absolute_url(), critic.publication.get_absolute_url(), "/critics/")
    yield from ("/charts/", "/charts/best/", RATINGS, "/account/reviews/", "/account/ratings/import/")
    yield from (f"/titles/{slug}/", f"/titles/{slug}/reviews/feed/", "/how-reviews-work/")


@pytest.mark.parametrize("value", ASKED)
def test_whatever_an_address_asks_for_gives_a_page_or_none(value, reader, member, review, unchanged):
    make_critic_review(title=review.title)
    make_reader_choices(member=review.author, has_page=True, shows_ratings=True, shares_taste=True)
    unchanged()
    for address in _pages(review, member):
        answer = reader.get(f"{address}?{'&'.join(f'{name}={value}' for name in NAMES)}")
        assert answer.status_code in (200, 302, 404), address


# ------------------------------------------------------------------ files
HEAD = "Date,Name,Year,Letterboxd URI,Rating\n"
FILES = {
    "none": (None, "Choose a file first."),
    "empty": (b"", "This file is empty."),
    "blank": (b" \n\n", "This file is empty."),
    "20 MB": (HEAD.encode() + b"2024-01-02,Ikiru,1957,x,4\n" * 800_000, "larger than 2 MB"),
    "Latin-1": ((HEAD + "2024-01-02,Amélie,2001,x,4\n").encode("latin-1"), "not in UTF-8: line 2"),
    "UTF-16 without a mark": ((HEAD + "2024-01-02,Ikiru,1957,x,4\n").encode("utf-16-le"), "NUL bytes"),
    "other columns": (b"Film,Sterne\nIkiru,4\n", "We do not know these columns: Film, Sterne."),
    "no columns": (b"Ikiru\n", "We do not know these columns: Ikiru."),
    "headings alone": (HEAD.encode(), "only headings"),
    "a ZIP": (b"PK\x03\x04" + b"\0" * 500, "This is a ZIP archive or a workbook."),
    "a picture": (b"\x89PNG\r\n\x1a\n", "This is a picture."),
    "a page": (b"<!doctype html><title>Sign in</title>", "This is a web page, not a list."),
    "an open quotation mark": ((HEAD + '2024-01-02,"Ikiru,1957,x,4\n').encode(), "is not proper CSV"),
    "broken JSON": (b'{"kind": ', "This looks like JSON, but is broken"),
    "deep JSON": (b"[" * 100_000, "This looks like JSON, but is broken"),
    "JSON of others": (b'{"films": []}', "This JSON is not one of ours"),
    "a long line": (HEAD.encode() + b"x" * 200_000 + b"\n", "field larger than field limit"),
}


@pytest.mark.parametrize("what", FILES)
def test_a_file_that_cannot_be_read_says_why_and_changes_nothing(what, reader, title, unchanged):
    data, why = FILES[what]
    unchanged()
    form = {} if data is None else {"file": SimpleUploadedFile("ratings.csv", data)}
    response = reader.post(reverse("reviews:import_ratings"), form)
    assert response.status_code == 200
    if what == "a long line":
        assert "Left out" in main(response) or "is not proper CSV" in said(response)
    else:
        assert why in said(response)


DAYS = ["", "yesterday", "2024-02-30", "0000-00-00", "9999-12-31", "1-1-1", "2024-13-01", "٢٠٢٤-01-01", "-1", "\u202e"]


@pytest.mark.parametrize("day", DAYS)
def test_a_day_that_is_none_becomes_today(day, reader, title, member):
    sheet = SimpleUploadedFile("ratings.csv", (HEAD + f"{day},Ikiru,1957,x,4\n").encode())
    page = tree(reader.post(reverse("reviews:import_ratings"), {"file": sheet}))
    (sealed,) = (e.get("value") for e in page.iter("input") if e.get("name") == "sealed")
    assert not models.Rating.objects.exists()
    reader.post(reverse("reviews:confirm_import_of_ratings"), {"sealed": sealed, "film": "0"})
    (rating,) = models.Rating.objects.all()
    assert rating.half_stars == 8 and rating.rated_on >= date(2026, 1, 1)


@pytest.mark.parametrize("stars", ["5.5", "0", "-1", "NaN", "6", "٣", "1e0", "4 stars", "\u202e4"])
def test_stars_that_are_none_leave_their_line_out_with_its_number(stars, reader, title, unchanged):
    unchanged()
    sheet = SimpleUploadedFile("ratings.csv", (HEAD + f"2024-01-02,Ikiru,1957,x,{stars}\n").encode())
    response = reader.post(reverse("reviews:import_ratings"), {"file": sheet})
    assert response.status_code == 200 and "Left out" in main(response) and "Line 2" in main(response)


def test_a_name_in_a_file_does_not_turn_the_words_around_it(reader, title):
    sheet = SimpleUploadedFile(
        "ratings.csv", (HEAD + "2024-01-02,\u202eevil,1957,x,4\n2024-01-02,\u202eworse,1957,x,9\n").encode()
    )
    page = tree(reader.post(reverse("reviews:import_ratings"), {"file": sheet}))
    isolated = [text(element) for element in page.iter() if element.tag == "bdi"]
    assert {"\u202eevil", "\u202eworse"} <= {*isolated}


@pytest.mark.parametrize("sealed", ["", "x", "a:b:c", "\0", "9" * MEGABYTE])
def test_a_form_that_was_not_sealed_by_us_brings_nothing_in(sealed, reader, unchanged):
    unchanged()
    address = reverse("reviews:confirm_import_of_ratings")
    response = reader.post(address, {"sealed": sealed, "film": ["0", "x", "9" * 30, "-1"]}, follow=True)
    assert response.status_code == 200 and "Send the file again" in said(response)


# ------------------------------------------------------------------ a first day that moves
def moved_when(statement, title):
    """A wrapper of statements: the title is to come from the moment when one begins like that."""

    def wrapper(execute, sql, params, many, context):
        if sql.startswith(statement) and not title.events.exists():
            make_event(title=title, date="2999-01-01")
        return execute(sql, params, many, context)

    return connection.execute_wrapper(wrapper)


RATED = 'INSERT INTO "reviews_rating"'
NOT_OUT = "It is not out yet, so nobody can rate it. Nothing has changed."


@pytest.fixture
def moving(title):
    models.Rating._meta.get_field("title").related_model.objects.update(year=None)
    title.refresh_from_db()
    return title


@pytest.mark.parametrize(
    ("address", "form"),
    [(WRITE, {**WORDS, "half_stars": 8}), (RATE, {"half_stars": 8}), (RATINGS, {"rating": 8})],
)
def test_a_title_that_comes_to_be_one_to_come_is_not_rated(address, form, reader, moving, unchanged):
    unchanged()
    with moved_when(RATED, moving):
        response = reader.post(address, {**form, "title": moving.pk}, follow=True)
    assert response.status_code == 200 and NOT_OUT in said(response)
    if address == WRITE:
        assert typed(response, "body").strip() == WORDS["body"]


def test_a_review_is_not_put_back_with_stars_when_its_title_comes_to_be_one_to_come(reader, member, moving, unchanged):
    make_draft(title=moving, author=member, headline="Good", body="Yes.", half_stars=8)
    unchanged()
    with moved_when(RATED, moving):
        response = reader.post(f"{WRITE}delete/", {"put_back": "1"}, follow=True)
    assert response.status_code == 200 and NOT_OUT in said(response)


def test_a_file_with_a_title_that_comes_to_be_one_to_come_brings_nothing_in(reader, moving, unchanged):
    sheet = SimpleUploadedFile("ratings.csv", (HEAD + "2024-01-02,Ikiru,,x,4\n").encode())
    page = tree(reader.post(reverse("reviews:import_ratings"), {"file": sheet}))
    (sealed,) = (e.get("value") for e in page.iter("input") if e.get("name") == "sealed")
    unchanged()
    picked = {"sealed": sealed, "film": "0", "pick-0": moving.pk}
    with moved_when(RATED, moving):
        response = reader.post(reverse("reviews:confirm_import_of_ratings"), picked, follow=True)
    assert response.status_code == 200 and "One of these films is not out any more" in said(response)
