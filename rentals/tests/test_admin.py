"""The staff's pages of plans, memberships, invoices, copies, rentals and queues."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone

from rentals.barcodes import new_code, problem_with
from rentals.memberships import join
from rentals.models import Copy, Invoice, Plan
from tests.factories import (
    DAY,
    make_copy,
    make_disc,
    make_member,
    make_plan,
    make_queue_entry,
    make_rental,
    make_staff,
)

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
        ({"barcode": "K00000081"}, "barcode", "A digit of K00000081 is wrong, or two changed places."),
        ({"barcode": "K0000001"}, "barcode", "Our barcodes are K and 8 digits"),
    ],
)
def test_a_copy_of_nothing_is_refused(staff, fields, field, words):
    errors = staff.post(ADD_COPY, copy_of(make_disc()) | fields).context["adminform"].form.errors
    assert words in errors[field][0]


def test_a_copy_without_a_barcode_gets_the_next_of_ours(staff):
    for _ in range(2):
        assert staff.post(ADD_COPY, copy_of(make_disc(), barcode="")).status_code == 302
    first, second = Copy.objects.order_by("pk").values_list("barcode", flat=True)
    assert int(second[1:-1]) == int(first[1:-1]) + 1
    assert problem_with(first) == problem_with(second) == ""


def test_a_barcode_is_taken_as_the_scanner_means_it(staff):
    staff.post(ADD_COPY, copy_of(make_disc(), barcode=f" {new_code(1).lower()}\t\r\n"))
    assert Copy.objects.get().barcode == new_code(1)


def test_a_barcode_that_another_copy_has_is_refused(staff):
    taken = make_copy(barcode=new_code(1)).barcode
    errors = staff.post(ADD_COPY, copy_of(make_disc(), barcode=taken.lower())).context["adminform"].form.errors
    assert errors == {"barcode": ["Another copy has this barcode already."]}


def test_a_copy_keeps_a_barcode_when_its_page_is_saved(staff):
    copy = make_copy()
    page = staff.post(reverse("admin:rentals_copy_change", args=[copy.pk]), copy_of(copy.disc, barcode=""))
    assert page.context["adminform"].form.errors == {"barcode": ["This field is required."]}


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


# ------------------------------------------------------------------ memberships and invoices
INVOICES, MEMBERSHIPS = reverse("admin:rentals_invoice_changelist"), reverse("admin:rentals_membership_changelist")


def act(staff, where, action, *rows):
    """What the page says after an action on `rows`."""
    sent = {"action": action, "_selected_action": [row.pk for row in rows]}
    return staff.post(where, sent, follow=True).content.decode()


def asked_for():
    return join(make_member(), make_plan(), now=timezone.now())


def test_staff_confirm_a_payment_and_a_second_click_changes_nothing(staff):
    invoice = asked_for().invoices.get()
    assert invoice.number in staff.get(f"{INVOICES}?payment=due").content.decode()
    assert "1 invoice confirmed as paid." in act(staff, INVOICES, "confirm", invoice)
    assert "0 invoices confirmed as paid." in act(staff, INVOICES, "confirm", invoice)
    invoice.refresh_from_db()
    assert invoice.confirmed_by.is_staff
    assert invoice.membership.changes.filter(what="confirmed").count() == 1


def test_staff_void_an_invoice_and_confirm_what_went_back(staff):
    invoice, other = asked_for().invoices.get(), asked_for().invoices.get()
    assert "1 invoice voided." in act(staff, INVOICES, "void", invoice)
    act(staff, INVOICES, "confirm", other)
    assert "1 membership cancelled." in act(staff, MEMBERSHIPS, "cancel", other.membership)
    assert other.number in staff.get(f"{INVOICES}?payment=to_repay").content.decode()
    assert "1 invoice confirmed as paid back." in act(staff, INVOICES, "confirm_refund", other)


def test_what_is_refused_to_members_is_told_to_staff(staff):
    assert "There is no pause to end." in act(staff, MEMBERSHIPS, "resume", asked_for())


def test_a_membership_shows_its_history_and_nobody_writes_in_it(staff):
    membership = asked_for()
    address = reverse("admin:rentals_membership_change", args=[membership.pk])
    assert "Asked for" in staff.get(address).content.decode()
    assert staff.post(address, {"plan": make_plan().pk}).status_code == 403
    assert staff.get(reverse("admin:rentals_membershipchange_changelist")).status_code == 200


def test_who_may_only_look_is_offered_no_action(client):
    looks = make_staff()
    looks.user_permissions.add(Permission.objects.get(codename="view_invoice"))
    client.force_login(looks)
    invoice = asked_for().invoices.get()
    act(client, INVOICES, "confirm", invoice)
    assert Invoice.objects.due().filter(pk=invoice.pk).exists()
