"""The staff's pages of plans, copies, rentals and queues."""

import pytest
from django.urls import reverse

from rentals.models import Copy, Plan
from tests.factories import DAY, make_copy, make_disc, make_queue_entry, make_rental, make_staff

pytestmark = pytest.mark.django_db
ADD = reverse("admin:rentals_plan_add")
PLAN = {"name": "Two at home", "places_at_home": 2, "media": ["dvd", "blu-ray"], "price_pence": 999, "position": 90}


@pytest.fixture
def staff(client):
    client.force_login(make_staff(is_superuser=True))
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


# ------------------------------------------------------------------ copies
ADD_COPY = reverse("admin:rentals_copy_add")


def copy_of(disc, number=1, **fields):
    return {"release": disc.release.pk, "disc_number": number, "barcode": "00000042", "acquired_on": DAY} | fields


def test_a_copy_is_added_by_its_release_and_the_number_of_its_disc(staff):
    disc = make_disc()
    assert staff.get(ADD_COPY).status_code == 200
    assert staff.post(ADD_COPY, copy_of(disc)).status_code == 302
    copy = Copy.objects.get()
    assert (copy.disc, copy.barcode) == (disc, "00000042")
    assert disc.release.title.name in staff.get(reverse("admin:rentals_copy_changelist")).content.decode()


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"disc_number": 2}, "disc_number", "This release has no disc 2."),
        ({"release": 0}, "release", "Select a valid choice"),
        ({"barcode": ""}, "barcode", "This field is required."),
    ],
)
def test_a_copy_of_nothing_is_refused(staff, fields, field, words):
    errors = staff.post(ADD_COPY, copy_of(make_disc()) | fields).context["adminform"].form.errors
    assert words in errors[field][0]


def test_a_copy_is_withdrawn_but_stays_a_copy_of_its_disc(staff):
    copy, other = make_copy(), make_disc()
    url = reverse("admin:rentals_copy_change", args=[copy.pk])
    assert staff.get(url).status_code == 200
    withdrawn = {"withdrawn_at_0": "2026-02-01", "withdrawn_at_1": "12:00"}
    staff.post(url, copy_of(other, barcode=copy.barcode, **withdrawn))
    after = Copy.objects.get()
    assert after.disc == copy.disc and after.withdrawn_at


def test_a_copy_with_a_history_is_not_deleted(staff):
    rental = make_rental()
    staff.post(reverse("admin:rentals_copy_delete", args=[rental.copy.pk]), {"post": "yes"})
    assert Copy.objects.exists()


def test_no_request_is_made_for_a_member(staff):
    assert staff.get(reverse("admin:rentals_queueentry_add")).status_code == 403


@pytest.mark.parametrize(("model", "make"), [("rental", make_rental), ("queueentry", make_queue_entry)])
def test_what_members_did_is_only_looked_at(staff, model, make):
    row = make()
    assert staff.get(reverse(f"admin:rentals_{model}_changelist")).status_code == 200
    assert staff.get(reverse(f"admin:rentals_{model}_change", args=[row.pk])).status_code == 200
    assert not staff.get(reverse(f"admin:rentals_{model}_change", args=[row.pk])).context["has_change_permission"]
    assert staff.post(reverse(f"admin:rentals_{model}_delete", args=[row.pk]), {"post": "yes"}).status_code == 403
