"""The queue's pages: what a member sees and does there, and what nobody else does."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from rentals.models import QueueEntry
from tests.factories import make_copy, make_member, make_queue_entry, make_release, make_rental, make_title
from tests.pages import by_id, get, of_class, text, tree

pytestmark = pytest.mark.django_db
QUEUE, ADD, ADD_ALL, RESTORE = (reverse(f"rentals:{name}") for name in ("queue", "add", "add_all", "restore"))


@pytest.fixture
def member():
    return make_member()


@pytest.fixture
def client(member, sign_in):
    return sign_in(member)


def titled(name, **fields):
    """A title that is out on disc."""
    title = make_title(name=name, **fields)
    make_release(title=title, released_on="2001-03-26")
    return title


def queued(member, *names):
    return [make_queue_entry(member=member, title=titled(name)) for name in names]


def names(member):
    return list(member.queue.in_order().values_list("title__name", flat=True))


def move(client, entry, **sent):
    return client.post(reverse("rentals:move", args=[entry.pk]), sent)


def said(client, url, sent):
    """What the page says after something was sent."""
    page = client.post(url, sent, follow=True)
    return " ".join(str(message) for message in page.context["messages"])


# ------------------------------------------------------------------ what it shows
def test_the_queue_is_in_its_order_with_what_each_waits_for(client, member):
    entries = queued(member, "Ran", "Kes", "M")
    make_copy(title=entries[1].title)
    move(client, entries[2], to=1)
    page = get(client, QUEUE)
    rows = page.find(".//ol[@class='queue']")
    assert [text(row.find(".//h3")) for row in rows] == ["M", "Ran", "Kes"]
    assert [text(avail) for avail in of_class(rows, "avail")] == ["Cannot be had", "Cannot be had", "In stock"]
    assert "3 films waiting" in text(of_class(page, "page-head")[0])


def test_what_is_at_home_says_since_when(client, member):
    now = timezone.now()
    make_rental(member=member, title=titled("Kes"), posted_at=now, allocated_at=now)
    make_rental(member=member, title=titled("Ran"), allocated_at=now)
    slots = [text(slot) for slot in of_class(get(client, QUEUE), "slot")]
    assert [slot.split()[0] for slot in slots] == ["Kes", "Ran"]
    assert "On its way" in slots[0] and "Being packed" in slots[1]


def test_an_empty_queue_says_what_to_do(client):
    page = get(client, QUEUE)
    assert "Nothing in your queue" in text(page.find(".//main"))
    assert of_class(page, "empty")[0].find(".//a").get("href") == reverse("catalogue:browse")


def test_the_header_counts_the_queue_of_a_member_and_of_nobody_else(client, member):
    queued(member, "Ran", "Kes")
    assert text(of_class(get(client, QUEUE), "count")[0]) == "2 films"
    client.logout()
    assert not of_class(get(client, "/"), "count")


@pytest.mark.parametrize("url", [QUEUE, ADD, ADD_ALL, RESTORE])
def test_a_visitor_is_led_to_sign_in_and_back(client, url):
    client.logout()
    assert client.get(url).url == f"/sign-in/?next={url}"
    if url != QUEUE:
        assert client.post(url).url == f"/sign-in/?next={url}"


def test_as_many_queries_for_20_films_as_for_2(sign_in):
    counts = []
    for number in (2, 20):
        member = make_member()
        queued(member, *map(str, range(number)))
        for name in range(min(number, 6)):
            make_rental(member=member, title=titled(f"at home {name}"))
        client = sign_in(member)
        with CaptureQueriesContext(connection) as captured:
            client.get(QUEUE)
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 15


# ------------------------------------------------------------------ what it does
def test_a_film_is_added_from_its_page_and_the_page_says_so(client, member):
    title = titled("Ran")
    make_copy(title=title)
    form = by_id(get(client, title.get_absolute_url()), "rent").find(".//form")
    sent = {field.get("name"): field.get("value") for field in form.iter("input")}
    page = client.post(form.get("action"), sent, follow=True)
    assert page.redirect_chain == [(title.get_absolute_url(), 302)]
    assert "Ran is in your queue, number 1." in page.content.decode()
    assert "In your queue, number 1" in text(by_id(get(client, title.get_absolute_url()), "rent"))


def test_a_film_that_is_asked_for_twice_is_told(client, member):
    entry = queued(member, "Ran")[0]
    assert said(client, ADD, {"title": entry.title_id}) == "Ran is in your queue already, number 1."
    assert names(member) == ["Ran"]


def test_a_film_at_home_says_since_when_on_its_page(client, member):
    title = titled("Ran")
    now = timezone.now()
    make_rental(member=member, title=title, allocated_at=now)
    rent = text(by_id(get(client, title.get_absolute_url()), "rent"))
    assert f"At home since {timezone.localdate(now).day} " in rent and "Add to queue" not in rent


def test_a_film_that_came_back_can_be_asked_for_again(client, member):
    title, now = titled("Ran"), timezone.now()
    make_rental(member=member, title=title, allocated_at=now, posted_at=now, checked_in_at=now)
    assert "Add to queue" in text(by_id(get(client, title.get_absolute_url()), "rent"))


def test_a_film_page_is_the_same_for_all_visitors(client, member):
    title = titled("Ran")
    client.logout()
    before = client.get(title.get_absolute_url()).content
    make_queue_entry(member=member, title=title)
    assert client.get(title.get_absolute_url()).content == before
    assert b"Add to queue" not in before


def test_a_list_is_added_in_its_order(client, member):
    queued(member, "Ran")
    new = [titled("Kes"), titled("M")]
    for title in new:
        make_copy(title=title)
    assert said(client, ADD_ALL, {"title": [new[1].pk, new[0].pk]}) == "2 films added to your queue."
    assert names(member) == ["Ran", "M", "Kes"]
    assert said(client, ADD_ALL, {"title": [new[1].pk]}).startswith("Nothing to add")


def test_a_part_of_any_page_asks_for_a_list(client, member):
    titles = [make_copy(title=titled(name)).disc.release.title_id for name in ("Kes", "M")]
    request = RequestFactory().get("/collections/trains/")
    request.user = member
    form = tree(render_to_string("rentals/_queue_all.html", {"titles": titles}, request))
    assert [field.get("value") for field in form.iter("input") if field.get("name") == "title"] == [*map(str, titles)]
    back = next(field.get("value") for field in form.iter("input") if field.get("name") == "next")
    assert client.post(form.get("action"), {"title": titles, "next": back}).url == "/collections/trains/"
    assert names(member) == ["Kes", "M"]
    request.user = AnonymousUser()
    part = tree(render_to_string("rentals/_queue_all.html", {"titles": titles}, request))
    assert part.find("a").get("href") == "/sign-in/?next=/collections/trains/"


STEPS = {"top": "CABD", "up": "ACBD", "down": "ABDC", "bottom": "ABDC"}


@pytest.mark.parametrize(("step", "order"), STEPS.items())
def test_a_button_moves_a_film(client, member, step, order):
    entries = queued(member, *"ABCD")
    assert move(client, entries[2], move=step).url == f"{QUEUE}#entry-{entries[2].pk}"
    assert "".join(names(member)) == order


@pytest.mark.parametrize(("to", "order"), [("1", "CAB"), ("2", "ACB"), (" 3 ", "ABC")])
def test_a_number_moves_a_film(client, member, to, order):
    entries = queued(member, *"ABC")
    move(client, entries[2], to=to)
    assert "".join(names(member)) == order


def test_a_removed_film_can_be_put_back_where_it_was(client, member):
    entries = queued(member, *"ABC")
    url = client.post(reverse("rentals:remove", args=[entries[1].pk])).url
    assert names(member) == ["A", "C"]
    undo = of_class(get(client, url), "undo")[0]
    assert "B is off your queue." in text(undo)
    token = undo.find(".//input[@name='entry']").get("value")
    assert said(client, RESTORE, {"entry": token}) == "B is back, number 2."
    assert names(member) == ["A", "B", "C"]
    assert QueueEntry.objects.live().get(title=entries[1].title).asked_at == entries[1].asked_at
    assert not of_class(get(client, url), "undo")


def test_nobody_touches_the_queue_of_another(client):
    other = make_member()
    entry = queued(other, "Ran")[0]
    assert move(client, entry, move="top").status_code == 404
    assert client.post(reverse("rentals:remove", args=[entry.pk])).status_code == 404
    assert names(other) == ["Ran"]


def test_nobody_puts_back_what_another_removed(client, member, sign_in):
    other = make_member()
    entry = queued(other, "Ran")[0]
    url = sign_in(other).post(reverse("rentals:remove", args=[entry.pk])).url
    token = parse_qs(urlsplit(url).query)["removed"][0]
    client.post(RESTORE, {"entry": token})
    assert not member.queue.exists()
    assert not of_class(get(client, url), "undo")


# ------------------------------------------------------------------ bad input
NONSENSE = ["", "0", "-1", "x", "\x00", "9" * 30, "٣", "1e9", "a" * 10_000, "../../", "½"]


@pytest.mark.parametrize("sent", NONSENSE)
def test_nonsense_is_told_and_changes_nothing(client, member, sent):
    entries = queued(member, "A", "B")
    for response in (
        client.post(ADD, {"title": sent}),
        client.post(ADD_ALL, {"title": [sent, sent]}),
        client.post(RESTORE, {"entry": sent}),
        client.get(QUEUE, {"removed": sent}),
        move(client, entries[1], move=sent, to=sent),
        client.post(ADD, {"title": sent, "next": f"https://example.org/{sent}"}),
    ):
        assert response.status_code in (200, 302)
        assert "example.org" not in response.headers.get("Location", "")
    assert names(member) == ["A", "B"]


def test_a_film_that_is_not_out_on_disc_is_not_added(client, member):
    assert "is not on UK disc" in said(client, ADD, {"title": make_title().pk})
    client.post(ADD_ALL, {"title": [make_title().pk]})
    assert not member.queue.exists()


@pytest.mark.parametrize("name", ["move", "remove"])
def test_an_address_that_only_acts_leads_to_the_queue(client, member, name):
    entry = queued(member, "A")[0]
    assert client.get(reverse(f"rentals:{name}", args=[entry.pk])).url.startswith(QUEUE)
    assert client.get(reverse(f"rentals:{name}", args=[10**12])).status_code in (302, 404)
    assert names(member) == ["A"]
