"""Every rule about plans, copies, rentals and queues is kept by the database itself, whoever writes."""

from datetime import date, timedelta

import pytest

from catalogue.models import Disc, Release
from rentals.models import CopyEvent, Rental, Stock
from tests.factories import (
    DAY,
    NOON,
    make_access_needs,
    make_copy,
    make_copy_event,
    make_disc,
    make_finding,
    make_idle_place,
    make_imported_row,
    make_invoice,
    make_list,
    make_list_entry,
    make_member_language,
    make_membership,
    make_membership_change,
    make_order,
    make_out_of_print,
    make_passed_over,
    make_plan,
    make_player,
    make_problem,
    make_queue_entry,
    make_release,
    make_rental,
    make_round_row,
    make_scan,
    make_seen,
    make_set_aside,
    make_title,
    make_two_at_once,
)
from tests.refusals import refused_by, twice

EARLIER, LATER = NOON - timedelta(hours=1), NOON + timedelta(hours=1)
YESTERDAY = DAY - timedelta(days=1)


def move_a_disc_with_copies():
    Disc.objects.filter(copies=make_copy()).update(release=make_release())


def plan_the_same_plan():
    make_membership(plan=(plan := make_plan()), next_plan=plan, next_plan_on=DAY)


def renumber_a_disc_with_copies():
    Disc.objects.filter(copies=make_copy()).update(number=2)


def move_a_release_with_copies():
    Release.objects.filter(discs__copies=make_copy()).update(title=make_title())


def a_promise(low, about, high, **fields):
    days = {"promised_low_days": low, "promised_days": about, "promised_high_days": high}
    make_queue_entry(**{"claim_at": NOON} | days | fields)


BROKEN = {  # constraint: what breaks it and nothing else
    "plan_name_filled": lambda: make_plan(name=""),
    "plan_slug": lambda: make_plan(slug="One at home"),
    "plan_order": lambda: twice(make_plan, "position"),
    "plan_places": lambda: make_plan(places_at_home=13),
    "plan_discs_a_month": lambda: make_plan(discs_a_month=0),
    "plan_media": lambda: make_plan(media=["vhs"]),
    "plan_trial": lambda: make_plan(trial_days=91),
    "plan_price": lambda: make_plan(price_pence=0),
    "membership_one_open": lambda: twice(make_membership, "member"),
    "membership_next_plan": plan_the_same_plan,
    "membership_next_plan_day": lambda: make_membership(next_plan_on=DAY),
    "membership_pay_day": lambda: make_membership(pay_day=32),
    "membership_confirmed_after_asked": lambda: make_membership(confirmed_at=EARLIER),
    "membership_ended_after_asked": lambda: make_membership(ended_at=EARLIER),
    "membership_pause": lambda: make_membership(paused_from=DAY, paused_until=YESTERDAY),
    "membership_cancelled_ends": lambda: make_membership(cancelled_at=NOON),
    "membershipchange_what": lambda: make_membership_change(what="sold"),
    "invoice_days": lambda: make_invoice(last_day=YESTERDAY),
    "invoice_amount": lambda: make_invoice(amount_pence=0),
    "invoice_what": lambda: make_invoice(what="favour"),
    "invoice_one_month_due": lambda: twice(make_invoice, "membership"),
    "invoice_refund": lambda: make_invoice(refund_asked_at=NOON),
    "invoice_paid_or_void": lambda: make_invoice(paid_at=NOON, voided_at=NOON),
    "copy_barcode_filled": lambda: make_copy(barcode=""),
    "rental_one_open_per_copy": lambda: twice(make_rental, "copy"),
    "rental_place_once": lambda: twice(make_rental, "member", "place"),
    "rental_place": lambda: make_rental(place=13),
    "rental_open_has_member": lambda: Rental.objects.filter(pk=make_rental().pk).update(member=None),
    "rental_member_steps": lambda: make_rental(arrived_at=LATER),
    "rental_picked_after_allocated": lambda: make_rental(picked_at=EARLIER),
    "rental_packed_after_picked": lambda: make_rental(packed_at=NOON),
    "rental_posted_after_allocated": lambda: make_rental(posted_at=EARLIER),
    "rental_checked_in_after_posted": lambda: make_rental(posted_at=LATER, checked_in_at=NOON),
    "rental_lost_after_posted": lambda: make_rental(lost_at=LATER),
    "rental_cancelled_before_posted": lambda: make_rental(posted_at=LATER, cancelled_at=LATER),
    "queueentry_order": lambda: twice(make_queue_entry, "member", "rank"),
    "queueentry_once": lambda: twice(make_queue_entry, "member", "title"),
    "queueentry_medium": lambda: make_queue_entry(medium="vhs"),
    "queueentry_one_wish": lambda: make_queue_entry(medium="dvd", disc=make_disc()),
    "queueentry_paused_after_asked": lambda: make_queue_entry(paused_at=EARLIER),
    "queueentry_one_end": lambda: make_queue_entry(removed_at=LATER, sent_at=LATER),
    "queueentry_promise": lambda: a_promise(9, 8, 20),
    "round_sent": lambda: make_round_row(places=1, sent=2),
    "round_made_after": lambda: make_round_row(at=NOON, made_at=EARLIER),
    "passedover_once": lambda: twice(make_passed_over, "round", "entry", "disc"),
    "passedover_turn": lambda: make_passed_over(turn=1),
    "setaside_once": lambda: twice(make_set_aside, "round", "entry"),
    "setaside_for_another": lambda: make_set_aside(entry=(entry := make_queue_entry()), sent=entry),
    "idleplace_once": lambda: twice(make_idle_place, "round", "member", "place"),
    "idleplace_cause": lambda: make_idle_place(cause="bad weather"),
    "twoatonce_once": lambda: twice(make_two_at_once, "member", "release"),
    "copy_condition": lambda: make_copy(condition="mint"),
    "copy_licence": lambda: make_copy(licence="home", in_inspection_since=NOON),
    "copy_bin": lambda: make_copy(bin=21),
    "copy_withdrawn_for": lambda: make_copy(withdrawn_for="worn"),
    "copy_licensed_or_held": lambda: make_copy(licence="none"),
    "importedrow_once": lambda: twice(make_imported_row, "shop", "key"),
    "importedrow_key_filled": lambda: make_imported_row(key=""),
    "importedrow_shop_filled": lambda: make_imported_row(shop=""),
    "importedrow_is_of_its_kind": lambda: make_imported_row(copy=None),
    "copyevent_kind": lambda: make_copy_event(kind="painted"),
    "copyevent_acquired_once": lambda: make_copy_event(kind="acquired"),
    "finding_kind": lambda: make_finding(kind="eaten"),
    "finding_code_filled": lambda: make_finding(code=""),
    "finding_once": lambda: twice(lambda **same: make_finding(**{"rental": make_rental()} | same), "rental"),
    "finding_of_a_copy": lambda: make_finding(copy=None),
    "finding_settled_after_found": lambda: make_finding(settled_at=EARLIER),
    "scan_step": lambda: make_scan(step="sneezed"),
    "scan_undone_after": lambda: make_scan(undone_at=EARLIER),
    "order_quantity": lambda: make_order(quantity=0),
    "order_supplier_filled": lambda: make_order(supplier=""),
    "order_received": lambda: make_order(quantity=1, received=2, received_on=DAY),
    "order_received_on": lambda: make_order(received=1),
    "order_expected_after_ordered": lambda: make_order(expected_on=YESTERDAY),
    "order_closed_after_ordered": lambda: make_order(closed_on=YESTERDAY),
    "order_closed_unfilled": lambda: make_order(quantity=1, received=1, received_on=DAY, closed_on=DAY),
    "problem_kind": lambda: make_problem(kind="eaten"),
    "problem_once": lambda: twice(make_problem, "rental"),
    "problem_settled_after_reported": lambda: make_problem(settled_at=EARLIER),
    "player_once": lambda: twice(make_player, "member"),
    "player_regions": lambda: make_player(regions=["9"]),
    "memberlanguage_once": lambda: twice(make_member_language, "member"),
    "memberlist_name_filled": lambda: make_list(name=""),
    "memberlist_slug": lambda: make_list(slug="My list"),
    "memberlist_once": lambda: twice(make_list, "member", "slug"),
    "listentry_order": lambda: twice(make_list_entry, "list", "rank"),
    "listentry_once": lambda: twice(make_list_entry, "list", "title"),
    "seen_once": lambda: twice(make_seen, "member", "title"),
    "stock_on_shelf": lambda: Stock.objects.filter(title=make_title()).update(on_shelf=1),
    "stock_days_away": lambda: Stock.objects.filter(title=make_title()).update(days_away=366),
}
TRIGGERS = {
    "disc_with_copies_stays": move_a_disc_with_copies,
    "release_with_copies_stays": move_a_release_with_copies,
    "copyevent_stands": lambda: CopyEvent.objects.filter(pk=make_copy_event().pk).update(note="Another."),
}
UNIQUE = {  # name that Postgres gives the index of a unique field: what breaks it
    "rentals_round_at_key": lambda: twice(make_round_row, "at"),
    "rentals_plan_slug_key": lambda: twice(make_plan, "slug"),
    "rentals_copy_barcode_key": lambda: twice(make_copy, "barcode"),
    "rentals_accessneeds_member_id_key": lambda: twice(make_access_needs, "member"),
    "rentals_scan_key_key": lambda: twice(make_scan, "key"),
    "rentals_outofprint_pkey": lambda: twice(make_out_of_print, "release"),
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
@pytest.mark.parametrize(("days", "claim_at"), [((3, 8, 7), NOON), ((3, None, 7), NOON), ((3, 5, 7), None)])
def test_a_promise_is_whole_and_in_order_and_stands_beside_a_claim(days, claim_at):
    with refused_by("queueentry_promise"):
        a_promise(*days, claim_at=claim_at)


@pytest.mark.django_db
def test_one_title_can_be_asked_for_in_several_ways_but_not_twice_in_one():
    entry = make_queue_entry()
    make_queue_entry(member=entry.member, title=entry.title, medium="dvd")
    make_queue_entry(member=entry.member, title=entry.title, disc=make_disc())
    with refused_by("queueentry_once"):
        make_queue_entry(member=entry.member, title=entry.title, medium="dvd")


@pytest.mark.django_db
@pytest.mark.parametrize("days", [0, 91])
def test_a_trial_has_a_day_and_an_end(days):
    with refused_by("plan_trial"):
        make_plan(trial_days=days)


@pytest.mark.django_db
@pytest.mark.parametrize("pause", [{"paused_until": DAY}, {"paused_from": DAY, "paused_until": YESTERDAY}])
def test_a_pause_begins_and_ends_in_that_order(pause):
    with refused_by("membership_pause"):
        make_membership(**pause)


@pytest.mark.django_db
@pytest.mark.parametrize("half", [{"cancelled_at": NOON}, {"ends_on": date(2026, 2, 4)}])
def test_a_cancelled_membership_has_a_last_day_and_no_other_has(half):
    with refused_by("membership_cancelled_ends"):
        make_membership(**half)


@pytest.mark.django_db
@pytest.mark.parametrize("back", [{"refunded_at": NOON}, {"refund_asked_at": EARLIER}])
def test_money_goes_back_after_it_came_and_that_was_asked_for(back):
    with refused_by("invoice_refund"):
        make_invoice(paid_at=NOON, **back)


@pytest.mark.django_db
def test_another_month_is_billed_once_the_one_before_is_paid_or_void():
    paid = make_invoice(paid_at=NOON)
    make_invoice(membership=paid.membership, voided_at=NOON)
    make_invoice(membership=paid.membership, what="difference")
    make_invoice(membership=paid.membership)


@pytest.mark.django_db
def test_a_membership_that_ended_makes_room_for_the_next():
    ended = make_membership(ended_at=LATER)
    make_membership(member=ended.member)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "steps", [{"said_posted_at": LATER}, {"posted_at": NOON, "arrived_at": EARLIER}, {"arrived_at": LATER}]
)
def test_a_disc_arrives_and_goes_back_after_it_was_posted(steps):
    with refused_by("rental_member_steps"):
        make_rental(**{"allocated_at": EARLIER, **steps})


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("medium", "regions"), [("dvd", ["A"]), ("blu-ray", ["2"]), ("4k", ["2"]), ("vhs", []), ("dvd", ["2", "9"])]
)
def test_a_player_has_regions_of_its_medium(medium, regions):
    with refused_by("player_regions"):
        make_player(medium=medium, regions=regions)


@pytest.mark.django_db
@pytest.mark.parametrize(("medium", "regions"), [("dvd", []), ("blu-ray", []), ("4k", []), ("dvd", ["1", "2"])])
def test_a_player_may_play_any_region(medium, regions):
    assert make_player(medium=medium, regions=regions).regions == regions


@pytest.mark.django_db
def test_a_settled_problem_may_be_told_of_again():
    problem = make_problem(settled_at=LATER)
    make_problem(rental=problem.rental, kind=problem.kind)


@pytest.mark.django_db
@pytest.mark.parametrize("days", [0, 366])
def test_a_copy_is_away_for_a_day_to_a_year(days):
    with refused_by("stock_days_away"):
        Stock.objects.filter(title=make_title()).update(days_away=days)
