"""What the desk looks up: what to buy (orders of it: test_orders), and where the post loses and breaks discs."""

from datetime import timedelta

import pytest
from django.utils import timezone

from rentals.desk import buying
from rentals.desk.findings import TAKEN_BACK
from rentals.models import Stock
from tests.factories import (
    make_address,
    make_copy,
    make_finding,
    make_problem,
    make_queue_entry,
    make_release,
    make_rental,
    make_staff,
    make_title,
)

pytestmark = pytest.mark.django_db
BUYING, POST = "/desk/buying/", "/desk/the-post/"


@pytest.fixture
def hand(client):
    client.force_login(make_staff(is_superuser=True))
    return client


def film(name="Ran", *, copies, waiting, away=14):
    """A film whose copies are all out, each of an edition of its own."""
    title = make_title(name=name)
    make_release(title=title)
    for _ in range(copies):
        make_rental(title=title)
    for _ in range(waiting):
        make_queue_entry(title=title)
    Stock.objects.filter(title=title).update(days_away=away)
    return title


NEEDS = {  # copies, waiting, days away: to buy by ratio, by forecast
    "one waits for one copy": ((1, 1, 14), (0, 1)),
    "nine wait for two": ((2, 9, 14), (1, 8)),
    "they are quick": ((2, 9, 7), (1, 3)),
    "enough copies": ((6, 2, 14), (0, 0)),
    "no copy at all": ((0, 3, 14), (1, 4)),
}


@pytest.mark.parametrize(("has", "buy"), NEEDS.values(), ids=NEEDS)
def test_how_many_copies_a_film_needs(has, buy):
    copies, waiting, away = has
    film(copies=copies, waiting=waiting, away=away)
    (line,) = buying.lines()
    assert (line.by_ratio, line.by_forecast) == buy


def test_who_waits_longest_stands_first_and_what_is_on_the_shelf_does_not_stand_there(hand):
    film("Short", copies=2, waiting=1)
    film("Long", copies=1, waiting=5)
    make_queue_entry(title=make_copy(title=make_title(name="On the shelf")).disc.release.title)
    page = hand.get(BUYING).content.decode()
    assert page.index("Long") < page.index("Short") and "On the shelf" not in page
    rows = hand.get("/desk/buying.csv").content.decode().splitlines()
    assert rows[1] == "Long,1957,DVD,5,0,0,1,0,,14,1,5,"


def test_nothing_to_buy_is_said(hand):
    assert "Nothing to buy" in hand.get(BUYING).content.decode()


def test_it_takes_two_queries_for_many(django_assert_max_num_queries):
    for number in range(12):
        film(f"Film {number}", copies=1, waiting=2)
    with django_assert_max_num_queries(2):
        assert len([line.wait for line in buying.lines()]) == 12


def posted_to(postcode, **fields):
    member = make_address(postcode=postcode).member
    at = timezone.now() - timedelta(days=8)
    return make_rental(member=member, allocated_at=at, posted_at=at, **fields)


def test_an_area_with_much_trouble_is_marked_and_nobody_is_named(hand):
    now = timezone.now()
    for _ in range(2):
        make_problem(rental=posted_to("NG7 1AA"), kind="not arrived", reported_at=now)
    broken = posted_to("NG9 2BB")
    make_finding(rental=broken, copy=broken.copy, kind="cracked", found_at=now)
    slip = posted_to("LS6 2AA")
    make_finding(rental=slip, copy=slip.copy, kind="cracked", found_at=now, settled_at=now, outcome=TAKEN_BACK)
    page = " ".join(hand.get(POST).content.decode().split())
    assert "NG</th><td>3</td><td>3 <b>Suspect the post</b></td>" in page
    assert "2 lost, 1 broken of 3" in page
    assert "LS</th><td>1</td><td>0</td>" in page
    assert broken.member.email not in page


def test_no_post_is_said(hand):
    assert "Nothing posted yet" in hand.get(POST).content.decode()
