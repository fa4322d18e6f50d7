"""Stock at the desk: the list, the passport of a copy, and what its forms do."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from catalogue.invariants import broken
from rentals import barcodes
from rentals.copies import acting, hold
from rentals.desk.answers import number_of
from rentals.desk.stock_list import PER_PAGE, STATES
from rentals.models import Copy, Rental
from tests.factories import (
    NOON,
    make_address,
    make_copy,
    make_finding,
    make_member,
    make_problem,
    make_rental,
    make_staff,
    make_title,
    make_title_name,
)

pytestmark = pytest.mark.django_db
STOCK = reverse("rentals:desk_stock")


@pytest.fixture
def hand(client):
    """A client of a warehouse hand: of the role "desk"."""
    member = make_staff()
    member.groups.add(Group.objects.get(name="desk"))
    client.force_login(member)
    client.member = member
    return client


def page_of(copy):
    return reverse("rentals:desk_copy", args=[copy.barcode])


def do(hand, copy, verb, **sent):
    """The page after a form of the passport was sent."""
    return hand.post(reverse("rentals:desk_copy_verb", args=[copy.barcode, verb]), sent, follow=True)


def said(page):
    return [str(message) for message in page.context["messages"]]


def out(**fields):
    return make_rental(posted_at=NOON, **fields)


STATES_MADE = {
    "here": lambda: make_copy(),
    "out": lambda: out().copy,
    "held": lambda: make_copy(in_inspection_since=NOON),
    "missing": lambda: make_copy(missing_at=NOON),
    "withdrawn": lambda: make_copy(withdrawn_at=NOON, withdrawn_for="worn"),
}


# ------------------------------------------------------------------ the list
@pytest.mark.parametrize("state", STATES)
def test_the_list_keeps_to_a_state_and_says_it_in_words(hand, state):
    copies = {name: make() for name, make in STATES_MADE.items()}
    page = hand.get(STOCK, {"state": state})
    assert [row.barcode for row in page.context["rows"]] == [copies[state].barcode]
    assert page.context["rows"][0].state[0] == state


def test_every_copy_is_in_one_state_only(hand):
    for make in STATES_MADE.values():
        make()
    out(copy=make_copy(in_inspection_since=NOON))
    make_copy(missing_at=NOON, withdrawn_at=NOON, in_inspection_since=NOON)
    found = [row.pk for state in STATES for row in hand.get(STOCK, {"state": state}).context["rows"]]
    assert sorted(found) == sorted(Copy.objects.values_list("pk", flat=True))


def test_a_barcode_leads_to_its_passport_however_it_was_scanned(hand):
    copy = make_copy(barcode=barcodes.new_code(1))
    for scanned in (copy.barcode, copy.barcode.lower(), f" {copy.barcode}\t"):
        assert hand.get(STOCK, {"q": scanned})["Location"] == page_of(copy)


def test_a_mistyped_barcode_is_told_so(hand):
    for code in ("K00000014", "K0000001", "K00000013"):
        assert escape(barcodes.unknown(code)) in hand.get(STOCK, {"q": code}).content.decode()


@pytest.mark.parametrize("words", ["b-01", "the CRANES are flying", "Летят журавли"])
def test_it_is_found_by_shelf_and_by_every_name_of_its_film(hand, words):
    copy = make_copy(title=make_title(name="The Cranes Are Flying"), shelf="B-014")
    make_title_name(title=copy.disc.release.title, name="Летят журавли", language_id="ru", script="Cyrl")
    make_copy(title=make_title(name="Ivan’s Childhood"), shelf="C-001")
    assert [row.barcode for row in hand.get(STOCK, {"q": words}).context["rows"]] == [copy.barcode]


def test_as_many_queries_for_many_copies_and_no_count_of_them(hand):
    def queries():
        with CaptureQueriesContext(
            connection,
        ) as done:
            hand.get(STOCK)
        return [query["sql"] for query in done]

    out()
    few = queries()
    for _ in range(20):
        out()
    many = queries()
    assert len(few) == len(many) and not any("COUNT(" in query for query in many)


def test_pages_end(hand):
    for _ in range(PER_PAGE + 1):
        make_copy()
    first, second = (hand.get(STOCK, {"page": number}) for number in (1, 2))
    assert (len(first.context["rows"]), first.context["more"]) == (PER_PAGE, True)
    assert (len(second.context["rows"]), second.context["more"]) == (1, False)
    assert "The list ends before" in hand.get(STOCK, {"page": 3}).content.decode()


@pytest.mark.parametrize(
    "sent", [{"q": "\0"}, {"q": "%"}, {"page": "x"}, {"page": "9" * 30}, {"state": "x"}, {"q": "ø" * 999}]
)
def test_what_makes_no_sense_does_no_harm(hand, sent):
    assert hand.get(STOCK, sent).status_code == 200


# ------------------------------------------------------------------ the passport
@pytest.mark.parametrize("barcode", ["a/b", "receive", "take", "..", "50% off?#", "Ä 1", "x/hold", "%2F"])
def test_every_barcode_has_an_address(hand, barcode):
    copy = make_copy(barcode=barcode)
    assert hand.get(page_of(copy)).context["copy"] == copy
    assert said(do(hand, copy, "hold")) == [] and Copy.objects.get().in_inspection_since


def test_the_passport_tells_a_life(hand):
    copy = make_copy(shelf="A-001", source="Second Run, note 17")
    member = make_member()
    address = make_address(member=member, name="Agnès Fournier")
    back = make_rental(
        copy=copy, member=member, allocated_at=NOON, posted_at=NOON, checked_in_at=NOON + timedelta(days=9)
    )
    make_problem(rental=back, note="It skips at one hour.")
    make_finding(copy=copy, note="A hair.", outcome="Cleaned.", settled_at=NOON)
    page = hand.get(page_of(copy)).content.decode()
    for words in ("Second Run, note 17", "1 time, 9 days", "It skips at one hour.", "A hair.", "Cleaned.", "A-001"):
        assert words in page
    assert "Sent to a member" in page and "Came back from a member" in page  # whose it was asks for a reason
    assert address.name not in page and number_of(member) not in page


def test_a_name_shows_only_to_who_may_view_members_and_never_once_forgotten(hand):
    rental = out()
    make_address(member=rental.member, name="Agnès Fournier")
    gone = make_rental(copy=rental.copy, member=make_member(), posted_at=NOON, checked_in_at=NOON)
    Rental.objects.filter(pk=gone.pk).update(member=None)
    assert "Agnès" not in hand.get(page_of(rental.copy)).content.decode()
    hand.member.user_permissions.add(Permission.objects.get(codename="view_member"))
    page = hand.get(page_of(rental.copy)).content.decode()
    assert f"Agnès Fournier, {number_of(rental.member)}" in page and "a member who is forgotten" in page
    assert number_of(gone.member) not in page


def test_as_many_queries_for_a_long_life(hand):
    copy = make_copy()

    def queries():
        with CaptureQueriesContext(connection) as done:
            hand.get(page_of(copy))
        return len(done)

    def lend():
        rental = make_rental(copy=copy, posted_at=NOON, checked_in_at=NOON)
        make_problem(rental=rental)
        make_finding(copy=copy, rental=rental)

    lend()
    few = queries()
    for _ in range(20):
        lend()
    assert queries() == few


def test_no_such_copy(hand):
    assert hand.get(reverse("rentals:desk_copy", args=["K00000013"])).status_code == 404
    assert hand.get(f"{STOCK}%2500/").status_code == 404


# ------------------------------------------------------------------ what its forms do
DEEDS = [
    ("move", {"shelf": "B-104"}, {"shelf": "B-104"}),
    ("hold", {"note": "Scratched"}, {}),
    ("licence", {"licence": "none"}, {"licence": "none"}),
    ("missing", {"note": "Not in A-001"}, {}),
    ("withdraw", {"farewell": "worn"}, {"withdrawn_for": "worn"}),
]
UNTOUCHED = {"shelf": "A-001", "licence": "rental", "missing_at": None, "withdrawn_at": None, "withdrawn_for": ""}


@pytest.mark.parametrize(("verb", "sent", "becomes"), DEEDS, ids=[deed[0] for deed in DEEDS])
def test_each_deed_is_done_signed_and_taken_back(hand, verb, sent, becomes):
    copy = make_copy(shelf="A-001")
    page = do(hand, copy, verb, **sent)
    assert Copy.objects.filter(pk=copy.pk, **becomes).exists() and broken() == {}
    event = copy.events.latest("pk")
    assert (event.by, event.note) == (hand.member, sent.get("note", ""))
    undo = page.context["undo"]
    do(hand, copy, undo["name"], **undo["fields"])
    assert Copy.objects.filter(pk=copy.pk, **UNTOUCHED).exists() and broken() == {}


def test_only_what_was_done_last_and_by_oneself_is_offered_to_be_taken_back(hand):
    copy = make_copy()
    assert hand.get(page_of(copy), {"done": "hold"}).context["undo"] is None
    with acting(make_staff()):
        hold(copy, at=NOON)
    assert hand.get(page_of(copy), {"done": "hold"}).context["undo"] is None
    do(hand, copy, "pass", condition="good")
    assert hand.get(page_of(copy), {"done": "pass"}).context["undo"]["name"] == "hold"
    assert hand.get(page_of(copy), {"done": "x"}).context["undo"] is None


@pytest.mark.parametrize(
    ("verb", "sent"), [("hold", {}), ("licence", {"licence": "none"}), ("withdraw", {"farewell": "worn"})]
)
def test_what_does_not_go_out_leaves_its_bin(hand, verb, sent):
    copy = make_copy(bin=7)
    do(hand, copy, verb, **sent)
    assert Copy.objects.get().bin is None and broken() == {}


def test_it_passes_with_a_condition_and_is_held_again(hand):
    copy = make_copy(in_inspection_since=NOON)
    undo = do(hand, copy, "pass", condition="worn").context["undo"]
    assert Copy.objects.filter(in_inspection_since=None, condition="worn").exists()
    do(hand, copy, undo["name"], **undo["fields"])
    assert Copy.objects.get().in_inspection_since and broken() == {}


def test_found_and_lost_again(hand):
    copy = make_copy(missing_at=NOON)
    undo = do(hand, copy, "found").context["undo"]
    assert Copy.objects.get().missing_at is None
    do(hand, copy, undo["name"], **undo["fields"])
    assert Copy.objects.get().missing_at and broken() == {}


def test_what_is_sold_has_a_price_in_its_note_and_stays_sold(hand):
    copy = make_copy()
    page = do(hand, copy, "withdraw", farewell="sold", price="4.50", note="To a member")
    assert copy.events.latest("pk").note == "Sold for £4.50. To a member"
    assert page.context["undo"]["name"] == "" and page.context["forms"] == []
    assert "was sold" in said(do(hand, copy, "restore"))[0] and broken() == {}


@pytest.mark.parametrize(
    ("verb", "sent", "field"),
    [
        ("withdraw", {"farewell": ""}, "farewell"),
        ("withdraw", {"farewell": "sold"}, "price"),
        ("withdraw", {"farewell": "worn", "price": "3"}, "price"),
        ("withdraw", {"farewell": "sold", "price": "-1"}, "price"),
        ("move", {"shelf": "x" * 41}, "shelf"),
        ("hold", {"note": "x\0"}, "note"),
        ("licence", {"licence": "maybe"}, "licence"),
        ("pass", {"condition": "shiny"}, "condition"),
    ],
)
def test_a_form_with_a_mistake_comes_back_with_it_and_changes_nothing(hand, verb, sent, field):
    copy = make_copy(in_inspection_since=NOON if verb == "pass" else None)
    page = do(hand, copy, verb, **sent)
    assert page.status_code == 200 and list(page.context["forms"][0]["form"].errors) == [field]
    assert copy.events.count() == (2 if verb == "pass" else 1)


def test_what_cannot_be_done_is_said(hand):
    rental = out()
    assert "with a member" in said(do(hand, rental.copy, "missing"))[0]
    assert "about to go out" in said(do(hand, rental.copy, "withdraw", farewell="worn"))[0]
    assert "is not missing" in said(do(hand, rental.copy, "found"))[0]


def test_a_copy_that_was_to_go_out_and_is_missing_is_not_sent(hand):
    rental = make_rental(allocated_at=timezone.now() - timedelta(hours=1))
    do(hand, rental.copy, "missing")
    assert Rental.objects.get().cancelled_at and Copy.objects.get().missing_at and broken() == {}


def test_the_same_form_twice_is_one_deed(hand):
    copy, key = make_copy(), "0b9a4f2e-63b1-4f7e-b0b9-5b9f6f6f6f6f"
    for _ in range(2):
        assert said(do(hand, copy, "hold", form_key=key)) == []
    assert copy.events.filter(kind="held").count() == 1


# ------------------------------------------------------------------ the door
PAGES = [
    ("desk_stock", [], "view_copy"),
    ("desk_copy", ["F1"], "view_copy"),
    ("desk_receive", [], "add_copy"),
    ("desk_delivery_file", [], "add_copy"),
    ("desk_take", [], "change_copy"),
]


@pytest.mark.parametrize(("name", "args", "right"), PAGES, ids=[page[0] for page in PAGES])
def test_the_right_opens_the_page_and_nothing_else_does(name, args, right):
    make_copy(barcode="F1")
    address = reverse(f"rentals:{name}", args=args)
    staff = make_staff()
    client = Client()
    client.force_login(staff)
    assert client.get(address).status_code == 403
    staff.user_permissions.add(Permission.objects.get(codename=right))
    assert client.get(address).status_code == 200
    client.force_login(make_member(is_staff=True))
    assert client.get(address).status_code == 302 and Client().get(address).status_code == 302


@pytest.mark.parametrize("name", ["desk_put_right", "desk_confirm_delivery", "desk_rejected_of_delivery"])
def test_who_may_only_look_changes_nothing(client, name):
    looker = make_staff()
    looker.user_permissions.add(Permission.objects.get(codename="view_copy"))
    client.force_login(looker)
    copy = make_copy()
    assert client.post(reverse(f"rentals:{name}")).status_code == 403
    assert do(client, copy, "hold").status_code == 403 and Copy.objects.get().in_inspection_since is None
    assert "forms" not in client.get(page_of(copy)).context


@pytest.mark.parametrize("name", ["desk_put_right", "desk_confirm_delivery", "desk_rejected_of_delivery"])
def test_an_address_that_only_acts_leads_to_its_page(hand, name):
    assert hand.get(reverse(f"rentals:{name}")).status_code == 302
    copy = make_copy()
    assert hand.get(reverse("rentals:desk_copy_verb", args=[copy.barcode, "hold"]))["Location"] == page_of(copy)
    assert hand.post(reverse("rentals:desk_copy_verb", args=[copy.barcode, "eat"])).status_code == 404
