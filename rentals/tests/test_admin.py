"""The staff's page of a plan."""

import pytest
from django.urls import reverse

from members.models import Member
from rentals.models import Plan

pytestmark = pytest.mark.django_db
ADD = reverse("admin:rentals_plan_add")
PLAN = {"name": "Two at home", "places_at_home": 2, "media": ["dvd", "blu-ray"], "price_pence": 999, "position": 90}


@pytest.fixture
def staff(client):
    client.force_login(Member.objects.create_superuser("staff@example.org", "a long enough password"))
    return client


def test_a_plan_is_added(staff):
    assert staff.post(ADD, PLAN).status_code == 302
    assert Plan.objects.get(slug="two-at-home").media == ["dvd", "blu-ray"]
    assert "DVD and Blu-ray" in staff.get(reverse("admin:rentals_plan_changelist")).content.decode()


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("places_at_home", 13, "A plan has 1 to 12 places at home."),
        ("price_pence", 0, "A plan costs at least a penny."),
        ("media", [], "This field is required."),
        ("media", ["vhs"], "Select a valid choice"),
    ],
)
def test_a_wrong_value_is_refused_beside_its_field(staff, field, value, words):
    errors = staff.post(ADD, PLAN | {field: value}).context["adminform"].form.errors
    assert list(errors) == [field]
    assert words in errors[field][0]


def test_two_plans_in_one_place_are_refused(staff):
    staff.post(ADD, PLAN)
    assert "Two plans cannot have the same place." in staff.post(ADD, PLAN | {"name": "Other"}).content.decode()
