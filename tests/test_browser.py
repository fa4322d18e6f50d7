"""Pages in a browser: accessible, within the screen, with keys alone, without scripts, on paper."""

import json
from importlib.resources import files

import pytest
from django.db.models import Count
from playwright.sync_api import expect

from catalogue import pages
from catalogue.models import Title
from members.models import Member
from tests.families import OF_REVIEWS
from tests.pages import CRANES

pytestmark = pytest.mark.browser
AXE = files("axe_playwright_python").joinpath("axe.min.js")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
FAMILIES = {
    "title": CRANES,
    "home": "/",
    "browse": "/titles/",
    "person": "/people/mikhail-kalatozov/",
    "collections": "/collections/",
    "collection": "/collections/film-noir/",
    "genres": "/genres/",
    "country": "/countries/jp/",
    "awards": "/awards/",
    "award body": "/awards/academy-awards/",
    "prize": "/awards/academy-awards/best-foreign-language-film/",
    "company": "/companies/mosfilm/",
    "search": "/search/?q=a",
    "reviews": f"{CRANES}reviews/",
    "critics": f"{CRANES}critics/",
    "scores": f"{CRANES}scores/",
    "all critics": "/critics/",
    "charts, before there are any": "/charts/",
    "how reviews work": "/how-reviews-work/",
    "plans": "/plans/",
    "how we choose": "/how-we-choose/",
    "lists": "/lists/",
    "sign in": "/sign-in/",
    "sign up": "/sign-up/",
    "reset": "/reset/",
    "sent": "/reset/sent/",
    "not found": "/nowhere/",
}
OF_MEMBERS = {
    "home": "/",
    "queue": "/queue/",
    "history": "/history/",
    "account": "/account/",
    "security": "/account/security/",
    "second step": "/account/two-factor/",
    "choices": "/account/reviews/",
    "ratings": "/account/ratings/",
    "import of ratings": "/account/ratings/import/",
    "write": f"{CRANES}review/",
}
# Controls lower or narrower than `least` CSS pixels, but links inside a sentence, which may be 24 high.
SMALL = """least => [...document.querySelectorAll(
    'a[href], button, input:not([type=hidden]), select, textarea, summary')]
  .filter(e => e.checkVisibility({visibilityProperty: true}) && !e.closest('[popover], .vh, .skip'))
  .map(e => [e, (e.matches('label *') ? e.closest('label') : e).getBoundingClientRect()])
  .filter(([e, box]) => {
    const sentence = e.matches('a') && getComputedStyle(e).display === 'inline'
    const [wide, high] = [box.width, box.height].map(length => Math.round(length * 10) / 10)
    return wide && (sentence ? high < 15 : wide < 24 || high < least || (e.matches('button') && wide < least))
  }).map(([e, box]) => `${e.outerHTML.slice(0, 90)} ${Math.round(box.width)}x${Math.round(box.height)}`)"""
SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


def faults(page, but=()):
    """What axe finds: violations, each with its elements. `but` names rules left out."""
    page.evaluate(AXE.read_text())
    options = {"runOnly": TAGS, "rules": {rule: {"enabled": False} for rule in but}}
    found = page.evaluate("options => axe.run(document, options)", options)
    return [f"{v['id']}: {[node['html'][:120] for node in v['nodes'][:3]]}" for v in found["violations"]]


# ------------------------------------------------------------------ axe, sizes
@pytest.mark.parametrize("colours", ["light", "dark", "forced"])
@pytest.mark.parametrize("width", [1440, 390, 320])
def test_the_title_page_has_no_faults(open_page, width, colours):
    options = {"forced_colors": "active"} if colours == "forced" else {"color_scheme": colours}
    page = open_page(CRANES, width, reduced_motion="reduce", **options)
    # forced colours are the reader's own palette, which axe reads as ours
    assert faults(page, but=["color-contrast"] if colours == "forced" else []) == []
    assert page.evaluate(SIDEWAYS) <= 0


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("address", FAMILIES.values(), ids=FAMILIES)
def test_every_page_family_has_no_faults_on_a_phone(open_page, address, colours):
    page = open_page(address, 390, color_scheme=colours, reduced_motion="reduce")
    assert faults(page) == []
    assert page.evaluate(SIDEWAYS) <= 0


@pytest.mark.parametrize("address", FAMILIES.values(), ids=FAMILIES)
def test_controls_are_large_enough_for_a_thumb(open_page, address):
    assert open_page(address, 390, has_touch=True).evaluate(SMALL, 44) == []


def test_a_members_title_page_has_no_faults(open_page):
    page = open_page(CRANES, 390, member=Member.objects.exclude(reviews=None).first(), has_touch=True)
    assert page.get_by_text("Post rating").is_visible()
    assert faults(page) == []
    assert page.evaluate(SMALL, 44) == []


def renter():
    """A member with discs at home and a queue of five and more."""
    return Member.objects.annotate(n=Count("queue")).filter(n__gte=5, rentals__checked_in_at=None).first()


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390, 320])
@pytest.mark.parametrize("address", OF_MEMBERS.values(), ids=OF_MEMBERS)
def test_a_members_own_pages_have_no_faults(open_page, address, width, colours):
    page = open_page(address, width, member=renter(), color_scheme=colours, reduced_motion="reduce")
    assert faults(page) == []
    assert page.evaluate(SIDEWAYS) <= 0


@pytest.mark.parametrize("address", OF_MEMBERS.values(), ids=OF_MEMBERS)
def test_a_members_own_pages_suit_a_thumb(open_page, address):
    assert open_page(address, 390, member=renter(), has_touch=True).evaluate(SMALL, 44) == []


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("name", OF_REVIEWS)
def test_pages_of_reviews_have_no_faults(open_page, site, name, colours):
    address = OF_REVIEWS[name](member := renter())
    page = open_page(address, 390, member=member, color_scheme=colours, reduced_motion="reduce", has_touch=True)
    assert faults(page) == []
    assert page.evaluate(SIDEWAYS) <= 0
    assert page.evaluate(SMALL, 44) == []


# ------------------------------------------------------------------ the queue
def films(page):
    return page.locator(".queue h3").all_inner_texts()


def shows(page, *names):
    """The queue begins with `names`."""
    for place, name in enumerate(names):
        expect(page.locator(".queue h3").nth(place)).to_have_text(name)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_a_queue_is_put_in_order_by_buttons_and_numbers(open_page, scripts):
    page = open_page("/queue/", member=renter(), java_script_enabled=scripts)
    first, second, third, fourth, *_ = films(page)
    page.get_by_role("button", name=f"Move {second} up", exact=True).click()
    shows(page, second, first, third)
    page.get_by_label(f"Number of {third}", exact=True).fill("1")
    page.get_by_label(f"Number of {third}", exact=True).press("Enter")
    shows(page, third, second, first)
    page.get_by_role("button", name=f"Remove {second}", exact=True).click()
    shows(page, third, first, fourth)
    page.get_by_role("button", name="Put it back").click()
    shows(page, third, second, first)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_a_film_goes_into_the_queue_from_its_page(open_page, scripts):
    member = renter()
    known = {*member.queue.live().values_list("title", flat=True), *_rented_by(member)}
    title = Title.objects.filter(stock__on_shelf__gt=0).exclude(pk__in=known).first()
    page = open_page(title.get_absolute_url(), member=member, java_script_enabled=scripts)
    page.get_by_role("button", name="Add to queue", exact=True).click()
    page.locator("#rent").get_by_role("link", name="In your queue, number").click()
    expect(page.locator(".queue h3").last).to_have_text(title.name)


def _rented_by(member):
    return member.rentals.values_list("copy__disc__release__title", flat=True)


# ------------------------------------------------------------------ keys
FOCUS = """() => {
  const e = document.activeElement, box = e.getBoundingClientRect(), s = getComputedStyle(e)
  const label = e.closest('label, .card'), l = label && getComputedStyle(label)
  const lit = s => s && s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0
  const on = box.bottom > 0 && box.top < innerHeight
  return {what: e.outerHTML.slice(0, 90), body: e === document.body, lit: lit(s) || lit(l), on}
}"""


@pytest.mark.parametrize("width", [1440, 390])
def test_each_stop_of_the_tab_key_shows(open_page, width):
    page = open_page(CRANES, width, reduced_motion="reduce")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    stops, hidden = 0, []
    while stops < 250 and not (stop := page.evaluate(FOCUS))["body"]:
        stops += 1
        if not (stop["lit"] and stop["on"]):
            hidden.append(stop["what"])
        page.keyboard.press("Tab")
    assert stops > 60
    assert hidden == []


def test_the_skip_link_leads_to_the_main_part(open_page):
    page = open_page(CRANES)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


# ------------------------------------------------------------------ without scripts
def test_without_scripts_everything_can_be_read_and_done(open_page):
    reader = Member.objects.filter(ratings__isnull=True, reviews=None).first() or Member.objects.create_user("n@e.org")
    page = open_page(CRANES, 390, member=reader, java_script_enabled=False)
    gate = page.locator("details.gate").first
    expect(gate.locator("p").first).not_to_be_visible()
    gate.locator("summary").click()
    expect(gate.locator("p").first).to_be_visible()
    page.get_by_role("button", name="Menu").click()
    expect(page.get_by_role("navigation", name="Menu")).to_be_visible()
    page.get_by_role("button", name="Close").click()
    page.locator("#my-rating label:has([value='8'])").click()
    page.get_by_role("button", name="Post rating").click()
    expect(page.get_by_text("You gave it 4 of 5.")).to_be_visible()
    page.locator("#my-rating label", has_text="No rating").click()
    page.get_by_role("button", name="Post rating").click()
    expect(page.get_by_text("Your rating is gone.")).to_be_visible()
    pages.forget()


# ------------------------------------------------------------------ paper
def test_on_paper_there_is_no_navigation_and_all_facts(open_page):
    page = open_page(CRANES)
    page.emulate_media(media="print")
    for hidden in (".main-nav", ".find", ".local", ".pitch", ".foot-page ul", "#my-rating", ".rent"):
        assert not page.locator(hidden).first.is_visible(), hidden
    for shown in ("h1", ".cast", ".facts", ".discs", ".tally", ".quotes", ".review h3"):
        assert page.locator(shown).first.is_visible(), shown


def test_a_fault_would_be_seen(open_page):
    page = open_page(CRANES)
    page.evaluate("document.querySelector('h1').insertAdjacentHTML('afterend', '<img src=\"/static/icon.svg\">')")
    assert "image-alt" in json.dumps(faults(page))
