"""The discs that are with a member: what the pages say of them, and what the member says."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from rentals.calendar import add_business_days, overdue_on, weekday
from rentals.models import Problem, QueueEntry, Rental
from tests.factories import (
    make_copy,
    make_disc,
    make_member,
    make_membership,
    make_plan,
    make_player,
    make_queue_entry,
    make_release,
    make_rental,
    make_title,
    make_two_at_once,
)
from tests.pages import get, links, of_class, text, tree

pytestmark = pytest.mark.django_db
QUEUE = reverse("rentals:queue")


@pytest.fixture
def member():
    return make_member(shown_as="Ruth")


@pytest.fixture
def client(member, sign_in):
    return sign_in(member)


def ago(days):
    return timezone.now() - timedelta(days=days)


def out(member, days=0, name="Kes", **fields):
    """A disc posted that many days ago."""
    posted = dict.fromkeys(("allocated_at", "posted_at"), ago(days))
    return make_rental(member=member, title=make_title(name=name), **posted | fields)


def slots(client):
    return [text(slot) for slot in of_class(get(client, QUEUE), "slot")]


def post(client, rental, name, **sent):
    """The page after something was said of a rental."""
    return client.post(reverse(f"rentals:{name}", args=[rental.pk]), sent, follow=True)


def said(page):
    return [str(message) for message in page.context["messages"]]


def rented(rental):
    return Rental.objects.filter(pk=rental.pk).values().get()


def on_plan(member, places=1, **fields):
    media = ["dvd", "blu-ray"]
    paid = {"paid_until": timezone.localdate() + timedelta(days=20)}
    make_membership(member=member, plan=make_plan(places_at_home=places, media=media), **paid | fields)


# ------------------------------------------------------------------ where each disc is
def test_a_disc_on_its_way_says_when_it_was_posted_and_when_it_should_be_there(client, member):
    out(member)
    slot = slots(client)[0]
    assert "Posted today, first class. Most discs take a day or two." in slot
    day = overdue_on(timezone.localdate())
    assert f"Not here by {weekday(day)} {day.day}" in slot
    assert "On its way" in slot and "It’s here: Kes" in slot and "I’ve posted it back" not in slot


def test_a_disc_of_yesterday_carries_a_stamp(client, member):
    out(member, days=1)
    day = timezone.localdate() - timedelta(days=1)
    stamp = of_class(get(client, QUEUE), "stamp")[0]
    assert f"{day.day} " in "".join(stamp.itertext()) and str(day.year) in "".join(stamp.itertext())


def test_a_disc_that_should_be_there_is_taken_to_be_there_and_says_about(client, member):
    out(member, days=20)
    slot = slots(client)[0]
    assert "With you since about" in slot and "about" in slot.partition("At home")[2]
    assert "It’s here" in slot and "I’ve posted it back" in slot


def test_a_disc_whose_member_said_so_is_there_since_that_day(client, member):
    out(member, days=20, arrived_at=ago(14))
    day = timezone.localdate(ago(14))
    slot = slots(client)[0]
    assert f"With you since {weekday(day)} {day.day} " in slot and "14 days" in slot
    assert "It’s here" not in slot and "about" not in slot


def test_a_disc_of_a_set_says_which_of_how_many(client, member):
    disc = make_disc(number=2, release=make_release(title=make_title(name="Dekalog")))
    make_disc(release=disc.release)
    make_rental(member=member, copy=make_copy(disc=disc))
    assert slots(client)[0].startswith("Dekalog, disc 2 of 2")


def test_a_disc_posted_back_can_be_taken_back(client, member):
    rental = out(member, days=9)
    assert said(post(client, rental, "say_posted_back")) == ["Thank you: Kes is on its way back to us."]
    assert "You posted it back on" in slots(client)[0] and "I still have it" in slots(client)[0]
    assert said(post(client, rental, "unsay_posted_back")) == ["Kes is still at home, then."]
    assert "I’ve posted it back" in slots(client)[0]


def test_a_member_says_that_a_disc_is_there(client, member):
    rental = out(member)
    assert said(post(client, rental, "say_here")) == ["Good: Kes is with you."]
    assert "With you since" in slots(client)[0]


@pytest.mark.parametrize(
    ("name", "fields", "words"),
    [
        ("say_here", {"posted_at": None}, "not posted yet"),
        ("say_posted_back", {"posted_at": None}, "not posted yet"),
        ("say_posted_back", {"said_posted_at": timezone.now()}, "told us already"),
        ("say_here", {"checked_in_at": timezone.now()}, "back already"),
        ("unsay_posted_back", {}, "nothing to undo"),
    ],
)
def test_what_cannot_be_said_changes_nothing_and_is_answered(client, member, name, fields, words):
    rental = out(member, days=1, **fields)
    before = rented(rental)
    assert words in said(post(client, rental, name))[0]
    assert rented(rental) == before


@pytest.mark.parametrize("name", ["say_here", "say_posted_back", "unsay_posted_back", "problem"])
def test_another_members_disc_is_not_there(client, name):
    rental = out(make_member())
    before = rented(rental)
    assert post(client, rental, name, kind="damaged").status_code == 404
    assert client.get(reverse(f"rentals:{name}", args=[rental.pk])).status_code == 404
    assert rented(rental) == before and not Problem.objects.exists()


@pytest.mark.parametrize("name", ["say_here", "say_posted_back", "unsay_posted_back"])
def test_an_address_that_only_acts_leads_to_the_queue(client, member, name):
    rental = out(member)
    before = rented(rental)
    assert client.get(reverse(f"rentals:{name}", args=[rental.pk])).url == f"{QUEUE}#rental-{rental.pk}"
    assert rented(rental) == before


def test_a_double_click_says_it_once(client, member):
    rental = out(member, days=9)
    page = get(client, QUEUE)
    form = next(form for form in page.iter("form") if "posted-back" in form.get("action"))
    sent = {field.get("name"): field.get("value") for field in form.iter("input")}
    for _ in range(2):
        assert said(client.post(form.get("action"), sent, follow=True)) == ["Thank you: Kes is on its way back to us."]
    assert rented(rental)["said_posted_at"]


# ------------------------------------------------------------------ something is wrong
def test_a_problem_is_reported_on_a_page_of_its_own(client, member):
    rental = out(member, days=20)
    page = get(client, reverse("rentals:problem", args=[rental.pk]))
    kinds = [field.get("value") for field in page.iter("input") if field.get("name") == "kind"]
    assert kinds == ["not arrived", "damaged", "wrong disc", "not logged"]
    page = post(client, rental, "problem", kind="damaged", note="Chapter 7")
    assert "You told us that the disc is damaged. Post it back" in said(page)[0]
    assert Problem.objects.values_list("kind", "note").get() == ("damaged", "Chapter 7")
    assert "You told us that the disc is damaged." in slots(client)[0]


def test_a_form_over_the_queue_is_the_same_form(client, member):
    rental = out(member, days=20)
    forms = [form for form in get(client, QUEUE).iter("form") if "problem" in form.get("action")]
    assert [form.get("action") for form in forms] == [reverse("rentals:problem", args=[rental.pk])]


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({}, "Choose what is wrong."),
        ({"kind": "eaten"}, "Select a valid choice"),
        ({"kind": "damaged", "note": "x" * 501}, "at most 500"),
    ],
)
def test_nonsense_comes_back_with_the_reason(client, member, sent, words):
    page = post(client, out(member, days=20), "problem", **sent)
    assert page.status_code == 200 and words in text(of_class(tree(page), "fault")[0])
    assert not Problem.objects.exists()


def test_a_problem_reported_twice_is_told(client, member):
    rental = out(member, days=20)
    post(client, rental, "problem", kind="damaged")
    page = post(client, rental, "problem", kind="damaged")
    assert "You have told us already" in text(of_class(tree(page), "fault")[0])
    assert Problem.objects.count() == 1


def test_that_a_disc_has_not_arrived_is_heard_when_the_post_had_its_time(client, member):
    rental = out(member)
    page = post(client, rental, "problem", kind="not arrived")
    assert "Please give the post until" in text(of_class(tree(page), "fault")[0])
    assert not Problem.objects.exists()
    Rental.objects.filter(pk=rental.pk).update(allocated_at=ago(21), posted_at=ago(20))
    assert "Its place is free" in said(post(client, rental, "problem", kind="not arrived"))[0]


def test_of_a_disc_that_is_back_nothing_is_reported(client, member):
    rental = out(member, days=9, checked_in_at=ago(1))
    page = get(client, reverse("rentals:problem", args=[rental.pk]))
    assert "This disc is back already." in text(page.find(".//h1")) and not of_class(page, "wrong")
    post(client, rental, "problem", kind="damaged")
    assert not Problem.objects.exists()


def test_another_copy_comes_back_into_the_queue(client, member):
    entry = make_queue_entry(member=member, sent_at=ago(20))
    rental = out(member, days=20, entry=entry)
    post(client, rental, "problem", kind="damaged", again="1")
    assert QueueEntry.objects.live().get() == entry


# ------------------------------------------------------------------ a free place
def wished(member, name, copies=0, **fields):
    """A film in the queue with copies on the shelf."""
    title = fields.pop("title", None) or make_title(name=name)
    release = make_release(title=title, medium=fields.pop("on", "dvd"), released_on=fields.pop("out", "2001"))
    disc = make_disc(release=release)
    for _ in range(copies):
        make_copy(disc=disc)
    return make_queue_entry(member=member, title=title, **fields)


def lent(entry, copies=1):
    """All copies of what an entry asks for are out."""
    for _ in range(copies):
        make_rental(copy=make_copy(disc=entry.title.releases.get().discs.get()))


def free(client):
    return [text(slot) for slot in of_class(get(client, QUEUE), "free")]


def test_a_free_place_says_what_goes_next(client, member):
    on_plan(member)
    wished(member, "Ran", copies=1)
    wished(member, "Kes", copies=1)
    (slot,) = free(client)
    assert slot.startswith("A free place Ran is number 1 in your queue and on the shelf, on DVD.")
    assert "unless you change the order." in slot


def test_it_says_what_was_passed_over_and_why(client, member):
    on_plan(member)
    entry = wished(member, "Ran")
    lent(entry, copies=2)
    for days in (400, 400, -1, -1):
        make_queue_entry(title=entry.title, asked_at=ago(days))
    make_queue_entry(title=entry.title, asked_at=ago(500), paused_at=ago(9))
    QueueEntry.objects.filter(pk=entry.pk).update(asked_at=ago(100))
    wished(member, "Kes", copies=1)
    (slot,) = free(client)
    assert "Kes is number 2 in your queue" in slot
    assert "No. 1, Ran: 2 copies, 5 waiting, you are 3rd." in slot


def test_an_older_claim_stands_before_who_asked_earlier(client, member):
    on_plan(member)
    entry = wished(member, "Ran", asked_at=ago(100))
    lent(entry)
    make_queue_entry(title=entry.title, asked_at=ago(9), claim_at=ago(3))
    assert "1 copy, 2 waiting, you are 2nd" in free(client)[0]


def test_the_last_copy_may_go_to_who_asked_before(client, member):
    on_plan(member)
    entry = wished(member, "Ran", copies=1, asked_at=ago(1))
    make_queue_entry(title=entry.title, asked_at=ago(9))
    assert "unless you change the order or somebody who asked before you takes it." in free(client)[0]
    make_copy(disc=entry.title.releases.get().discs.get())
    assert "unless you change the order." in free(client)[0]


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"paused_at": timezone.now()}, "you paused it"),
        ({"out": "2099-12-07"}, "out on 7 December 2099"),
        ({"on": "4k"}, "your plan or your players do not take its discs"),
        ({"on": "blu-ray"}, "your plan or your players do not take its discs"),
        ({"copies": 0}, "we have no copy of it"),
    ],
)
def test_what_cannot_go_says_why(client, member, fields, why):
    on_plan(member)
    make_player(member=member, medium="dvd")
    wished(member, "Ran", **{"copies": 1} | fields)
    assert free(client)[0].startswith("A free place Nothing in your queue can go out at the moment.")
    assert f"No. 1, Ran: {why}." in free(client)[0]


def test_the_best_medium_goes_first(client, member):
    on_plan(member)
    title = make_title(name="Ran")
    for medium in ("dvd", "blu-ray"):
        make_copy(disc=make_disc(release=make_release(title=title, medium=medium)))
    make_queue_entry(member=member, title=title)
    assert "on Blu-ray" in free(client)[0]


@pytest.fixture
def dekalog():
    release = make_release(title=make_title(name="Dekalog"))
    discs = [make_disc(release=release, number=number) for number in (1, 2, 3)]
    for disc in discs:
        make_copy(disc=disc)
    return discs


def test_a_set_goes_disc_by_disc(client, member, dekalog):
    on_plan(member, places=3)
    for disc in reversed(dekalog):
        make_queue_entry(member=member, title=disc.release.title, disc=disc)
    first, rest = free(client)
    assert first.startswith("A free place Dekalog is number 3")
    assert "No. 1, Dekalog, disc 3: after disc 2." in first
    assert rest.startswith("Two free places Nothing else in your queue can go out")


def test_the_next_of_a_set_waits_until_one_is_back_or_two_are_wanted(client, member, dekalog):
    on_plan(member, places=3)
    make_rental(member=member, copy=make_copy(disc=dekalog[0]))
    make_queue_entry(member=member, title=dekalog[1].release.title, disc=dekalog[1])
    assert "No. 1, Dekalog, disc 2: held for you until disc 1 is back." in free(client)[0]
    make_two_at_once(member=member, release=dekalog[0].release)
    assert "Dekalog, disc 2 is number 1 in your queue" in free(client)[0]


@pytest.mark.parametrize(
    ("plan", "words"),
    [
        ({}, "Nothing is in your queue, so nothing goes out."),
        ({"paused_from": timezone.localdate()}, "Your plan is paused, so nothing goes out."),
        ({"confirmed_at": None}, "Discs go out once your plan is confirmed."),
        ({"paid_until": None}, "Your plan is not paid for at the moment"),
    ],
)
def test_where_nothing_goes_out_it_says_why(client, member, plan, words):
    on_plan(member, **plan)
    assert words in free(client)[0]


def test_when_the_discs_of_the_month_are_sent_it_says_so(client, member):
    membership = make_membership(
        member=member, plan=make_plan(places_at_home=2, discs_a_month=1), paid_until=timezone.localdate()
    )
    make_rental(member=member, allocated_at=timezone.now())
    assert f"You have had the {membership.plan.discs_a_month} disc that your plan has in a month." in free(client)[0]


def test_without_a_plan_or_a_free_place_there_is_no_slot(client, member):
    wished(member, "Ran", copies=1)
    assert free(client) == []
    on_plan(member)
    out(member)
    assert free(client) == []


def test_as_many_queries_for_forty_films_and_six_discs_as_for_two(sign_in):
    counts = []
    for number in (2, 40):
        member = make_member()
        on_plan(member, places=8)
        for name in range(number):
            wished(member, str(name), copies=name % 2)
        for name in range(min(number, 6)):
            out(member, name=str(name))
        client = sign_in(member)
        with CaptureQueriesContext(connection) as captured:
            client.get(QUEUE)
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 16  # one for why a place was left empty


# ------------------------------------------------------------------ the front page
def test_the_front_page_says_how_many_places_are_free_and_what_goes_next(client, member):
    on_plan(member, places=2)
    for name in ("Ran", "Kes"):
        wished(member, name, copies=1)
    wall = of_class(get(client, "/"), "say")[0]
    assert text(wall.find("h1")) == "Two places are free, Ruth."
    assert "Ran is number 1 in your queue and on the shelf" in text(wall)
    assert links(wall) == [QUEUE, f"{QUEUE}#h-next"]


def test_the_front_page_counts_what_is_at_home_where_no_place_is_free(client, member):
    on_plan(member)
    out(member)
    assert text(get(client, "/").find(".//h1")) == "1 disc at home, Ruth."


def test_the_next_business_day_is_not_a_promise_of_the_page(client, member):
    """No round is run yet, so nothing says when."""
    on_plan(member)
    wished(member, "Ran", copies=1)
    assert weekday(add_business_days(timezone.localdate(), 1)) not in free(client)[0]
