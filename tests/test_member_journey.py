"""The whole way of a member: signing up, a plan, ten films in an order, files of them, and leaving.

With a mouse, with the keys alone, where scripts do not run, and on a phone. Each step is seen as a screen reader says
it, by roles and names, and in the rows.
"""

import csv
import json
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import Group
from django.db.models import F
from playwright.sync_api import expect

from members.models import Member, Message
from rentals.models import Invoice, ListEntry
from tests.factories import make_staff
from tests.hands import WAYS
from tests.pages import CRANES

pytestmark = pytest.mark.browser
MOST_MILLISECONDS = 20_000  # to wait for what does not come
PASSWORD = "four cranes over the river"
PRIZE = "/awards/academy-awards/best-foreign-language-film/"
WAYS_AND_PHONE = {name: (hand, {}) for name, hand in WAYS.items()} | {
    "phone": (WAYS["mouse"], {"width": 390, "has_touch": True})
}


@pytest.fixture(params=WAYS_AND_PHONE)
def way(request):
    return request.param


@pytest.fixture
def hand(open_page, way):
    """A visitor's hand on our front door."""
    kind, screen = WAYS_AND_PHONE[way]
    page = open_page("/", reduced_motion="reduce", **screen, **kind.context)
    page.set_default_timeout(MOST_MILLISECONDS)
    return kind(page)


@pytest.fixture
def drags(way):
    """Whether things are dragged: by a mouse, where scripts run."""
    return way == "mouse"


@pytest.fixture
def address(way):
    return f"ruth.{way.replace(' ', '.')}@example.org"


def test_a_visitor_becomes_a_member_keeps_a_queue_and_leaves(hand, open_page, address, drags):
    member = signs_up(hand, address)
    chooses_a_plan_and_joins(hand, member)
    staff_confirm_the_money(open_page, member)
    order = adds_ten_films_by_five_routes(hand, member)
    if drags:
        order = drags_one(hand, member, order)
    order = moves_one_each_way(hand, member, order)
    order = types_numbers(hand, member, order)
    order = makes_another_order_the_order(hand, member)
    pauses_one(hand, member, order)
    removes_one_and_has_it_back(hand, member, order)
    saves_one_to_a_list(hand, member)
    takes_the_queue_along(hand, order)
    cancels_thinks_again_and_cancels(hand, member)


# ------------------------------------------------------------------ what a screen reader finds
def button(hand, name):
    return main(hand).get_by_role("button", name=name, exact=True)


def link(hand, name):
    return main(hand).get_by_role("link", name=name, exact=True)


def field(hand, label):
    return main(hand).get_by_role("textbox", name=label, exact=True)


def main(hand):
    return hand.page.get_by_role("main")


def heads(hand, name):
    """The page is headed so."""
    expect(hand.page.get_by_role("heading", level=1)).to_have_text(name)


def says(hand, words):
    """It is read out without being asked for."""
    expect(hand.page.get_by_role("status").filter(has_text=words).first).to_be_visible()


def lists(hand, heading, *sentences):
    """Under a heading each of the sentences is an item of a list."""
    expect(main(hand).get_by_role("heading", name=heading)).to_be_visible()
    for sentence in sentences:
        expect(main(hand).get_by_role("listitem").filter(has_text=sentence).first).to_be_visible()


def overwrite(hand, box, text):
    hand.write(box, "")
    hand.page.keyboard.press("ControlOrMeta+A")
    hand.page.keyboard.type(text)


# ------------------------------------------------------------------ an account
def signs_up(hand, address):
    """From the sign-in page to an account whose address is confirmed: the member."""
    hand.page.goto("/sign-in/")
    hand.follow(link(hand, "Sign up"))
    heads(hand, "Sign up")
    hand.write(field(hand, "E-mail"), address)
    hand.write(main(hand).get_by_label("Password", exact=True), PASSWORD)
    hand.write(field(hand, "Name others see"), "Ruth Abbott")
    hand.press(button(hand, "Sign up"))
    heads(hand, "Look at your e-mail")
    assert not Member.objects.get(email=address).emailaddress_set.get().verified
    return confirms(hand, address)


def confirms(hand, address):
    hand.page.goto(re.search(r"https?://\S+", Message.objects.get(to=address).text)[0])
    heads(hand, "Confirm your address")
    hand.press(button(hand, "Yes, confirm it"))
    heads(hand, "Plans")
    member = Member.objects.get(email=address)
    assert member.emailaddress_set.get().verified and member.shown_as == "Ruth Abbott"
    return member


# ------------------------------------------------------------------ a plan
def chooses_a_plan_and_joins(hand, member):
    """On the page of plans that confirming led to; the last choice is an invoice to pay."""
    hand.follow(link(hand, "One at a time"))
    expect(main(hand).get_by_role("heading", name="Chosen: One at a time")).to_be_visible()
    expect(field(hand, "Name on the envelope")).to_have_value("Ruth Abbott")
    for label, text in (("Address", "7 Harbour Street"), ("Town", "Whitby"), ("Postcode", "yo211dn")):
        hand.write(field(hand, label), text)
    hand.tick(main(hand).get_by_role("checkbox", name="I am 18 or over"))
    hand.press(main(hand).get_by_role("complementary", name="What you pay").get_by_role("button"))
    heads(hand, re.compile("^Invoice KP-"))
    invoice = Invoice.objects.get(membership__member=member)
    heads(hand, f"Invoice {invoice.number}")
    expect(main(hand).get_by_role("region", name="How to pay")).to_contain_text(invoice.number)
    assert member.address.postcode == "YO21 1DN"
    assert happened(member) == ["asked"]


def staff_confirm_the_money(open_page, member):
    """A manager, in a browser of their own, in the admin."""
    manager = make_staff()
    manager.groups.add(Group.objects.get(name="manager"))
    page = open_page(f"/admin/rentals/invoice/?q={member.email}", member=manager)
    page.get_by_role("row").filter(has_text=member.email).get_by_role("checkbox").check()
    page.get_by_label("Action:").select_option(label="Confirm as paid")
    page.get_by_role("button", name="Go", exact=True).click()
    expect(page.get_by_text("1 invoice confirmed as paid.")).to_be_visible()
    assert happened(member) == ["asked", "confirmed"]


def happened(member):
    return list(member.memberships.get().changes.order_by("at", "pk").values_list("what", flat=True))


# ------------------------------------------------------------------ ten films
def adds_ten_films_by_five_routes(hand, member):
    """The names of the films, in the order of the queue."""
    adds_an_edition(hand, member)
    adds_by_buttons(hand, member, "/titles/?sort=name", 2)
    adds_by_buttons(hand, member, "/search/?q=seven+samurai", 1)
    adds_by_buttons(hand, member, "/people/akira-kurosawa/", 2)
    adds_the_rest_of_a_prize(hand, member)
    order = names(member)
    assert len(order) >= 10
    hand.page.goto("/queue/")
    return shows(hand, member, order)


def adds_an_edition(hand, member):
    """On the page of a film."""
    hand.page.goto(CRANES)
    editions = main(hand).get_by_role("group", name="Edition")
    hand.pick(editions, editions.get_by_role("radio", name=re.compile("^Blu-ray")))
    hand.press(button(hand, "Add to queue"))
    expect(link(hand, "In your queue, number 1")).to_be_visible()
    entry = member.queue.get()
    assert (entry.title.get_absolute_url(), entry.medium) == (CRANES, "blu-ray")


def adds_by_buttons(hand, member, page, number):
    """The first films of a page that have a button, each of which says which film it adds."""
    hand.page.goto(page)
    for _ in range(number):
        there = names(member)
        add = main(hand).get_by_role("button", name=re.compile("^Add to queue ?: ")).first
        name = add.text_content().partition(": ")[2]
        hand.press(add)
        expect(link(hand, f"In your queue, number {len(there) + 1}").first).to_be_visible()
        assert names(member) == [*there, name]


def adds_the_rest_of_a_prize(hand, member):
    """All that won it and can be had, but what is in the queue, the oldest first."""
    hand.page.goto(PRIZE)
    there = names(member)
    hand.press(button(hand, "Queue the rest in year order"))
    says(hand, "added to your queue")
    new = [entry.title for entry in member.queue.in_order().select_related("title")][len(there) :]
    assert new == sorted(new, key=lambda title: title.year)
    assert names(member)[: len(there)] == there


# ------------------------------------------------------------------ the queue
def names(member):
    """What is in the queue, in its order, which is 1 to n."""
    entries = list(member.queue.in_order().select_related("title"))
    assert [entry.position for entry in entries] == list(range(1, len(entries) + 1))
    return [entry.title.name for entry in entries]


def shows(hand, member, order):
    """The page reads the films with their numbers in `order`, as the rows have them; gives `order` back."""
    queue = hand.page.locator("#order")
    expect(queue.get_by_role("heading", level=3)).to_have_text(order)
    for number, name in enumerate(order, start=1):
        expect(queue.get_by_role("heading", name=f"{number}. {name}", exact=True)).to_be_attached()
        expect(field(hand, f"Number of {name}")).to_have_value(str(number))
    expect(hand.page.get_by_role("link", name=f"Queue {len(order)} films")).to_be_attached()
    assert names(member) == order
    return order


def moved(order, name, place):
    """`order` with `name` at `place`, counted from 1."""
    rest = [other for other in order if other != name]
    return [*rest[: place - 1], name, *rest[place - 1 :]]


def drags_one(hand, member, order):
    films = hand.page.locator("#order").get_by_role("listitem")
    films.nth(0).locator(".grip").drag_to(films.nth(2))
    says(hand, f"{order[0]} is now number 3 of {len(order)}.")
    return shows(hand, member, moved(order, order[0], 3))


def moves_one_each_way(hand, member, order):
    name, number = order[4], len(order)
    for way, place in (("up", 4), ("down", 5), ("to the top", 1), ("to the bottom", number)):
        hand.press(button(hand, f"Move {name} {way}"))
        says(hand, f"{name} is now number {place} of {number}.")
        order = shows(hand, member, moved(order, name, place))
    return order


def types_numbers(hand, member, order):
    """One, and Enter; two, and the button."""
    overwrite(hand, field(hand, f"Number of {order[0]}"), "4")
    hand.send()
    says(hand, f"{order[0]} is now number 4 of {len(order)}.")
    first, second, *rest = shows(hand, member, moved(order, order[0], 4))
    overwrite(hand, field(hand, f"Number of {first}"), "2")
    overwrite(hand, field(hand, f"Number of {second}"), "1")
    hand.press(button(hand, "Move to these numbers"))
    return shows(hand, member, [second, first, *rest])


def makes_another_order_the_order(hand, member):
    """The queue looked at by title, which changes nothing until it is made the order."""
    before = names(member)
    hand.choose(main(hand).get_by_role("combobox", name="Look at it by"), "Title")
    hand.press(button(hand, "Show"))
    expect(main(hand).get_by_text("Your own order has not changed")).to_be_visible()
    assert names(member) == before
    hand.press(button(hand, "Make this the order"))
    expect(button(hand, "Put the old order back")).to_be_visible()
    entries = member.queue.live().order_by("title__sort_key")
    return shows(hand, member, list(entries.values_list("title__name", flat=True)))


def pauses_one(hand, member, order):
    hand.press(button(hand, f"Pause {order[1]}"))
    expect(button(hand, f"Resume {order[1]}")).to_be_visible()
    assert [entry.title.name for entry in member.queue.live().exclude(paused_at=None)] == [order[1]]
    shows(hand, member, order)


def removes_one_and_has_it_back(hand, member, order):
    hand.press(button(hand, f"Remove {order[2]}"))
    expect(main(hand).get_by_text(f"{order[2]} is off your queue.")).to_be_visible()
    shows(hand, member, [name for name in order if name != order[2]])
    hand.press(button(hand, "Put it back"))
    says(hand, f"{order[2]} is back")
    shows(hand, member, order)


# ------------------------------------------------------------------ a list, and files
def saves_one_to_a_list(hand, member):
    hand.page.goto(CRANES)
    hand.open(hand.page.locator("summary", has_text="Save to a list"))
    hand.write(field(hand, "Your first list"), "Seen from trains")
    hand.press(button(hand, "Save"))
    says(hand, "is on Seen from trains.")
    (entry,) = ListEntry.objects.filter(list__member=member)
    assert (entry.list.name, entry.title.get_absolute_url()) == ("Seen from trains", CRANES)
    assert not entry.list.public


def takes_the_queue_along(hand, order):
    """As a spreadsheet and as JSON: both have the order of the page."""
    hand.page.goto("/queue/")
    rows = csv.DictReader(downloaded(hand, "Queue as CSV").splitlines())
    assert [row["Title"] for row in rows] == order
    films = json.loads(downloaded(hand, "Queue as JSON"))["films"]
    assert [film["name"] for film in films] == order


def downloaded(hand, name):
    with hand.page.expect_download() as download:
        hand.follow(link(hand, name))
    return Path(download.value.path()).read_text(encoding="utf-8-sig")


# ------------------------------------------------------------------ leaving
def cancels_thinks_again_and_cancels(hand, member):
    """Three weeks on, when the days for changing one's mind are over and the month that is paid for is not."""
    three_weeks_pass(member)
    hand.page.goto("/account/plan/")
    cancels(hand, member)
    hand.press(button(hand, "Take the cancellation back"))
    says(hand, "The cancellation is taken back.")
    assert happened(member)[-1] == "kept" and not member.memberships.get().cancelled_at
    cancels(hand, member)


def three_weeks_pass(member):
    ago = timedelta(weeks=3)
    Invoice.objects.filter(membership__member=member).update(issued_at=F("issued_at") - ago, paid_at=F("paid_at") - ago)


def cancels(hand, member):
    membership = member.memberships.get()
    hand.follow(link(hand, "Cancel"))
    heads(hand, "Cancel One at a time")
    last = f"{membership.paid_until:%-d %B %Y}"
    lists(hand, "What happens", last, "You have nothing of ours at home.", "Your queue, ratings and reviews stay.")
    hand.press(button(hand, "Cancel my membership"))
    says(hand, f"Cancelled: your membership ends on {last}.")
    expect(main(hand).get_by_role("heading", level=1)).to_have_text("Your plan")
    membership.refresh_from_db()
    assert happened(member)[-1] == "cancelled" and membership.ends_on == membership.paid_until
    assert membership.ended_at is None
