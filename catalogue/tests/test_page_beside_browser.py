"""The form of a title in a browser, under our policy: its page follows the typing, nothing is lost, two people meet."""

import re

import pytest
from playwright.sync_api import expect

from catalogue import models
from catalogue.tests.test_admin_browser import (  # noqa: F401 - fixtures
    EMAIL,
    FADES,
    PASSWORD,
    WATCH,
    found,
    media,
    page,
    server,
    sign_in,
    site,
    title,
)
from members import two_factor
from tests.factories import SECRET, make_staff

pytestmark = pytest.mark.browser
expect.set_options(timeout=20_000)  # milliseconds: a machine may be busy
WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 390, "height": 844}


def form_of(title):  # noqa: F811
    return f"/admin/catalogue/title/{title.pk}/change/"


@pytest.fixture
def opened(page, title):  # noqa: F811
    """The form of `title` in a wide window."""
    sign_in(page)
    page.set_viewport_size(WIDE)
    page.goto(form_of(title))
    expect(beside(page).locator("h1")).to_contain_text("The Cranes Are Flying")
    return page


@pytest.fixture
def another(chromium, server):  # noqa: F811
    """another(**of the context) is somebody else's window, signed in, at the admin's first page."""
    contexts = []

    def open_(email="ruth@example.org", **options):
        context = chromium.new_context(base_url=server, **options)
        contexts.append(context)
        window = context.new_page()
        make_staff(email=email, password=PASSWORD, is_superuser=True, shown_as="Ruth")
        window.goto("/admin/")
        window.get_by_label("E-mail").fill(email)
        window.get_by_label("Password").fill(PASSWORD)
        window.get_by_role("button", name="Sign in", exact=True).click()
        window.get_by_label("Code").fill(two_factor.code_now(SECRET))
        window.get_by_role("button", name="Sign in", exact=True).click()
        window.wait_for_url("**/admin/")
        return window

    yield open_
    for context in contexts:
        context.close()


def beside(window):
    return window.frame_locator("iframe[name=page]")


def save(window):
    window.locator("[name=_continue]:visible").first.click()


# ------------------------------------------------------------------ the page beside the form
def test_the_page_follows_the_typing_in_its_place(opened):
    beside(opened).locator("html").evaluate("page => page.scrollTop = 300")
    opened.get_by_label("Name:", exact=True).first.fill("Cranes, cranes")
    expect(beside(opened).locator("h1")).to_contain_text("Cranes, cranes")
    expect(opened.locator("#page-what")).to_have_text("As typed, not saved")
    assert beside(opened).locator("html").evaluate("page => page.scrollTop") == 300
    assert models.Title.objects.get().name == "The Cranes Are Flying"
    assert opened.complaints == []


def test_an_autocomplete_shows_in_the_page_too(opened):
    opened.locator("#id_credits-0-person + .select2").click()
    opened.locator(".select2-search__field").fill("Aleksei")
    opened.locator(".select2-results__option--highlighted", has_text="Aleksei").click()
    expect(opened.locator("#page-what")).to_have_text("As typed, not saved")
    expect(opened.locator("#kept")).to_contain_text("Kept as a draft")
    assert opened.complaints == []


def test_mistakes_stand_in_its_place_and_go_again(opened):
    name = opened.get_by_label("Name:", exact=True).first
    name.fill("")
    expect(beside(opened).locator(".machine dd")).to_have_text("This field is required.")
    name.fill("Cranes")
    expect(beside(opened).locator("h1")).to_contain_text("Cranes")
    assert opened.complaints == []


def test_it_is_read_as_a_machine_does(opened):
    opened.get_by_role("button", name="As a machine reads it").click()
    expect(beside(opened).locator("pre").first).to_contain_text("# The Cranes Are Flying 1957")
    opened.get_by_label("Name:", exact=True).first.fill("Cranes")
    expect(beside(opened).locator("pre").first).to_contain_text("# Cranes 1957")
    assert opened.complaints == []


def test_a_link_in_it_leads_out_of_the_frame(opened):
    with opened.context.expect_page() as made:
        beside(opened).get_by_role("link", name="See plans").first.click()
    assert "/admin/" not in made.value.url
    expect(beside(opened).locator("h1")).to_contain_text("The Cranes Are Flying")


def test_axe_finds_nothing_with_the_page_beside(opened):
    opened.get_by_label("Lead:").fill("Love.")
    expect(opened.locator("#kept")).to_contain_text("Kept as a draft")
    opened.reload()
    expect(beside(opened).locator("h1")).to_contain_text("The Cranes Are Flying")
    opened.locator("#id_certificate-named").wait_for()
    assert found(opened) == []
    opened.goto("/admin/catalogue/title/drafts/")
    assert found(opened) == []


# ------------------------------------------------------------------ drafts
def test_what_was_typed_is_there_after_the_tab_was_closed(opened, title):  # noqa: F811
    opened.get_by_label("Lead:").fill("Two part, and cranes fly.")
    context = opened.context
    opened.close(run_before_unload=True)
    again = context.new_page()
    again.goto(form_of(title))
    for _ in range(50):
        if again.get_by_text("You have a draft of").count():
            break
        again.wait_for_timeout(100)
        again.reload()
    again.get_by_role("link", name="Take it up").click()
    expect(again.get_by_label("Lead:")).to_have_value("Two part, and cranes fly.")
    save(again)
    again.get_by_text("was changed successfully").wait_for()
    assert models.Title.objects.get().lead == "Two part, and cranes fly."
    assert not models.TitleDraft.objects.exists()


def test_what_did_not_reach_us_is_brought_back_by_the_browser(opened, title):  # noqa: F811
    """The session ends while somebody types."""
    address = form_of(title)
    cookies = opened.context.cookies()
    opened.context.clear_cookies(name="session")
    opened.get_by_label("Lead:").fill("Typed while signed out.")
    expect(opened.locator("#kept")).to_contain_text("you are signed out")
    opened.context.add_cookies(cookies)
    opened.goto(address)
    opened.get_by_role("button", name="Bring it back").click()
    opened.wait_for_url(re.compile(r"draft=1"))
    expect(opened.get_by_label("Lead:")).to_have_value("Typed while signed out.")
    assert models.Title.objects.get().lead == ""


# ------------------------------------------------------------------ two people
def test_two_people_meet_on_one_title(opened, another, title):  # noqa: F811
    ruth = another()
    ruth.goto(form_of(title))
    ruth.get_by_label("Year:").fill("1958")
    ruth.get_by_label("Lead:").fill("Ruth’s lead.")
    save(ruth)
    ruth.get_by_text("was changed successfully").wait_for()
    opened.get_by_label("Lead:").fill("My lead.")
    opened.locator("#id_runtime_minutes").fill("97")
    save(opened)
    expect(opened.get_by_role("heading", name=re.compile("Nothing is saved yet. Ruth"))).to_be_visible()
    expect(opened.get_by_label("Year:")).to_have_value("1958")
    expect(opened.get_by_label("Lead:")).to_have_value("My lead.")
    opened.locator("#id_certificate-named").wait_for()  # the script that names autocompletes has run
    assert opened.complaints == []  # before axe, which styles things in ways that our policy refuses
    assert found(opened) == []
    opened.get_by_label("Take theirs: Lead").check()
    save(opened)
    opened.get_by_text("was changed successfully").wait_for()
    both = models.Title.objects.values_list("year", "lead", "runtime_minutes").get()
    assert both == (1958, "Ruth’s lead.", 97)


# ------------------------------------------------------------------ without JavaScript
def test_without_a_script_buttons_do_it(another, title):  # noqa: F811
    window = another(java_script_enabled=False, viewport=WIDE)
    window.goto(form_of(title))
    window.get_by_label("Lead:").fill("Love.")
    window.get_by_role("button", name="Preview", exact=True).click()
    expect(beside(window).locator(".lead")).to_have_text("Love.")
    window.get_by_role("button", name="As a machine reads it").click()
    expect(beside(window).locator("pre").first).to_contain_text("Love.")
    window.get_by_role("button", name="Keep as draft").click()
    expect(window.get_by_label("Lead:")).to_have_value("Love.")
    save(window)
    assert models.Title.objects.get().lead == "Love."
    assert not models.TitleDraft.objects.exists()


def test_on_a_phone_it_opens_in_a_tab(another, title):  # noqa: F811
    window = another(java_script_enabled=False, viewport=NARROW)
    window.goto(form_of(title))
    window.get_by_label("Lead:").fill("Love.")
    with window.context.expect_page() as made:
        window.get_by_role("button", name="Preview in a tab").click()
    expect(made.value.locator(".lead")).to_have_text("Love.")
