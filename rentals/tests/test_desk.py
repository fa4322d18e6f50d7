"""The desk, through its address: what each scan does, what it says, and how it is undone."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from catalogue.invariants import broken
from members.models import Member, Message, SentForm
from rentals import barcodes, copies, lending
from rentals.desk import scans
from rentals.models import Copy, Finding, Problem, QueueEntry, Rental, Scan
from tests.factories import (
    NOON,
    make_address,
    make_copy,
    make_disc,
    make_member,
    make_problem,
    make_queue_entry,
    make_rental,
    make_staff,
)

pytestmark = pytest.mark.django_db
DESK, SCAN = "/desk/", "/desk/scan/"


@pytest.fixture
def hand(client):
    client.force_login(make_staff(is_superuser=True))
    return client


@pytest.fixture
def code():
    return Copy.objects.all().next_code


def scan(hand, code, *, station="desk", key=None, **fields):
    """What the screen says, for one scan."""
    fields = {"code": code, "station": station, "form_key": key or uuid4()} | fields
    answer = hand.post(SCAN, fields, headers={"X-Desk": "1"})
    assert answer.status_code == 200
    assert broken() == {}
    return answer.content.decode()


def disc(code, **fields):
    return make_copy(barcode=code(), shelf="B-104", **fields)


def sent(copy, **fields):
    """The copy, posted to a member with an address."""
    member = fields.pop("member", None) or make_address().member
    return make_rental(copy=copy, member=member, **{"posted_at": NOON} | fields)


def waits_for(copy):
    make_queue_entry(title=copy.disc.release.title)


# ------------------------------------------------------------------ back
def test_a_disc_comes_back_onto_its_shelf_and_its_member_is_told(hand, code):
    rental = sent(disc(code))
    page = scan(hand, rental.copy.barcode)
    assert "shelve it" in page and "B-104" in page and barcodes.member_code(rental.member_id) in page
    assert Rental.objects.exclude(checked_in_at=None).get() == rental
    assert Message.objects.get().kind == "received"


def test_a_disc_that_somebody_waits_for_goes_into_a_bin(hand, code):
    rental = sent(disc(code))
    waits_for(rental.copy)
    page = scan(hand, rental.copy.barcode)
    rental.copy.refresh_from_db()
    assert "it goes out next" in page and rental.copy.bin == rental.copy.pk % 20 + 1
    assert f"</small>{rental.copy.bin}</p>" in page


def test_the_sleeve_stands_for_its_disc(hand, code):
    rental = sent(disc(code))
    scan(hand, f"S{rental.copy.barcode[1:]}")
    assert not Rental.objects.open().exists()


def test_what_a_scanner_adds_to_a_code_does_not_matter(hand, code):
    rental = sent(disc(code))
    scan(hand, f" {rental.copy.barcode.lower()}\t\r\n")
    assert not Rental.objects.open().exists()


def test_the_same_scan_sent_again_is_the_same_scan(hand, code):
    rental, key = sent(disc(code)), uuid4()
    first, second = (scan(hand, rental.copy.barcode, key=key) for _ in range(2))
    assert "shelve it" in first and "nothing changed" not in second
    assert Scan.objects.count() == Message.objects.count() == 1
    assert not SentForm.objects.exists()


def test_a_scan_that_was_refused_is_refused_once(hand, code):
    copy, key = disc(code), uuid4()
    make_rental(copy=copy)  # whose member has no address
    first, second = (scan(hand, copy.barcode, key=key) for _ in range(2))
    assert "no address" in first and first.count("Nothing changed") == second.count("Nothing changed") == 1
    assert Scan.objects.count() == 1


def test_an_undo_sent_again_undoes_one_scan(hand, code):
    first, second = sent(disc(code)), sent(disc(code))
    for rental in (first, second):
        scan(hand, rental.copy.barcode)
    key = uuid4()
    for _ in range(2):
        assert "Undone" in scan(hand, "Z", key=key)
    assert list(Rental.objects.open()) == [second]


def test_a_page_that_is_gone_back_to_scans_the_next_disc(hand, code):
    first, second, key = sent(disc(code)), sent(disc(code)), uuid4()
    for rental in (first, second):
        scan(hand, rental.copy.barcode, key=key)
    assert not Rental.objects.open().exists()


def test_a_second_scan_changes_nothing_and_says_when_it_came_back(hand, code):
    rental = sent(disc(code))
    scan(hand, rental.copy.barcode)
    page = scan(hand, rental.copy.barcode)
    assert "We have it as in: nothing changed. It came back on" in page
    assert Scan.objects.order_by("pk").last().step == "nothing"


def test_a_scan_kept_without_a_network_counts_from_when_it_was_made(hand, code):
    rental = sent(disc(code))
    at = timezone.now() - timedelta(minutes=5)
    scan(hand, rental.copy.barcode, at=at.isoformat())
    assert Rental.objects.get().checked_in_at == at


@pytest.mark.parametrize(
    "at", ["", "yesterday", "2026-13-45T00:00:00Z", "2126-01-01T00:00:00Z", "1957-10-12T00:00:00Z"]
)
def test_a_clock_that_is_wrong_does_no_harm(hand, code, at):
    rental = sent(disc(code))
    scan(hand, rental.copy.barcode, at=at)
    assert timezone.now() - timedelta(hours=13) < Rental.objects.get().checked_in_at <= timezone.now()


# ------------------------------------------------------------------ what is not as it should be
def test_a_code_that_nobody_has(hand):
    page = scan(hand, "5012345678900")
    assert "No copy has the barcode 5012345678900" in page and "write it down" in page
    hand.post("/desk/snags/unknown/", {"code": "5012345678900"})
    assert Finding.objects.get().code == "5012345678900"


def test_a_mistyped_code(hand, code):
    right = code()
    wrong = f"{right[:-1]}{(int(right[-1]) + 1) % 10}"
    assert "A digit of" in scan(hand, wrong)


def test_a_disc_that_was_never_out(hand, code):
    assert "It has not been out yet." in scan(hand, disc(code).barcode)


def test_a_missing_disc_is_found(hand, code):
    copy = disc(code, missing_at=NOON)
    assert "It is in service again." in scan(hand, copy.barcode)
    assert Copy.objects.on_shelf().get() == copy
    scan(hand, "Z")
    assert not Copy.objects.on_shelf().exists()


def test_a_disc_counted_as_lost_heals(hand, code):
    rental = sent(disc(code))
    lending.settle(make_problem(rental=rental, reported_at=NOON), outcome="lost", at=NOON)
    assert "It is in service again." in scan(hand, rental.copy.barcode)


def test_a_withdrawn_disc_is_put_aside(hand, code):
    copy = disc(code)
    copies.withdraw(copy, "recalled", at=NOON)
    assert "Put it aside" in scan(hand, copy.barcode)


def test_a_disc_of_a_closed_account_comes_back(hand, code):
    rental = sent(disc(code))
    Member.objects.filter(pk=rental.member_id).update(closed_at=NOON, is_active=False)
    assert "shelve it" in scan(hand, rental.copy.barcode)
    assert "This account is closed" in scan(hand, barcodes.member_code(rental.member_id))


def test_a_member_card_tells_what_is_out(hand, code):
    rental = sent(disc(code))
    assert rental.copy.barcode in scan(hand, barcodes.member_code(rental.member_id))
    assert "Nothing is out" in scan(hand, barcodes.member_code(make_member().pk))
    assert "No account" in scan(hand, barcodes.member_code(9**9))


def test_two_reports_send_a_disc_to_inspection(hand, code):
    copy = disc(code)
    for _ in range(2):
        rental = sent(copy)
        make_problem(rental=rental, kind="damaged", reported_at=NOON)
        page = scan(hand, copy.barcode)
    assert "inspection tray" in page and "Reported by the member" in page
    assert Copy.objects.get().in_inspection_since


@pytest.mark.parametrize(("letter", "kind"), [("C", "cracked"), ("s", "scratched")])
def test_a_damaged_disc_is_held_back_and_the_report_settled(hand, code, letter, kind):
    rental = sent(disc(code))
    make_problem(rental=rental, kind="damaged", reported_at=NOON)
    scan(hand, rental.copy.barcode)
    assert "held back" in scan(hand, letter)
    assert Finding.objects.open().get().kind == kind and not Problem.objects.open().exists()
    scan(hand, "Z")
    assert not Finding.objects.open().exists() and Problem.objects.open().exists()
    assert Copy.objects.on_shelf().exists()


def test_a_disc_found_cracked_after_a_round_gave_it_away_does_not_go_out(hand, code):
    rental = sent(disc(code))
    scan(hand, rental.copy.barcode)
    asked = make_queue_entry(sent_at=NOON, title=rental.copy.disc.release.title)
    make_rental(copy=rental.copy, member=asked.member, entry=asked, allocated_at=timezone.now())
    assert "held back" in scan(hand, "C")
    assert not Rental.objects.open().exists() and QueueEntry.objects.live().get() == asked


def test_the_later_disc_of_a_set_goes_to_its_shelf(hand, code):
    rental = sent(make_copy(barcode=code(), disc=make_disc(number=2)))
    waits_for(rental.copy)
    assert "shelve it" in scan(hand, rental.copy.barcode)


@pytest.mark.parametrize("letter", ["W", "E"])
def test_a_wrong_disc_or_none_means_that_the_member_still_has_it(hand, code, letter):
    rental = sent(disc(code))
    scan(hand, f"S{rental.copy.barcode[1:]}")
    assert "is still with" in scan(hand, letter)
    assert Rental.objects.open().get() == rental and not Message.objects.exists()
    assert Finding.objects.open().count() == 1
    scan(hand, "Z")
    assert not Rental.objects.open().exists()


def test_two_discs_in_one_envelope_are_both_scanned(hand, code):
    member = make_address().member
    one, other = sent(disc(code), member=member), sent(disc(code), member=member)
    scan(hand, one.copy.barcode)
    assert "scan the other disc" in scan(hand, "T")
    scan(hand, other.copy.barcode)
    assert not Rental.objects.open().exists() and not Finding.objects.open().exists()


def test_a_letter_without_a_disc(hand):
    assert "Scan the disc first" in scan(hand, "C")
    assert "Nothing to undo" in scan(hand, "Z")


# ------------------------------------------------------------------ undo
def test_a_return_undone_is_as_if_it_had_not_been(hand, code):
    rental = sent(disc(code))
    make_problem(rental=rental, kind="not logged", reported_at=NOON)
    waits_for(rental.copy)
    scan(hand, rental.copy.barcode)
    assert "Undone" in scan(hand, "Z")
    assert Rental.objects.open().get() == rental and Copy.objects.get().bin is None
    assert Problem.objects.open().exists() and not Message.objects.exists()


def test_an_undone_scan_is_not_undone_again(hand, code):
    rental = sent(disc(code))
    scan(hand, rental.copy.barcode)
    made = Scan.objects.get()
    for said in ("Undone", "undone already"):
        page = hand.post(f"/desk/scans/{made.pk}/undo/", {"form_key": uuid4()}, headers={"X-Desk": "1"})
        assert said in page.content.decode()


def test_after_ten_minutes_a_scan_stands(hand, code):
    rental = sent(disc(code))
    scan(hand, rental.copy.barcode)
    Scan.objects.update(received_at=timezone.now() - timedelta(minutes=11))
    assert "Nothing to undo" in scan(hand, "Z")
    page = hand.post(f"/desk/scans/{Scan.objects.first().pk}/undo/", {}, headers={"X-Desk": "1"})
    assert "more than ten minutes" in page.content.decode()


def test_a_return_stands_once_its_place_is_filled(hand, code):
    rental = sent(disc(code))
    scan(hand, rental.copy.barcode)
    make_rental(member=rental.member, place=rental.place)
    assert "place is filled" in scan(hand, "Z")
    assert Rental.objects.exclude(checked_in_at=None).exists()


# ------------------------------------------------------------------ out
def test_a_disc_is_packed_and_posted_each_once(hand, code):
    rental = sent(disc(code, bin=3), posted_at=None)
    assert "Not packed yet" in scan(hand, rental.copy.barcode, station="post")
    assert "Pack it" in scan(hand, rental.copy.barcode)
    assert "Packed already" in scan(hand, rental.copy.barcode)
    assert "Into the post" in scan(hand, rental.copy.barcode, station="post")
    assert "Posted already" in scan(hand, rental.copy.barcode, station="post")
    assert Message.objects.get().kind == "posted" and Copy.objects.get().bin is None


def test_each_step_out_is_undone(hand, code):
    rental = sent(disc(code), posted_at=None)
    scan(hand, rental.copy.barcode)
    scan(hand, rental.copy.barcode, station="post")
    scan(hand, "Z")
    assert Rental.objects.values_list("posted_at", flat=True).get() is None and not Message.objects.exists()
    scan(hand, "Z")
    assert Rental.objects.values_list("packed_at", flat=True).get() is None


def test_nothing_is_packed_without_an_address(hand, code):
    rental = sent(disc(code), posted_at=None, member=make_member())
    assert "has no address" in scan(hand, rental.copy.barcode)
    assert Rental.objects.values_list("picked_at", flat=True).get() is None


# ------------------------------------------------------------------ the page
def test_the_pick_list_stands_in_the_order_of_the_shelves_bins_first(hand, code):
    places = [("C-001", None), ("A-010", None), ("B-001", 7)]
    for shelf, number in places:
        sent(make_copy(barcode=code(), shelf=shelf, bin=number), posted_at=None)
    page = hand.get(DESK).content.decode()
    assert [page.index(f'"bin">{place}<') for place in ("Bin 7", "A-010", "C-001")] == sorted(
        page.index(f'"bin">{place}<') for place in ("Bin 7", "A-010", "C-001")
    )


def test_a_row_is_ticked_and_the_tick_taken_off(hand, code):
    rental = sent(disc(code), posted_at=None)
    for off, picked in (("", True), ("1", False)):
        hand.post(f"/desk/pick/{rental.pk}/", {"off": off})
        assert (Rental.objects.get().picked_at is not None) == picked
    assert broken() == {}


def test_a_disc_that_is_not_in_its_place_is_found_or_missing(hand, code):
    title_asked = make_queue_entry(sent_at=NOON)
    rental = sent(disc(code), posted_at=None, member=title_asked.member, entry=title_asked)
    hand.post(f"/desk/pick/{rental.pk}/not-there/")
    assert "It belongs to shelf B-104" in hand.get(DESK).content.decode()
    hand.post(f"/desk/snags/{Finding.objects.get().pk}/", {"way": "missing"})
    assert Copy.objects.get().missing_at and not Rental.objects.open().exists()
    assert QueueEntry.objects.live().get() == title_asked
    assert broken() == {}


@pytest.mark.parametrize(("way", "gone"), [("withdraw", True), ("passed", False)])
def test_a_cracked_disc_is_withdrawn_or_plays_after_all(hand, code, way, gone):
    rental = sent(disc(code))
    scan(hand, rental.copy.barcode)
    scan(hand, "C")
    snag = f"/desk/snags/{Finding.objects.get().pk}/"
    hand.post(snag, {"way": "eaten"})
    assert Finding.objects.open().exists()
    hand.post(snag, {"way": way})
    assert not Finding.objects.open().exists()
    assert Copy.objects.on_shelf().exists() == (not gone)
    assert "settled already" in hand.post(snag, {"way": way}, follow=True).content.decode()


def test_everything_packed_leaves_at_once(hand, code):
    for _ in range(3):
        scan(hand, sent(disc(code), posted_at=None).copy.barcode)
    sent(disc(code), posted_at=None)
    assert "3 discs posted" in hand.post("/desk/post/", follow=True).content.decode()
    assert Rental.objects.to_post().count() == 1


def test_a_label_with_an_old_address_is_told_of(hand, code):
    rental = sent(disc(code), posted_at=None)
    scan(hand, rental.copy.barcode)
    type(rental.member.address).objects.update(changed_at=timezone.now() + timedelta(minutes=1))
    assert "Moved since" in hand.get(DESK).content.decode()
    hand.post(f"/desk/pick/{rental.pk}/unpack/")
    assert Rental.objects.get().packed_at is None


def test_a_round_out_of_turn(hand):
    assert "0 discs to pick for 0 open places" in hand.post("/desk/round/", follow=True).content.decode()


def test_without_a_script_each_scan_is_a_page(hand, code):
    rental = sent(disc(code))
    page = hand.post(SCAN, {"code": rental.copy.barcode, "station": "desk", "form_key": uuid4()}, follow=True)
    assert "shelve it" in page.content.decode() and page.redirect_chain == [(DESK, 302)]


def test_the_page_takes_as_many_queries_for_twenty_as_for_two(hand, code, django_assert_max_num_queries):
    for _ in range(20):
        sent(disc(code), posted_at=None)
        scan(hand, sent(disc(code)).copy.barcode)
        scan(hand, "C")
    with django_assert_max_num_queries(16):
        hand.get(DESK)


def test_a_scan_takes_as_many_queries_with_a_full_desk_as_with_an_empty_one(hand, code):
    def queries():
        rental = sent(disc(code))
        waits_for(rental.copy)
        with CaptureQueriesContext(connection) as asked:
            hand.post(SCAN, {"code": rental.copy.barcode, "form_key": uuid4()}, headers={"X-Desk": "1"})
        return len(asked)

    queries()
    few = queries()
    for _ in range(20):
        sent(disc(code), posted_at=None)
        scan(hand, sent(disc(code)).copy.barcode)
    assert queries() == few <= 40


def test_scans_are_forgotten_after_a_month(hand, code):
    scan(hand, disc(code).barcode)
    assert scans.forget_scans(now=timezone.now() + timedelta(days=29)) == 0
    assert scans.forget_scans(now=timezone.now() + timedelta(days=31)) == 1


def test_the_desk_is_for_staff_with_the_right_and_a_second_step(client):
    assert client.get(DESK).url == "/sign-in/?next=/desk/"
    assert client.post(SCAN, {"code": "K00000013"}).url == "/sign-in/?next=/desk/"
    client.force_login(make_member())
    assert client.get(DESK).status_code == 403
    client.force_login(make_staff())
    assert client.get(DESK).status_code == 403
    client.force_login(make_member(is_staff=True, is_superuser=True))
    assert reverse("mfa_activate_totp") in client.get(DESK).url
