"""The queue in a browser: in place with scripts, whole without, by keys alone, by dragging, as it is read aloud."""

import re

import brotli
import pytest
from django.db.models import Count, Q
from playwright.sync_api import expect

from members.models import Member
from rentals.models import QueueEntry
from tests.hands import Keys
from tests.test_browser import SIDEWAYS, SMALL, faults

pytestmark = pytest.mark.browser
SPOKEN = """
- listitem:
  - heading "2. {name}" [level=3]:
    - text: "2."
    - link "{name}"
  - paragraph: {line}
  - paragraph: {wait}
  - text: Number of {name}
  - textbox "Number of {name}": "2"
  - text: Edition of {name}
  - combobox "Edition of {name}"
  - button "Move {name} to the top"
  - button "Move {name} up"
  - button "Move {name} down"
  - button "Move {name} to the bottom"
  - button "Pause {name}"
  - button "Remove {name}"
"""


@pytest.fixture
def member(site):
    """A member with a queue that no other test has moved."""
    length = Count("queue", filter=Q(queue__removed_at=None, queue__sent_at=None))
    members = Member.objects.exclude(queue__disc__isnull=False).annotate(n=length)
    return members.filter(n__gte=6).exclude(pk__in=USED).first()


USED = []


@pytest.fixture
def films(member):
    USED.append(member.pk)
    return list(member.queue.in_order().values_list("title__name", flat=True))


def shows(page, *names):
    for place, name in enumerate(names):
        expect(page.locator(".queue h3").nth(place)).to_have_text(name)


def test_a_move_happens_in_place_is_said_and_keeps_the_focus(open_page, member, films):
    page = open_page("/queue/", member=member)
    page.evaluate("window.still = true")
    up = page.get_by_role("button", name=f"Move {films[2]} up", exact=True)
    up.click()
    shows(page, films[0], films[2], films[1])
    expect(page.locator("#messages[role=status]")).to_have_text(f"{films[2]} is now number 2 of {len(films)}.")
    expect(up).to_be_focused()
    up.press("Enter")
    shows(page, films[2], films[0], films[1])
    expect(up).to_be_focused()
    expect(up).to_have_attribute("aria-disabled", "true")
    assert page.evaluate("window.still")


def test_the_keys_alone_move_renumber_remove_and_put_back(open_page, member, films):
    page = open_page("/queue/", member=member, reduced_motion="reduce")
    keys = Keys(page)
    keys.press(page.get_by_role("button", name=f"Move {films[1]} up", exact=True))
    shows(page, films[1], films[0])
    box = page.get_by_label(f"Number of {films[0]}", exact=True)
    box.focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("3")
    page.keyboard.press("Enter")
    shows(page, films[1], films[2], films[0])
    keys.press(page.get_by_role("button", name=f"Remove {films[2]}", exact=True))
    expect(page.get_by_role("button", name="Put it back")).to_be_focused()
    expect(page.locator("#queue-count")).to_contain_text(str(len(films) - 1))
    page.keyboard.press("Enter")
    shows(page, films[1], films[2], films[0])


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_enter_sends_all_numbers_and_a_wrong_one_is_told(open_page, member, films, scripts):
    page = open_page("/queue/", member=member, java_script_enabled=scripts)
    boxes = [page.get_by_label(f"Number of {name}", exact=True) for name in films[:3]]
    boxes[0].fill("3")
    boxes[2].fill("1")
    boxes[2].press("Enter")
    shows(page, films[2], films[1], films[0])
    boxes[1].fill("99")
    boxes[1].press("Enter")
    expect(page.get_by_text(f"Your queue has {len(films)} films: choose 1 to {len(films)}.")).to_be_visible()
    shows(page, films[2], films[1], films[0])


@pytest.mark.parametrize(("dragged", "onto", "expected"), [(0, 2, [1, 2, 0, 3]), (3, 1, [0, 3, 1, 2])])
def test_a_film_is_dragged_by_its_dots(open_page, member, films, dragged, onto, expected):
    page = open_page("/queue/", member=member)
    rows = page.locator(".queue > li")
    rows.nth(dragged).locator(".grip").drag_to(rows.nth(onto))
    shows(page, *(films[place] for place in expected))
    expect(page.locator("#messages[role=status]")).to_contain_text("is now number")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_an_edition_is_chosen_and_an_entry_paused(open_page, member, films, scripts):
    page = open_page("/queue/", 390, member=member, java_script_enabled=scripts, has_touch=True)
    name = films[0]
    page.get_by_label(f"Edition of {name}", exact=True).select_option(index=1)
    if not scripts:
        page.get_by_role("button", name=f"Keep the edition of {name}").click()
    expect(page.locator("#messages[role=status]")).to_contain_text(f"You get {name} on ")
    page.get_by_role("button", name=f"Pause {name}", exact=True).click()
    expect(page.get_by_role("button", name=f"Resume {name}", exact=True)).to_be_visible()
    entry = QueueEntry.objects.get(member=member, title__name=name)
    assert entry.medium and entry.paused_at


def test_a_row_is_read_aloud_like_this(open_page, member, films):
    page = open_page("/queue/", member=member)
    row = page.locator(".queue > li").nth(1)
    line, wait = row.locator(".text p").all_inner_texts()[:2]
    expect(row).to_match_aria_snapshot(SPOKEN.format(name=films[1], line=line, wait=wait))


def test_a_server_that_is_down_is_told_and_nothing_moves(open_page, member, films):
    page = open_page("/queue/", member=member)
    page.route("**/move/", lambda route: route.fulfill(status=503))
    page.get_by_role("button", name=f"Move {films[1]} up", exact=True).click()
    expect(page.get_by_text("That did not save")).to_be_visible()
    shows(page, films[0], films[1])


def test_who_is_signed_out_meanwhile_is_led_to_sign_in(open_page, member, films):
    page = open_page("/queue/", member=member)
    page.context.clear_cookies(name="session")
    page.get_by_role("button", name=f"Move {films[1]} up", exact=True).click()
    expect(page).to_have_url(re.compile("/sign-in/"))


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("address", ["/queue/?sort=title", "/queue/removed/", "/queue/clear/"])
def test_pages_around_the_queue_have_no_faults_and_suit_a_thumb(open_page, member, films, address, colours):
    page = open_page(address, 390, member=member, color_scheme=colours, reduced_motion="reduce", has_touch=True)
    assert faults(page) == []
    assert page.evaluate(SIDEWAYS) <= 0
    assert page.evaluate(SMALL, 44) == []


def test_the_page_needs_little_script(open_page, member, films):
    """20 kB packed as browsers get it, htmx and all; the server of the tests does not pack, so this does."""
    page = open_page("/queue/", member=member)
    sources = page.evaluate("[...document.scripts].map(script => script.src).filter(Boolean)")
    assert sum(len(brotli.compress(page.request.get(source).body())) for source in sources) <= 20_000
