"""A day at the desk in a browser: by mouse, by keys, without scripts; with type-ahead, and without a network."""

import re

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone
from playwright.sync_api import expect

from catalogue.invariants import broken
from members.models import Member, Message
from rentals.models import Rental, Scan
from tests.factories import make_staff
from tests.hands import WAYS
from tests.test_browser import SIDEWAYS, SMALL, faults

pytestmark = pytest.mark.browser
ANSWER = """
- region "Last scan":
  - status:
    - paragraph: /Clean it/
    - paragraph: /.+, disc 1/
    - paragraph: /Came back from M[0-9]+, posted .+/
  - paragraph: /(Bin|Shelf) .+/
  - button /Cracked/
  - button /Scratched/
  - button /Wrong disc/
  - button /Sleeve empty/
  - button /Two in one envelope/
  - button /Undo scan/
"""


@pytest.fixture
def clerk(site):
    """Staff of that role, whose second step is an app."""
    member = make_staff(shown_as="Imran")
    member.groups.add(Group.objects.get(name="desk"))
    return member


def out(number):
    """Barcodes of discs that are with members who may have more, those who ask for most first."""
    today = timezone.localdate()
    rentals = Rental.objects.open().exclude(posted_at=None).filter(member__memberships__paid_until__gte=today)
    return list(rentals.order_by("posted_at", "pk").values_list("copy__barcode", flat=True)[:number])


def box(page):
    return page.get_by_label("Scan a disc, a sleeve or a member card")


def scans(hand, code):
    hand.write(box(hand.page), code)
    hand.send()


def says(page, words):
    expect(page.locator("#answer")).to_contain_text(words)


# ------------------------------------------------------------------ a day
@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_a_day_from_the_returns_to_the_post(open_page, way, clerk):
    hand = way(open_page("/desk/", member=clerk, reduced_motion="reduce", **way.context))
    for code in out(3):
        scans(hand, code)
        says(hand.page, "Came back from")
    rental = a_round_gives_something(hand)
    picks(hand, rental)
    packs(hand, rental)
    posts(hand, rental)
    reads_of_it(open_page, rental)
    assert broken() == {}


def a_round_gives_something(hand):
    """A rental of a round that was begun here; a member whom it is for."""
    hand.press(hand.page.get_by_role("button", name="Start a round now"))
    expect(hand.page.locator("#messages")).to_contain_text(re.compile(r"[1-9][0-9]* discs? to pick"))
    return Rental.objects.to_post().filter(round__by__shown_as="Imran", picked_at=None).latest("pk")


def picks(hand, rental):
    row = hand.page.locator(f"#pick-{rental.pk}")
    hand.press(row.get_by_role("button", name="Picked"))
    expect(row.get_by_role("button", name="Picked")).to_have_attribute("aria-pressed", "true")


def packs(hand, rental):
    """Its label can be had; the label's page has its member's postcode."""
    scans(hand, rental.copy.barcode)
    says(hand.page, "Pack it")
    expect(hand.page.get_by_role("link", name="Print its label")).to_be_visible()
    hand.follow(hand.page.get_by_role("link", name=re.compile("Print .+ label(s|$)")).last)
    expect(hand.page.get_by_role("main")).to_contain_text(rental.member.address.postcode)
    hand.follow(hand.page.get_by_role("link", name="Back to the desk"))


def posts(hand, rental):
    stations = hand.page.get_by_role("group", name="Where you are")
    hand.pick(stations, hand.page.get_by_label("Into the post"))
    scans(hand, rental.copy.barcode)
    says(hand.page, "Into the post")


def reads_of_it(open_page, rental):
    """The member is told by e-mail and by the queue's page."""
    assert Message.objects.filter(key=f"posted-{rental.pk}").exists()
    page = open_page("/queue/", member=Member.objects.get(pk=rental.member_id))
    expect(page.get_by_role("main")).to_contain_text(rental.copy.disc.release.title.name)
    page.close()


# ------------------------------------------------------------------ what is heard and seen
@pytest.mark.parametrize("width", [1440, 390])
def test_the_page_has_no_faults(open_page, clerk, width):
    page = open_page("/desk/", width, member=clerk, reduced_motion="reduce", has_touch=width < 500)
    box(page).press_sequentially(out(1)[0])
    page.keyboard.press("Enter")
    says(page, "Came back from")
    assert faults(page) == [] and page.evaluate(SIDEWAYS) == 0 and page.evaluate(SMALL, 24) == []


def test_a_screen_reader_hears_what_a_scan_did(open_page, clerk):
    page = open_page("/desk/", member=clerk)
    box(page).press_sequentially(out(1)[0])
    page.keyboard.press("Enter")
    says(page, "Came back from")
    expect(page.get_by_role("region", name="Last scan")).to_match_aria_snapshot(ANSWER)


def test_one_key_says_what_is_wrong_and_one_undoes_it(open_page, clerk):
    page = open_page("/desk/", member=clerk)
    (code,) = out(1)
    page.keyboard.type(code)
    page.keyboard.press("Enter")
    says(page, "Came back from")
    for key, words in (("F2", "Cracked: held back"), ("F8", "Undone"), ("F8", "Came back: ")):
        page.keyboard.press(key)
        says(page, words)
    assert Rental.objects.open().filter(copy__barcode=code).exists()


def test_a_mistake_stays_until_it_is_seen(open_page, clerk):
    page = open_page("/desk/", member=clerk)
    for code in ("K12345678", out(1)[0]):
        page.keyboard.type(code)
        page.keyboard.press("Enter")
    says(page, "Came back from")
    expect(page.get_by_role("list", name="Scans to look at")).to_contain_text("K12345678")
    page.get_by_role("button", name="Seen").click()
    expect(page.get_by_role("list", name="Scans to look at")).to_be_hidden()
    expect(box(page)).to_be_focused()


# ------------------------------------------------------------------ hands faster than the line
def scanned(page, codes):
    for code in codes:
        page.keyboard.type(code)
        page.keyboard.press("Enter")


def test_type_ahead_is_neither_lost_nor_doubled_and_keeps_its_order(open_page, clerk):
    page, codes = open_page("/desk/", member=clerk), out(60)
    scanned(page, codes)
    page.wait_for_function("() => localStorage.getItem('kinopost-desk-scans') === '[]'", timeout=60_000)
    assert list(Scan.objects.filter(by=clerk).order_by("pk").values_list("code", flat=True)) == codes
    assert not Rental.objects.open().filter(copy__barcode__in=codes).exists()


def test_two_hundred_scans_without_a_network_are_sent_once_each(open_page, clerk):
    page, codes = open_page("/desk/", member=clerk), (out(100) * 2)
    page.route("**/desk/scan/", lambda route: route.abort())
    scanned(page, codes)
    expect(page.locator("#offline")).to_contain_text("200 scanned and kept")
    page.reload()
    page.unroute("**/desk/scan/")
    page.wait_for_function("() => localStorage.getItem('kinopost-desk-scans') === '[]'", timeout=120_000)
    mine = Scan.objects.filter(by=clerk)
    assert list(mine.order_by("pk").values_list("code", flat=True)) == codes
    assert mine.filter(step="returned").count() == 100 and broken() == {}


def test_an_answer_that_is_cut_off_is_asked_for_again(open_page, clerk):
    """What was done when the line was cut is not done twice."""
    page, codes, cut = open_page("/desk/", member=clerk), out(3), []

    def cut_once(route):
        response = route.fetch()
        if len(cut) < 3:
            cut.append(response.status)
            return route.abort()
        return route.fulfill(response=response)

    page.route("**/desk/scan/", cut_once)
    scanned(page, codes)
    page.wait_for_function("() => localStorage.getItem('kinopost-desk-scans') === '[]'", timeout=60_000)
    assert cut == [200, 200, 200]
    assert list(Scan.objects.filter(by=clerk).order_by("pk").values_list("step", flat=True)) == ["returned"] * 3


def test_who_is_signed_out_loses_nothing(open_page, clerk):
    page, (code,) = open_page("/desk/", member=clerk), out(1)
    page.context.clear_cookies(name="session")
    scanned(page, [code])
    expect(page.locator("#offline")).to_contain_text("You are signed out. 1 scanned and kept")
