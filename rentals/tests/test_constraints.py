"""Every rule about plans, copies, rentals and queues is kept by the database itself, whoever writes."""

from datetime import timedelta

import pytest

from catalogue.models import Disc, Release
from rentals.models import Rental, Stock
from tests.factories import (
    NOON,
    make_copy,
    make_disc,
    make_plan,
    make_queue_entry,
    make_release,
    make_rental,
    make_title,
)
from tests.refusals import refused_by, twice

EARLIER, LATER = NOON - timedelta(hours=1), NOON + timedelta(hours=1)


def move_a_disc_with_copies():
    Disc.objects.filter(copies=make_copy()).update(release=make_release())


def renumber_a_disc_with_copies():
    Disc.objects.filter(copies=make_copy()).update(number=2)


def move_a_release_with_copies():
    Release.objects.filter(discs__copies=make_copy()).update(title=make_title())


BROKEN = {  # constraint: what breaks it and nothing else
    "plan_name_filled": lambda: make_plan(name=""),
    "plan_slug": lambda: make_plan(slug="One at home"),
    "plan_order": lambda: twice(make_plan, "position"),
    "plan_places": lambda: make_plan(places_at_home=13),
    "plan_discs_a_month": lambda: make_plan(discs_a_month=0),
    "plan_media": lambda: make_plan(media=["vhs"]),
    "plan_price": lambda: make_plan(price_pence=0),
    "copy_barcode_filled": lambda: make_copy(barcode=""),
    "rental_one_open_per_copy": lambda: twice(make_rental, "copy"),
    "rental_place_once": lambda: twice(make_rental, "member", "place"),
    "rental_place": lambda: make_rental(place=13),
    "rental_posted_after_allocated": lambda: make_rental(posted_at=EARLIER),
    "rental_checked_in_after_posted": lambda: make_rental(posted_at=LATER, checked_in_at=NOON),
    "rental_cancelled_before_posted": lambda: make_rental(posted_at=LATER, cancelled_at=LATER),
    "queueentry_order": lambda: twice(make_queue_entry, "member", "rank"),
    "queueentry_once": lambda: twice(make_queue_entry, "member", "title"),
    "queueentry_medium": lambda: make_queue_entry(medium="vhs"),
    "queueentry_one_wish": lambda: make_queue_entry(medium="dvd", disc=make_disc()),
    "queueentry_paused_after_asked": lambda: make_queue_entry(paused_at=EARLIER),
    "stock_on_shelf": lambda: Stock.objects.filter(title=make_title()).update(on_shelf=1),
}
TRIGGERS = {
    "disc_with_copies_stays": move_a_disc_with_copies,
    "release_with_copies_stays": move_a_release_with_copies,
}
UNIQUE = {  # name that Postgres gives the index of a unique field: what breaks it
    "rentals_plan_slug_key": lambda: twice(make_plan, "slug"),
    "rentals_copy_barcode_key": lambda: twice(make_copy, "barcode"),
    "rentals_stock_pkey": lambda: Stock.objects.create(title=make_title()),
}


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "broken"), (BROKEN | TRIGGERS | UNIQUE).items())
def test_the_database_refuses(name, broken):
    with refused_by(name):
        broken()


@pytest.mark.django_db
@pytest.mark.parametrize("media", [[], ["dvd", "vhs"], ["dvd", None]])
def test_a_plan_has_media_that_we_rent(media):
    with refused_by("plan_media"):
        make_plan(media=media)


@pytest.mark.django_db
def test_a_plan_has_a_place_at_home():
    with refused_by("plan_places"):
        make_plan(places_at_home=0)


@pytest.mark.django_db
def test_a_disc_that_we_have_copies_of_keeps_its_number():
    with refused_by("disc_with_copies_stays"):
        renumber_a_disc_with_copies()


@pytest.mark.django_db
def test_a_copy_that_never_left_does_not_come_back():
    with refused_by("rental_checked_in_after_posted"):
        make_rental(checked_in_at=LATER)


@pytest.mark.django_db
@pytest.mark.parametrize("closed", [{"posted_at": NOON, "checked_in_at": LATER}, {"cancelled_at": LATER}])
def test_a_closed_rental_frees_the_copy_and_the_place(closed):
    rental = make_rental(**closed)
    make_rental(copy=rental.copy, member=rental.member, place=rental.place)
    assert Rental.objects.open().count() == 1


@pytest.mark.django_db
def test_one_title_can_be_asked_for_in_several_ways_but_not_twice_in_one():
    entry = make_queue_entry()
    make_queue_entry(member=entry.member, title=entry.title, medium="dvd")
    make_queue_entry(member=entry.member, title=entry.title, disc=make_disc())
    with refused_by("queueentry_once"):
        make_queue_entry(member=entry.member, title=entry.title, medium="dvd")
