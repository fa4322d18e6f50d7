"""A stock-take: what lies on a shelf, held against what should, and put right when staff say so."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from catalogue.invariants import broken
from rentals import barcodes
from rentals.desk import stock_take
from rentals.models import Copy, CopyEvent, Rental
from tests.factories import NOON, make_copy, make_membership, make_queue_entry, make_rental, make_staff

pytestmark = pytest.mark.django_db
TAKE, PUT_RIGHT = reverse("rentals:desk_take"), reverse("rentals:desk_put_right")


@pytest.fixture
def hand(client):
    member = make_staff()
    member.groups.add(Group.objects.get(name="desk"))
    client.force_login(member)
    client.member = member
    return client


def on(shelf="B-014", **fields):
    return make_copy(shelf=shelf, **fields)


def take(hand, *scanned, shelf="B-014", **fields):
    codes = [getattr(each, "barcode", each) for each in scanned]
    page = hand.post(TAKE, {"shelf": shelf, "scanned": "\r\n".join(codes)} | fields)
    assert page.status_code == 200
    return page


def came_to(page):
    """{list of a Take: what is in it}, without what is empty."""
    lists = {
        name: getattr(page.context["take"], name) for name in stock_take.Take.__dataclass_fields__ if name != "shelf"
    }
    return {name: found for name, found in lists.items() if found}


def put_right(hand, shelf="B-014", **ticked):
    page = hand.post(PUT_RIGHT, {"shelf": shelf} | {k: [c.pk for c in v] for k, v in ticked.items()}, follow=True)
    return [str(message) for message in page.context["messages"]]


# ------------------------------------------------------------------ looking
def test_each_disc_is_in_the_list_it_belongs_to_and_nothing_is_changed(hand):
    here, gone, other, placeless = on(), on(), on("C-001"), on("")
    lost, sold = on(missing_at=NOON), on(withdrawn_at=NOON, withdrawn_for="sold")
    out = make_rental(copy=on(), posted_at=NOON).copy
    picked = make_rental(copy=on(), picked_at=NOON).copy
    to_pick, binned, held = make_rental(copy=on()).copy, on(bin=3), on(in_inspection_since=NOON)
    before = CopyEvent.objects.count()
    scanned = [here, other, placeless, lost, sold, out, picked, to_pick, binned, held]
    assert came_to(take(hand, *scanned)) == {
        "right": [here, to_pick, held],
        "missing": [gone],
        "elsewhere": [other, placeless],
        "found": [lost],
        "back": [out],
        "aside": [sold, picked, binned],
    }
    assert CopyEvent.objects.count() == before and broken() == {}


def test_what_is_not_expected_is_not_missed(hand):
    """Out, picked, in a bin, looked at, withdrawn, missing already."""
    make_rental(copy=on(), posted_at=NOON)
    make_rental(copy=on(), picked_at=NOON)
    on(bin=3), on(in_inspection_since=NOON), on(missing_at=NOON), on(withdrawn_at=NOON)
    to_pick = make_rental(copy=on()).copy
    assert came_to(take(hand)) == {"missing": [to_pick]}


def test_codes_that_are_no_copy_are_named_with_their_line_and_doubles_count_once(hand):
    copy, other = on(barcode=barcodes.new_code(5)), barcodes.new_code(6)
    page = take(hand, copy, copy.barcode.lower(), "K00000014", other, "4006381333931")
    assert came_to(page) == {
        "right": [copy],
        "twice": [copy.barcode],
        "unknown": [
            f"Line {line}: {barcodes.unknown(code)}"
            for line, code in ((3, "K00000014"), (4, other), (5, "4006381333931"))
        ],
    }


def test_a_place_is_one_place_and_all_that_begin_so_are_asked_for(hand):
    near, far = on("B-014"), on("B-0145")
    assert came_to(take(hand, shelf="b-014")) == {"missing": [near]}
    assert came_to(take(hand, shelf="B-014", begins="1")) == {"missing": [near, far]}
    assert came_to(take(hand, far, shelf="B-014", begins="1")) == {"right": [far], "missing": [near]}
    assert came_to(take(hand, shelf="%", begins="1")) == {}


def test_what_was_scanned_is_still_there_to_be_scanned_on(hand):
    copy = on()
    page = take(hand, copy).content.decode()
    assert f"{copy.barcode}</textarea>" in page and "All that should be here is here" in page
    assert "Nothing should be here" in take(hand, shelf="Z-999").content.decode()


@pytest.mark.parametrize("shelf", ["", "  ", "\0"])
def test_no_shelf_is_said(hand, shelf):
    assert "Say which shelf" in hand.post(TAKE, {"shelf": shelf, "scanned": "x\0y"}).context["fault"]


def test_too_many_at_a_time_is_said_and_what_was_scanned_is_kept(hand, monkeypatch):
    monkeypatch.setattr(stock_take, "MOST", 2)
    copies = [on() for _ in range(3)]
    page = take(hand, *copies)
    assert "too many" in page.context["fault"] and copies[2].barcode in page.content.decode()
    assert "too many" in take(hand).context["fault"]


def test_as_many_queries_for_many_discs(hand):
    def queries():
        copies = [make_rental(copy=on(), posted_at=NOON).copy for _ in range(3)]
        with CaptureQueriesContext(connection) as done:
            take(hand, *copies, on("C-001"))
        return len(done)

    on()
    few = queries()
    for _ in range(20):
        on()
    assert queries() == few


# ------------------------------------------------------------------ put right
def test_what_is_ticked_is_done_and_signed(hand):
    gone, kept, other, lost = on(), on(), on("C-001"), on("C-002", missing_at=NOON)
    rental = make_rental(copy=on(), posted_at=NOON)
    said = put_right(hand, missing=[gone], move=[other, lost], found=[lost], back=[rental.copy])
    assert said == [
        "1 disc found.",
        "1 disc checked in.",
        "2 discs given this shelf place.",
        "1 disc marked missing.",
    ]
    state = dict(Copy.objects.values_list("pk", "shelf"))
    assert state == {gone.pk: "B-014", kept.pk: "B-014", other.pk: "B-014", lost.pk: "B-014", rental.copy_id: "B-014"}
    assert list(Copy.objects.exclude(missing_at=None)) == [gone] and Rental.objects.get().checked_in_at
    event = gone.events.latest("pk")
    assert (event.kind, event.by, event.note) == ("missing", hand.member, "Stock-take of B-014") and broken() == {}


def test_a_disc_that_was_to_be_picked_and_is_missing_is_not_sent(hand):
    rental = make_rental(copy=on(), allocated_at=NOON)
    put_right(hand, missing=[rental.copy])
    assert Rental.objects.get().cancelled_at and Copy.objects.get().missing_at and broken() == {}


def test_what_is_checked_in_and_waited_for_goes_into_a_bin(hand):
    rental = make_rental(copy=on(), posted_at=NOON)
    make_queue_entry(title=rental.copy.disc.release.title, member=make_membership().member)
    said = put_right(hand, back=[rental.copy])
    copy = Copy.objects.get()
    assert said == ["1 disc checked in.", f"Copy {copy.barcode} goes out next: put it into bin {copy.bin}."]
    assert broken() == {}


def test_who_may_not_change_rentals_checks_nothing_in(client):
    member = make_staff()
    member.user_permissions.add(Permission.objects.get(codename="change_copy"))
    client.force_login(member)
    rental = make_rental(copy=on(), posted_at=NOON)
    assert 'name="back"' not in take(client, rental.copy).content.decode()
    put_right(client, back=[rental.copy])
    assert Rental.objects.get().checked_in_at is None


def test_what_changed_meanwhile_is_said_and_the_rest_is_done(hand):
    here, lost, back = on("C-001"), on(missing_at=NOON), on()
    Copy.objects.filter(pk=lost.pk).update(missing_at=None)
    rental = make_rental(copy=on(), posted_at=timezone.now())
    said = put_right(hand, move=[here], found=[lost], back=[back], missing=[rental.copy])
    assert said == [
        "1 disc given this shelf place.",
        f"Copy {lost.barcode} is not missing.",
        f"Copy {back.barcode} is not out: somebody checked it in.",
        f"Copy {rental.copy.barcode} is with a member: if it does not come back, settle their report.",
    ]
    assert broken() == {}


def test_nothing_ticked_changes_nothing_and_says_so(hand):
    assert put_right(hand) == ["Nothing was ticked, so nothing was changed."]
    hand.post(PUT_RIGHT, {"shelf": "B-014", "missing": ["x", "99999999999999999999", "-1"]})
    assert not Copy.objects.exists()
