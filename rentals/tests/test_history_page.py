"""Everything a member rented: what is listed, how it is sifted, and for whom."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import (
    make_copy,
    make_disc,
    make_member,
    make_problem,
    make_queue_entry,
    make_rating,
    make_release,
    make_rental,
    make_title,
    make_title_name,
)
from tests.pages import get, meta, of_class, text

pytestmark = pytest.mark.django_db
HISTORY = reverse("rentals:history")


@pytest.fixture
def member():
    return make_member()


@pytest.fixture
def client(member, sign_in):
    return sign_in(member)


def on(year, month, day):
    return datetime(year, month, day, 12, tzinfo=UTC)


def had(member, name="Kes", at=None, back=None, medium="dvd", **fields):
    """A film that was rented, posted on one day and back on another."""
    at = at or on(2026, 11, 2)
    title = fields.pop("title", None) or make_title(name=name)
    copy = make_copy(disc=make_disc(release=make_release(title=title, medium=medium)))
    return make_rental(
        member=member, copy=copy, allocated_at=at, posted_at=at, checked_in_at=back or on(2026, 11, 13), **fields
    )


def rows(client, query=""):
    return [text(row.find(".//h2")) for row in get(client, HISTORY + query).iterfind(".//ol[@class='rented']/li")]


def the_row(client):
    return text(get(client, HISTORY).find(".//ol[@class='rented']/li"))


# ------------------------------------------------------------------ what is listed
def test_all_that_was_rented_is_listed_the_newest_first(client, member):
    had(member, "Ran", at=on(2026, 11, 2))
    had(member, "Kes", at=on(2026, 11, 9))
    make_rental(member=member, title=make_title(name="Not sent"), cancelled_at=on(2026, 11, 9))
    had(make_member(), "Another's")
    assert rows(client) == ["Kes", "Ran"]


def test_a_row_says_its_days_edition_and_problems(client, member):
    rental = had(member, at=on(2026, 11, 2), back=on(2026, 11, 13), medium="blu-ray")
    make_problem(rental=rental, kind="damaged", settled_at=on(2026, 11, 14), outcome="Looked into and closed.")
    row = the_row(client)
    assert "Blu-ray" in row and "Posted on 2 November 2026, back on 13 November 2026: 11 days" in row
    assert "You told us: It is cracked, skips or freezes. Looked into and closed." in row


def test_what_is_still_out_says_so(client, member):
    had(member).__class__.objects.update(checked_in_at=None)
    assert "Posted on 2 November 2026, still out" in the_row(client)


def stars(client):
    """The accessible name of what is chosen in the only row."""
    radios = [i for i in get(client, HISTORY).iter("input") if i.get("name") == "half_stars"]
    (chosen,) = (radio for radio in radios if "checked" in radio.attrib)
    return chosen.get("aria-label") or "No rating"


def test_a_rating_is_shown_or_asked_for(client, member):
    rental = had(member)
    make_rating(title=rental.copy.disc.release.title, half_stars=9)
    assert stars(client) == "No rating"
    make_rating(title=rental.copy.disc.release.title, member=member, half_stars=9)
    assert stars(client) == "4 and a half stars"


def test_a_film_is_rented_again(client, member):
    rental = had(member)
    form = next(form for form in get(client, HISTORY).iter("form") if form.get("action") == reverse("rentals:add"))
    sent = {field.get("name"): field.get("value") for field in form.iter("input")}
    response = client.post(form.get("action"), sent)
    assert response.url == f"{HISTORY}#rental-{rental.pk}"
    assert member.queue.live().get().title == rental.copy.disc.release.title
    assert "In your queue" in the_row(client) and "Rent again" not in the_row(client)


def test_an_empty_history_says_what_will_be_there(client):
    page = get(client, HISTORY)
    assert "Nothing rented yet" in text(of_class(page, "empty")[0]) and not of_class(page, "sift")


@pytest.mark.parametrize(("keeps", "words"), [(False, "we forget that you had it"), (True, "nothing is forgotten")])
def test_it_says_how_long_it_is_kept(sign_in, keeps, words):
    assert words in text(of_class(get(sign_in(make_member(keeps_history=keeps)), HISTORY), "page-head")[0])


# ------------------------------------------------------------------ sifting
@pytest.mark.parametrize("words", ["amelie", "AMÉLIE", "fabuleux destin", "destin%20d"])
def test_a_film_is_found_by_any_of_its_names_however_spelled(client, member, words):
    title = make_title(name="Amélie")
    make_title_name(title=title, name="Le Fabuleux Destin d'Amélie Poulain")
    had(member, title=title)
    had(member, "Ran")
    assert rows(client, f"?q={words}") == ["Amélie"]


def test_it_is_sifted_by_year_and_by_medium(client, member):
    had(member, "Ran", at=on(2025, 1, 1), medium="dvd")
    had(member, "Kes", at=on(2026, 1, 1), medium="dvd")
    had(member, "M", at=on(2026, 1, 2), medium="blu-ray")
    assert rows(client, "?year=2026") == ["M", "Kes"]
    assert rows(client, "?year=2026&medium=blu-ray") == ["M"]
    assert [option.text for option in get(client, HISTORY).find(".//select[@name='year']")] == ["Any", "2026", "2025"]


@pytest.mark.parametrize("query", ["?year=x", "?year=-1", "?medium=vhs", "?page=x", "?page=99", "?q=", "?q=%00&year="])
def test_nonsense_is_not_asked_for(client, member, query):
    had(member, "Ran")
    assert rows(client, query) == ["Ran"]


def test_what_is_not_there_is_said_and_led_out_of(client, member):
    had(member, "Ran")
    empty = of_class(get(client, f"{HISTORY}?q=zzz"), "empty")[0]
    assert "Nothing like that" in text(empty) and empty.find(".//a").get("href") == HISTORY


def test_a_long_history_comes_in_pages(client, member):
    for number in range(26):
        had(member, str(number))
    assert [len(rows(client, query)) for query in ("", "?page=2")] == [25, 1]


# ------------------------------------------------------------------ for whom
def test_a_history_is_nobody_elses_and_nowhere_kept(client):
    assert meta(get(client, HISTORY), "robots") == "noindex"
    assert "no-store" in client.get(HISTORY)["Cache-Control"]
    client.logout()
    assert client.get(HISTORY).url == f"/sign-in/?next={HISTORY}"
    assert client.post(HISTORY).status_code in (302, 405)


def test_as_many_queries_for_twenty_as_for_two(sign_in):
    counts = []
    for number in (2, 20):
        member = make_member()
        for name in range(number):
            rental = had(member, str(name))
            make_problem(rental=rental, reported_at=on(2026, 11, 3))
            make_queue_entry(member=member, title=rental.copy.disc.release.title)
        client = sign_in(member)
        with CaptureQueriesContext(connection) as captured:
            client.get(HISTORY)
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 8
