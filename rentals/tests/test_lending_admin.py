"""Staff lend, post, check in and settle in the admin: by the verbs, and twice does no harm."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from catalogue.invariants import broken
from rentals.barcodes import problem_with, unknown
from rentals.models import Problem, QueueEntry, Rental
from tests.factories import (
    make_copy,
    make_member,
    make_membership,
    make_problem,
    make_queue_entry,
    make_rental,
    make_staff,
)

pytestmark = pytest.mark.django_db
ADD, RENTALS = reverse("admin:rentals_rental_add"), reverse("admin:rentals_rental_changelist")
PROBLEMS = reverse("admin:rentals_problem_changelist")
THEN = datetime(2026, 11, 2, 12, tzinfo=UTC)


@pytest.fixture
def staff(client):
    client.force_login(make_staff(is_superuser=True))
    return client


def act(staff, url, action, *rows):
    """What the page says after an action on rows."""
    page = staff.post(url, {"action": action, "_selected_action": [row.pk for row in rows]}, follow=True)
    return [(message.level_tag, str(message)) for message in page.context["messages"]]


def posted(**fields):
    return make_rental(allocated_at=THEN, posted_at=THEN, **fields)


# ------------------------------------------------------------------ by hand
def by_hand(**fields):
    copy, member = make_copy(), make_membership().member
    make_queue_entry(member=member, title=copy.disc.release.title)
    return {"email": member.email, "barcode": copy.barcode, "reason": "A prize"} | fields


def test_a_copy_is_lent_by_hand_and_closes_the_request(staff):
    assert staff.get(ADD).status_code == 200
    sent = by_hand()
    assert staff.post(ADD, sent).status_code == 302
    rental = Rental.objects.get()
    assert (rental.copy.barcode, rental.member.email, rental.reason) == tuple(
        sent[k] for k in ("barcode", "email", "reason")
    )
    assert not QueueEntry.objects.live().exists()


def test_a_second_click_lends_nothing_and_says_why(staff):
    sent = by_hand()
    staff.post(ADD, sent)
    errors = staff.post(ADD, sent).context["adminform"].form.non_field_errors()
    assert errors == ["Every place at home of this member is taken."]
    assert Rental.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"email": "nobody@example.org"}, "email", "No member has this address."),
        ({"barcode": "x"}, "barcode", unknown("x")),
        ({"barcode": "K00000081"}, "barcode", problem_with("K00000081")),
        ({"reason": ""}, "reason", "This field is required."),
    ],
)
def test_what_is_not_there_is_said_beside_the_field(staff, fields, field, words):
    errors = staff.post(ADD, by_hand(**fields)).context["adminform"].form.errors
    assert errors == {field: [words]} and not Rental.objects.exists()


# ------------------------------------------------------------------ moved on
def test_rentals_are_posted_and_those_that_were_are_named(staff):
    waiting, before = make_rental(allocated_at=THEN), posted()
    assert act(staff, RENTALS, "dispatch_them", waiting, before) == [
        ("success", "1 disc posted."),
        ("warning", f"{before.copy.barcode} was posted before, back or cancelled: nothing changed."),
    ]
    assert Rental.objects.get(pk=before.pk).posted_at == THEN


def test_rentals_are_checked_in_and_twice_does_no_harm(staff):
    rental = posted()
    assert act(staff, RENTALS, "check_them_in", rental) == [("success", "1 disc checked in.")]
    back = Rental.objects.get().checked_in_at
    assert act(staff, RENTALS, "check_them_in", rental)[0][0] == "warning"
    assert Rental.objects.get().checked_in_at == back


def test_what_is_not_on_the_shelf_is_cancelled(staff):
    rental, gone = make_rental(allocated_at=THEN), posted()
    said = act(staff, RENTALS, "cancel_as_missing", rental, gone)
    assert said[0] == ("success", "1 rental cancelled; the copies are missing.")
    assert said[1] == ("warning", f"Copy {gone.copy.barcode} is posted, back or cancelled already.")
    assert Rental.objects.get(pk=rental.pk).copy.missing_at and not Rental.objects.get(pk=gone.pk).cancelled_at


def test_a_problem_is_settled_once(staff):
    problem = make_problem(rental=posted(), reported_at=THEN, kind="not arrived")
    assert act(staff, PROBLEMS, "settle_as_lost", problem) == [("success", "1 problem settled.")]
    assert act(staff, PROBLEMS, "settle_as_back", problem) == [
        ("warning", "1 problem settled before: nothing changed.")
    ]
    assert Problem.objects.get().outcome == "Counted as lost. The place is free again."
    assert Rental.objects.get().copy.missing_at


def test_who_may_look_but_not_change_moves_nothing(client):
    looker = make_staff()
    looker.user_permissions.set(Permission.objects.filter(codename__in=["view_rental", "view_problem"]))
    client.force_login(looker)
    rental = posted()
    act(client, RENTALS, "check_them_in", rental)
    assert Rental.objects.get().checked_in_at is None
    assert client.get(ADD).status_code == 403
    assert "check_them_in" not in client.get(RENTALS).content.decode()


# ------------------------------------------------------------------ fsck
def spoil_the_member():
    make_rental(entry=make_queue_entry(sent_at=THEN))


def spoil_the_request():
    entry = make_queue_entry()
    make_rental(entry=entry, member=entry.member)


def spoil_a_closed_account():
    make_rental(member=make_member(is_active=False, closed_at=THEN), allocated_at=datetime(2026, 11, 3, tzinfo=UTC))


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (spoil_the_member, "A rental answers a request of its own member."),
        (spoil_the_request, "What was sent for a request is not asked for still, unless something is wrong with it."),
        (spoil_a_closed_account, "Nothing is lent to a closed account."),
    ],
)
def test_what_no_verb_does_is_found(spoil, sentence):
    spoil()
    assert list(broken()) == [sentence]
