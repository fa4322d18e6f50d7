"""The last scan at the desk: the film's cover, who waits for the disc, and to whom a round has given it since."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from catalogue.models import Title
from catalogue.pictures import Picture
from rentals.barcodes import member_code
from rentals.desk import scans
from rentals.models import Copy, Scan
from tests.factories import make_address, make_copy, make_disc, make_queue_entry, make_rental, make_staff

pytestmark = pytest.mark.django_db
DESK = "/desk/"
THURSDAY = datetime(2026, 11, 26, 9, tzinfo=UTC)
BETWEEN, FRIDAY_EVENING = THURSDAY + timedelta(hours=2), THURSDAY + timedelta(days=1, hours=9)


@pytest.fixture
def hand(client):
    staff = make_staff(is_superuser=True)
    client.force_login(staff)
    client.staff = staff
    return client


def away(**fields):
    """A copy that a member with an address has at home."""
    copy = make_copy(barcode=Copy.objects.next_code(), shelf="B-104", **fields)
    make_rental(copy=copy, member=make_address().member, posted_at=THURSDAY - timedelta(days=5))
    return copy


def asked_for(copy, times):
    for _ in range(times):
        make_queue_entry(title=copy.disc.release.title)


def back(hand, copy, now=THURSDAY):
    return scans.scan(copy.barcode, key=uuid4(), station="desk", by=hand.staff, at=now, now=now)


def page(hand):
    return hand.get(DESK).content.decode()


def cover_of(copy):
    title = Title.objects.for_cards().get(pk=copy.disc.release.title_id)
    return reverse("catalogue:picture", args=[title.slug, Picture.of(title).key, "180.webp"])


# ------------------------------------------------------------------ the cover
def test_what_came_back_shows_its_films_smallest_cover(hand):
    copy = away()
    back(hand, copy)
    html = page(hand)
    assert f'<img class="cover" src="{cover_of(copy)}" width="180" height="270" alt="">' in html
    assert hand.get(cover_of(copy))["Content-Type"] == "image/webp"


def test_a_poster_that_staff_gave_the_film_is_shown_instead(hand):
    copy = away()
    drawn = cover_of(copy)
    Title.objects.update(poster="a" * 64)
    back(hand, copy)
    assert cover_of(copy) != drawn and cover_of(copy) in page(hand)


def test_an_answer_without_a_film_has_no_cover(hand):
    hand.post("/desk/scan/", {"code": "K00000013", "station": "desk"})
    assert "<img" not in page(hand)


# ------------------------------------------------------------------ who waits
@pytest.mark.parametrize(
    ("times", "now", "words"),
    [
        (1, THURSDAY, "1 member waits for it; the next round, today at 10.00, can send it on."),
        (3, THURSDAY, "3 members wait for it; the next round, today at 10.00, can send it on."),
        (3, BETWEEN, "3 members wait for it; the next round, today at 15.00, can send it on."),
        (3, FRIDAY_EVENING, "3 members wait for it; the next round, Monday at 10.00, can send it on."),
    ],
)
def test_a_disc_for_a_bin_says_how_many_wait_and_when_the_next_round_is(hand, times, now, words):
    copy = away()
    asked_for(copy, times)
    back(hand, copy, now)
    assert words in page(hand)


def test_a_disc_for_its_shelf_says_nothing_of_waiting(hand):
    copy = away()
    for _ in range(2):
        make_copy(disc=copy.disc)
    asked_for(copy, 1)
    back(hand, copy)
    assert "it goes out next" not in page(hand) and "for it; the next round" not in page(hand)


def test_a_return_that_is_taken_back_says_nothing_of_waiting(hand):
    copy = away()
    asked_for(copy, 1)
    made = back(hand, copy)
    Scan.objects.filter(pk=made.pk).update(undone_at=THURSDAY)
    assert "This was undone." in page(hand) and "for it; the next round" not in page(hand)


# ------------------------------------------------------------------ to whom it goes
def test_once_it_is_given_away_the_page_says_to_whom(hand):
    copy = away()
    asked_for(copy, 2)
    back(hand, copy)
    rental = make_rental(copy=copy, allocated_at=THURSDAY + timedelta(hours=1))
    html = page(hand)
    assert f"Next out to <b>{member_code(rental.member_id)}</b>" in html and "can send it on" not in html


# ------------------------------------------------------------------ kept with the scan
def test_the_answer_to_a_scan_sent_again_has_the_same_cover(hand):
    copy, key = away(), uuid4()
    sent = {"code": copy.barcode, "station": "desk", "form_key": key}
    first, second = (hand.post("/desk/scan/", sent, headers={"X-Desk": "1"}).content.decode() for _ in range(2))
    assert cover_of(copy) in first and cover_of(copy) in second


def test_a_row_of_an_earlier_scan_is_still_read(hand):
    made = back(hand, away())
    old = {name: value for name, value in made.answer.items() if name not in ("cover", "waits", "card")}
    Scan.objects.filter(pk=made.pk).update(answer=old)
    html = page(hand)
    assert "shelve it" in html and "B-104" in html and "<img" not in html


# ------------------------------------------------------------------ and what it costs
def queries(deed):
    with CaptureQueriesContext(connection) as seen:
        deed()
    return [query["sql"] for query in seen.captured_queries]


def test_the_cover_and_who_waits_are_one_query(hand):
    back(hand, away())  # writes the SQL
    few, many = away(), away(disc=make_disc())
    asked_for(many, 5)
    for copy in (few, many):
        asked = [sql for sql in queries(lambda copy=copy: back(hand, copy)) if '"page_genres"' in sql]
        assert len(asked) == 1 and "rentals_stock" in asked[0]
