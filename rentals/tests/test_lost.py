"""What the post lost: the place is free at once, nobody is blamed, and what comes after all is at home again."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from catalogue import viewings
from catalogue.invariants import broken
from rentals import lending, lost, rounds
from rentals.models import Copy, CopyEvent, Problem, QueueEntry, Rental
from rentals.places import places_of
from tests.factories import (
    make_copy,
    make_member,
    make_membership,
    make_plan,
    make_queue_entry,
    make_rental,
    make_staff,
)
from tests.pages import get, of_class, text, tree

pytestmark = pytest.mark.django_db
QUEUE = reverse("rentals:queue")
SENT = datetime(2026, 11, 5, 15, tzinfo=UTC)  # a Thursday
NOW = datetime(2026, 11, 13, 9, tzinfo=UTC)


@pytest.fixture
def member():
    return make_membership(plan=make_plan(places_at_home=1)).member


@pytest.fixture
def client(member, sign_in):
    return sign_in(member)


def sent(member, **fields):
    entry = make_queue_entry(member=member, sent_at=SENT)
    copy = make_copy(title=entry.title)
    times = {"allocated_at": SENT, "posted_at": SENT}
    return make_rental(member=member, copy=copy, entry=entry, **times | fields)


def say(client, rental, name, **said):
    """The page after the member said something of a rental."""
    fields = said | {"form_key": uuid4()}
    return tree(client.post(reverse(f"rentals:{name}", args=[rental.pk]), fields, follow=True))


def told(page):
    return text(page.find(".//main"))


def test_what_has_not_arrived_frees_its_place_and_the_next_round_fills_it(client, member):
    rental = sent(member)
    waiting = make_queue_entry(member=member)
    make_copy(title=waiting.title)
    page = say(client, rental, "problem", kind="not arrived")
    assert "Its place is free: the next round sends what comes next." in told(page)
    assert f"The post lost {rental.copy.disc.release.title.name}, posted on 5 November" in told(page)
    rounds.make_round(timezone.now(), now=timezone.now(), by=None)
    assert Rental.objects.open().get().entry == waiting and broken() == {}


def test_the_copy_is_missing_and_nobody_has_to_settle_anything(member):
    rental = sent(member)
    problem = lending.report(rental, "not arrived", at=NOW)
    problem.refresh_from_db()
    assert (problem.settled_at, problem.outcome) == (NOW, lending.OUTCOMES[lending.LOST])
    assert Copy.objects.get().missing_at == NOW and CopyEvent.objects.last().kind == "missing"
    assert not Copy.objects.in_service().exists() and broken() == {}


def test_another_copy_can_be_asked_for_at_once(client, member):
    rental = sent(member)
    say(client, rental, "problem", kind="not arrived", again="1")
    assert QueueEntry.objects.live().get() == rental.entry and broken() == {}


def test_it_does_not_count_toward_the_cap_of_the_month(monkeypatch):
    plan = make_plan(places_at_home=1, discs_a_month=1)
    member = make_membership(plan=plan, confirmed_at=SENT).member
    rental = sent(member)
    waiting = make_queue_entry(member=member)
    make_copy(title=waiting.title)
    assert not places_of(member, NOW.date()).free
    lending.report(rental, "not arrived", at=NOW)
    assert places_of(member, NOW.date()).free == [1]
    assert rounds.make_round(NOW, now=NOW, by=None).round.sent == 1 and broken() == {}


def test_it_does_not_count_as_seen(member):
    lending.report(sent(member), "not arrived", at=NOW)
    assert not any(rows.exists() for rows in viewings.returns())


# ------------------------------------------------------------------ it comes after all
def test_it_is_at_home_again_while_its_place_is_free(client, member):
    rental = sent(member)
    say(client, rental, "problem", kind="not arrived")
    page = say(client, rental, "came_after_all")
    assert "came after all" in told(page) and not of_class(page, "astray")
    rental.refresh_from_db()
    assert rental.checked_in_at is None and rental.arrived_at and rental.copy.missing_at is None
    assert Problem.objects.get().outcome == lost.CAME and broken() == {}
    lending.check_in(rental, at=timezone.now())
    assert Copy.objects.on_shelf().exists()


def test_it_is_one_more_if_the_place_is_taken_and_comes_back_by_a_scan(client, member):
    rental = sent(member)
    lending.report(rental, "not arrived", at=NOW)
    make_rental(member=member, place=rental.place)
    say(client, rental, "came_after_all")
    rental.refresh_from_db()
    assert rental.arrived_at and rental.checked_in_at == NOW and rental.copy.missing_at and broken() == {}
    assert "It was missing. It is in service again." in scan(client, rental.copy)
    assert rental.copy in Copy.objects.on_shelf() and broken() == {}


def scan(client, copy):
    client.force_login(make_staff(is_superuser=True))
    sent = {"code": copy.barcode, "station": "desk", "form_key": uuid4()}
    return client.post("/desk/scan/", sent, headers={"X-Desk": "1"}).content.decode()


def test_the_desk_finds_it_and_an_undo_loses_it_again(client, member):
    rental = sent(member)
    lending.report(rental, "not arrived", at=NOW)
    assert "It was missing" in scan(client, rental.copy)
    assert "turned up" in Problem.objects.get().outcome and Copy.objects.on_shelf().exists() and broken() == {}
    client.post("/desk/scan/", {"code": "Z", "form_key": uuid4()}, headers={"X-Desk": "1"})
    assert Problem.objects.get().outcome == lending.OUTCOMES[lending.LOST]
    assert Copy.objects.get().missing_at and broken() == {}


def test_what_the_desk_has_is_not_what_the_member_has(client, member):
    rental = sent(member)
    lending.report(rental, "not arrived", at=NOW)
    Copy.objects.update(missing_at=None)
    assert "is back with us" in told(say(client, rental, "came_after_all"))


@pytest.mark.parametrize(
    "fields", [{}, {"checked_in_at": NOW}, {"lost_at": NOW, "checked_in_at": NOW, "arrived_at": NOW}]
)
def test_what_is_not_lost_does_not_come_after_all(client, member, fields):
    rental = sent(member, **fields)
    assert "We do not count this disc as lost." in told(say(client, rental, "came_after_all"))


def test_nobody_says_it_of_a_disc_of_somebody_else(client):
    rental = sent(make_member())
    lending.report(rental, "not arrived", at=NOW)
    assert client.post(reverse("rentals:came_after_all", args=[rental.pk])).status_code == 404


def test_the_history_says_it_and_takes_it_back_long_after(client, member):
    rental = sent(member, allocated_at=SENT - timedelta(days=300), posted_at=SENT - timedelta(days=300))
    lending.report(rental, "not arrived", at=NOW - timedelta(days=200))
    assert not of_class(get(client, QUEUE), "astray")
    page = get(client, reverse("rentals:history"))
    assert "lost on its way" in told(page) and "It came after all" in told(page)
    say(client, rental, "came_after_all")
    assert "lost on its way" not in told(get(client, reverse("rentals:history")))
