"""The day after the post, in a browser: what comes back with something wrong, by mouse, by keys, without scripts.

Each story goes from what a member says or a hand finds to what both see in the end; the slip is undone by Z on the way.
"""

import pytest
from django.contrib.auth.models import Group
from playwright.sync_api import expect

from catalogue.invariants import broken
from members.models import Member, Message
from rentals.models import Copy, Finding, Problem, QueueEntry, Rental
from tests.factories import make_staff
from tests.hands import WAYS
from tests.test_desk_browser import a_round_gives_something, out, says, scans

pytestmark = pytest.mark.browser
BACK = "Came back from"
HERE_ALREADY = "We have it as in: nothing changed."
DAMAGED = "the disc is damaged"


@pytest.fixture
def clerk(site):
    """Staff of that role, whose second step is an app."""
    member = make_staff(shown_as="Imran")
    member.groups.add(Group.objects.get(name="desk"))
    return member


@pytest.fixture(params=WAYS.values(), ids=WAYS)
def desk(request, open_page, clerk):
    """The hand of a clerk at the desk; the books are right when it leaves."""
    way = request.param
    yield way(open_page("/desk/", member=clerk, reduced_motion="reduce", **way.context))
    assert broken() == {}


def rental_of(code):
    return Rental.objects.select_related("copy__disc__release__title", "member").filter(copy__barcode=code).latest("pk")


def film(rental):
    return rental.copy.disc.release.title.name


def told_of(rental):
    """Whether the member is written to that the disc is back."""
    return Message.objects.filter(key=f"received-{rental.pk}").exists()


def button(desk, name):
    return desk.page.get_by_role("region", name="Last scan").get_by_role("button", name=name)


def snag(desk, what):
    """That one, of the page as it is now: scripts swap in the last scan alone."""
    desk.follow(desk.page.get_by_role("link", name="Today"))
    return desk.page.get_by_role("region", name="Snags").get_by_role("listitem").filter(has_text=what)


def settles(desk, way, what, done):
    """The snag `what` by the button of that `way`; the page says what was `done`, and the snag is gone."""
    found = snag(desk, what)
    desk.press(found.get_by_role("button", name=way))
    expect(desk.page.locator("#messages")).to_contain_text(f"{what.partition(': ')[0]}: {done}.")
    expect(found).to_have_count(0)


def sees(open_page, rental, there):
    """The member's own page has the disc among those at home, or has it not."""
    page = open_page("/queue/", member=Member.objects.get(pk=rental.member_id))
    expect(page.locator(f"#rental-{rental.pk}")).to_have_count(int(there))
    page.close()


# ------------------------------------------------------------------ a disc is damaged
def test_what_a_member_says_is_damaged_is_found_cracked_and_withdrawn(open_page, desk):
    rental = rental_of(*out(1))
    reports_damage(open_page, type(desk), rental)
    scans(desk, rental.copy.barcode)
    says(desk.page, "Reported by the member")
    desk.press(button(desk, "Cracked"))
    says(desk.page, "Inspect")
    scans(desk, "Z")
    says(desk.page, "Undone")
    assert Problem.objects.open().filter(rental=rental).exists()
    scans(desk, "C")
    says(desk.page, "Cracked: held back, and among the snags.")
    assert list(Problem.objects.filter(rental=rental).values_list("outcome", flat=True)) == ["Our desk saw it, too."]
    settles(desk, "Withdraw", f"Cracked: {film(rental)}", "withdrawn")
    assert Copy.objects.get(pk=rental.copy_id).withdrawn_for == "broken"
    assert told_of(rental)
    sees(open_page, rental, there=False)


def reports_damage(open_page, way, rental):
    """On the member's own page, by the same way."""
    hand = way(open_page("/queue/", member=rental.member, reduced_motion="reduce", **way.context))
    slot = hand.page.locator(f"#rental-{rental.pk}")
    hand.press(slot.get_by_role("button", name="Report a problem"))
    hand.pick(slot.get_by_role("group", name="Problem"), slot.get_by_role("radio", name="It is cracked"))
    hand.press(slot.get_by_role("button", name="Send"))
    expect(slot).to_contain_text(DAMAGED)
    hand.page.close()


def test_a_scratched_disc_that_plays_is_in_service_again(desk):
    rental = rental_of(*out(1))
    scans(desk, rental.copy.barcode)
    says(desk.page, BACK)
    desk.press(button(desk, "Scratched"))
    says(desk.page, "Scratched: held back, and among the snags.")
    settles(desk, "It plays: back in service", f"Scratched: {film(rental)}", "back in service")
    assert Copy.objects.on_shelf().filter(pk=rental.copy_id).exists()


# ------------------------------------------------------------------ not the disc of its sleeve
OF_A_SLEEVE = [("E", "Sleeve empty", "Sleeve empty"), ("W", "Wrong disc", "Wrong disc in the sleeve")]


@pytest.mark.parametrize(("letter", "name", "title"), OF_A_SLEEVE, ids=["empty", "wrong disc"])
def test_the_disc_of_a_sleeve_is_still_with_its_member(open_page, desk, letter, name, title):
    rental, other = map(rental_of, out(2))
    scans(desk, f"S{rental.copy.barcode[1:]}")
    says(desk.page, BACK)
    desk.press(button(desk, name))
    says(desk.page, "is still with M")
    assert not told_of(rental)
    scans(desk, "Z")
    says(desk.page, "Undone")
    assert told_of(rental)
    scans(desk, letter)
    says(desk.page, "is still with M")
    scans(desk, other.copy.barcode)
    says(desk.page, BACK)
    sees(open_page, rental, there=True)
    sees(open_page, other, there=False)
    settles(desk, "Looked into and closed", f"{title}: {film(rental)}", "looked into and closed")
    assert (told_of(rental), told_of(other)) == (False, True)


def test_two_discs_of_one_envelope_are_both_back(open_page, desk):
    rental, other = map(rental_of, out(2))
    scans(desk, rental.copy.barcode)
    says(desk.page, BACK)
    desk.press(button(desk, "Two in one envelope"))
    says(desk.page, "Noted: scan the other disc, too.")
    scans(desk, "Z")
    says(desk.page, "Undone")
    scans(desk, "T")
    says(desk.page, "Noted: scan the other disc, too.")
    scans(desk, other.copy.barcode)
    says(desk.page, film(other))
    for back in (rental, other):
        sees(open_page, back, there=False)
        assert told_of(back)


# ------------------------------------------------------------------ not in its place
def test_a_disc_that_is_not_in_its_place_turns_up(open_page, desk):
    for code in out(3):
        scans(desk, code)
        says(desk.page, BACK)
    rental = a_round_gives_something(desk)
    asked = claim(rental.entry)
    sees(open_page, rental, there=True)
    desk.press(desk.page.locator(f"#pick-{rental.pk}").get_by_role("button", name="Not there"))
    expect(desk.page.locator("#messages")).to_contain_text("look again, then mark it missing")
    settles(desk, "Mark missing", f"Not in its place: {film(rental)}", "marked missing")
    expect(desk.page.locator(f"#pick-{rental.pk}")).to_have_count(0)
    assert claim(QueueEntry.objects.live().get(pk=rental.entry_id)) == asked
    asks_again(open_page, rental)
    turns_up(desk, rental)


def claim(entry):
    """Its place in its queue, and since when it waits."""
    return entry.rank, entry.asked_at, entry.claim_at


def asks_again(open_page, rental):
    """The member's page has the film in the queue, and no disc of it on the way."""
    page = open_page("/queue/", member=rental.member)
    expect(page.locator(f"#rental-{rental.pk}")).to_have_count(0)
    expect(page.locator(f"#entry-{rental.entry_id}")).to_contain_text(film(rental))
    page.close()


def turns_up(desk, rental):
    copy = Copy.objects.filter(pk=rental.copy_id)
    scans(desk, rental.copy.barcode)
    says(desk.page, "It was missing. It is in service again.")
    scans(desk, "Z")
    says(desk.page, "Undone")
    assert copy.get().missing_at
    scans(desk, rental.copy.barcode)
    says(desk.page, "It was missing. It is in service again.")
    assert copy.on_shelf().exists()


# ------------------------------------------------------------------ slips
def test_a_disc_scanned_twice_is_back_once_and_a_slip_is_undone(open_page, desk):
    rental = rental_of(*out(1))
    scans(desk, rental.copy.barcode)
    says(desk.page, BACK)
    scans(desk, rental.copy.barcode)
    says(desk.page, HERE_ALREADY)
    scans(desk, "Z")
    says(desk.page, "Undone")
    sees(open_page, rental, there=True)
    assert not told_of(rental)
    scans(desk, rental.copy.barcode)
    says(desk.page, BACK)
    sees(open_page, rental, there=False)
    assert told_of(rental)


def test_a_disc_that_nobody_knows_is_put_aside(desk):
    scans(desk, "K1234 5678")
    says(desk.page, "Not one of our barcodes")
    desk.press(button(desk, "Put aside and write it down"))
    expect(desk.page.locator("#messages")).to_contain_text("Put the disc aside.")
    settles(desk, "Looked into and closed", "A disc that we do not know: K1234 5678", "looked into and closed")
    assert not Finding.objects.open().filter(code="K1234 5678").exists()
