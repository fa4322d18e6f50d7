"""Rating in half stars wherever a title stands: what is kept, undone and refused, and what is not out yet."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from catalogue import pages
from members import links
from reviews.forms import HALF_STARS
from reviews.models import Rating, ReaderChoices, ReviewDraft, ScoreSummary, WantToSee
from tests.factories import (
    make_event,
    make_member,
    make_rating,
    make_rental,
    make_review,
    make_title,
    make_title_on_disc,
)
from tests.pages import by_id, get, of_class, text, tree

pytestmark = pytest.mark.django_db
PAGE = "/titles/ikiru/"
RATE, WANT = f"{PAGE}rate/", f"{PAGE}want/"
QUEUE, HISTORY = reverse("rentals:queue"), reverse("rentals:history")


@pytest.fixture
def title():
    return make_title_on_disc(name="Ikiru", slug="ikiru")


@pytest.fixture
def member(title):
    return make_member()


@pytest.fixture
def reader(member, sign_in):
    return sign_in(member)


def given(title):
    return list(Rating.objects.filter(title=title).values_list("half_stars", flat=True))


def part(response, place="my-rating"):
    return by_id(tree(response), place)


def radios(part):
    return [i for i in part.iter("input") if i.get("name") == "half_stars" and i.get("type") == "radio"]


def chosen(part):
    (radio,) = (i for i in radios(part) if "checked" in i.attrib)
    return int(radio.get("value"))


def undo(client, response, place="my-rating"):
    """The page after its Undo was pressed."""
    form = next(form for form in part(response, place).iter("form") if "Undo" in text(form))
    sent = {field.get("name"): field.get("value") for field in form.iter("input")}
    return client.post(form.get("action"), sent, follow=True)


def message(response):
    return text(of_class(tree(response), "messages")[0])


# ------------------------------------------------------------------ the stars
def test_the_stars_are_one_group_of_named_radio_buttons(reader):
    group = by_id(get(reader, PAGE), "my-rating-stars")
    assert group.tag == "fieldset" and text(group.find("legend")) == "My rating"
    names = [radio.get("aria-label") or "No rating" for radio in radios(group)]
    assert names[:4] == ["half a star", "1 star", "1 and a half stars", "2 stars"]
    assert names[-3:] == ["4 and a half stars", "5 stars", "No rating"] and len(set(names)) == 11
    assert {radio.get("name") for radio in radios(group)} == {"half_stars"} and chosen(group) == 0


def test_each_half_star_has_its_name():
    assert [value for value, _ in HALF_STARS] == list(range(1, 11))


BAD = ["5.5", "0.5", "NaN", "11", "-1", "", "²", "4.0", " 4", "+4", "٤", "1e1", "x" * 5000, "4\0", "null"]


@pytest.mark.parametrize("sent", BAD, ids=lambda sent: repr(sent[:6]))
def test_what_is_no_rating_is_refused_in_words(reader, member, title, sent):
    make_rating(title=title, member=member, half_stars=3)
    response = reader.post(RATE, {"half_stars": sent}, follow=True)
    assert message(response) == (
        "A rating is half a star to five stars, in halves. Nothing has changed." if sent else
        "Choose a number of stars first."
    )  # fmt: skip
    assert given(title) == [3] and chosen(part(response)) == 3


def test_a_form_without_stars_is_refused_too(reader, title):
    assert message(reader.post(RATE, {}, follow=True)) == "Choose a number of stars first."
    assert not given(title)


def test_the_last_of_two_values_counts(reader, title):
    reader.post(RATE, {"half_stars": ["3", "9"]})
    assert given(title) == [9]


# ------------------------------------------------------------------ undo
def test_a_change_is_undone_and_that_too(reader, member, title):
    make_rating(title=title, member=member, half_stars=3)
    page = reader.post(RATE, {"half_stars": 9}, follow=True)
    page = undo(reader, page)
    assert given(title) == [3] and chosen(part(page)) == 3 and "You gave it 1.5 of 5." in text(part(page))
    undo(reader, page)
    assert given(title) == [9]


def test_a_first_rating_is_undone(reader, title):
    page = undo(reader, reader.post(RATE, {"half_stars": 9}, follow=True))
    assert not given(title) and "Your rating is gone." in text(part(page))


def test_taking_back_is_undone(reader, member, title):
    make_rating(title=title, member=member, half_stars=3)
    page = reader.post(RATE, {"half_stars": 0}, follow=True)
    assert not given(title)
    undo(reader, page)
    assert given(title) == [3]


def test_the_same_again_offers_nothing_to_undo(reader, member, title):
    make_rating(title=title, member=member, half_stars=3)
    page = reader.post(RATE, {"half_stars": 3}, follow=True)
    assert "You gave it 1.5 of 5." in text(part(page)) and "Undo" not in text(part(page))


@pytest.mark.parametrize("was", ["", "x", "1-2-3", "9" * 30 + "-3", "1-11", "²-3", "1-3%00", "-", "1-03"])
def test_an_address_that_somebody_made_up_says_nothing(reader, was):
    assert "Undo" not in text(by_id(get(reader, f"{PAGE}?was={was}"), "my-rating"))


def test_of_another_title_nothing_can_be_undone(reader, title):
    assert "Undo" not in text(by_id(get(reader, f"{PAGE}?was={title.pk + 1}-3"), "my-rating"))


# ------------------------------------------------------------------ its turn
def test_the_button_is_the_one_whose_turn_it_is(reader, member, title):
    def says():
        return text(by_id(get(reader, PAGE), "my-rating-now"))

    assert says() == ""
    make_rating(title=title, member=member)
    assert says() == "Write a review"
    draft = {"headline": "It", "body": "", "saved_at": timezone.now()}
    draft = ReviewDraft.objects.create(title=title, author=member, **draft)
    assert says() == "Go on with your draft"
    draft.delete()
    make_review(title=title, author=member)
    assert says() == "Edit review"


# ------------------------------------------------------------------ where it came from
def test_it_goes_back_to_the_page_it_came_from(reader, title):
    sent = {"half_stars": 8, "back": f"{HISTORY}?year=2026&was=1-2#rating-{title.pk}"}
    assert reader.post(RATE, sent).url == f"{HISTORY}?year=2026&was={title.pk}-0#rating-{title.pk}"
    refused = reader.post(RATE, sent | {"half_stars": "11"})
    assert refused.url == f"{HISTORY}?year=2026"


@pytest.mark.parametrize(
    "back", ["https://example.org/", "//example.org/", "/\\example.org", "javascript:alert(1)", "//["]
)
def test_it_goes_to_no_other_site(reader, title, back):
    assert reader.post(RATE, {"half_stars": 8, "back": back}).url.startswith(PAGE)


@pytest.mark.parametrize("page", [QUEUE, HISTORY])
def test_it_is_rated_where_it_stands(reader, member, title, page):
    then = timezone.now() - timedelta(days=9)
    make_rental(member=member, title=title, allocated_at=then, posted_at=then, arrived_at=then + timedelta(days=2))
    place = f"rating-{title.pk}"
    here = by_id(get(reader, page), place)
    assert "Ikiru" in text(here.find(".//legend")) and chosen(here) == 0
    (back,) = {i.get("value") for i in here.iter("input") if i.get("name") == "back"}
    response = reader.post(RATE, {"half_stars": 7, "back": back}, follow=True)
    assert response.request["PATH_INFO"] == page
    assert chosen(part(response, place)) == 7 and "You gave it 3.5 of 5." in text(part(response, place))
    undo(reader, response, place)
    assert not given(title)


def test_a_title_that_stands_twice_in_a_list_is_rated_once(reader, member, title):
    for day in (1, 9):
        at = datetime(2026, 11, day, tzinfo=UTC)
        make_rental(member=member, title=title, allocated_at=at, posted_at=at, checked_in_at=at + timedelta(days=3))
    page = get(reader, HISTORY)
    first, second = page.findall(".//ol[@class='rented']/li")
    assert len(radios(first)) == 11 and not radios(second)
    assert f"#rating-{title.pk}" in [link.get("href") for link in second.iter("a")]


# ------------------------------------------------------------------ by the link in an e-mail
def test_by_a_link_it_is_rated_undone_and_refused(client, member, title):
    token = links.token(links.RATING, member.pk, title.pk)
    address = reverse("reviews:rate_by_link", args=[token])
    assert len(radios(by_id(get(client, address), "my-rating"))) == 11
    for sent in BAD:
        answer = client.post(address, {"half_stars": sent})
        assert answer.status_code == 200 and of_class(tree(answer), "faults") and not given(title)
    page = tree(client.post(address, {"half_stars": 7}, follow=True))
    (form,) = (form for form in page.iter("form") if text(form) == "Undo")
    assert given(title) == [7]
    client.post(form.get("action"), {i.get("name"): i.get("value") for i in form.iter("input")})
    assert not given(title)


# ------------------------------------------------------------------ not out yet
@pytest.fixture
def coming(title):
    """The title, of which it is known that it comes in three days."""
    make_event(title=title, date=(timezone.localdate() + timedelta(days=3)).isoformat())
    title.year = None
    title.save()
    return title


def test_before_its_release_it_cannot_be_rated(reader, coming):
    page = by_id(get(reader, PAGE), "my-rating")
    assert not radios(page) and "It is not out yet" in text(page)
    response = reader.post(RATE, {"half_stars": 8}, follow=True)
    assert message(response) == "It is not out yet, so nobody can rate it. Nothing has changed."
    assert not given(coming)


def test_by_a_link_it_cannot_be_rated_before_its_release(client, member, coming):
    address = reverse("reviews:rate_by_link", args=[links.token(links.RATING, member.pk, coming.pk)])
    assert not radios(get(client, address))
    answer = client.post(address, {"half_stars": 8})
    assert answer.status_code == 200 and "It is not out yet, so nobody" in text(tree(answer)) and not given(coming)


def test_on_the_day_of_its_release_it_can_be_rated(reader, title):
    make_event(title=title, date=timezone.localdate().isoformat())
    title.year = None
    title.save()
    reader.post(RATE, {"half_stars": 8})
    assert given(title) == [8]


def tally(client):
    return text(by_id(get(client, PAGE), "figures"))


def test_members_say_that_they_want_to_see_it(client, reader, member, coming):
    assert "Nobody has said yet that they want to see it." in tally(client)
    for _ in range(11):
        WantToSee.objects.say(title=coming, member=make_member(), on=date(2026, 1, 5))
    response = reader.post(WANT, {"want": "yes"}, follow=True)
    (button,) = part(response).iter("button")
    assert text(button) == "I want to see it" and button.get("aria-pressed") == "true"
    for someone in (reader, client):
        assert "12 members want to see it" in tally(someone) and "of 5" not in tally(someone)
    response = reader.post(WANT, {"want": "no"}, follow=True)
    assert "11 members want to see it" in text(part(response, "figures"))
    reader.post(WANT, {"want": "no"})
    assert WantToSee.objects.count() == 11


@pytest.mark.parametrize("sent", [{}, {"want": ""}, {"want": "maybe"}])
def test_what_is_no_answer_changes_nothing(reader, coming, sent):
    assert "Nothing has changed" in message(reader.post(WANT, sent, follow=True))
    assert not WantToSee.objects.exists()


def test_what_is_out_is_not_waited_for(reader, title):
    assert message(reader.post(WANT, {"want": "yes"}, follow=True)).startswith("It is out now")
    assert not WantToSee.objects.exists()


def test_a_visitor_is_led_to_sign_in(client, coming):
    assert client.post(WANT, {"want": "yes"}).url == f"/sign-in/?next={WANT}"
    assert "Sign in to say that you want to see it" in text(by_id(get(client, PAGE), "my-rating"))
    assert "want" not in client.get("/sign-in/").headers.get("Location", "")


def test_the_address_of_an_act_leads_to_its_page(reader, title):
    for url in (RATE, WANT):
        assert reader.get(url).url == PAGE
    assert reader.post("/titles/none/want/", {"want": "yes"}).status_code == 404


def test_a_page_turns_by_itself_on_the_day_of_the_release(client, reader, coming, monkeypatch):
    """No row changes that night, so a page that was kept would be yesterday's."""
    for someone in (client, reader):
        assert "want to see it" in tally(someone)
    assert "ETag" not in client.get(PAGE)
    later = timezone.now() + timedelta(days=3)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert "Not rated yet" in tally(client)
    assert "ETag" in client.get(PAGE)


# ------------------------------------------------------------------ spoilers
def open_spoilers(client):
    return client.get(PAGE).context["open_spoilers"]


def test_spoilers_are_shown_to_who_wants_them_or_knows_the_plot(reader, member, title):
    assert open_spoilers(reader) is False
    choices = ReaderChoices.objects.create(member=member, always_show_spoilers=True)
    assert open_spoilers(reader) is True
    choices.delete()
    now = timezone.now()
    rental = make_rental(member=member, title=title, allocated_at=now, posted_at=now)
    assert open_spoilers(reader) is False
    type(rental).objects.update(checked_in_at=now)
    assert open_spoilers(reader) is True
    type(rental).objects.update(member=None)  # forgotten after a year
    assert open_spoilers(reader) is False
    make_rating(title=title, member=member, verified=True)
    assert open_spoilers(reader) is True


def test_another_film_that_came_back_opens_nothing(reader, member, title):
    now = timezone.now()
    make_rental(member=member, title=make_title_on_disc(), allocated_at=now, posted_at=now, checked_in_at=now)
    make_rental(member=make_member(), title=title, allocated_at=now, posted_at=now, checked_in_at=now)
    assert open_spoilers(reader) is False


# ------------------------------------------------------------------ what it costs
def test_rating_costs_a_page_of_many_ratings_no_more_than_one_of_few(reader, member, title):
    def cost(url):
        pages.forget()
        with CaptureQueriesContext(connection) as captured:
            assert reader.get(url).status_code == 200
        return len(captured)

    cost(PAGE)
    few = cost(PAGE)
    for _ in range(30):
        make_rating(title=title)
        make_rating(title=make_title(), member=member)
    ScoreSummary.objects.rebuild([title.pk])
    assert cost(PAGE) == few
