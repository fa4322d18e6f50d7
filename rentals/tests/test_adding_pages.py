"""Adding from pages: the panel of a title's page, buttons on cards and rows, what is said."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from catalogue import awards
from catalogue.search.rebuild import rebuild_search
from tests.factories import (
    NOON,
    make_award,
    make_award_body,
    make_collection,
    make_copy,
    make_credit,
    make_disc,
    make_member,
    make_membership,
    make_person,
    make_plan,
    make_player,
    make_queue_entry,
    make_release,
    make_rental,
    make_similar_title,
    make_title,
    make_title_collection,
)
from tests.pages import by_id, get, of_class, text, tree

pytestmark = pytest.mark.django_db
ADD, ADD_ALL = reverse("rentals:add"), reverse("rentals:add_all")


@pytest.fixture
def member():
    return make_member()


@pytest.fixture
def client(member, sign_in):
    return sign_in(member)


def held(name="Ran", medium="dvd", title=None, discs=1, **fields):
    """A title with an edition of so many discs, a copy of each."""
    title = title or make_title(name=name, kind=fields.pop("kind", "film"))
    release = make_release(title=title, medium=medium, **fields)
    for number in range(1, discs + 1):
        make_copy(disc=make_disc(release=release, number=number, label=f"Part {number}"))
    return title


def panel(client, title):
    return by_id(get(client, title.get_absolute_url()), "rent")


def choices(part):
    """{value: (what is said, the radio)} of the editions in the panel."""
    rows = of_class(part, "choice__row")
    return {row.find(".//input").get("value"): (text(row), row.find(".//input")) for row in rows}


def said(client, sent, url=ADD):
    page = client.post(url, sent, follow=True)
    return " ".join(str(message) for message in page.context["messages"])


# ------------------------------------------------------------------ the panel of a title's page
def test_each_edition_says_how_long_it_takes_and_why(client):
    title = held()
    blu_ray = make_disc(release=make_release(title=title, medium="blu-ray", runtime_minutes=97, regions=["B"]))
    make_rental(copy=make_copy(disc=blu_ray))
    for _ in range(3):
        make_queue_entry(title=title, medium="blu-ray")
    found = choices(panel(client, title))
    assert list(found) == ["any", "blu-ray", "dvd"]
    assert found["any"][0] == "Any edition I can play In stock 2 copies, 1 on the shelf."
    assert found["blu-ray"][0] == (
        "Blu-ray 97 minutes, region B About 7 weeks, 7 days to 15 weeks "
        "1 copy, 3 waiting, members keep it about 9 days."
    )
    assert found["dvd"][0] == "DVD In stock 1 copy, 1 on the shelf."
    assert [value for value, (_, radio) in found.items() if "checked" in radio.attrib] == ["any"]


def test_one_edition_is_chosen_already(client):
    found = choices(panel(client, held()))
    assert list(found) == ["dvd"] and "checked" in found["dvd"][1].attrib


def test_what_does_not_play_is_told_and_queued_only_deliberately(client, member):
    title = held(regions=["1"])
    make_player(member=member, regions=["2"])
    words, radio = choices(panel(client, title))["dvd"]
    assert "This DVD is region 1; your player takes region 2." in words
    assert radio.get("data-act") == "anyway" and "checked" not in radio.attrib
    sent = {"title": title.pk, "medium": "dvd"}
    assert "tick “I can play it”" in said(client, sent)
    assert not member.queue.exists()
    assert said(client, sent | {"anyway": "yes"}) == "Ran is in your queue, number 1."


def test_what_the_plan_does_not_have_cannot_be_chosen(client, member):
    title = held(medium="4k")
    make_membership(member=member, plan=make_plan(media=["dvd"]))
    words, radio = choices(panel(client, title))["4k"]
    assert "Your plan does not have this medium." in words and "disabled" in radio.attrib
    assert "your plan has DVD" in said(client, {"title": title.pk, "medium": "4k"})


def test_what_we_do_not_hold_says_so_and_has_no_button(client):
    title = make_title()
    make_disc(release=make_release(title=title))
    part = panel(client, title)
    assert "Cannot be had We have no copy of it yet." in text(part)
    assert part.find(".//button") is None


def test_what_is_not_out_is_reserved(client):
    title = held(released_on="2099-03-02")
    words, radio = choices(panel(client, title))["dvd"]
    assert "Reserved It comes out on disc on 2 March 2099." in words
    assert radio.get("data-act") == "reserve"
    assert "Ran is reserved" in said(client, {"title": title.pk, "medium": "dvd"})


def test_a_series_offers_all_its_discs_in_order_or_one(client, member):
    title = held(kind="series", discs=3)
    options = panel(client, title).findall(".//option")
    assert [text(option) for option in options] == [
        "All 3 discs, in order",
        "Disc 1, Part 1",
        "Disc 2, Part 2",
        "Disc 3, Part 3",
    ]
    sent = {"title": title.pk, "medium": "dvd"}
    said(client, sent | {"part-dvd": options[2].get("value")})
    assert said(client, sent | {"part-dvd": options[0].get("value")}).startswith("2 discs of Ran are in your queue")
    assert [entry.disc.number for entry in member.queue.in_order()] == [1, 2, 3]


def test_a_film_with_a_second_disc_offers_the_film_first(client):
    title = held(discs=2)
    options = [text(option) for option in panel(client, title).findall(".//option")]
    assert options[0] == "The film: Disc 1, Part 1" and "All 2 discs, in order" in options


def test_what_was_added_shows_in_the_panel_and_leaves_no_form(client, member):
    title = held()
    make_queue_entry(member=member)
    client.post(ADD, {"title": title.pk})
    part = panel(client, title)
    assert "In your queue, number 2" in text(part) and part.find(".//form") is None


def test_a_refusal_is_said_beside_the_editions(client):
    title = held()
    page = client.post(ADD, {"title": title.pk, "medium": "4k", "next": title.get_absolute_url()}, follow=True)
    assert text(by_id(tree(page), "rent-refused")) == "Ran has no such edition."


@pytest.mark.parametrize(
    "sent",
    [{"medium": "vhs"}, {"part-dvd": "x", "medium": "dvd"}, {"part-dvd": "disc-", "medium": "dvd"}]
    + [{"part-dvd": f"disc-{10**18}", "medium": "dvd"}, {"part-any": "release-0"}, {"medium": "\x00"}],
)
def test_nonsense_is_told_and_changes_nothing(client, member, sent):
    assert said(client, {"title": held().pk} | sent)
    assert not member.queue.exists()


def test_a_members_page_costs_few_queries_however_many_editions(client):
    counts = []
    for editions in (1, 6):
        title = held()
        for number in range(editions):
            held(title=title, medium=("dvd", "blu-ray", "4k")[number % 3], discs=3)
        client.get(title.get_absolute_url())
        with CaptureQueriesContext(connection) as captured:
            client.get(title.get_absolute_url())
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 9


# ------------------------------------------------------------------ buttons on cards, rows and hits
def pages_with(title):
    """Pages of every kind that show `title` among others."""
    person, body, collection = make_person(), make_award_body(), make_collection()
    make_credit(title=title, person=person)
    make_credit(person=person)
    make_award(title=title, body=body, prize="Palme d'Or")
    make_title_collection(title=title, collection=collection)
    other = held()
    make_similar_title(title=other, other=title)
    rebuild_search()
    return [
        reverse("catalogue:browse"),
        "/search/?q=ikiru",
        person.get_absolute_url(),
        awards.address_of(body.slug, "Palme d'Or"),
        reverse("catalogue:collection", args=[collection.slug]),
        other.get_absolute_url(),
        "/",
    ]


def own(page, title):
    """What the page's card or row of `title` has for a member: the button or the link; None for nothing."""
    url = title.get_absolute_url()
    around = [each for each in page.iter("li") if any(link.get("href") == url for link in each.iter("a"))]
    found = [part for each in around for part in of_class(each, "own")]
    return found[0].find("*") if found else None


def test_every_page_with_films_adds_them_and_says_what_a_member_has(client, member):
    title = held("Ikiru")
    urls = pages_with(title)
    for url in urls:
        button = own(get(client, url), title)
        assert button is not None, url
        assert (button.tag, button.get("form"), button.get("value")) == ("button", "adding", str(title.pk)), url
        assert text(button) == "Add to queue: Ikiru"
    make_queue_entry(member=member, title=title)
    for url in urls:
        link = own(get(client, url), title)
        assert (link.tag, text(link)) == ("a", "In your queue, number 1"), url


def test_a_page_has_one_form_for_all_its_buttons(client, member):
    titles = [held(name) for name in ("Ran", "Kes", "M")]
    page = get(client, reverse("catalogue:browse"))
    form = by_id(page, "adding")
    sent = {field.get("name"): field.get("value") for field in form.iter("input")}
    assert {"csrfmiddlewaretoken", "form_key", "next"} == set(sent)
    answer = client.post(form.get("action"), sent | {"title": titles[1].pk})
    assert answer.url == reverse("catalogue:browse")
    client.post(form.get("action"), sent | {"title": titles[1].pk})
    assert member.queue.live().count() == 1


def test_what_a_member_had_has_or_cannot_have(client, member):
    had, home, none, queued = held("Kes"), held("M"), make_title(), held()
    make_release(title=none)
    make_rental(member=member, title=had, posted_at=NOON, checked_in_at=NOON)
    make_rental(member=member, title=home)
    make_queue_entry(member=member, title=queued)
    page = get(client, reverse("catalogue:browse"))
    assert text(own(page, had)) == "Rent again: Kes"
    assert text(own(page, home)) == "At home"
    assert own(page, none) is None


@pytest.mark.parametrize("url", [reverse("catalogue:browse"), "/"])
def test_visitors_get_no_buttons(client, url):
    held()
    client.logout()
    assert b"own__add" not in client.get(url).content


def test_as_many_queries_for_many_cards_as_for_one(client, member):
    counts = []
    for _ in range(2):
        for _ in range(12):
            make_queue_entry(member=member, title=held())
            held()
        get(client, reverse("catalogue:browse"))
        with CaptureQueriesContext(connection) as captured:
            get(client, reverse("catalogue:browse"))
        counts.append(len(captured))
    assert counts[0] == counts[1]


# ------------------------------------------------------------------ what stands in place of a pressed button
def test_a_pressed_button_becomes_the_place_in_the_queue(client):
    title = held()
    url = reverse("rentals:added", args=[title.pk])
    page = client.post(ADD, {"title": title.pk, "next": url}, follow=True)
    part = tree(f"<div>{page.content.decode()}</div>")
    assert text(of_class(part, "own")[0]) == "In your queue, number 1"
    assert text(by_id(part, "queue-count")) == "1 film"
    assert "<html" not in page.content.decode()


def test_a_refused_button_says_why(client, member):
    title = held(medium="4k")
    make_player(member=member)
    page = client.post(ADD, {"title": title.pk, "next": reverse("rentals:added", args=[title.pk])}, follow=True)
    part = tree(f"<div>{page.content.decode()}</div>")
    assert of_class(part, "own")[0].find("*").tag == "button"
    assert "You told us of no 4K player." in text(of_class(part, "own__said")[0])


@pytest.mark.parametrize("key", [10**15, 10**30])
def test_a_title_that_is_not_there_is_not_found(client, key):
    assert client.get(f"/queue/added/{key}/").status_code == 404


def test_what_stands_there_is_for_members(client):
    client.logout()
    assert client.get("/queue/added/1/").status_code == 302


# ------------------------------------------------------------------ the rest of a list
def test_a_list_says_what_was_left_out(client, member):
    queued, new = held("Kes"), held("M")
    make_queue_entry(member=member, title=queued)
    words = said(client, {"title": [queued.pk, new.pk]}, ADD_ALL)
    assert words == "1 film added to your queue. Left out: 1 in your queue already."


def test_a_list_has_one_effect(client, member):
    person = make_person()
    title = held()
    make_credit(title=title, person=person)
    make_credit(person=person, title=held("Kes"))
    page = get(client, person.get_absolute_url())
    form = next(form for form in page.iter("form") if form.get("action") == ADD_ALL)
    assert form.find("input[@name='form_key']") is not None


# ------------------------------------------------------------------ suggestions
def test_suggestions_say_how_long_one_waits(client):
    held("Ikiru")
    rebuild_search()
    part = tree(f"<ul>{client.get('/search/suggest/?q=iki').content.decode()}</ul>")
    assert text(of_class(part, "avail")[0]) == "In stock"
