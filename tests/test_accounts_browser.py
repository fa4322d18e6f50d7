"""Accounts in a browser: the whole way by mouse, by keys alone and without scripts; passkeys."""

import re

import pytest
from playwright.sync_api import expect

from members.models import Member, Message
from tests.factories import make_member
from tests.hands import WAYS
from tests.test_browser import SMALL, faults

pytestmark = pytest.mark.browser
PASSWORD = "four cranes over the river"


@pytest.mark.parametrize("way", WAYS)
def test_a_visitor_signs_up_confirms_and_signs_out(open_page, way):
    hand, address = WAYS[way], f"{way.replace(' ', '-')}@example.org"
    page = open_page("/sign-in/", reduced_motion="reduce", **hand.context)
    hands = hand(page)
    hands.follow(page.get_by_role("link", name="Sign up"))
    hands.write(page.get_by_label("E-mail"), address)
    hands.write(page.get_by_label("Password"), PASSWORD)
    hands.press(page.get_by_role("button", name="Sign up"))
    expect(page.get_by_role("heading", name="Look at your e-mail")).to_be_visible()
    page.goto(re.search(r"https?://\S+", Message.objects.get(to=address).text)[0])
    hands.press(page.get_by_role("button", name="Yes, confirm it"))
    page.wait_for_url("**/plans/")
    page.goto("/account/")
    expect(page.get_by_text(f"Signed in as {address}")).to_be_visible()
    hands.press(page.locator("main").get_by_role("button", name="Sign out"))
    expect(page.get_by_role("link", name="Sign in").first).to_be_attached()


def with_passkeys(page):
    """The page's browser has a device that makes passkeys and always says yes."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    device = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    options = device | {"isUserVerified": True, "automaticPresenceSimulation": True}
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_a_passkey_is_added_and_signs_in_without_a_password(open_page):
    member = make_member(email="passkey@example.org", password=PASSWORD)
    page = open_page("/account/passkeys/new/", member=member)
    with_passkeys(page)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    page.goto("/account/")
    page.locator("main").get_by_role("button", name="Sign out").click()
    page.goto("/sign-in/?next=/account/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_text("Signed in as passkey@example.org")).to_be_visible()


def test_without_scripts_nothing_offers_a_passkey_that_cannot_be_used(open_page):
    page = open_page("/sign-in/", java_script_enabled=False)
    expect(page.get_by_role("button", name="Sign in with a passkey")).not_to_be_visible()


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_the_page_that_sets_an_app_up_has_no_faults(open_page, colours):
    member = Member.objects.filter(email="app@example.org").first()
    member = member or make_member(email="app@example.org", password=PASSWORD)
    page = open_page("/account/two-factor/app/", 390, member=member, color_scheme=colours, has_touch=True)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("img", name="Picture for the app")).to_be_visible()
    assert faults(page) == []
    assert page.evaluate(SMALL, 44) == []
