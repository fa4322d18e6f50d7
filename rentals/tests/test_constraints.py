"""Every rule about plans is kept by the database itself, whoever writes."""

import pytest

from tests.factories import make_plan
from tests.refusals import refused_by, twice

BROKEN = {  # constraint: what breaks it and nothing else
    "plan_name_filled": lambda: make_plan(name=""),
    "plan_slug": lambda: make_plan(slug="One at home"),
    "plan_order": lambda: twice(make_plan, "position"),
    "plan_places": lambda: make_plan(places_at_home=13),
    "plan_discs_a_month": lambda: make_plan(discs_a_month=0),
    "plan_media": lambda: make_plan(media=["vhs"]),
    "plan_price": lambda: make_plan(price_pence=0),
}
UNIQUE = {  # name that Postgres gives the index of a unique field: what breaks it
    "rentals_plan_slug_key": lambda: twice(make_plan, "slug"),
}


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "broken"), (BROKEN | UNIQUE).items())
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
